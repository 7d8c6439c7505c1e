"""The settings as one frozen value, read once. The names are the contract's.

`read` is pure: the environment and `.env` are fetched by the command line and given in.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bot.domain.errors import SettingWrong

TELEGRAM = "https://api.telegram.org/bot"
NAMES = (
    "TELEGRAM_BOT_TOKEN",
    "TELEGRAM_API_URL",
    "DATABASE_URL",
    "ALLOW_SQLITE",
    "WEBHOOK_URL",
    "WEBHOOK_SECRET",
    "PORT",
    "METRICS_TOKEN",
    "HEARTBEAT_URL",
    "SEND_RATE",
    "ADMIN_IDS",
    "CONTENT_DIR",
    "LOG_LEVEL",
    "LOG_FORMAT",
)
PASSING_DISKS = ("DYNO", "K_SERVICE", "FLY_APP_NAME", "RENDER", "RAILWAY_ENVIRONMENT")

_TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{10,}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
_HTTP = ("http", "https")
_HIGHEST_PORT = 65535
_FASTEST = 1000.0


class Secret(str):
    """A text that never shows itself: its repr is a row of stars."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'***'"


WEBHOOK_PORT = 8080


@dataclass(frozen=True, slots=True)
class Settings:
    """What the host has set. `token` is None where nothing needs Telegram."""

    token: Secret | None
    api_url: str
    own_server: bool
    database_url: Secret
    webhook_url: str | None
    webhook_secret: Secret | None
    port: int | None
    metrics_token: Secret | None
    heartbeat_url: Secret | None
    send_rate: float
    admins: frozenset[int]
    content: Path
    cache: Path | None
    log_level: str
    log_json: bool

    def port_of(self, role: str) -> int | None:
        """Where this role listens; who only pushes takes no updates and needs none."""
        if self.port is None and self.webhook_url is not None and role in ("all", "web"):
            return WEBHOOK_PORT
        return self.port

    @property
    def file_url(self) -> str:
        """The address of files follows from that of the server (`…/bot` to `…/file/bot`)."""
        return f"{self.api_url.removesuffix('/bot')}/file/bot"

    @property
    def sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    def need_token(self) -> Secret:
        """The token, or the one line that says where a token comes from."""
        if self.token is None:
            raise SettingWrong(
                "TELEGRAM_BOT_TOKEN is not set: get a token from @BotFather and put it into .env "
                "(or try `bot demo`, which needs none)"
            )
        return self.token


def read(env: Mapping[str, str], content: Path) -> Settings:
    """Settings from names and texts; `content` is the folder where CONTENT_DIR is not set.

    Raises SettingWrong: one line that names the setting and the remedy.
    """
    given = {name: env.get(name, "").strip() for name in NAMES}
    token = _token(given["TELEGRAM_BOT_TOKEN"])
    own_server = bool(given["TELEGRAM_API_URL"])
    webhook = _webhook(given["WEBHOOK_URL"], own_server)
    return Settings(
        token=token,
        api_url=_address("TELEGRAM_API_URL", given["TELEGRAM_API_URL"] or TELEGRAM),
        own_server=own_server,
        database_url=_database(given, env),
        webhook_url=webhook,
        webhook_secret=_webhook_secret(given["WEBHOOK_SECRET"], token),
        port=_port(given["PORT"]),
        metrics_token=_secret(given["METRICS_TOKEN"]),
        heartbeat_url=_secret(_optional_address("HEARTBEAT_URL", given["HEARTBEAT_URL"])),
        send_rate=_rate(given["SEND_RATE"]),
        admins=_admins(given["ADMIN_IDS"]),
        content=_content(given["CONTENT_DIR"], content),
        cache=_cache(env),
        log_level=_one_of("LOG_LEVEL", given["LOG_LEVEL"].upper() or "INFO", _LEVELS),
        log_json=_one_of("LOG_FORMAT", given["LOG_FORMAT"].lower() or "console", _FORMATS)
        == "json",
    )


