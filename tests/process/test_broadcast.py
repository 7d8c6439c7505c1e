"""A broadcast to five thousand, with the process killed in the middle of it."""

import asyncio
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path

import pytest

from bot.demo.people import Person
from bot.demo.standin import StandIn
from bot.domain.person import Person as Known
from bot.storage.database import Database
from bot.storage.schema import migrate
from tests.process.test_process import PATIENCE, running, wall_clock

PEOPLE = 5_000
BOSS = 777
FIRST = 1_000_000
WORDS = "The hill is closed on Sunday"


@pytest.mark.soak
async def test_each_gets_it_at_most_once_and_it_goes_on_after_the_kill(tmp_path: Path) -> None:
    env = {"ADMIN_IDS": str(BOSS), "SEND_RATE": "1000", "LOG_LEVEL": "ERROR"}
    await _signed_up(tmp_path)
    async with StandIn(wall_clock) as telegram:
        boss = telegram.people.add("Boss", user_id=BOSS)
        crowd = [telegram.people.add("P", user_id=FIRST + place) for place in range(PEOPLE)]
        for person in crowd:
            person.account.started = True
        async with running(tmp_path, telegram, **env) as process:
            boss.says(f"/broadcast {WORDS}")
            await _until(lambda: any(post.buttons for post in boss.reads()))
            asked = next(post for post in boss.reads() if post.buttons)
            boss.presses(asked, "Send it")
            await _until(lambda: _reached(crowd) >= PEOPLE // 3)
            process.kill()
            await process.wait()
        before = _reached(crowd)
        async with running(tmp_path, telegram, **env):
            await _until(lambda: " 0 waiting" in _told(boss))
        received = [len(person.reads()) for person in crowd]

    assert PEOPLE // 3 <= before < PEOPLE
    assert max(received) == 1
    # Those that were on their way at the kill stay in doubt, and are not sent again.
    assert PEOPLE - 400 <= sum(received) <= PEOPLE
    assert " 0 waiting" in _told(boss)


async def _until(true: Callable[[], bool]) -> None:
    """Looked at now and then: a look at five thousand people with each message takes too long."""
    async with asyncio.timeout(PATIENCE):
        while not true():  # noqa: ASYNC110  (see above)
            await asyncio.sleep(0.1)


def _reached(crowd: list[Person]) -> int:
    return sum(bool(person.reads()) for person in crowd)


def _told(boss: Person) -> str:
    return boss.reads()[-1].text


async def _signed_up(folder: Path) -> None:
    """People for whom it is noon, and nothing else is due."""
    now = wall_clock()
    database = await Database.open(f"sqlite+aiosqlite:///{folder / 'coach.db'}")
    await migrate(database)
    async with database.writing() as unit:
        for place in range(PEOPLE):
            await unit.people.save(_person(FIRST + place, now))
    await database.close()


def _person(number: int, now: datetime) -> Known:
    return Known(
        id=number,
        chat_id=number,
        name="P",
        signed_up=now,
        started_on=now.date(),
        last_seen=now,
        at=time(12),
        zone=f"Etc/GMT{now.hour - 12:+}",
    )
