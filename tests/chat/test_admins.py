"""Admins: numbers, gaps, a broadcast; for everybody else these commands do not exist."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app.life import tell_progress
from bot.coach.figures import missing
from bot.demo.people import Person
from bot.demo.standin import StandIn
from bot.domain.dialogue import Gap
from tests.house import START, Clock, House, house

NAMES = ("Ben", "Cleo", "Dan", "Eve")


async def office(bot: House) -> tuple[Person, list[Person]]:
    """The admin of the house, who has not signed up, and four people who have."""
    boss = bot.tg.people.add("Boss", user_id=BOSS)
    return boss, [await bot.signed_up(name) for name in NAMES]


BOSS = 4242


async def heard(people: list[Person], words: str) -> list[int]:
    return [sum(words in post.text for post in person.reads()) for person in people]


async def sends(bot: House, boss: Person, words: str) -> None:
    await bot.ask(boss, f"/broadcast {words}")
    await bot.quiet(boss)
    post = next(post for post in reversed(boss.reads()) if post.buttons)
    boss.presses(post, "Send it")
    await bot.settled()


@pytest.mark.parametrize("command", ["/stats", "/gaps", "/broadcast hello", "/reload"])
async def test_others_hear_what_any_unknown_command_hears(tmp_path: Path, command: str) -> None:
    async with house(tmp_path, ADMIN_IDS=str(BOSS)) as bot:
        ann = await bot.signed_up()
        said = await bot.ask(ann, command)
        unknown = await bot.ask(ann, "/nonsense")
        for data in ("b:go:1", "b:stop:1"):
            ann.presses(ann.reads()[0], data, forged=True)
        await bot.settled()
        name = command.split()[0]

        assert said.text == unknown.text.replace("/nonsense", name)


@pytest.mark.parametrize(
    ("command", "words"),
    [("/stats", "4 people"), ("/gaps", "No question"), ("/reload", "newest"), ("/broadcast", "at")],
)
async def test_an_admin_is_answered(tmp_path: Path, command: str, words: str) -> None:
    async with house(tmp_path, ADMIN_IDS=str(BOSS)) as bot:
        boss, people = await office(bot)
        await bot.ask(people[0], "should I replace leg day?")

        assert words in (await bot.ask(boss, command)).text


async def test_a_broadcast_reaches_each_once_and_nobody_who_has_stopped(tmp_path: Path) -> None:
    async with house(tmp_path, ADMIN_IDS=str(BOSS)) as bot:
        boss, people = await office(bot)
        await bot.ask(people[0], "/stop")
        await bot.ask(people[1], "/pause 3")
        await sends(bot, boss, "Hills <b>closed</b> today")
        for _ in range(3):
            await bot.app.pump.once()
        await tell_progress(bot.app)

        assert await heard(people, "Hills <b>closed</b> today") == [0, 0, 1, 1]
        assert "2 sent, 0 waiting, 1 not" in boss.reads()[-1].text


async def test_a_broadcast_waits_for_the_end_of_quiet_hours(tmp_path: Path) -> None:
    night = Clock(START.replace(hour=23))
    async with house(tmp_path, night, ADMIN_IDS=str(BOSS)) as bot:
        boss, people = await office(bot)
        for person in people:
            await bot.ask(person, "/time 12:00")
        await sends(bot, boss, "Good news")
        await bot.later(minutes=1)
        during = await heard(people, "Good news")
        await bot.to(START + timedelta(hours=22, minutes=33))
        after = await heard(people, "Good news")

        assert during == [0, 0, 0, 0]
        assert after == [1, 1, 1, 1]


async def test_a_stopped_broadcast_goes_to_nobody_else(tmp_path: Path) -> None:
    async with house(tmp_path, ADMIN_IDS=str(BOSS)) as bot:
        boss, people = await office(bot)
        await sends(bot, boss, "Oops")
        boss.presses(boss.reads()[-1], "Stop")
        await bot.settled()
        await bot.later(minutes=1)

        assert await heard(people, "Oops") == [0, 0, 0, 0]
        assert "0 sent, 0 waiting, 4 not" in boss.reads()[-1].text


async def test_a_killed_process_goes_on_and_sends_nobody_a_second_one(tmp_path: Path) -> None:
    clock = Clock()
    async with StandIn(clock) as telegram:
        async with house(tmp_path, clock, telegram, ADMIN_IDS=str(BOSS)) as bot:
            boss, people = await office(bot)
            await sends(bot, boss, "Once")
            work = asyncio.create_task(bot.app.pump.once())
            await telegram.until(lambda: any("Once" in p.text for p in people[0].reads()), 5)
            work.cancel()
            with suppress(asyncio.CancelledError):
                await work
        async with house(tmp_path, clock, telegram, ADMIN_IDS=str(BOSS)) as bot:
            for _ in range(3):
                await bot.later(minutes=2)
            await tell_progress(bot.app)

            assert max(await heard(people, "Once")) == 1
            assert " 0 waiting" in boss.reads()[-1].text


async def test_a_dropped_draft_and_a_button_pressed_twice_send_nothing_more(tmp_path: Path) -> None:
    async with house(tmp_path, ADMIN_IDS=str(BOSS)) as bot:
        boss, people = await office(bot)
        await bot.ask(boss, "/broadcast Never")
        await bot.quiet(boss)
        post = next(post for post in reversed(boss.reads()) if post.buttons)
        boss.presses(post, "Drop it")
        await bot.settled()
        boss.presses(post, "Send it", stale=True)
        await bot.settled()
        await bot.later(minutes=1)

        assert await heard(people, "Never") == [0, 0, 0, 0]


def test_gaps_are_told_from_three_people_up_and_in_one_line() -> None:
    def asked(text: str, *marks: str) -> list[Gap]:
        return [Gap(text, mark, START) for mark in marks]

    gaps = [
        *asked("can i run hills with a stroller", "a", "b"),
        *asked("can i run the hills with a stroller", "c"),
        *asked("best shoes for snow", "a", "b", "a"),
    ]
    (found,) = missing(gaps)

    assert (found.text, found.people, found.times) == ("can i run hills with a stroller", 3, 3)
