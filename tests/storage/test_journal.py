"""The journal: what was reported, when, and what was said about it later."""

from dataclasses import replace

from bot.domain.journal import Outcome
from bot.domain.workouts import Grade, Kind
from bot.storage.database import Database
from tests.storage.makers import DAY, NOW, TODAY, a_person, a_report


async def people(database: Database, *numbers: int) -> None:
    async with database.writing() as unit:
        for number in numbers:
            await unit.people.save(a_person(number))


async def test_a_report_comes_out_as_it_went_in(database: Database) -> None:
    await people(database, 1)
    report = a_report(
        kind=Kind.INTERVAL,
        grade=Grade.HARD,
        x=True,
        outcome=Outcome.PARTLY,
        share=0.5,
        srpe=8.0,
        expected_low=6.0,
        expected_high=7.5,
        minutes=20.0,
        run_minutes=12.5,
        pain=3,
        pain_where="left shin",
        soreness=4,
        reason="rain",
    )
    async with database.writing() as unit:
        stored = await unit.journal.add(report)
        kept = await unit.journal.get(stored.id)

    assert stored.id
    assert kept == stored == replace(report, id=stored.id)


async def test_there_is_no_report_by_an_unknown_id(database: Database) -> None:
    async with database.reading() as unit:
        assert await unit.journal.get(1) is None
        assert await unit.journal.latest(1) is None


async def test_more_can_be_said_about_a_report(database: Database) -> None:
    await people(database, 1)
    async with database.writing() as unit:
        stored = await unit.journal.add(a_report())
        await unit.journal.update(replace(stored, srpe=7.0, pain=2))
        latest = await unit.journal.latest(1)

    assert latest == replace(stored, srpe=7.0, pain=2)


async def test_the_latest_is_the_one_that_came_last(database: Database) -> None:
    await people(database, 1, 2)
    async with database.writing() as unit:
        await unit.journal.add(a_report(local_date=TODAY))
        newer = await unit.journal.add(a_report(local_date=TODAY - DAY))
        await unit.journal.add(a_report(2))
        latest = await unit.journal.latest(1)

    assert latest == newer


async def test_a_report_can_be_taken_back(database: Database) -> None:
    await people(database, 1)
    async with database.writing() as unit:
        first = await unit.journal.add(a_report())
        second = await unit.journal.add(a_report())
        await unit.journal.remove(second)
        left = await unit.journal.since(1, TODAY)

    assert left == (first,)


async def test_reports_are_read_from_a_date_on_in_their_order(database: Database) -> None:
    await people(database, 1)
    async with database.writing() as unit:
        for days in (1, -1, 0):
            await unit.journal.add(a_report(local_date=TODAY + days * DAY))
        found = await unit.journal.since(1, TODAY)

    assert [report.local_date for report in found] == [TODAY, TODAY + DAY]


async def test_the_reports_of_many_people_come_in_one_go(database: Database) -> None:
    numbers = range(1, 1103)
    await people(database, *numbers)
    async with database.writing() as unit:
        for number in (1, 600, 1102):
            await unit.journal.add(a_report(number, at=NOW))
        found = await unit.journal.since_many(numbers, TODAY)

    assert {number: len(reports) for number, reports in found.items()} == {1: 1, 600: 1, 1102: 1}
