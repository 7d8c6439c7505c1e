"""The machine's own clock and its law of time: neither is believed blindly, neither is missed."""

import asyncio
from datetime import timedelta
from pathlib import Path

from bot.app.zones import marks
from bot.coach import zone_law
from tests.house import house
from tests.push.living import SEVEN, Post, living_in_berlin


async def test_a_clock_that_jumps_is_an_alarm_and_sends_nothing_meanwhile(tmp_path: Path) -> None:
    async with house(tmp_path, ADMIN_IDS="777") as bot:
        host = bot.tg.people.add("Host", user_id=777)
        host.says("/help")
        await host.hears()
        (ann,) = await living_in_berlin(bot, "Ann")
        post = Post([ann])
        bot.tg.faults.error("getMe", 502, times=None)  # no second reading can be had
        bot.app.guard.look()
        await bot.quiet(host)
        bot.clock.now = SEVEN
        bot.app.guard.look()
        alarm = await host.hears()
        await bot.app.pump.once()

        assert "clock" in alarm.text
        assert post.counts() == [0]


async def test_the_date_in_telegrams_answers_is_the_second_reading(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        (ann,) = await living_in_berlin(bot, "Ann")
        post = Post([ann])
        bot.app.guard.look()
        bot.clock.now = SEVEN
        bot.app.guard.look()
        before = bot.app.guard.now()
        await bot.app.pump.once()
        held = post.counts()
        for _ in range(100):
            await asyncio.sleep(0.02)
            if bot.app.guard.now() == SEVEN:
                break
        await bot.app.pump.once()

        assert before < SEVEN
        assert held == [0]
        assert post.counts() == [1]


async def test_a_new_law_of_a_zone_moves_the_messages_that_were_planned(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann, _ = await living_in_berlin(bot, "Ann", "Bea")
        known = marks()
        await zone_law.follow(bot.app.desk, known | {"Europe/Berlin": "as it was"})
        async with bot.app.desk.database.writing() as unit:
            # by the old law Berlin was two hours further west
            await unit.people.set_next_push(ann.id, SEVEN + timedelta(hours=2))
        moved = await zone_law.follow(bot.app.desk, known)
        again = await zone_law.follow(bot.app.desk, known)
        async with bot.app.desk.database.reading() as unit:
            person = await unit.people.get(ann.id)

        assert person is not None
        assert person.next_push == SEVEN
        assert (moved, again) == (1, 0)


def test_every_zone_has_a_mark() -> None:
    assert marks()["Europe/Berlin"] != marks()["America/Nuuk"]
