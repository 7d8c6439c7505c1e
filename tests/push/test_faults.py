"""Storms, outages, clocks and databases that go wrong; after each: once for everybody."""

import asyncio
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from bot.coach.pushing import Carrier, Pump
from bot.demo.standin import StandIn
from bot.domain.messages import Delivery
from bot.domain.pushes import Hold, Occasion, Push, PushKind, PushState
from tests.house import Clock, house
from tests.push.living import SEVEN, Post, latest, living_in_berlin

WAYS = ("sendPhoto", "sendMessage")
NAMES = ("Ann", "Bea", "Cid", "Dan")


async def test_a_storm_of_refusals_delays_and_never_doubles(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        people = await living_in_berlin(bot, *NAMES)
        post = Post(people)
        for way in WAYS:
            bot.tg.faults.flood(way, retry_after=60, times=len(NAMES))
        await bot.to(SEVEN)
        during = post.counts()
        bot.tg.faults.lift()
        await bot.later(seconds=61)  # the limiter counts seconds of its own, which have not passed
        held = [(await latest(bot, person)).state for person in people]

        assert during == [0, 0, 0, 0]
        assert held == [PushState.RETRY] * 4


async def test_two_processes_at_once_send_each_message_once(tmp_path: Path) -> None:
    clock = Clock()
    async with StandIn(clock) as telegram, house(tmp_path, clock, telegram) as bot:
        people = await living_in_berlin(bot, *NAMES)
        post = Post(people)
        clock.now = SEVEN
        async with house(tmp_path, clock, telegram) as other:
            await asyncio.gather(bot.app.pump.once(), other.app.pump.once())

        assert post.counts() == [1, 1, 1, 1]


async def test_a_clock_that_is_set_back_repeats_nothing(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        people = await living_in_berlin(bot, *NAMES)
        post = Post(people)
        await bot.to(SEVEN)
        await bot.to(SEVEN - timedelta(hours=3))
        await bot.to(SEVEN)
        await bot.later(hours=1)

        assert post.counts() == [1, 1, 1, 1]


async def test_a_claim_from_before_the_clock_was_set_back_is_not_kept_waiting(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        (ann,) = await living_in_berlin(bot, "Ann")
        post = Post([ann])
        await bot.to(SEVEN)
        async with bot.app.desk.database.writing() as unit:
            later = SEVEN + timedelta(hours=2)
            await unit.pushes.plan_all(Occasion(PushKind.SNOOZED, SEVEN.date(), later, 1))
            lost = await unit.pushes.retryable(
                later, 5, Hold("gone", later + timedelta(seconds=90))
            )
        await bot.later(minutes=1)

        assert len(lost) == 1
        assert post.counts() == [2]


async def test_a_full_disk_holds_everything_until_there_is_room(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        people = await living_in_berlin(bot, *NAMES)
        post = Post(people)
        bot.clock.now = SEVEN
        with full_disk(room=(tmp_path / "coach.db-wal").stat().st_size):
            running = asyncio.create_task(bot.app.pump.run())
            bot.app.pump.ring()
            await asyncio.sleep(0.3)
        full = post.counts()
        await bot.tg.until(lambda: sum(post.counts()) == len(NAMES), 10)
        bot.app.pump.close()
        await running

        assert full == [0, 0, 0, 0]
        assert post.counts() == [1, 1, 1, 1]


@contextmanager
def full_disk(room: int) -> Iterator[None]:
    """No file of this process grows beyond `room` bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_a_database_that_is_away_and_comes_back_loses_and_doubles_nothing(
    tmp_path: Path,
) -> None:
    address = f"sqlite+aiosqlite:///{tmp_path / 'coach.db'}?timeout=0.05"
    async with house(tmp_path, DATABASE_URL=address) as bot:
        people = await living_in_berlin(bot, *NAMES)
        post = Post(people)
        bot.clock.now = SEVEN
        running = asyncio.create_task(bot.app.pump.run())
        with closing(sqlite3.connect(tmp_path / "coach.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            bot.app.pump.ring()
            await asyncio.sleep(0.5)
            away = post.counts()
            other.execute("ROLLBACK")
        await bot.tg.until(lambda: sum(post.counts()) == len(NAMES), 10)
        bot.app.pump.close()
        await running

        assert away == [0, 0, 0, 0]
        assert post.counts() == [1, 1, 1, 1]


async def test_a_database_that_goes_while_messages_are_out_is_told_afterwards(
    tmp_path: Path,
) -> None:
    address = f"sqlite+aiosqlite:///{tmp_path / 'coach.db'}?timeout=0.05"
    async with house(tmp_path, DATABASE_URL=address) as bot:
        people = await living_in_berlin(bot, *NAMES)
        post = Post(people)
        for way in WAYS:
            bot.tg.faults.hang(way, 0.3, times=4)
        bot.clock.now = SEVEN
        running = asyncio.create_task(bot.app.pump.run())
        bot.app.pump.ring()
        await bot.tg.until(lambda: sum(post.counts()) == len(NAMES), 10)
        with closing(sqlite3.connect(tmp_path / "coach.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await asyncio.sleep(0.8)  # the answers come, and cannot be written down
            other.execute("ROLLBACK")
        bot.clock.now = SEVEN + timedelta(minutes=3)  # far beyond the lease
        bot.app.pump.close()
        await running
        await bot.later(minutes=3)

        assert post.counts() == [1, 1, 1, 1]


async def test_a_message_still_on_its_way_after_its_lease_is_not_taken_for_lost(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        (ann,) = await living_in_berlin(bot, "Ann")
        post = Post([ann])
        for way in WAYS:
            bot.tg.faults.hang(way, 0.5)
        bot.clock.now = SEVEN
        running = asyncio.create_task(bot.app.pump.run())
        bot.app.pump.ring()
        await bot.tg.until(lambda: post.counts() == [1], 10)
        bot.clock.now = SEVEN + timedelta(minutes=5)
        for _ in range(8):
            bot.app.pump.ring()
            await asyncio.sleep(0.1)
        bot.app.pump.close()
        await running

        assert post.counts() == [1]


async def test_a_message_that_is_out_but_cannot_be_told_of_is_not_sent_again(
    tmp_path: Path,
) -> None:
    def full(_push: Push, _delivery: Delivery, _now: datetime) -> None:
        raise OSError("no space left for the log")

    async with house(tmp_path) as bot:
        (ann,) = await living_in_berlin(bot, "Ann")
        post = Post([ann])
        send, ring = bot.app.messenger.push, bot.app.alarms.ring
        pump = Pump(bot.app.desk, Carrier(send, bot.clock, "me", ring, full))
        for minutes in (0, 2, 10):
            bot.clock.now = SEVEN + timedelta(minutes=minutes)
            await pump.once()

        assert (await latest(bot, ann)).state is PushState.SENT
        assert post.counts() == [1]


async def test_a_ten_minute_outage_is_worked_off_afterwards(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        people = await living_in_berlin(bot, *NAMES)
        post = Post(people)
        for way in WAYS:
            bot.tg.faults.refuse(way, times=None)
        await bot.to(SEVEN)
        for _ in range(10):
            await bot.later(minutes=1)
        out = post.counts()
        bot.tg.faults.lift()
        await bot.later(minutes=6)

        assert out == [0, 0, 0, 0]
        assert post.counts() == [1, 1, 1, 1]


async def test_one_person_whose_plan_cannot_be_told_does_not_stop_the_others(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann, bea = await living_in_berlin(bot, "Ann", "Bea")
        post = Post([ann, bea])
        async with bot.app.desk.database.linked(writing=True) as link:
            nowhere = "UPDATE people SET zone = 'Nowhere/Atlantis' WHERE id = ?"
            await link.do(lambda c: c.exec_driver_sql(nowhere, (ann.id,)))
        await bot.to(SEVEN)

        assert post.counts() == [0, 1]
