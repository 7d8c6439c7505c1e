"""Two processes that answer by webhook and two that push, on one PostgreSQL; one of each is killed
under load, and what every person received is counted."""

import asyncio
from asyncio import StreamReader, StreamWriter
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from itertools import cycle
from pathlib import Path

import pytest

from bot.coach.pushing import IN_FLIGHT
from bot.demo.people import Person
from bot.demo.standin import StandIn
from bot.storage.database import Database
from tests.postgres import running as postgres
from tests.process.crowd import meet, reached, sign_up
from tests.process.test_process import PATIENCE, running, wall_clock
from tests.process.test_webhook import free_port

DUE, ASKING = 400, 100
ASKED_EACH_SECOND = 10


@pytest.mark.soak
@pytest.mark.postgres
async def test_one_of_each_is_killed_and_everybody_gets_what_is_theirs(tmp_path: Path) -> None:
    with postgres() as server:
        url = server.url(server.new())
        await sign_up(url, DUE + ASKING, DUE)
        database = await Database.open(url)
        async with StandIn(wall_clock) as telegram, AsyncExitStack() as stack:
            stack.push_async_callback(database.close)
            crowd = meet(telegram, DUE + ASKING)
            due, asking = crowd[:DUE], crowd[DUE:]
            webs = [free_port(), free_port()]
            front = await stack.enter_async_context(_balanced(webs))
            hook = {"DATABASE_URL": url, "LOG_LEVEL": "ERROR", "WEBHOOK_URL": front}
            processes = [
                await stack.enter_async_context(running(tmp_path, telegram, role, **hook, **place))
                for role, place in (
                    ("web", {"PORT": str(webs[0])}),
                    ("web", {"PORT": str(webs[1])}),
                    ("push", {}),
                    ("push", {}),
                )
            ]
            await telegram.until(lambda: telegram.delivery.hook is not None, PATIENCE)
            await _until(lambda: reached(due) >= DUE // 8)
            talking = asyncio.create_task(_all_ask(asking))
            await _until(lambda: reached(asking) >= ASKING // 4)
            await _kill(processes[0])
            await _until(lambda: reached(due) >= DUE // 2)
            before = reached(due)
            await _kill(await _pusher(database, processes))
            await talking
            await _until(lambda: reached(crowd) == len(crowd))
            await _until_nothing_is_claimed(database)
            pushes = sorted(len(person.reads()) for person in due)
            replies = sorted(len(person.reads()) for person in asking)

    twice = sum(count == 2 for count in pushes)
    print(f"killed at {before}; pushes {sum(pushes)} to {DUE}, twice {twice}; "  # noqa: T201
          f"replies {sum(replies)} to {ASKING}")  # fmt: skip
    assert before < DUE
    assert pushes[0] == 1
    assert pushes[-1] <= 2
    assert twice <= IN_FLIGHT  # the window: on their way as the process died
    assert replies[0] >= 1
    assert replies[-1] <= 2


async def _all_ask(people: list[Person]) -> None:
    for person in people:
        person.says("/when")
        await asyncio.sleep(1 / ASKED_EACH_SECOND)


async def _kill(process: Process) -> None:
    process.kill()
    await process.wait()


async def _pusher(database: Database, processes: list[Process]) -> Process:
    """The one of them that holds the lease."""
    async with database.reading() as unit:
        lease = await unit.leases.get("push")
    assert lease is not None
    return next(process for process in processes if process.pid == lease.holder.pid)


async def _until_nothing_is_claimed(database: Database) -> None:
    """What was in doubt has come again, its lease being over."""
    async with asyncio.timeout(PATIENCE):
        while True:
            async with database.reading() as unit:
                counts = await unit.pushes.count()
            if set(counts) == {"sent"}:
                return
            await asyncio.sleep(0.5)


async def _until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not true():  # noqa: ASYNC110  (a look at everybody with each message takes too long)
            await asyncio.sleep(0.1)


@asynccontextmanager
async def _balanced(ports: list[int]) -> AsyncIterator[str]:
    """One address before several: each connection goes to the next of them that answers."""
    turns = cycle(range(len(ports)))

    async def serve(reader: StreamReader, writer: StreamWriter) -> None:
        first = next(turns)
        for port in ports[first:] + ports[:first]:
            with suppress(OSError):
                back_reader, back_writer = await asyncio.open_connection("127.0.0.1", port)
                await asyncio.gather(_pipe(reader, back_writer), _pipe(back_reader, writer))
                return
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def _pipe(reader: StreamReader, writer: StreamWriter) -> None:
    """Until one side ends; then the other does."""
    try:
        with suppress(OSError):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
    finally:
        writer.close()
