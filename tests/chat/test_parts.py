"""A pain with its place: what would load that part is something else, until it is quiet."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.content.workouts import load_workouts
from bot.demo.people import Person
from bot.domain.history import brought_to, forecast
from bot.domain.library import Contraindication, Hold
from bot.domain.parts import eased_parts, part_of, spared, strained
from bot.domain.plan import PlanDay
from bot.domain.record import Record
from bot.domain.standing import RUNS
from bot.domain.weeks import DAYS
from bot.domain.workouts import Kind, Level
from tests.chat.test_adapting import a_runner
from tests.domain.test_history import BOOKS, MONDAY, a_life
from tests.domain.test_plan import ROOT, someone
from tests.house import House, house

TUESDAY = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
WORKOUTS = load_workouts(ROOT)[0]
CARE: tuple[Contraindication, ...] = WORKOUTS.contraindications if WORKOUTS else ()
PARTS = sorted(part for row in CARE for part in row.parts)


def row_for(place: str) -> Contraindication:
    row = part_of(place, CARE)
    assert row is not None
    return row


def coming(record: Record, weeks: int = 3) -> list[PlanDay]:
    return list(forecast(record, weeks, BOOKS))


def kinds_with(record: Record) -> set[Kind]:
    """The kinds of all sessions that are still to come, the eased ones as what they became."""
    return {s.kind for day in coming(record) for s in day.sessions}


@pytest.mark.parametrize("place", PARTS)
@pytest.mark.parametrize("level", list(Level))
def test_no_session_loads_what_hurts_more_than_its_row_allows(place: str, level: Level) -> None:
    record = brought_to(a_life(someone(level)).record, MONDAY, BOOKS)
    row = row_for(place)
    after = spared(record, row, MONDAY)
    found = kinds_with(after)
    before = {day.date: day for day in coming(record)}

    assert Kind.HILL in kinds_with(record)
    for kind, leave in (
        (Kind.HILL, row.hill),
        (Kind.INTERVAL, row.interval),
        (Kind.DRILL, row.drill),
    ):
        assert (kind in found) is (leave.rule is Hold.OK)
    if row.hill.rule is row.interval.rule is Hold.HOLD:
        assert not found & set(RUNS)
    for day in coming(after):
        assert day.minutes <= before[day.date].minutes
        assert sum(s.run_minutes for s in day.sessions) <= sum(
            s.run_minutes for s in before[day.date].sessions
        )


def test_two_parts_are_spared_at_once_and_a_strain_keeps_its_weeks() -> None:
    record = brought_to(a_life(someone(Level.INTERMEDIATE)).record, MONDAY, BOOKS)
    both = spared(spared(record, row_for("knee"), MONDAY), row_for("hamstring"), MONDAY)
    sudden = strained(both, MONDAY, CARE)
    quiet = eased_parts(sudden.standing)
    parts = {e.facts["part"] for e in both.standing.easings}
    left = [e for e in quiet.easings if e.code == "part"]
    weeks = row_for("hamstring").strain_weeks

    assert parts == {"knee-downhill", "hamstring-strain"}
    assert {e.facts["part"] for e in left} == {"hamstring-strain"}
    assert {e.last for e in left} == {MONDAY + timedelta(days=weeks * DAYS - 1)}


async def easings(bot: House, ann: Person) -> list[dict[str, Any]]:
    await bot.settled()
    async with bot.app.desk.database.reading() as unit:
        standing: Any = await unit.plans.standing(ann.id) or {}
    return [e for e in standing.get("easings", ()) if e["code"] == "part"]


async def test_a_told_place_changes_the_plan_says_why_and_ends_with_a_low_number(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        await bot.to(TUESDAY)
        said = await bot.ask(ann, "/pain 3 left heel cord")
        kept = await easings(bot, ann)
        today = await bot.ask(ann, "/today")
        why = await bot.ask(ann, "/why")
        over = await bot.ask(ann, "/pain 1")
        gone = await easings(bot, ann)

        assert "No hills for now" in said.text
        assert {e["facts"]["part"] for e in kept} == {"achilles-calf"}
        assert "Hill" not in today.text.splitlines()[0]
        assert "No hills for now" in why.text
        assert "Rate it from 0 to 10" in why.text
        assert "low again" in over.text
        assert gone == []


async def test_after_a_session_the_place_is_a_tap(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        await bot.to(TUESDAY)
        await bot.ask(ann, "/done")
        await bot.press(ann, "5")
        where = await bot.press(ann, "3")
        soreness = await bot.press(ann, "Hamstring")
        thanks = await bot.press(ann, "1")

        assert "Where is it?" in where.text
        assert "Walk the hills" in soreness.text
        assert "how sore" in soreness.text
        assert thanks.text.startswith("Noted")
        assert {e["facts"]["part"] for e in await easings(bot, ann)} == {"hamstring-strain"}


async def test_a_trouble_told_to_the_health_questions_asks_for_its_part(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "/consent yes")
        await bot.ask(ann, "/screening")
        for button in ("Yes to some", "Bones, joints, muscles", "Done", "Yes, agreed"):
            post = next(p for p in reversed(ann.reads()) if button in str(p.buttons))
            ann.presses(
                post,
                next(str(k["text"]) for r in post.buttons for k in r if button in str(k["text"])),
            )
            await bot.settled()
        said = await bot.press(ann, "Shin")

        assert "No running of any kind" in said.text
        assert {e["facts"]["part"] for e in await easings(bot, ann)} == {"shin-bone"}


async def test_without_consent_the_number_acts_and_the_place_is_not_kept(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        await bot.ask(ann, "/consent no")
        await bot.to(TUESDAY)
        await bot.ask(ann, "/pain 3 calf")
        today = await bot.ask(ann, "/today")

        assert await easings(bot, ann) == []
        assert "Hill" not in today.text.splitlines()[0]
