"""Synthetic people live weeks of the coach; what was really sent is held against every rule."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bot.simulation.cast import Character
from bot.simulation.drama import lived
from bot.simulation.tally import Outcome
from tests.house import ROOT, shelf
from tests.shell.conftest import Called, bot

__all__ = ["bot"]
KINDS = len(Character)


async def _lived(folder: Path, people: int, weeks: int, seed: int) -> Outcome:
    start = datetime(2026, 3, 16, tzinfo=UTC)  # the clocks of America and of Europe change soon
    return await lived((shelf(), ROOT / "content", folder, start), people, weeks, seed)


async def test_no_rule_is_broken_and_no_push_missed_or_doubled(tmp_path: Path) -> None:
    outcome = await _lived(tmp_path, KINDS, 2, 7)

    assert outcome.whole.counts["sent"] > 2 * KINDS
    assert outcome.whole.counts["done"] > KINDS
    assert [str(breach) for breach in outcome.breaches] == []


def test_the_command_says_what_became_of_them(bot: Callable[..., Called]) -> None:
    code, out, err = bot("simulate", "--people", "2", "--weeks", "1", "--json")
    told = json.loads(out)

    assert (code, err) == (0, "")
    assert told["all"]["people"] == 2
    assert told["all"]["sent"] > 0
    assert told["breaches"] == []


def test_a_number_of_people_that_makes_no_sense_is_refused(bot: Callable[..., Called]) -> None:
    code, _, err = bot("simulate", "--people", "0")

    assert code == 2
    assert "--people 0" in err
