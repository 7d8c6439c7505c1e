"""What people report moves their plan, at once and in words; the past stays what it was."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.demo.people import Person
from tests.house import House, house

TUESDAY = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


async def a_runner(bot: House, level: str = "intermediate", name: str = "Ann") -> Person:
    """Signed up on a Monday, answered all that was asked."""
    ann = await bot.signed_up(name)
    await bot.ask(ann, "/timezone London")
    await bot.ask(ann, "/consent yes")
    await bot.ask(ann, f"/level {level} yes")
    questions = await bot.ask(ann, "/screening")
    ann.presses(questions, "No to all")
    await bot.settled()
    return ann


async def reports(bot: House, ann: Person, effort: int, pain: int, soreness: int) -> str:
    await bot.ask(ann, "/done")
    await bot.press(ann, str(effort))
    await bot.press(ann, str(pain))
    if pain > 2:
        await bot.press(ann, "knee")
    return (await bot.press(ann, str(soreness))).text


async def test_far_too_hard_brings_an_easy_day_and_a_step_back_and_says_so(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        await bot.to(TUESDAY)
        said = await reports(bot, ann, 10, 0, 2)

        assert "One step back" in said
        assert "before:" in said
        assert "Now:" in said


@pytest.mark.parametrize(("effort", "decision"), [("10", "regress"), (None, None)])
async def test_taps_left_half_way_act_the_next_morning_with_what_was_told(
    tmp_path: Path, effort: str | None, decision: str | None
) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        await bot.ask(ann, "/days all")
        await bot.to(TUESDAY)
        await bot.ask(ann, "/done")
        if effort is not None:
            await bot.press(ann, effort)
        await bot.later(days=1)
        async with bot.app.desk.database.reading() as unit:
            reports = await unit.journal.since(ann.id, TUESDAY.date())

        assert reports[-1].decision == decision


async def test_pain_of_four_stops_the_plan_at_once_and_says_what_ends_that(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        await bot.to(TUESDAY)
        stopped = (await bot.ask(ann, "/pain 4 left knee")).text
        await bot.to(TUESDAY + timedelta(days=3))
        friday = (await bot.ask(ann, "/today")).text
        over = (await bot.ask(ann, "/pain 1")).text
        after = (await bot.ask(ann, "/tomorrow")).text

        assert "left knee" in stopped
        assert "Rest" in friday
        assert "training waits" in friday
        assert "low again" in over
        assert "training waits" not in after


async def test_grave_pain_begins_again_once_a_professional_has_agreed(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        await bot.to(TUESDAY)
        told = (await bot.ask(ann, "/pain 7 shin")).text
        await bot.later(days=2)
        asked = (await bot.ask(ann, "/pain 1")).text
        waits = (await bot.press(ann, "Not yet")).text
        still = (await bot.ask(ann, "/tomorrow")).text
        await bot.ask(ann, "/pain 1")
        back = (await bot.press(ann, "Yes, agreed")).text

        assert "book" in told
        assert "agreed that you may run" in asked
        assert "waits" in waits
        assert "Rest" in still
        assert "half" in back


async def test_pain_that_is_worse_the_next_morning_is_grave(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        await bot.to(TUESDAY)
        await reports(bot, ann, 6, 1, 1)
        await bot.later(days=1)
        morning = (await bot.ask(ann, "/pain 3 calf")).text

        assert "worse" in morning
        assert "book" in morning


async def test_a_changed_setting_leaves_the_past_as_it_was(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        await bot.to(TUESDAY)
        await reports(bot, ann, 5, 0, 0)
        await bot.later(days=1)
        before = await stored_days(bot, ann)
        said = (await bot.ask(ann, "/days mon thu sat")).text
        await bot.ask(ann, "/level beginner")
        await bot.later(days=2)
        await bot.ask(ann, "/minutes 40")
        after = await stored_days(bot, ann)

        assert "→" in said
        past = [day for day in before if day <= "2026-11-25"]
        assert len(past) == 3
        assert [after[day] for day in past] == [before[day] for day in past]


async def stored_days(bot: House, ann: Person) -> dict[str, object]:
    async with bot.app.desk.database.reading() as unit:
        days = await unit.plans.days(ann.id, datetime(2026, 1, 1, tzinfo=UTC).date())
    return {day.isoformat(): data["sessions"] for day, data in days.items()}


async def test_undo_takes_a_setting_back_with_the_days_that_it_moved(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        await bot.later(hours=1)
        week = (await bot.ask(ann, "/week")).text
        await bot.ask(ann, "/days sun")
        moved = (await bot.ask(ann, "/week")).text
        undone = (await bot.ask(ann, "/undo")).text
        again = (await bot.ask(ann, "/week")).text

        assert moved != week
        assert "Taken back" in undone
        assert again == week


async def test_undo_leaves_what_made_the_days_safer(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        await bot.ask(ann, "/pain 5 knee")
        said = (await bot.ask(ann, "/undo")).text

        assert "leaves it" in said


async def test_days_without_a_report_lead_to_a_gentle_way_back(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        await bot.to(TUESDAY)
        await bot.later(days=11)
        day = (await bot.ask(ann, "/why")).text
        week = (await bot.ask(ann, "/week")).text

        assert "away" in day + week or "easy" in week
        assert "Hill ·" not in week


@pytest.mark.parametrize("words", ["/pain 11", "/pain lots", "/pain -1"])
async def test_a_pain_that_is_no_number_from_0_to_10_gets_a_kind_line(
    tmp_path: Path, words: str
) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        before = (await bot.ask(ann, "/week")).text
        said = (await bot.ask(ann, words)).text
        after = (await bot.ask(ann, "/week")).text

        assert "/pain 3 left knee" in said
        assert after == before


async def test_two_taps_of_one_question_count_once(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        await bot.to(TUESDAY)
        await bot.ask(ann, "/done")
        question = ann.reads()[-1]
        ann.presses(question, "5")
        ann.presses(question, "9", forged=True)
        await bot.settled()
        async with bot.app.desk.database.reading() as unit:
            (report,) = await unit.journal.since(ann.id, TUESDAY.date())

        assert report.srpe == 5


async def test_taps_of_a_week_ago_do_nothing(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        await bot.to(TUESDAY)
        await bot.ask(ann, "/done")
        question = ann.reads()[-1]
        await bot.later(days=7)
        await bot.quiet(ann)
        ann.presses(question, "9")
        said = await ann.hears()

        assert "had its day" in said.text


async def test_the_first_week_comes_twice_for_a_beginner_who_tells_an_age_above_fifty(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot, "beginner")
        before = await bot.ask(ann, "/plan")
        await bot.ask(ann, "/age 55")
        after = await bot.ask(ann, "/plan")

        assert "1 again ·" not in before.text
        assert after.text.count("1 again ·") == 1
