"""What is due soon is prepared while nothing else is to be done, and says the same."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.demo.people import Person
from tests.house import Clock, House, house

SIGN_UP = datetime(2026, 11, 23, 6, 58, tzinfo=UTC)
DUE = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)  # the first day of the second week


@pytest.mark.parametrize("meanwhile", [(), ("/minutes 20",), ("/stop",)])
async def test_prepared_or_not_it_says_the_same_whatever_changed_meanwhile(
    tmp_path: Path, meanwhile: tuple[str, ...]
) -> None:
    told = [
        await second_week(tmp_path / str(prepared), meanwhile, prepared=prepared)
        for prepared in (False, True)
    ]

    assert told[0] == told[1]
    assert bool(told[0]) is (meanwhile != ("/stop",))


async def second_week(folder: Path, meanwhile: tuple[str, ...], *, prepared: bool) -> list[str]:
    """The messages of the first morning of the second week."""
    folder.mkdir()  # noqa: ASYNC240  (nothing else runs yet)
    async with house(folder, Clock(SIGN_UP)) as bot:
        ann = await bot.signed_up()
        for words in ("/timezone London", "/days all", "/time 7:00"):
            await bot.ask(ann, words)
        for _ in range(6):
            await bot.later(days=1)
        await bot.to(DUE - timedelta(minutes=5))
        running = asyncio.create_task(bot.app.pump.run())
        if prepared:
            bot.app.pump.ring()
            await asyncio.sleep(0.2)
            assert await planned(bot, ann)
        for words in meanwhile:
            await bot.ask(ann, words)
        before = len(ann.reads())
        bot.clock.now = DUE
        bot.app.pump.ring()
        await sent(bot, ann, before, some=not meanwhile or meanwhile[0] != "/stop")
        bot.app.pump.close()
        await running
        return [post.text for post in ann.reads()[before:]]


async def planned(bot: House, ann: Person) -> bool:
    """Whether the new week is in the database."""
    async with bot.app.desk.database.reading() as unit:
        standing = await unit.plans.standing(ann.id) or {}
    return bool(standing["week_start"] == DUE.date().isoformat())


async def sent(bot: House, ann: Person, before: int, *, some: bool) -> None:
    if some:
        assert await bot.tg.until(lambda: len(ann.reads()) > before)
    else:
        await asyncio.sleep(0.1)
