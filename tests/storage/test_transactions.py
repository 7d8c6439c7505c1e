"""What holds when several write at once, and when a transaction does not come to its end."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.domain.pushes import Push
from bot.storage.database import Database
from tests.storage.makers import LEASE, NOW, a_hold, a_move, a_person

EIGHT = range(8)


@pytest.fixture
async def other(url: str) -> AsyncIterator[Database]:
    """The same database, opened by another process."""
    database = await Database.open(url)
    yield database
    await database.close()


async def test_eight_who_read_and_write_at_once_make_eight(
    database: Database, other: Database
) -> None:
    async def once_more(where: Database) -> None:
        async with where.writing() as unit:
            person = await unit.people.get(1)
            assert person is not None
            await asyncio.sleep(0.002)
            await unit.people.save(replace(person, minutes=(person.minutes or 0) + 1))

    async with database.writing() as unit:
        await unit.people.save(a_person(minutes=0))
    await asyncio.gather(*(once_more(other if number % 2 else database) for number in EIGHT))
    async with database.reading() as unit:
        person = await unit.people.get(1)

    assert person is not None
    assert person.minutes == 8


async def test_two_pushers_never_claim_the_same_push(database: Database, other: Database) -> None:
    async def claim_all(where: Database, owner: str) -> list[Push]:
        mine: list[Push] = []
        while True:
            async with where.writing() as unit:
                due = await unit.pushes.due(NOW, 7)
                await asyncio.sleep(0.001)
                mine += await unit.pushes.claim_due([a_move(p) for p in due], a_hold(owner))
            if not due:
                return mine

    async with database.writing() as unit:
        for number in range(1, 101):
            await unit.people.save(a_person(number))
    one, two = await asyncio.gather(claim_all(database, "one"), claim_all(other, "two"))

    assert sorted(push.person_id for push in [*one, *two]) == list(range(1, 101))


async def test_who_reads_first_and_claims_later_claims_nothing_twice(
    database: Database, other: Database
) -> None:
    async with database.writing() as unit:
        for number in range(1, 21):
            await unit.people.save(a_person(number))
    async with database.reading() as unit:
        moves = [a_move(person) for person in await unit.pushes.due(NOW, 50)]

    async def claim(where: Database, owner: str) -> int:
        async with where.writing() as unit:
            return len(await unit.pushes.claim_due(moves, a_hold(owner)))

    claimed = await asyncio.gather(claim(database, "one"), claim(other, "two"))

    assert sum(claimed) == 20


async def test_a_lapsed_claim_is_taken_over_by_one_alone(
    database: Database, other: Database
) -> None:
    async def take_over(where: Database, owner: str) -> int:
        async with where.writing() as unit:
            return len(await unit.pushes.retryable(later, 50, a_hold(owner, later)))

    later = NOW + LEASE
    async with database.writing() as unit:
        people = [a_person(number) for number in range(1, 21)]
        for person in people:
            await unit.people.save(person)
        await unit.pushes.claim_due([a_move(person) for person in people], a_hold("dead"))
    taken = await asyncio.gather(take_over(database, "one"), take_over(other, "two"))

    assert sum(taken) == 20


async def test_of_two_processes_that_start_together_one_gets_the_update(
    database: Database, other: Database
) -> None:
    async def handle(where: Database) -> bool:
        async with where.writing() as unit:
            return await unit.updates.first_time(1, NOW)

    assert sorted(await asyncio.gather(handle(database), handle(other))) == [False, True]


async def test_an_exception_undoes_all_that_the_transaction_did(database: Database) -> None:
    async def fail_midway() -> None:
        async with database.writing() as unit:
            await unit.people.save(a_person())
            raise LookupError

    with pytest.raises(LookupError):
        await fail_midway()
    async with database.reading() as unit:
        assert await unit.people.count() == 0


async def test_a_cancelled_transaction_is_undone_and_lets_the_next_one_in(
    database: Database,
) -> None:
    entered = asyncio.Event()

    async def never_ends() -> None:
        async with database.writing() as unit:
            await unit.people.save(a_person())
            entered.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(never_ends())
    await entered.wait()
    task.cancel()
    await asyncio.wait([task])
    async with database.writing() as unit:
        assert await unit.people.count() == 0


async def test_readers_go_on_while_somebody_writes(database: Database) -> None:
    async with database.writing() as writer:
        await writer.people.save(a_person())
        async with database.reading() as reader:
            meanwhile = await reader.people.count()
    async with database.reading() as reader:
        afterwards = await reader.people.count()

    assert (meanwhile, afterwards) == (0, 1)


async def test_many_readers_at_once_are_no_trouble(database: Database) -> None:
    async def read() -> int:
        async with database.reading() as unit:
            await asyncio.sleep(0.001)
            return await unit.people.count()

    assert await asyncio.gather(*(read() for _ in range(60))) == [0] * 60
