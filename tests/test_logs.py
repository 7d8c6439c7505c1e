"""Logs: nothing secret passes, and a fault that lasts is told in a line, not in thousands."""

import asyncio
import json
import logging
from collections.abc import Iterator
from io import StringIO

import pytest
import structlog

from bot import logs
from bot.scheduling.ticker import Ticker

TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"


@pytest.fixture
def root() -> Iterator[logging.Logger]:
    """The root logger, put back as it was."""
    logger = logging.getLogger()
    handlers, level = logger.handlers[:], logger.level
    yield logger
    logger.handlers, level_now = handlers, level
    logger.setLevel(level_now)
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


def test_a_token_in_an_address_or_a_traceback_is_redacted(root: logging.Logger) -> None:
    out = StringIO()
    logs.configure("DEBUG", as_json=False, stream=out)
    try:
        raise ValueError(f"POST https://api.telegram.org/bot{TOKEN}/getMe")
    except ValueError:
        root.exception("failed for %s", TOKEN)

    assert "failed for" in out.getvalue()
    assert TOKEN[10:] not in out.getvalue()


def test_a_password_in_a_database_address_is_redacted() -> None:
    shown = logs.redact("cannot reach postgresql://coach:hush@db.example/coach")

    assert "hush" not in shown
    assert "db.example" in shown


def test_json_logs_are_one_object_a_line(root: logging.Logger) -> None:
    out = StringIO()
    logs.configure("INFO", as_json=True, stream=out)
    structlog.get_logger("t").info("push", person=7)

    (line,) = out.getvalue().splitlines()
    assert json.loads(line)["event"] == "push"
    assert json.loads(line)["person"] == 7


LIBRARIES = ("httpx", "alembic", "asyncio", "uvicorn.error", "aiohttp.server", "telegram.ext")


@pytest.mark.parametrize(
    ("level", "said"),
    [("CRITICAL", ["critical"]), ("ERROR", ["error", "critical"]), ("INFO", ["error", "critical"])],
)
def test_what_is_below_the_level_is_not_said_by_any_library(
    root: logging.Logger, level: str, said: list[str]
) -> None:
    out = StringIO()
    logs.configure(level, as_json=True, stream=out)
    for name in LIBRARIES:
        for severity in ("debug", "error", "critical"):
            getattr(logging.getLogger(name), severity)("%s of %s", severity, name)

    events = [json.loads(line)["event"] for line in out.getvalue().splitlines()]
    assert events == [f"{severity} of {name}" for name in LIBRARIES for severity in said]


def test_a_telegram_out_of_reach_is_said_once_a_minute(root: logging.Logger) -> None:
    out = StringIO()
    logs.configure("INFO", as_json=True, stream=out)
    for again in (1, 2, 4):
        structlog.get_logger("t").warning("telegram.unreachable", again_in=again)
    structlog.get_logger("t").warning("push.failed")

    events = [json.loads(line)["event"] for line in out.getvalue().splitlines()]
    assert events == ["telegram.unreachable", "push.failed"]


@pytest.mark.usefixtures("root")
async def test_a_tick_that_fails_again_and_again_is_one_line_in_a_while() -> None:
    out, often = StringIO(), asyncio.Event()
    failures = iter(range(5))
    logs.configure("INFO", as_json=False, stream=out)

    async def away() -> None:
        if next(failures, None) is None:
            often.set()
        raise ConnectionError("the database is away\n[SQL: SELECT 1]")

    ticker = Ticker(lambda words: structlog.get_logger().error("tick.failed", reason=words))
    ticker.every(0.01, away)
    ticker.start()
    async with asyncio.timeout(10):
        await often.wait()
    ticker.stop()

    assert len(out.getvalue().splitlines()) == 1
    assert "ConnectionError: the database is away" in out.getvalue()
