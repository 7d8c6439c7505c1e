"""Settings: the names of the contract, and one line for each mistake."""

from pathlib import Path

import pytest

from bot.config import NAMES, Secret, Settings, read
from bot.domain.errors import SettingWrong

ROOT = Path(__file__).parent.parent
TOKEN = "123456:abcdefghijklmnopqrstuvwxyz"


def settings(**env: str) -> Settings:
    return read(env, ROOT / "content")


def test_nothing_set_gives_the_defaults_of_the_contract() -> None:
    found = settings()

    assert found.token is None
    assert found.api_url == "https://api.telegram.org/bot"
    assert found.database_url == "sqlite+aiosqlite:///coach.db"
    assert (found.webhook_url, found.port, found.send_rate) == (None, None, 25)
    assert (found.log_level, found.log_json, found.admins) == ("INFO", False, frozenset())


def test_the_example_file_lists_each_setting_once_and_no_other() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    listed = [line.split("=")[0] for line in lines if "=" in line and not line.startswith("#")]

    assert sorted(listed) == sorted(NAMES)


def test_the_example_file_itself_is_a_valid_setting() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    pairs = [line.partition("=") for line in lines if "=" in line and not line.startswith("#")]

    assert settings(**{name: value for name, _, value in pairs}) == settings()


def test_the_file_address_follows_from_the_server() -> None:
    found = settings(TELEGRAM_API_URL="http://127.0.0.1:8081/bot")

    assert found.file_url == "http://127.0.0.1:8081/file/bot"


def test_a_webhook_brings_a_port_and_a_secret_on_which_replicas_agree() -> None:
    one = settings(WEBHOOK_URL="https://bot.example.org", TELEGRAM_BOT_TOKEN=TOKEN)
    two = settings(WEBHOOK_URL="https://bot.example.org", TELEGRAM_BOT_TOKEN=TOKEN)

    assert (one.port_of("all"), one.port_of("web"), one.port_of("push")) == (8080, 8080, None)
    assert one.webhook_secret == two.webhook_secret
    assert one.webhook_secret is not None
    assert len(one.webhook_secret) >= 32


def test_secrets_do_not_show_themselves() -> None:
    found = settings(
        TELEGRAM_BOT_TOKEN=TOKEN,
        DATABASE_URL="postgresql://coach:hush-hush@db/coach",
        METRICS_TOKEN="open-sesame",
    )

    assert "abcdef" not in repr(found)
    assert "hush-hush" not in repr(found)
    assert "open-sesame" not in repr(found)
    assert repr(Secret("x")) == "'***'"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", "not a token"),
        ("TELEGRAM_API_URL", "telegram"),
        ("DATABASE_URL", "mysql://localhost/coach"),
        ("WEBHOOK_URL", "http://bot.example.org"),
        ("WEBHOOK_SECRET", "no spaces please"),
        ("PORT", "http"),
        ("PORT", "70000"),
        ("SEND_RATE", "fast"),
        ("SEND_RATE", "0"),
        ("ADMIN_IDS", "me"),
        ("CONTENT_DIR", "no-such-folder"),
        ("LOG_LEVEL", "loud"),
        ("LOG_FORMAT", "xml"),
        ("HEARTBEAT_URL", "ping"),
    ],
)
def test_a_wrong_setting_is_one_line_that_names_it(name: str, value: str) -> None:
    with pytest.raises(SettingWrong) as refused:
        settings(**{name: value})

    assert name in str(refused.value)
    assert "\n" not in str(refused.value)


def test_sqlite_on_a_disk_that_does_not_last_is_refused_with_the_remedy() -> None:
    with pytest.raises(SettingWrong, match="DYNO") as refused:
        settings(DYNO="web.1")

    assert "ALLOW_SQLITE=1" in str(refused.value)


def test_the_host_may_say_that_the_disk_lasts() -> None:
    assert settings(DYNO="web.1", ALLOW_SQLITE="1").sqlite


def test_run_without_a_token_says_where_a_token_comes_from() -> None:
    with pytest.raises(SettingWrong, match="@BotFather"):
        settings().need_token()
