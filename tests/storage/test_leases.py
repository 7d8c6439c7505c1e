"""One poller, one pusher: who holds the lease, and for how long."""

from datetime import datetime, timedelta

from bot.domain.lease import Holder, Lease
from bot.storage.database import Database
from tests.storage.makers import MINUTE, NOW, SECOND

TTL = timedelta(seconds=10)
ONE = Holder("one", pid=11, host="here")
TWO = Holder("two", pid=22, host="there")


async def take(database: Database, holder: Holder, now: datetime) -> str:
    """Who holds it after the attempt."""
    async with database.writing() as unit:
        lease = await unit.leases.take("push", holder, now, TTL)
    return lease.holder.owner


async def test_a_free_lease_goes_to_the_first_who_asks(database: Database) -> None:
    async with database.writing() as unit:
        lease = await unit.leases.take("push", ONE, NOW, TTL)
        kept = await unit.leases.get("push")

    assert lease == kept == Lease("push", ONE, beat_at=NOW, started_at=NOW)


async def test_a_second_process_learns_who_holds_it(database: Database) -> None:
    await take(database, ONE, NOW)

    assert await take(database, TWO, NOW + TTL) == "one"


async def test_the_holder_may_ask_again(database: Database) -> None:
    await take(database, ONE, NOW)

    assert await take(database, ONE, NOW + MINUTE) == "one"


async def test_a_lease_without_a_beat_goes_to_the_next(database: Database) -> None:
    await take(database, ONE, NOW)

    assert await take(database, TWO, NOW + TTL + SECOND) == "two"


async def test_a_beat_keeps_the_lease(database: Database) -> None:
    await take(database, ONE, NOW)
    async with database.writing() as unit:
        alive = await unit.leases.beat("push", "one", NOW + TTL)

    assert alive
    assert await take(database, TWO, NOW + TTL + SECOND) == "one"


async def test_who_has_lost_the_lease_learns_it_at_the_next_beat(database: Database) -> None:
    await take(database, ONE, NOW)
    await take(database, TWO, NOW + MINUTE)
    async with database.writing() as unit:
        alive = await unit.leases.beat("push", "one", NOW + MINUTE)

    assert not alive


async def test_a_clock_that_was_set_back_does_not_keep_a_dead_holder(database: Database) -> None:
    await take(database, ONE, NOW + 60 * MINUTE)

    assert await take(database, TWO, NOW) == "two"


async def test_a_released_lease_is_free_at_once(database: Database) -> None:
    await take(database, ONE, NOW)
    async with database.writing() as unit:
        not_mine = await unit.leases.release("push", "two")
        mine = await unit.leases.release("push", "one")

    assert (not_mine, mine) == (False, True)
    assert await take(database, TWO, NOW) == "two"


async def test_leases_of_different_names_are_apart(database: Database) -> None:
    await take(database, ONE, NOW)
    async with database.writing() as unit:
        lease = await unit.leases.take("poll", TWO, NOW, TTL)

    assert lease.holder == TWO


async def test_all_machines_go_by_the_clock_of_the_server(database: Database) -> None:
    async with database.reading() as unit:
        moment = await unit.leases.clock()

    assert moment is None or moment.tzinfo is not None
