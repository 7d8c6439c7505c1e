"""`bot doctor`: what is well and what is not, a line each, with the remedy."""

import argparse
import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import aiohttp

from bot.app.assembly import wall_clock
from bot.coach.shelf import inspect
from bot.config import Settings
from bot.domain.errors import CoachError, ContentWrong, NotReady
from bot.logs import redact
from bot.retrieval.engine import Model
from bot.shell.out import say
from bot.storage.address import exists, read
from bot.storage.database import Database
from bot.storage.schema import schema_state

SKEW_SECONDS = 30
PATIENCE_SECONDS = 10
LEAST_FREE = 200 << 20
OTHERS = 0o077
OVERDUE = timedelta(minutes=10)
NO_TOKEN = "0:none"  # noqa: S105  (nobody's)
LEASES = ("push", "poll", "bot")
NOT_YET = "there is none yet: `bot run` makes it"


@dataclass(frozen=True, slots=True)
class Telegram:
    """What the server said to getMe, and its time of day."""

    said: dict[str, object]
    date: str | None


def doctor(settings: Settings, given: argparse.Namespace) -> int:
    """A line each; 1 where one of them is not well."""
    del given
    return asyncio.run(_doctor(settings))


async def _doctor(settings: Settings) -> int:
    checks: dict[str, Callable[[Settings], Awaitable[str]]] = {
        "settings": _settings,
        "content": _content,
        "token": _token,
        "server": _server,
        "clock": _clock,
        "database": _database,
        "schema": _schema,
        "disk": _disk,
        "lease": _lease,
        "next push": _next_push,
    }
    well = [await _line(settings, name, check) for name, check in checks.items()]
    return 0 if all(well) else 1


async def _line(settings: Settings, name: str, check: Callable[[Settings], Awaitable[str]]) -> bool:
    try:
        found, well = await check(settings), True
    except (CoachError, aiohttp.ClientError, TimeoutError, OSError) as error:
        found, well = str(error) or type(error).__name__, False
    found = redact(found.replace(settings.token or "<none>", "<token>"))
    say(f"{name:10} {'ok   ' if well else 'FAIL '} {' '.join(found.split())}")
    return well


async def _settings(settings: Settings) -> str:
    mode = "webhook" if settings.webhook_url else "long polling"
    listens = settings.port_of("all")
    port = f"port {listens}" if listens else "no port"
    return (
        f"{mode}, {port}, {settings.send_rate:g} messages a second, {len(settings.admins)} admins"
    )


async def _content(settings: Settings) -> str:
    """Without the vectors, which a start makes once and which take minutes."""
    checked, faults = await asyncio.to_thread(inspect, settings.content)
    if checked is None:
        raise ContentWrong(tuple(map(str, faults)))
    model = await asyncio.to_thread(Model.open)
    topics, sessions = len(checked.knowledge.topics), len(checked.library.sessions)
    return f"{topics} topics, {sessions} sessions, {model.note or 'with the sentence model'}"


async def _token(settings: Settings) -> str:
    settings.need_token()
    found = await _telegram(settings)
    if not found.said.get("ok"):
        raise NotReady(
            f"Telegram refuses it ({found.said.get('description')}): copy it from @BotFather"
        )
    me = found.said.get("result")
    return f"of @{me.get('username')}" if isinstance(me, dict) else "taken"


async def _server(settings: Settings) -> str:
    await _telegram(settings)
    return settings.api_url.removesuffix("/bot")


async def _clock(settings: Settings) -> str:
    """Telegram's own time stands in its answer."""
    date = (await _telegram(settings)).date
    skew = (wall_clock() - parsedate_to_datetime(date)).total_seconds() if date else 0.0
    if abs(skew) > SKEW_SECONDS:
        raise NotReady(f"this machine's clock is {skew:.0f} s off Telegram's: set it (NTP)")
    return f"within {abs(skew):.0f} s of Telegram's" if date else "the server tells no time"


async def _telegram(settings: Settings) -> Telegram:
    """The server answers also where there is no token yet."""
    timeout = aiohttp.ClientTimeout(total=PATIENCE_SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(f"{settings.api_url}{settings.token or NO_TOKEN}/getMe") as answer,
        ):
            said = await answer.json(content_type=None)
            date = answer.headers.get("Date")
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        raise NotReady(f"cannot be reached ({type(error).__name__}): check the network") from None
    return Telegram(said if isinstance(said, dict) else {}, date)


async def _database(settings: Settings) -> str:
    address = read(settings.database_url)
    if not exists(settings.database_url):
        return f"{address.place}: {NOT_YET}"
    async with _opened(settings):
        return f"{'SQLite' if address.sqlite else 'PostgreSQL'}, {address.place}"


async def _schema(settings: Settings) -> str:
    if not exists(settings.database_url):
        return NOT_YET
    async with _opened(settings) as database:
        state = await schema_state(database)
    if state == "newer":
        raise NotReady("newer than this program: update the program")
    if state != "current" and not settings.sqlite:
        raise NotReady(f"{state}: run `bot migrate`")
    return state if state == "current" else f"{state}: `bot run` brings it up"


async def _disk(settings: Settings) -> str:
    file = read(settings.database_url).file or Path("coach.db")
    free = shutil.disk_usage(file.absolute().parent).free
    if free < LEAST_FREE:
        raise NotReady(f"only {free >> 20} MiB are free beside {file}: make room")
    if settings.sqlite and file.is_file() and file.stat().st_mode & OTHERS:
        raise NotReady(f"others on this machine may read {file}: chmod 600 {file}")
    return f"{free >> 20} MiB free"


async def _lease(settings: Settings) -> str:
    if not await _has_tables(settings):
        return "nobody yet"
    async with _opened(settings) as database, database.reading() as unit:
        now = await unit.leases.clock() or wall_clock()
        held = {name: lease for name in LEASES if (lease := await unit.leases.get(name))}
    said = [
        f"{name}: process {lease.holder.pid} on {lease.holder.host}, "
        f"last sign {(now - lease.beat_at).total_seconds():.0f} s ago"
        for name, lease in held.items()
    ]
    return "; ".join(said) or "nobody: `bot run` is not running"


async def _next_push(settings: Settings) -> str:
    if not await _has_tables(settings):
        return "none"
    async with _opened(settings) as database, database.reading() as unit:
        due = await unit.pushes.next_due()
    if due is not None and wall_clock() - due > OVERDUE:
        raise NotReady(f"was due at {_said(due)}: nobody sends; is `bot run` running?")
    return _said(due) if due else "none"


def _said(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


async def _has_tables(settings: Settings) -> bool:
    if not exists(settings.database_url):
        return False
    async with _opened(settings) as database:
        return await schema_state(database) == "current"


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[Database]:
    database = await Database.open(settings.database_url)
    try:
        yield database
    finally:
        await database.close()
