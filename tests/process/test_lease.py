"""Who may poll and push, seen from the outside: a lease that is lost, a holder that stands still,
restarts that overlap."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

from bot.demo.standin import StandIn
from bot.domain.lease import Holder
from bot.storage.database import Database
from tests.process.test_process import PATIENCE, _says, running, wall_clock

THIEF = Holder("thief", 1, "elsewhere")
NAMES = ("push", "poll")


async def test_who_has_lost_the_lease_stands_by_says_so_once_and_does_nothing_until_it_is_free(
    tmp_path: Path,
) -> None:
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(StandIn(wall_clock))
        process = await stack.enter_async_context(running(tmp_path, telegram))
        ann = telegram.people.add("Ann")
        ann.says("/start")
        await ann.hears(PATIENCE)
        database = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'coach.db'}")
        stack.push_async_callback(database.close)
        await _steal(database)
        await _says(process, "standby")
        ann.says("/help")
        await asyncio.sleep(1.5)  # a standby that polled would have answered by now
        meanwhile = len(ann.reads())
        await _give_back(database)
        said = await _says(process, "running")
        await ann.hears(PATIENCE)

        assert meanwhile == 1
        assert said.count("standby") == 0


async def _steal(database: Database) -> None:
    async with database.writing() as unit:
        for name in NAMES:
            held = await unit.leases.get(name)
            assert held is not None
            await unit.leases.release(name, held.holder.owner)
            await unit.leases.take(name, THIEF, wall_clock())


async def _give_back(database: Database) -> None:
    async with database.writing() as unit:
        for name in NAMES:
            await unit.leases.release(name, THIEF.owner)
