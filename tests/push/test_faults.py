"""Storms, outages, clocks and databases that go wrong; after each: once for everybody."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from telegram.ext import ExtBot

from bot.coach.pushing import Carrier, Pump
from bot.domain.messages import Delivery
from bot.domain.pushes import Hold, Occasion, Push, PushKind, PushState
from bot.wire.file_ids import FileIds
from bot.wire.limiter import Limiter
from bot.wire.messenger import Messenger
from bot.wire.transport import Transport
from tests.house import House, house
from tests.push.living import SEVEN, WAYS, Post, berlin, latest, pumping
from tests.push.troubles import full_disk, held_by_another, impatient

NAMES = ("Ann", "Bea", "Cid", "Dan")


async def test_a_storm_of_refusals_delays_and_never_doubles(tmp_path: Path) -> None:
    async with berlin(tmp_path, *NAMES) as (bot, people, post):
        for way in WAYS:
            bot.tg.faults.flood(way, retry_after=60, times=None)
        await bot.to(SEVEN)
        during = post.counts()
        held = [(await latest(bot, person)).state for person in people]
        bot.tg.faults.lift()
        bot.app.limiter.passed(61)  # it counts seconds of its own, which a clock cannot move
        await bot.later(seconds=61)
        await bot.later(hours=1)

        assert during == [0, 0, 0, 0]
        assert held == [PushState.RETRY] * 4
        assert post.counts() == [1, 1, 1, 1]


async def test_a_storm_that_goes_on_is_over_for_everybody_once_it_ends(tmp_path: Path) -> None:
    async with berlin(tmp_path, *NAMES) as (bot, _, post):
        for way in WAYS:
            bot.tg.faults.flood(way, retry_after=30, times=None)
        await bot.to(SEVEN)
        for _ in range(5):
            bot.app.limiter.passed(31)
            await bot.later(seconds=31)
        during = post.counts()
        bot.tg.faults.lift()
        for _ in range(2):
            bot.app.limiter.passed(31)
            await bot.later(seconds=31)

        assert during == [0, 0, 0, 0]
        assert post.counts() == [1, 1, 1, 1]


async def test_two_processes_at_once_send_each_message_once(tmp_path: Path) -> None:
    async with berlin(tmp_path, *NAMES) as (bot, _, post):
        bot.clock.now = SEVEN
        async with house(tmp_path, bot.clock, bot.tg) as other:
            await asyncio.gather(bot.app.pump.once(), other.app.pump.once())

        assert post.counts() == [1, 1, 1, 1]


async def test_a_clock_that_is_set_back_repeats_nothing(tmp_path: Path) -> None:
    async with berlin(tmp_path, *NAMES) as (bot, _, post):
        await bot.to(SEVEN)
        await bot.to(SEVEN - timedelta(hours=3))
        await bot.to(SEVEN)
        await bot.later(hours=1)

        assert post.counts() == [1, 1, 1, 1]


async def test_a_claim_from_before_the_clock_was_set_back_is_not_kept_waiting(
    tmp_path: Path,
) -> None:
    async with berlin(tmp_path, "Ann") as (bot, _, post):
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
    async with berlin(tmp_path, *NAMES) as (bot, _, post):
        async with pumping(bot, SEVEN):
            with full_disk(tmp_path):
                await asyncio.sleep(0.3)
            full = post.counts()
            await bot.tg.until(lambda: sum(post.counts()) == len(NAMES), 10)

        assert full == [0, 0, 0, 0]
        assert post.counts() == [1, 1, 1, 1]


async def test_a_database_that_is_away_and_comes_back_loses_and_doubles_nothing(
    tmp_path: Path,
) -> None:
    async with berlin(tmp_path, *NAMES, DATABASE_URL=impatient(tmp_path)) as (bot, _, post):
        async with pumping(bot, SEVEN):
            with held_by_another(tmp_path):
                await asyncio.sleep(0.5)
            away = post.counts()
            await bot.tg.until(lambda: sum(post.counts()) == len(NAMES), 10)

        assert away == [0, 0, 0, 0]
        assert post.counts() == [1, 1, 1, 1]


async def test_a_database_that_goes_while_messages_are_out_is_told_afterwards(
    tmp_path: Path,
) -> None:
    async with berlin(tmp_path, *NAMES, DATABASE_URL=impatient(tmp_path)) as (bot, _, post):
        for way in WAYS:
            bot.tg.faults.hang(way, 0.3, times=4)
        async with pumping(bot, SEVEN):
            await bot.tg.until(lambda: sum(post.counts()) == len(NAMES), 10)
            with held_by_another(tmp_path):
                await asyncio.sleep(0.8)  # the answers come, and cannot be written down
            bot.clock.now = SEVEN + timedelta(minutes=3)  # far beyond the lease
        await bot.later(minutes=3)

        assert post.counts() == [1, 1, 1, 1]


async def test_a_message_still_on_its_way_after_its_lease_is_not_taken_for_lost(
    tmp_path: Path,
) -> None:
    async with berlin(tmp_path, "Ann") as (bot, _, post):
        for way in WAYS:
            bot.tg.faults.hang(way, 0.5)
        async with pumping(bot, SEVEN):
            await bot.tg.until(lambda: post.counts() == [1], 10)
            bot.clock.now = SEVEN + timedelta(minutes=5)
            for _ in range(8):
                bot.app.pump.ring()
                await asyncio.sleep(0.1)

        assert post.counts() == [1]


async def test_a_message_that_is_out_but_cannot_be_told_of_is_not_sent_again(
    tmp_path: Path,
) -> None:
    def full(_push: Push, _delivery: Delivery, _now: datetime) -> None:
        raise OSError("no space left for the log")

    async with berlin(tmp_path, "Ann") as (bot, (ann,), post):
        send, ring = bot.app.messenger.push, bot.app.alarms.ring
        pump = Pump(bot.app.desk, Carrier(send, bot.clock, "me", ring, full))
        for minutes in (0, 2, 10):
            bot.clock.now = SEVEN + timedelta(minutes=minutes)
            await pump.once()

        assert (await latest(bot, ann)).state is PushState.SENT
        assert post.counts() == [1]


async def test_a_ten_minute_outage_is_worked_off_afterwards(tmp_path: Path) -> None:
    async with berlin(tmp_path, *NAMES) as (bot, _, post):
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
    async with berlin(tmp_path, "Ann", "Bea") as (bot, (ann, _), post):
        async with bot.app.desk.database.linked(writing=True) as link:
            nowhere = "UPDATE people SET zone = 'Nowhere/Atlantis' WHERE id = ?"
            await link.do(lambda c: c.exec_driver_sql(nowhere, (ann.id,)))
        await bot.to(SEVEN)

        assert post.counts() == [0, 1]


async def test_an_answer_that_hangs_beyond_all_patience_is_in_doubt_and_follows_its_kind(
    tmp_path: Path,
) -> None:
    async with berlin(tmp_path, "Ann", "Bea") as (bot, people, _), impatient_bot(bot) as sender:
        await bot.ask(people[1], "/days mon")
        await bot.ask(people[1], "/notes on")  # a note: at most once; a session: at least once
        post = Post(people)
        ring = bot.app.alarms.ring
        pump = Pump(bot.app.desk, Carrier(sender.push, bot.clock, "me", ring, lambda *_: None))
        for way in WAYS:
            bot.tg.faults.hang(way, 0.7, times=2)
        bot.clock.now = SEVEN
        await pump.once()
        bot.tg.faults.lift()
        for _ in range(3):
            bot.clock.now += timedelta(minutes=5)
            await pump.once()

        assert post.counts() == [2, 1]


@asynccontextmanager
async def impatient_bot(bot: House) -> AsyncIterator[Messenger]:
    """As the bot's own, but an answer counts as lost after a fifth of a second."""
    transport = Transport(read=0.2)
    wire: ExtBot[None] = ExtBot(bot.tg.token, base_url=bot.tg.url, request=transport)
    await transport.initialize()
    yield Messenger(wire, Limiter(1000), FileIds())
    await transport.shutdown()
