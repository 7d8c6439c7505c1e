"""For whoever hosts it: run, migrate, stats."""

import argparse
import asyncio
import json
import signal
from collections.abc import Iterator

import structlog

from bot.app.life import run as live
from bot.coach.figures import Figures, figures
from bot.config import Settings
from bot.domain.errors import NotReady
from bot.shell.out import say
from bot.storage.address import exists
from bot.storage.database import Database
from bot.storage.schema import migrate as bring_up
from bot.storage.schema import schema_state

log = structlog.get_logger()


def run(settings: Settings, given: argparse.Namespace) -> int:
    settings.need_token()
    asyncio.run(live(settings, given.role))
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # all is done: a second one changes nothing
    return 0


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

    async def work() -> Figures:
        if not exists(settings.database_url):
            raise NotReady("there is no database yet: `bot run` makes it")
        database = await Database.open(settings.database_url)
        try:
            state = await schema_state(database)
            if state != "current":
                raise NotReady(f"the database's schema is {state}: run `bot migrate`")
            return await figures(database)
        finally:
            await database.close()

    found = asyncio.run(work())
    if given.json:
        say(json.dumps(found.plain()))
    else:
        for line in _lines(found):
            say(line)
    return 0


def _lines(found: Figures) -> Iterator[str]:
    yield f"people: {found.people}"
    yield f"active: {found.active}"
    yield f"pushes: {_counts(found.pushes)}"
    yield f"answers: {_counts(found.answers)}"
    yield f"gaps: {len(found.gaps) or 'none'}"
    for gap in found.gaps:
        yield f"  {gap.text} ({gap.people} people, {gap.times} times)"


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {number}" for name, number in counts.items()) or "none yet"
