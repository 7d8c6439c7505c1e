"""Twelve weeks are lived; what week 13 brings, and to whom the next level is offered."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from bot.coach.records import bring_up
from bot.demo.people import Person
from bot.demo.world import Post
from bot.domain.history import seen
from bot.domain.journal import Outcome, Report
from bot.domain.person import Person as Coached
from bot.domain.selftest import Result, Side
from bot.domain.workouts import Kind
from tests.chat.test_adapting import a_runner
from tests.house import House, house

WEEKS = 12


async def coached(bot: House, ann: Person) -> Coached:
    async with bot.app.desk.database.reading() as unit:
        person = await unit.people.get(ann.id)
    assert person is not None
    return person


async def lived(bot: House, ann: Person) -> datetime:
    """Twelve weeks in which all is done as meant; the morning after them."""
    start = (await coached(bot, ann)).started_on
    begin = bot.clock.now
    for number in range(WEEKS * 7):
        morning = begin + timedelta(days=number)
        person = replace(await coached(bot, ann), next_push=None)
        found, _ = await bring_up(bot.app.desk, person, morning)
        day = next(
            d for d in seen(found.record, bot.app.desk.content.books) if d.date == found.today
        )
        async with bot.app.desk.database.writing() as unit:
            for placed in day.sessions:
                if placed.kind is Kind.REST:
                    continue
                await unit.journal.add(
                    Report(
                        person_id=ann.id,
                        local_date=day.date,
                        session_id=placed.session.id,
                        kind=placed.kind,
                        grade=placed.grade,
                        x=placed.x,
                        outcome=Outcome.DONE,
                        at=morning,
                        expected_low=placed.session.srpe.low,
                        expected_high=placed.session.srpe.high,
                        minutes=placed.minutes,
                        run_minutes=placed.run_minutes,
                        srpe=placed.session.srpe.high,
                        pain=0,
                        soreness=0,
                        decision="advance",
                    )
                )
    assert start == begin.date()
    return begin + timedelta(days=WEEKS * 7)


async def raised(bot: House, ann: Person, raises: tuple[int, int], start: date) -> None:
    """Heel raises of week 4 and of week 12, on each leg."""
    results = [
        Result(ann.id, start + timedelta(weeks=week), "heel_raises", side, week, number)
        for week, number in zip((3, 11), raises, strict=True)
        for side in (Side.LEFT, Side.RIGHT)
    ]
    async with bot.app.desk.database.writing() as unit:
        await unit.results.put(results)


async def week_13(bot: House, ann: Person, morning: datetime) -> Post:
    """The first day's message after the twelve weeks."""
    async with bot.app.desk.database.writing() as unit:
        person = await unit.people.get(ann.id)
        assert person is not None
        served = morning.date() - timedelta(days=1)
        await unit.people.save(replace(person, served=served, next_push=None))
    await bot.quiet(ann)
    bot.clock.now = morning - timedelta(hours=1)
    await bot.ask(ann, "/days all")
    await bot.to(morning)
    return await ann.hears()


async def a_beginner_who_earned_it(bot: House) -> tuple[Person, datetime]:
    ann = await a_runner(bot, "beginner")
    start = (await coached(bot, ann)).started_on
    morning = await lived(bot, ann)
    await raised(bot, ann, (22, 24), start)
    return ann, morning


async def test_who_has_earned_it_is_offered_the_next_level_and_is_asked_its_gate(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann, morning = await a_beginner_who_earned_it(bot)
        said = await week_13(bot, ann, morning.replace(hour=7, minute=1))
        before = await coached(bot, ann)
        gate = await bot.press(ann, "Accept")
        await bot.press(ann, "Yes, all of it")
        after = await coached(bot, ann)
        undone = await bot.ask(ann, "/undo")

        assert "A cycle is done" in said.text
        assert "Before: beginner" in said.text
        assert "After: intermediate" in said.text
        assert before.level == "beginner"
        assert "Half a year of running" in gate.text
        assert after.level == "intermediate"
        assert "back" in undone.text
        assert (await coached(bot, ann)).level == "beginner"


async def test_an_offer_without_an_answer_lapses_with_the_next_message_and_comes_once(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann, morning = await a_beginner_who_earned_it(bot)
        first = await week_13(bot, ann, morning.replace(hour=7, minute=1))
        await bot.quiet(ann)
        await bot.to(morning.replace(hour=7, minute=2) + timedelta(days=1))
        second = await ann.hears()
        late = await bot.press(ann, "Accept")
        plan = await bot.ask(ann, "/plan")

        assert "A cycle is done" in first.text
        assert "A cycle is done" not in second.text
        assert "The next message has come since" in late.text
        assert (await coached(bot, ann)).level == "beginner"
        assert "Cycle 2, weeks 5 to 12 once more" in plan.text


async def test_who_has_no_test_to_show_goes_on_with_a_repetition_more(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot, "beginner")
        morning = await lived(bot, ann)
        said = await week_13(bot, ann, morning.replace(hour=7, minute=1))
        async with bot.app.desk.database.reading() as unit:
            standing = await unit.plans.standing(ann.id) or {}

        assert "A cycle is done" not in said.text
        assert (standing["cycle"], standing["week"]) == (2, 5)
        assert standing["more"]["hill"] == 1
