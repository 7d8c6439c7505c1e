"""Logs: one line an event, to stderr, ids not names; tokens and passwords never."""

import logging
import re
import sys
import time
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

_SECRETS = (
    (re.compile(r"\b\d{6,20}:[A-Za-z0-9_-]{20,}"), "<token>"),
    (re.compile(r"/bot\d+:[^/\s\"']+"), "/bot<token>"),
    (re.compile(r"(://[^:/\s@]+):[^@\s]+@"), r"\1:<password>@"),
)

# Libraries whose lesser lines are nobody's business.
_LEAST = {
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "aiosqlite": logging.WARNING,
    "asyncio": logging.WARNING,
    "uvicorn.access": logging.WARNING,
    "alembic": logging.WARNING,
    "markdown_it": logging.WARNING,
    # They warn of each request that is no HTTP: strangers would fill the disk with lines.
    "uvicorn.error": logging.ERROR,
}

# Said once in a while, however often it is tried: an outage must not fill the disk.
_SPARING = {"telegram.unreachable": 60.0, "tick.failed": 10.0, "lease.database": 10.0}


def redact(text: str) -> str:
    """The text without anything that looks like a token or a password in an address."""
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return text


class _Redacting(logging.Formatter):
    """Wraps the formatter, so that tracebacks of any library are redacted too."""

    def __init__(self, inner: logging.Formatter) -> None:
        super().__init__()
        self._inner = inner

    def format(self, record: logging.LogRecord) -> str:
        return redact(self._inner.format(record))


class _Sparing:
    """Lets an event of `_SPARING` through once in its seconds; the level counts beforehand."""

    def __init__(self) -> None:
        self._said: dict[str, float] = {}

    def __call__(
        self, _logger: object, _method: str, event: MutableMapping[str, Any]
    ) -> MutableMapping[str, Any]:
        name = str(event.get("event"))
        seconds, now = _SPARING.get(name, 0.0), time.monotonic()
        if seconds and now - self._said.get(name, -seconds) < seconds:
            raise structlog.DropEvent
        self._said = {**self._said, name: now} if seconds else self._said
        return event


def configure(level: str, *, as_json: bool, stream: TextIO | None = None) -> None:
    """Send every library's log through one formatter; httpx would log the token's address."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        _Sparing(),
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _plain_values,
    ]
    last: list[Any] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if as_json
        else [structlog.dev.ConsoleRenderer(colors=False)]
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    remove = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    inner = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared, processors=[remove, *last]
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_Redacting(inner))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name, least in _LEAST.items():
        logging.getLogger(name).setLevel(max(root.level, least))
    # What a job raises is told as `tick.failed`, one line, often while a database is away.
    logging.getLogger("apscheduler").setLevel(
        logging.WARNING if level == "DEBUG" else logging.CRITICAL
    )
    logging.captureWarnings(capture=True)


def _plain_values(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Enums as their values: `fate=gone`, not `fate=<Fate.GONE>`."""
    return {key: getattr(value, "value", value) for key, value in event.items()}
