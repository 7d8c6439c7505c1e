"""One message on each of a person's days, at their own time, once."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.demo.people import Person
from bot.demo.standin import StandIn
from tests.house import Clock, House, house

SEVEN_IN = {
    "Europe/Berlin": datetime(2026, 11, 24, 6, 0, tzinfo=UTC),
    "Asia/Kathmandu": datetime(2026, 11, 24, 1, 15, tzinfo=UTC),
}


@pytest.mark.parametrize("zone", SEVEN_IN)
async def test_the_push_comes_at_seven_on_the_persons_own_clock_and_once(
    tmp_path: Path, zone: str
) -> None:
    async with house(tmp_path) as bot:
        ann = await _living_in(bot, zone)
        due = SEVEN_IN[zone]
        await bot.to(due - timedelta(seconds=1))
        before = _sessions(ann)
        await bot.to(due)
        at = _sessions(ann)
        await bot.later(minutes=1)
        await bot.later(hours=1)

        assert len(before) == 0
        assert len(at) == 1
        assert len(_sessions(ann)) == 1


async def test_the_first_line_is_the_whole_session_for_the_lock_screen(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await _living_in(bot, "Europe/Berlin")
        await bot.to(SEVEN_IN["Europe/Berlin"])
        first = _sessions(ann)[0].splitlines()[0]

        assert len(first) <= 60
        assert "min" in first
        assert "·" in first


async def test_a_training_days_message_is_a_picture_with_its_words_below(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await _living_in(bot, "Europe/Berlin")
        await bot.to(SEVEN_IN["Europe/Berlin"])
        (post,) = [post for post in ann.reads() if _is_push(post.text)]

        assert post.message["photo"]
        assert len(post.text) <= 1024


async def test_telegram_gets_a_picture_once_though_the_bot_begins_anew(tmp_path: Path) -> None:
    clock = Clock()
    async with StandIn(clock) as tg:
        async with house(tmp_path, clock, tg) as bot:
            ann = await bot.signed_up()
            await bot.ask(ann, "/tomorrow")
            first = ann.reads()[-1].message["photo"]
        async with house(tmp_path, clock, tg) as bot:
            await bot.ask(ann, "/tomorrow")
            again = ann.reads()[-1].message["photo"]

        sent = [call.params["photo"] for call in tg.calls.find("sendPhoto")]
        assert [isinstance(photo, str) for photo in sent] == [False, True]
        assert again[-1]["file_unique_id"] == first[-1]["file_unique_id"]


@pytest.mark.parametrize(
    ("day", "seven"),
    [
        (datetime(2027, 3, 28, tzinfo=UTC), (6, 5)),  # Berlin's clocks go forward: 07:00 is 05:00
        (datetime(2027, 10, 31, tzinfo=UTC), (5, 6)),  # and back: 07:00 is 06:00
    ],
)
async def test_across_both_clock_changes_the_message_stays_at_seven(
    tmp_path: Path, day: datetime, seven: tuple[int, int]
) -> None:
    eve = day - timedelta(days=1)
    async with house(tmp_path, Clock(eve + timedelta(hours=3))) as bot:
        ann = await _living_in(bot, "Europe/Berlin")
        times = []
        for _ in range(2 * 54):
            count = len(_sessions(ann))
            await bot.later(minutes=30)
            if len(_sessions(ann)) > count:
                times.append(bot.clock.now)

        assert [(at.date(), at.hour) for at in times] == [
            (day.date(), seven[1]),
            ((day + timedelta(days=1)).date(), seven[1]),
        ]


@pytest.mark.parametrize(
    ("day", "at"),
    [
        (datetime(2027, 3, 28, tzinfo=UTC), (1, 30)),  # 02:30 is skipped: it comes at 03:30 summer
        (datetime(2027, 10, 31, tzinfo=UTC), (0, 30)),  # 02:30 comes twice: the first one counts
    ],
)
async def test_a_time_in_the_gap_or_in_the_doubled_hour_comes_once(
    tmp_path: Path, day: datetime, at: tuple[int, int]
) -> None:
    async with house(tmp_path, Clock(day - timedelta(hours=12))) as bot:
        ann = await _living_in(bot, "Europe/Berlin")
        await bot.ask(ann, "/time 02:30")
        await bot.to(day - timedelta(hours=1))
        times = []
        for _ in range(16):
            count = len(_sessions(ann))
            await bot.later(minutes=15)
            if len(_sessions(ann)) > count:
                times.append((bot.clock.now.hour, bot.clock.now.minute))

        assert times == [at]


async def test_a_restart_between_due_and_sent_loses_nothing_and_repeats_nothing(
    tmp_path: Path,
) -> None:
    clock = Clock()
    async with StandIn(clock) as telegram:
        async with house(tmp_path, clock, telegram) as bot:
            ann = await _living_in(bot, "Europe/Berlin")
            await bot.settled()
        clock.now = SEVEN_IN["Europe/Berlin"] + timedelta(minutes=20)
        async with house(tmp_path, clock, telegram) as bot:
            await bot.app.pump.once()
        async with house(tmp_path, clock, telegram) as bot:
            await bot.later(minutes=5)

        assert len(_sessions(ann)) == 1


async def test_after_days_of_downtime_the_newest_message_alone_comes(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await _living_in(bot, "Europe/Berlin")
        await bot.to(SEVEN_IN["Europe/Berlin"] + timedelta(days=4, hours=2))

        assert len(_sessions(ann)) == 1


async def test_a_message_that_is_late_past_the_quiet_hours_is_dropped(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await _living_in(bot, "Europe/Berlin")
        await bot.to(SEVEN_IN["Europe/Berlin"] + timedelta(hours=15))
        none = len(_sessions(ann))
        await bot.to(SEVEN_IN["Europe/Berlin"] + timedelta(days=1))

        assert none == 0
        assert len(_sessions(ann)) == 1


async def test_messages_come_on_the_chosen_days_alone(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await _living_in(bot, "Europe/Berlin")
        await bot.ask(ann, "/days mon thu")
        days = []
        for _ in range(7 * 24):
            count = len(_sessions(ann))
            await bot.later(hours=1)
            if len(_sessions(ann)) > count:
                days.append(bot.clock.now.strftime("%a"))

        assert sorted(days) == ["Mon", "Thu"]


async def test_who_blocks_the_bot_is_left_alone_and_finds_everything_on_return(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await _living_in(bot, "Europe/Berlin")
        ann.blocks()
        await bot.settled()
        await bot.to(SEVEN_IN["Europe/Berlin"] + timedelta(minutes=1))
        while_away = len(_sessions(ann))
        ann.unblocks()
        await bot.settled()
        await bot.to(SEVEN_IN["Europe/Berlin"] + timedelta(days=1, minutes=1))

        assert while_away == 0
        assert len(_sessions(ann)) == 1


async def test_a_flood_refusal_and_a_lost_connection_delay_the_message_and_never_double_it(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await _living_in(bot, "Europe/Berlin")
        bot.tg.faults.flood("sendMessage", retry_after=3)
        await bot.to(SEVEN_IN["Europe/Berlin"])
        await bot.later(seconds=10)
        await asyncio.sleep(0.05)
        await bot.later(seconds=60)

        assert len(_sessions(ann)) == 1


async def test_an_open_red_flag_silences_the_cheerful_message(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await _living_in(bot, "Europe/Berlin")
        await bot.ask(ann, "I fainted in the middle of my run")
        await bot.to(SEVEN_IN["Europe/Berlin"])
        said = ann.reads()[-1].text

        assert not _sessions(ann)
        assert "/cleared" in said


async def _living_in(bot: House, zone: str) -> Person:
    ann = await bot.signed_up()
    await bot.ask(ann, f"/timezone {zone}")
    await bot.ask(ann, "/days all")
    await bot.quiet(ann)
    return ann


def _sessions(person: Person) -> list[str]:
    """The day's messages that the person has read, without the answers to what they said."""
    return [post.text for post in person.reads() if _is_push(post.text)]


def _is_push(text: str) -> bool:
    return "Why:" in text
