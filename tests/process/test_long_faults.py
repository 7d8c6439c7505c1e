"""Faults at their own length: the real process, the real clock."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.demo.standin import StandIn
from bot.storage.database import Database
from tests.postgres import running as postgres
from tests.process.crowd import meet, reached, sign_up
from tests.process.test_process import running, wall_clock
from tests.push.living import WAYS

PEOPLE = 100
PATIENCE = 400.0
pytestmark = pytest.mark.soak


async def test_an_outage_of_ten_minutes_doubles_and_loses_nothing(tmp_path: Path) -> None:
    due = wall_clock() + timedelta(minutes=1)
    await sign_up(_address(tmp_path), PEOPLE, PEOPLE, due)
    async with StandIn(wall_clock) as telegram, running(tmp_path, telegram, **_QUIET) as process:
        people = meet(telegram, PEOPLE)
        await telegram.until(lambda: telegram.calls.counts["getMe"] > 0, PATIENCE)
        telegram.faults.outage()
        await asyncio.sleep(600)
        during = reached(people)
        telegram.faults.lift()
        people[0].says("/when")
        await _until(lambda: reached(people) == PEOPLE)
        await _until_all_are_sent(_address(tmp_path))
        counts = sorted(len(person.reads()) for person in people[1:])
        answered = len(people[0].reads())
        alive = process.returncode is None

    assert during == 0
    assert (counts[0], counts[-1]) == (1, 1)
    assert answered == 2  # the session and the answer
    assert alive


async def test_answers_that_hang_for_seventy_seconds_lose_nothing_and_hold_up_nobody(
    tmp_path: Path,
) -> None:
    await sign_up(_address(tmp_path), PEOPLE, PEOPLE)
    async with StandIn(wall_clock) as telegram:
        people = meet(telegram, PEOPLE)
        for person in people[:10]:
            for way in WAYS:
                telegram.faults.hang(way, 70, chat_id=person.id)
        async with running(tmp_path, telegram, **_QUIET):
            await _until(lambda: reached(people) == PEOPLE)
            await _until_all_are_sent(_address(tmp_path))
            hung = [len(person.reads()) for person in people[:10]]
            others = {len(person.reads()) for person in people[10:]}

    assert others == {1}
    assert set(hung) <= {1, 2}  # in doubt after thirty seconds, and sent once more


@pytest.mark.postgres
async def test_a_database_that_is_gone_for_a_minute_doubles_and_loses_nothing(
    tmp_path: Path,
) -> None:
    with postgres() as server:
        url = server.url(server.new())
        await sign_up(url, PEOPLE, PEOPLE)
        env = {**_QUIET, "DATABASE_URL": url, "SEND_RATE": "10"}
        async with StandIn(wall_clock) as telegram, running(tmp_path, telegram, **env) as process:
            people = meet(telegram, PEOPLE)
            await _until(lambda: reached(people) >= PEOPLE // 4)
            await asyncio.to_thread(server.stop)
            people[0].says("/when")
            await asyncio.sleep(60)
            during = reached(people)
            await asyncio.to_thread(server.start)
            await _until(lambda: reached(people) == PEOPLE)
            await _until_all_are_sent(url)
            await _until(lambda: len(people[0].reads()) == 2)
            counts = {len(person.reads()) for person in people[1:]}
            alive = process.returncode is None

    assert during < PEOPLE
    assert counts == {1}
    assert alive


async def test_a_poll_that_is_dead_for_two_minutes_ends_the_process_with_a_code(
    tmp_path: Path,
) -> None:
    async with StandIn(wall_clock) as telegram, running(tmp_path, telegram) as process:
        await telegram.until(lambda: telegram.calls.counts["getUpdates"] > 0, PATIENCE)
        telegram.faults.refuse("getUpdates", times=None)
        _, errors = await asyncio.wait_for(process.communicate(), PATIENCE)

    assert process.returncode == 1
    assert "no poll was answered for 120 s" in errors.decode()


_QUIET = {"LOG_LEVEL": "CRITICAL"}


def _address(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder / 'coach.db'}"


async def _until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not true():  # noqa: ASYNC110  (a look at everybody with each message takes too long)
            await asyncio.sleep(0.2)


async def _until_all_are_sent(url: str) -> None:
    database = await Database.open(url)
    try:
        async with asyncio.timeout(PATIENCE):
            while True:
                async with database.reading() as unit:
                    if set(await unit.pushes.count()) == {"sent"}:
                        return
                await asyncio.sleep(0.5)
    finally:
        await database.close()
