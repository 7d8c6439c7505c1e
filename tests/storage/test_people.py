"""The people: what goes in comes out, and what is deleted leaves nothing behind."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from sqlalchemy import select

from bot.domain.dialogue import Dialogue, Talk
from bot.domain.person import AgeBand, Person, Screening
from bot.domain.selftest import Result, Side
from bot.domain.workouts import Level, Terrain
from bot.storage.database import Database
from bot.storage.rows import GAPS, METADATA
from tests.storage.makers import DAY, NOW, TODAY, a_hold, a_person, a_report, an_occasion

BIG = 2**52 - 1


async def save(database: Database, *people: Person) -> None:
    async with database.writing() as unit:
        for person in people:
            await unit.people.save(person)


async def get(database: Database, person_id: int) -> Person | None:
    async with database.reading() as unit:
        return await unit.people.get(person_id)


async def test_a_stranger_is_nobody(database: Database) -> None:
    assert await get(database, 1) is None


async def test_a_person_comes_out_as_they_went_in(database: Database) -> None:
    person = Person(
        id=BIG,
        chat_id=-BIG,
        name="<3 & Co",
        signed_up=NOW,
        started_on=date(2026, 3, 1),
        level=Level.ADVANCED,
        days=frozenset({0, 2, 6}),
        at=time(6, 30),
        zone="Europe/Berlin",
        lift_days=frozenset({1}),
        terrain=Terrain.STAIRS,
        minutes=40,
        age=AgeBand.SENIOR,
        screening=Screening.NO_X,
        notes=True,
        consent=True,
        away_zone="Asia/Tokyo",
        away_until=TODAY,
        paused_until=date.max,
        stopped=True,
        reachable=False,
        last_seen=NOW,
        next_push=NOW,
        served=TODAY,
    )
    await save(database, person)

    assert await get(database, BIG) == person


async def test_what_is_not_known_stays_unknown(database: Database) -> None:
    person = a_person(next_push=None)
    await save(database, person)

    assert await get(database, 1) == person


async def test_an_instant_comes_back_in_utc_whatever_zone_it_was_given_in(
    database: Database,
) -> None:
    kathmandu = timezone(timedelta(hours=5, minutes=45))
    await save(database, a_person(next_push=datetime(2026, 3, 2, 7, 0, tzinfo=kathmandu)))
    person = await get(database, 1)

    assert person is not None
    assert person.next_push == datetime(2026, 3, 2, 1, 15, tzinfo=UTC)
    assert person.next_push.tzinfo == UTC


async def test_an_instant_without_a_zone_is_refused(database: Database) -> None:
    naive = NOW.replace(tzinfo=None)

    with pytest.raises(Exception, match="has no time zone"):
        await save(database, a_person(next_push=naive))


async def test_a_second_save_replaces_the_first(database: Database) -> None:
    await save(database, a_person(name="Ada"), a_person(name="Grace", minutes=30))

    assert await get(database, 1) == a_person(name="Grace", minutes=30)


async def test_a_person_is_found_by_the_chat(database: Database) -> None:
    await save(database, a_person(1, chat_id=-100), a_person(2))
    async with database.reading() as unit:
        found = await unit.people.by_chat(-100)
        nobody = await unit.people.by_chat(-200)

    assert found == a_person(1, chat_id=-100)
    assert nobody is None


async def test_people_are_counted_and_so_are_those_who_get_messages(database: Database) -> None:
    await save(database, a_person(1), a_person(2, stopped=True), a_person(3, reachable=False))
    async with database.reading() as unit:
        counts = await unit.people.count(), await unit.people.count_active()

    assert counts == (3, 1)


async def test_everyone_is_met_once_page_by_page(database: Database) -> None:
    await save(database, *(a_person(number) for number in (5, 1, 9, 3)))
    met: list[int] = []
    async with database.reading() as unit:
        while page := await unit.people.after(met[-1] if met else 0, 3):
            met += [person.id for person in page]

    assert met == [1, 3, 5, 9]


async def test_the_next_push_can_be_set_and_taken_away(database: Database) -> None:
    await save(database, a_person(1), a_person(2))
    async with database.writing() as unit:
        await unit.people.set_next_push(1, NOW + DAY)
        await unit.people.set_next_push(2, None)

    assert await get(database, 1) == a_person(1, next_push=NOW + DAY)
    assert await get(database, 2) == a_person(2, next_push=None)


async def test_all_that_belongs_to_a_chat_follows_its_new_id(database: Database) -> None:
    await save(database, a_person(1, chat_id=-1))
    async with database.writing() as unit:
        await unit.talk.put(Talk(-1, "replace_leg_day", NOW))
        await unit.dialogues.put(Dialogue(-1, 1, "questions", "level", NOW + DAY))
        await unit.pushes.plan(a_person(1), an_occasion())
        await unit.people.migrate_chat(-1, -1001)
        person = await unit.people.get(1)
        talk = await unit.talk.get(-1001)
        dialogue = await unit.dialogues.get(-1001, 1, NOW)
        (push,) = await unit.pushes.latest(1, 5)

    assert person is not None
    assert person.chat_id == -1001
    assert talk is not None
    assert dialogue is not None
    assert push.chat_id == -1001


async def test_deleting_a_person_leaves_no_trace_in_any_table(database: Database) -> None:
    person = a_person(777000111, chat_id=-888000222)
    await _fill(database, person)
    async with database.writing() as unit:
        known = await unit.people.delete(person.id)

    assert known
    assert not await _traces(database, ("777000111", "888000222"))


async def test_deleting_a_person_leaves_the_others_alone(database: Database) -> None:
    await _fill(database, a_person(1))
    await _fill(database, a_person(2))
    before = await _rows_about(database, 2)
    async with database.writing() as unit:
        await unit.people.delete(1)

    assert await _rows_about(database, 2) == before


async def test_deleting_a_stranger_deletes_what_they_asked(database: Database) -> None:
    async with database.writing() as unit:
        await unit.gaps.add(777000111, "can I run on ice", NOW)
        await unit.talk.put(Talk(777000111, "replace_leg_day", NOW))
        known = await unit.people.delete(777000111)
        gaps = await unit.gaps.count()

    assert not known
    assert gaps == 0
    assert not await _traces(database, ("777000111",))


async def _fill(database: Database, person: Person) -> None:
    """Something about this person in every table that can hold it."""
    async with database.writing() as unit:
        await unit.people.save(person)
        await unit.journal.add(a_report(person.id))
        await unit.results.put([Result(person.id, TODAY, "long_jump", Side.BOTH, 4, 180.0)])
        await unit.pushes.claim(person, an_occasion(), a_hold())
        await unit.dialogues.put(Dialogue(person.chat_id, person.id, "n", "s", NOW + DAY))
        await unit.dialogues.put(Dialogue(-5, person.id, "n", "s", NOW + DAY))
        await unit.talk.put(Talk(person.chat_id, "replace_leg_day", NOW))
        await unit.gaps.add(person.id, "can I run on ice", NOW)


async def _traces(database: Database, needles: tuple[str, ...]) -> list[str]:
    found = []
    async with database.linked(writing=False) as link:
        for table in METADATA.sorted_tables:
            for row in await link.rows(select(table)):
                if any(needle in repr(row) for needle in needles):
                    found.append(f"{table.name}: {row!r}")
        found += [repr(row) for row in await link.rows(select(GAPS))]  # it holds no id
    return found


async def _rows_about(database: Database, person_id: int) -> tuple[object, ...]:
    async with database.reading() as unit:
        return (
            await unit.people.get(person_id),
            await unit.journal.since(person_id, TODAY),
            await unit.pushes.latest(person_id, 9),
            await unit.dialogues.get(-5, person_id, NOW),
            await unit.talk.get(person_id),
            [gap.mark for gap in await unit.gaps.latest(9)][:1],
        )