_FORMATS = ("console", "json")
_CACHE = "leg-strength-coach"


def _cache(env: Mapping[str, str]) -> Path | None:
    """Where computed things are kept between two starts; None: nowhere."""
    base = env.get("XDG_CACHE_HOME", "")
    if base:
        return Path(base) / _CACHE
    home = env.get("HOME", "") or env.get("LOCALAPPDATA", "")
    return Path(home) / ".cache" / _CACHE if home else None


def _secret(text: str) -> Secret | None:
    return Secret(text) if text else None


def _token(text: str) -> Secret | None:
    if text and not _TOKEN.fullmatch(text):
        raise SettingWrong(
            "TELEGRAM_BOT_TOKEN does not look like a token (digits, a colon, then letters): "
            "copy it again from @BotFather"
        )
    return _secret(text)


def _webhook_secret(text: str, token: Secret | None) -> Secret | None:
    """Derived from the token, so that all replicas agree without being told."""
    if text and not _SECRET.fullmatch(text):
        raise SettingWrong("WEBHOOK_SECRET may hold 1 to 256 of A-Z a-z 0-9 _ - only: change it")
    if text or token is None:
        return _secret(text)
    return Secret(hashlib.sha256(f"webhook:{token}".encode()).hexdigest())


def _address(name: str, text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in _HTTP or not parts.hostname:
        raise SettingWrong(f"{name} must be an address such as https://example.org: correct it")
    return text.rstrip("/")


def _optional_address(name: str, text: str) -> str:
    return _address(name, text) if text else ""


def _webhook(text: str, own_server: bool) -> str | None:
    address = _optional_address("WEBHOOK_URL", text)
    if address.startswith("http:") and not own_server:
        raise SettingWrong("WEBHOOK_URL must start with https:// (Telegram calls nothing else)")
    return address or None


def _port(text: str) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or not 1 <= int(text) <= _HIGHEST_PORT:
        raise SettingWrong("PORT must be a whole number from 1 to 65535: correct or unset it")
    return int(text)


def _rate(text: str) -> float:
    try:
        rate = float(text or "25")
    except ValueError:
        rate = 0.0
    if not 1 <= rate <= _FASTEST:
        raise SettingWrong("SEND_RATE must be a number of messages a second from 1 to 1000")
    return rate


def _admins(text: str) -> frozenset[int]:
    ids = [part.strip() for part in text.split(",") if part.strip()]
    if not all(part.isdecimal() for part in ids):
        raise SettingWrong("ADMIN_IDS must be Telegram user ids (numbers), parted by commas")
    return frozenset(int(part) for part in ids)


def _one_of(name: str, text: str, allowed: tuple[str, ...]) -> str:
    if text not in allowed:
        raise SettingWrong(f"{name} must be one of {', '.join(allowed)}: correct or unset it")
    return text


def _content(text: str, default: Path) -> Path:
    folder = Path(text) if text else default
    if not folder.is_dir():
        raise SettingWrong(f"CONTENT_DIR: there is no folder {folder}: correct or unset it")
    return folder


def _database(given: Mapping[str, str], env: Mapping[str, str]) -> Secret:
    """The database's address; SQLite where the disk does not last is refused."""
    text = given["DATABASE_URL"] or "sqlite+aiosqlite:///coach.db"
    scheme = text.partition("://")[0].partition("+")[0]
    if scheme not in ("sqlite", "postgresql", "postgres"):
        raise SettingWrong(
            "DATABASE_URL must start with sqlite+aiosqlite:/// or postgresql://: correct it"
        )
    marker = next((name for name in PASSING_DISKS if env.get(name)), None)
    if scheme == "sqlite" and marker and given["ALLOW_SQLITE"] != "1":
        raise SettingWrong(
            f"DATABASE_URL is SQLite, but {marker} says that this platform wipes its disk at each "
            "restart: set DATABASE_URL to a PostgreSQL address, or ALLOW_SQLITE=1 if the disk lasts"
        )
    return Secret(text)
