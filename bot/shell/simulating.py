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
from bot.pictures import CrowdChart, CrowdRow, crowd_chart
from bot.shell.out import say
from bot.simulation.cast import cast
from bot.simulation.drama import lived
from bot.simulation.tally import Outcome, Tally, as_json, table

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
    file = _file(given.picture) if given.picture else None
    outcome = asyncio.run(_outcome(settings, given))
    if file is not None:
        file.write_bytes(crowd_chart(_chart(outcome)))
    if given.json:
        say(json.dumps(as_json(outcome), ensure_ascii=False))
    else:
        for line in table(outcome):
            say(line)
    for breach in outcome.breaches:
        print(f"bot: {breach}", file=sys.stderr)  # noqa: T201  (faults go to stderr)
    return FAILED if outcome.breaches else 0


def _file(name: str) -> Path:
    """Where the picture goes; a folder that is not there is told of before a long wait."""
    file = Path(name)
    if not file.parent.is_dir():
        raise SettingWrong(f"--picture {name}: there is no folder {file.parent}")
    return file


def _chart(outcome: Outcome) -> CrowdChart:
    whole = outcome.whole
    counts = whole.counts
    rows = [
        CrowdRow(name.value, _parts(t), str(t.people)) for name, t in outcome.by_character.items()
    ]
    return CrowdChart(
        title=f"{whole.people} people, {outcome.weeks} weeks",
        where="bot simulate",
        key=("done", "partly", "skipped", "no report"),
        value="people",
        rows=tuple(rows),
        note=(
            f"{outcome.pushes} pushes: {counts['missed']} missed, {counts['doubled']} doubled. "
            f"Rules broken: {len(outcome.breaches)}.",
            f"Weeks that rose: {counts['rising']}, lighter ones: {counts['deload']}. "
            f"Flags raised: {counts['raised']}, cleared: {counts['cleared']}.",
        ),
    )


def _parts(tally: Tally) -> tuple[int, ...]:
    told = tuple(tally.counts[name] for name in ("done", "partly", "skipped"))
    return (*told, max(tally.counts["sent"] - sum(told), 0))


async def _outcome(settings: Settings, given: argparse.Namespace) -> Outcome:
    shelf = await asyncio.to_thread(Shelf.open, settings.content, settings.cache)
    with TemporaryDirectory(prefix="simulation-") as folder:
        house = (shelf, settings.content, Path(folder), START)
        return await lived(house, cast(given.people, given.seed), given.weeks, given.seed)
