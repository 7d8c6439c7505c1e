"""`bot simulate`: synthetic people live through weeks of the coach, and every rule is watched."""

import argparse
import asyncio
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.coach.shelf import Shelf
from bot.config import Settings
from bot.domain.errors import SettingWrong
from bot.shell.out import say
from bot.simulation.drama import lived
from bot.simulation.tally import Outcome, as_json, table

START = datetime(2026, 1, 5, tzinfo=UTC)
MOST_PEOPLE, MOST_WEEKS = 10_000, 520
FAILED = 1


def simulate(settings: Settings, given: argparse.Namespace) -> int:
    """0; 1 where a rule was broken, with a line each."""
    for name, value, most in (
        ("people", given.people, MOST_PEOPLE),
        ("weeks", given.weeks, MOST_WEEKS),
    ):
        if not 0 < value <= most:
            raise SettingWrong(f"--{name} {value}: a number from 1 to {most}")
    outcome = asyncio.run(_outcome(settings, given))
    if given.json:
        say(json.dumps(as_json(outcome), ensure_ascii=False))
    else:
        for line in table(outcome):
            say(line)
    for breach in outcome.breaches:
        print(f"bot: {breach}", file=sys.stderr)  # noqa: T201  (faults go to stderr)
    return FAILED if outcome.breaches else 0


async def _outcome(settings: Settings, given: argparse.Namespace) -> Outcome:
    shelf = await asyncio.to_thread(Shelf.open, settings.content, settings.cache)
    with TemporaryDirectory(prefix="simulation-") as folder:
        house = (shelf, settings.content, Path(folder), START)
        return await lived(house, given.people, given.weeks, given.seed)
