"""The numbers of the self-test: stored, replaced on the same day, forgotten by item."""

from dataclasses import replace

from bot.domain.selftest import Result, Side
from bot.storage.database import Database
from tests.storage.makers import DAY, TODAY, a_person, a_report

LEFT = Result(1, TODAY, "heel_raises", Side.LEFT, 4, 21.0)


async def people(database: Database, *numbers: int) -> None:
    async with database.writing() as unit:
        for number in numbers:
            await unit.people.save(a_person(number))


async def test_results_come_out_oldest_first_and_only_the_persons_own(database: Database) -> None:
    await people(database, 1, 2)
    earlier = replace(LEFT, local_date=TODAY - 28 * DAY, week=0, value=18.5)
    async with database.writing() as unit:
        await unit.results.put([LEFT, earlier, replace(LEFT, person_id=2)])
        await unit.results.put([])
        found = await unit.results.of(1)

    assert found == (earlier, LEFT)


async def test_a_number_of_the_same_day_takes_the_place_of_the_first(database: Database) -> None:
    await people(database, 1)
    async with database.writing() as unit:
        await unit.results.put([LEFT, replace(LEFT, side=Side.RIGHT)])
        await unit.results.put([replace(LEFT, value=25.0)])
        found = await unit.results.of(1)

    assert [(r.side, r.value) for r in found] == [(Side.LEFT, 25.0), (Side.RIGHT, 21.0)]


async def test_items_can_be_forgotten_alone(database: Database) -> None:
    await people(database, 1)
    pain = replace(LEFT, item="pain", side=Side.BOTH)
    async with database.writing() as unit:
        await unit.results.put([LEFT, pain])
        await unit.results.forget(1, ("pain",))
        found = await unit.results.of(1)

    assert found == (LEFT,)


async def test_health_is_forgotten_and_what_was_done_stays(database: Database) -> None:
    await people(database, 1)
    async with database.writing() as unit:
        report = await unit.journal.add(a_report(pain=3, pain_where="shin", soreness=5, srpe=6.0))
        await unit.journal.forget_health(1)
        kept = await unit.journal.get(report.id)

    assert kept == replace(report, pain=None, pain_where=None, soreness=None)
