"""For whoever hosts it: run, demo, migrate, stats."""

import argparse
import asyncio
import json
import tempfile
from dataclasses import replace
from pathlib import Path

import structlog

from bot.app.assembly import wall_clock
from bot.app.life import run as live
from bot.coach.figures import figures
from bot.config import Secret, Settings
from bot.demo.standin import DEMO_TOKEN, StandIn
from bot.domain.errors import NotReady
from bot.shell.out import say
from bot.storage.address import exists
from bot.storage.database import Database
from bot.storage.schema import migrate as bring_up
from bot.storage.schema import schema_state

DEMO_PORT = 8000
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


def stats(settings: Settings, given: argparse.Namespace) -> int:
    """People, pushes, answers, gaps: counts only, nobody by name."""

    async def work() -> dict[str, object]:
        if not exists(settings.database_url):
            raise NotReady("there is no database yet: `bot run` makes it")
        database = await Database.open(settings.database_url)
        try:
            state = await schema_state(database)
            if state != "current":
                raise NotReady(f"the database's schema is {state}: run `bot migrate`")
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
