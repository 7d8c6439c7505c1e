"""DATABASE_URL: what is understood, and what is refused in one line without the password."""

import ssl

import pytest

from bot.domain.errors import SettingWrong
from bot.storage.address import read

SERVER = "postgresql://coach:geheim@db.example/coach"


@pytest.mark.parametrize("scheme", ["sqlite", "sqlite+aiosqlite"])
def test_a_file_is_named_relative_to_the_working_folder_or_from_the_root(scheme: str) -> None:
    relative, absolute = read(f"{scheme}:///coach.db"), read(f"{scheme}:////var/coach.db")

    assert relative.sqlite
    assert str(relative.file) == relative.place == "coach.db"
    assert str(absolute.file) == "/var/coach.db"


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg2"])
def test_every_spelling_of_postgresql_means_asyncpg(scheme: str) -> None:
    address = read(f"{scheme}://coach:geheim@db.example:5433/coach")

    assert address.url.drivername == "postgresql+asyncpg"
    assert address.url.password == "geheim"
    assert not address.sqlite


def test_the_place_names_the_server_and_not_the_password() -> None:
    assert read(SERVER).place == "db.example/coach"
    assert read("postgres://u:geheim@h:5433/d").place == "h:5433/d"


@pytest.mark.parametrize(
    ("mode", "meant"),
    [("disable", False), ("allow", "prefer"), ("prefer", "prefer"), ("require", "require")],
)
def test_the_grades_of_tls_are_translated(mode: str, meant: object) -> None:
    address = read(f"{SERVER}?sslmode={mode}")

    assert address.arguments["ssl"] == meant
    assert "sslmode" not in address.url.query


@pytest.mark.parametrize(("mode", "names"), [("verify-ca", False), ("verify-full", True)])
def test_a_checked_certificate_is_checked(mode: str, names: bool) -> None:
    context = read(f"{SERVER}?sslmode={mode}&sslrootcert=system").arguments["ssl"]

    assert isinstance(context, ssl.SSLContext)
    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.check_hostname is names


def test_an_authority_that_is_named_is_asked_where_tls_is_only_required() -> None:
    context = read(f"{SERVER}?sslmode=require&sslrootcert=system").arguments["ssl"]

    assert isinstance(context, ssl.SSLContext)
    assert context.verify_mode == ssl.CERT_REQUIRED


def test_tls_is_left_to_the_driver_where_nothing_is_said() -> None:
    assert "ssl" not in read(SERVER).arguments


def test_parameters_of_other_drivers_do_no_harm() -> None:
    address = read(f"{SERVER}?channel_binding=require&connect_timeout=5&application_name=coach")

    assert not address.url.query
    assert address.arguments["server_settings"] == {"application_name": "coach"}


def test_behind_a_pooler_nothing_is_prepared() -> None:
    arguments = read(f"{SERVER}?pgbouncer=true").arguments

    assert arguments["statement_cache_size"] == 0


def test_a_socket_is_kept() -> None:
    address = read("postgresql://postgres@/coach?host=/run/postgresql")

    assert address.url.query == {"host": "/run/postgresql"}
    assert address.place == "/run/postgresql/coach"


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("coach.db", "write sqlite"),
        ("mysql://u:geheim@h/d", "must start with"),
        ("postgresql://u:geheim@h:port/d", "write sqlite"),
        ("sqlite+aiosqlite://", "names no file"),
        ("sqlite+aiosqlite:///:memory:", "names no file"),
        ("sqlite:///coach.db?timeout=soon", "number of seconds"),
        (f"{SERVER}?sslmode=maybe", "sslmode must be one of"),
        (f"{SERVER}?sslmode=verify-full&sslrootcert=none.pem", "none.pem cannot be read"),
        (f"{SERVER}?speed=high", "unknown parameter speed"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_remedy(text: str, remedy: str) -> None:
    with pytest.raises(SettingWrong, match=remedy) as refused:
        read(text)

    assert "\n" not in str(refused.value)
    assert "geheim" not in str(refused.value)
