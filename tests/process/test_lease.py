"""Who may poll and push, seen from the outside: a lease that is lost, a holder that stands still,
restarts that overlap."""

import asyncio
import signal
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from time import monotonic

import pytest

from bot.app.assembly import assemble
from bot.app.lease import hold
from bot.app.life import serve
from bot.coach.pushing import IN_FLIGHT
from bot.config import read
from bot.demo.people import Person
from bot.demo.standin import StandIn
from bot.domain.lease import Holder
from bot.storage.database import Database
from tests.house import ROOT, shelf
from tests.postgres import running as postgres
from tests.process.crowd import meet, reached, sign_up
from tests.process.test_process import PATIENCE, _says, running, wall_clock

THIEF = Holder("thief", 1, "elsewhere")
NAMES = ("push", "poll")
DUE, ASKING = 200, 60


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


@pytest.mark.soak
async def test_restarts_that_overlap_neither_double_nor_quarrel_over_the_polls(
    tmp_path: Path,
) -> None:
    """As a platform does it: the next process is there before the last gets its SIGTERM."""
    await sign_up(f"sqlite+aiosqlite:///{tmp_path / 'coach.db'}", DUE + ASKING, DUE)
    async with StandIn(wall_clock) as telegram, AsyncExitStack() as stack:
        crowd = meet(telegram, DUE + ASKING)
        due, asking = crowd[:DUE], crowd[DUE:]
        calm = {"SEND_RATE": "10"}
        process = await stack.enter_async_context(running(tmp_path, telegram, **calm))
        await _until(lambda: reached(due) > 0)
        talking = asyncio.create_task(_all_ask(asking))
        for _ in range(3):
            following = await stack.enter_async_context(running(tmp_path, telegram, **calm))
            await _says(following, "standby")
            process.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(process.wait(), PATIENCE) == 0
            process = following
        await talking
        await _until(lambda: reached(crowd) == len(crowd))
        await asyncio.sleep(2)  # a double would come now
        refused = [
            call for call in telegram.calls.find("getUpdates") if "Conflict" in str(call.response)
        ]
        pushes = {len(person.reads()) for person in due}
        replies = {len(person.reads()) for person in asking}

    assert pushes == {1}
    assert replies == {1}
    assert refused == []


@pytest.mark.soak
@pytest.mark.postgres
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
async def test_on_another_machine_a_standby_takes_over_from_one_that_died_or_froze(
    tmp_path: Path, how: signal.Signals
) -> None:
    with postgres() as server:
        url = server.url(server.new())
        await sign_up(url, DUE, DUE)
        async with StandIn(wall_clock) as telegram, AsyncExitStack() as stack:
            due = meet(telegram, DUE)
            env = {"DATABASE_URL": url, "SEND_RATE": "10"}
            process = await stack.enter_async_context(running(tmp_path, telegram, "push", **env))
            await _until(lambda: reached(due) > 10)
            settings = read(
                {"TELEGRAM_BOT_TOKEN": telegram.token, "TELEGRAM_API_URL": telegram.url, **env},
                ROOT / "content",
            )
            here = await stack.enter_async_context(assemble(settings, wall_clock, shelf()))
            elsewhere = replace(here, holder=replace(here.holder, host="elsewhere"))
            stop = asyncio.Event()
            waiting = asyncio.create_task(hold(elsewhere, ("push",), stop))
            await asyncio.sleep(5)
            alive = not waiting.done()
            process.send_signal(how)
            began = monotonic()
            assert await asyncio.wait_for(waiting, PATIENCE)
            lasted = monotonic() - began
            serving = asyncio.create_task(serve(elsewhere, "push", stop))
            if how is signal.SIGSTOP:
                process.send_signal(signal.SIGCONT)
                await _says(process, "standby")
            await _until(lambda: reached(due) == DUE)
            stop.set()
            await serving
            received = sorted(len(person.reads()) for person in due)

    print(f"{how.name}: taken over after {lasted:.1f} s; twice {received.count(2)}")  # noqa: T201  # measured, not judged
    assert alive
    assert received[-1] <= 2
    assert received.count(2) <= (IN_FLIGHT if how is signal.SIGKILL else 0)


async def _all_ask(people: list[Person]) -> None:
    for person in people:
        person.says("/when")
        await asyncio.sleep(0.2)


async def _until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not true():  # noqa: ASYNC110  (a look at everybody with each message takes too long)
            await asyncio.sleep(0.1)
