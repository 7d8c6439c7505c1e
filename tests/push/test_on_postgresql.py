"""Pushes over PostgreSQL: a server that is restarted, and machines whose clocks disagree."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.demo.standin import StandIn
from bot.storage.database import Database
from bot.storage.schema import migrate
from tests.house import Clock, house
from tests.postgres import Server, running
from tests.push.living import SEVEN, WAYS, Post, living_in_berlin

NAMES = ("Ann", "Bea")
pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """One of our own: it is stopped under everybody's feet."""
    with running() as server:
        yield server


@pytest.fixture
async def url(server: Server) -> str:
    url = server.url(server.new())
    database = await Database.open(url)
    await migrate(database)
    await database.close()
    return url


async def test_a_server_that_is_restarted_loses_and_doubles_nothing(
    tmp_path: Path, server: Server, url: str
) -> None:
    async with house(tmp_path, DATABASE_URL=url) as bot:
        people = await living_in_berlin(bot, *NAMES)
        asking = bot.tg.people.add("Eve")
        post = Post(people)
        for way in WAYS:
            bot.tg.faults.hang(way, 0.5, times=len(NAMES))
        bot.clock.now = SEVEN
        pumping = asyncio.create_task(bot.app.pump.run())
        bot.app.pump.ring()
        await bot.tg.until(lambda: sum(post.counts()) == len(NAMES), 10)
        await asyncio.to_thread(server.stop)  # Telegram has them all, and nobody knows it yet
        asking.says("/start")
        await asyncio.sleep(0.6)
        unheard = asking.reads()
        await asyncio.to_thread(server.start)
        await asking.hears(20)
        bot.clock.now = SEVEN + timedelta(minutes=10)
        bot.app.pump.ring()
        await bot.settled()
        bot.app.pump.close()
        await pumping

        assert not unheard
        assert post.counts() == [1, 1]


@pytest.mark.parametrize("minutes", [-1, 60])
async def test_a_machine_whose_clock_is_far_off_takes_no_live_claim_over(
    tmp_path: Path, url: str, minutes: int
) -> None:
    clock = Clock()
    async with StandIn(clock) as tg, house(tmp_path, clock, tg, DATABASE_URL=url) as bot:
        people = await living_in_berlin(bot, *NAMES)
        post = Post(people)
        for way in WAYS:
            tg.faults.hang(way, 1.5, times=len(NAMES))
        clock.now = SEVEN
        pumping = asyncio.create_task(bot.app.pump.once())
        await tg.until(lambda: sum(post.counts()) == len(NAMES), 10)
        off = Clock(SEVEN + timedelta(minutes=minutes))
        async with house(tmp_path, off, tg, DATABASE_URL=url) as other:
            await other.app.pump.once()
            under_way = not pumping.done()
        await pumping

        assert under_way
        assert post.counts() == [1, 1]
