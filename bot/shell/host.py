"""For whoever hosts it: run, demo, migrate, doctor, stats."""

import argparse
import asyncio
import json
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import aiohttp
import structlog

from bot.app.assembly import wall_clock
from bot.app.life import run as live
from bot.coach.figures import figures
from bot.coach.shelf import Shelf
from bot.config import Secret, Settings
from bot.demo.standin import DEMO_TOKEN, StandIn
from bot.domain.errors import CoachError, NotReady
from bot.shell.out import say
from bot.storage.database import Database
from bot.storage.schema import migrate as bring_up
from bot.storage.schema import schema_state

DEMO_PORT = 8000
SKEW_SECONDS = 30
log = structlog.get_logger()


def run(settings: Settings, given: argparse.Namespace) -> int:
    settings.need_token()
    asyncio.run(live(settings, given.role))
    return 0


def demo(settings: Settings, given: argparse.Namespace) -> int:
    """The same bot, whole, against the stand-in on this machine, with a database of its own."""
    port = given.port or settings.port or DEMO_PORT
    with tempfile.TemporaryDirectory(prefix="coach-demo-") as folder:
        asyncio.run(_demo(settings, port, Path(folder)))
    return 0


async def _demo(settings: Settings, port: int, folder: Path) -> None:
    async with StandIn(wall_clock, port=port) as telegram:
        say(f"The demo is at {telegram.origin} (Ctrl-C ends it)")
        own = replace(
            settings,
            token=Secret(DEMO_TOKEN),
            api_url=telegram.url,
            own_server=True,
            database_url=Secret(f"sqlite+aiosqlite:///{folder / 'demo.db'}"),
            webhook_url=None,
            port=None,
            heartbeat_url=None,
        )
        await live(own)


def migrate(settings: Settings, given: argparse.Namespace) -> int:
    del given

    async def work() -> str:
        database = await Database.open(settings.database_url)
        try:
            return await bring_up(database)
        finally:
            await database.close()

    found = asyncio.run(work())
    already = found == "current"
    say("the schema is the newest already" if already else "the schema is now the newest")
    return 0


def doctor(settings: Settings, given: argparse.Namespace) -> int:
    """A line each; 1 where one of them is not well."""
    del given
    return asyncio.run(_doctor(settings))


async def _doctor(settings: Settings) -> int:
    checks: list[tuple[str, Callable[[Settings], Awaitable[str]]]] = [
        ("settings", _settings_line),
        ("content", _content_line),
        ("telegram", _telegram_line),
        ("database", _database_line),
    ]
    well = True
    for name, check in checks:
        try:
            say(f"{name:10} ok    {await check(settings)}")
        except (CoachError, aiohttp.ClientError, TimeoutError, OSError) as error:
            well = False
            text = str(error) or type(error).__name__
            say(f"{name:10} FAIL  {text.replace(settings.token or '<none>', '<token>')}")
    return 0 if well else 1


async def _settings_line(settings: Settings) -> str:
    settings.need_token()
    mode = "webhook" if settings.webhook_url else "long polling"
    return f"{mode}, {settings.send_rate:g} messages a second, {len(settings.admins)} admins"


async def _content_line(settings: Settings) -> str:
    shelf = await asyncio.to_thread(Shelf.open, settings.content, settings.cache)
    content = shelf.content
    topics, sessions = len(content.knowledge.topics), len(content.library.sessions)
    return f"{topics} topics, {sessions} sessions, answers by {content.engine.kind}"


async def _telegram_line(settings: Settings) -> str:
    """Server, token and clock: Telegram's own time stands in its answer."""
    token = settings.need_token()
    timeout = aiohttp.ClientTimeout(total=10)
    try:
        address = f"{settings.api_url}{token}/getMe"
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(address) as answer,
        ):
            found = await answer.json(content_type=None)
            date = answer.headers.get("Date")
    except aiohttp.ClientError as error:
        raise NotReady(f"cannot be reached ({type(error).__name__}): check the network") from None
    if not found.get("ok"):
        raise NotReady(f"refuses the token ({found.get('description')}): copy it from @BotFather")
    skew = (wall_clock() - parsedate_to_datetime(date)).total_seconds() if date else 0.0
    if abs(skew) > SKEW_SECONDS:
        raise NotReady(f"this machine's clock is {skew:.0f} s off: set it (NTP)")
    return f"@{found['result']['username']}, clock within {abs(skew):.0f} s"


async def _database_line(settings: Settings) -> str:
    database = await Database.open(settings.database_url)
    try:
        state = await schema_state(database)
        if state != "current":
            raise NotReady(f"the schema is {state}: run `bot migrate`")
        async with database.reading() as unit:
            lease = await unit.leases.get("bot")
            due = await unit.pushes.next_due()
        holder = f"held by process {lease.holder.pid} on {lease.holder.host}" if lease else "free"
        return f"schema current, lease {holder}, next push {_when(due)}"
    finally:
        await database.close()


def _when(due: datetime | None) -> str:
    return f"{due:%Y-%m-%d %H:%M} UTC" if due else "none"


def stats(settings: Settings, given: argparse.Namespace) -> int:
    """People, pushes, answers, gaps: counts only, nobody by name."""

    async def work() -> dict[str, object]:
        database = await Database.open(settings.database_url)
        try:
            return (await figures(database)).plain()
        finally:
            await database.close()

    found = asyncio.run(work())
    if given.json:
        say(json.dumps(found))
    else:
        for name, value in found.items():
            say(f"{name}: {value}")
    return 0
