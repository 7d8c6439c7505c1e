"""DATABASE_URL read: which database, where, and how to reach it. Pure."""

import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.domain.errors import SettingWrong

CONNECT_SECONDS = 10
COMMAND_SECONDS = 30
BUSY_SECONDS = 10

_PLAIN_TLS = {"disable": False, "allow": "prefer", "prefer": "prefer", "require": "require"}
_CHECKED_TLS = {"verify-ca": False, "verify-full": True}
_IGNORED = ("channel_binding", "gssencmode", "target_session_attrs", "connect_timeout", "pgbouncer")
_KEPT = ("host", "port")


@dataclass(frozen=True, slots=True)
class Address:
    """Where the database is. `place` names it for people; it never holds the password."""

    url: URL
    place: str
    arguments: dict[str, Any]
    file: Path | None = None

    @property
    def sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"


def read(text: str) -> Address:
    """The address behind DATABASE_URL. Raises SettingWrong: one line, without the password."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise SettingWrong(
            "DATABASE_URL cannot be read: write sqlite+aiosqlite:///coach.db or "
            "postgresql://user:password@host/name"
        ) from error
    backend = url.get_backend_name()
    if backend == "sqlite":
        return _sqlite(url)
    if backend in ("postgresql", "postgres"):
        return _postgresql(url)
    raise SettingWrong(
        "DATABASE_URL must start with sqlite+aiosqlite:/// or postgresql://: correct it"
    )


def exists(text: str) -> bool:
    """Whether there is something to open: to open a file that is not there would make it."""
    file = read(text).file
    return file is None or file.exists()


def _sqlite(url: URL) -> Address:
    name = url.database or ":memory:"
    if ":memory:" in name:
        raise SettingWrong(
            "DATABASE_URL names no file, and what is kept in memory is lost at each stop: "
            "write sqlite+aiosqlite:///coach.db"
        )
    return Address(
        url=url.set(drivername="sqlite"),  # bot/storage/sqlite.py says why not aiosqlite
        place=name,
        arguments={"timeout": _busy_seconds(url)},
        file=None if name.startswith("file:") else Path(name),
    )


def _busy_seconds(url: URL) -> float:
    """How long a writer waits for another process."""
    try:
        return float(_one(url.query.get("timeout", str(BUSY_SECONDS))))
    except ValueError as error:
        raise SettingWrong("DATABASE_URL: timeout must be a number of seconds") from error


def _postgresql(url: URL) -> Address:
    query = {name: _one(value) for name, value in url.query.items()}
    arguments = {"timeout": CONNECT_SECONDS, "command_timeout": COMMAND_SECONDS, **_tls(query)}
    name = query.pop("application_name", None)
    if name:
        arguments["server_settings"] = {"application_name": name}
    if query.pop("pgbouncer", None) == "true":
        # a pooler hands each transaction to another server process: nothing may be prepared
        arguments["statement_cache_size"] = 0
        arguments["prepared_statement_name_func"] = str
    unknown = sorted(set(query) - set(_KEPT) - set(_IGNORED))
    if unknown:
        raise SettingWrong(f"DATABASE_URL has the unknown parameter {unknown[0]}: remove it")
    kept = {name: value for name, value in query.items() if name in _KEPT}
    where = url.host or kept.get("host", "localhost")
    port = f":{url.port}" if url.port else ""
    return Address(
        url=url.set(drivername="postgresql+asyncpg", query=kept),
        place=f"{where}{port}/{url.database or ''}",
        arguments=arguments,
    )


def _tls(query: dict[str, str]) -> dict[str, Any]:
    """libpq's names for the grades of TLS, as asyncpg wants them. Takes them out of `query`."""
    mode = query.pop("sslmode", None) or query.pop("ssl", None)
    authority = query.pop("sslrootcert", None)
    if mode is None:
        return {}
    if mode == "require" and authority:  # as libpq has it: who names an authority wants it asked
        mode = "verify-ca"
    if mode in _PLAIN_TLS:
        return {"ssl": _PLAIN_TLS[mode]}
    if mode not in _CHECKED_TLS:
        known = ", ".join((*_PLAIN_TLS, *_CHECKED_TLS))
        raise SettingWrong(f"DATABASE_URL: sslmode must be one of {known}: correct it")
    return {"ssl": _checked(authority, names=_CHECKED_TLS[mode])}


def _checked(authority: str | None, *, names: bool) -> ssl.SSLContext:
    """TLS that trusts this authority (the system's where none is named)."""
    try:
        context = ssl.create_default_context(cafile=None if authority == "system" else authority)
    except (OSError, ssl.SSLError) as error:
        raise SettingWrong(
            f"DATABASE_URL: sslrootcert {authority} cannot be read: correct or remove it"
        ) from error
    context.check_hostname = names
    return context


def _one(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else value[-1]
