"""A broadcast to five thousand, with the process killed in the middle of it."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.demo.people import Person
from bot.demo.standin import StandIn
from tests.process.crowd import meet, reached, sign_up
from tests.process.test_process import PATIENCE, running, wall_clock

PEOPLE = 5_000
BOSS = 777
WORDS = "The hill is closed on Sunday"


@pytest.mark.soak
async def test_each_gets_it_at_most_once_and_it_goes_on_after_the_kill(tmp_path: Path) -> None:
    env = {"ADMIN_IDS": str(BOSS), "SEND_RATE": "1000", "LOG_LEVEL": "ERROR"}
    await sign_up(f"sqlite+aiosqlite:///{tmp_path / 'coach.db'}", PEOPLE)
    async with StandIn(wall_clock) as telegram:
        boss = telegram.people.add("Boss", user_id=BOSS)
        crowd = meet(telegram, PEOPLE)
        async with running(tmp_path, telegram, **env) as process:
            boss.says(f"/broadcast {WORDS}")
            await _until(lambda: any(post.buttons for post in boss.reads()))
            asked = next(post for post in boss.reads() if post.buttons)
            boss.presses(asked, "Send it")
            await _until(lambda: reached(crowd) >= PEOPLE // 3)
            process.kill()
            await process.wait()
        before = reached(crowd)
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


def _told(boss: Person) -> str:
    return boss.reads()[-1].text
