"""SIGTERM: the end comes in time, whatever hangs, and nothing is lost by it."""

import asyncio
import os
import signal
from contextlib import suppress
from pathlib import Path
from time import monotonic

from bot.coach.pushing import IN_FLIGHT
from bot.demo.standin import StandIn
from bot.storage.database import Database
from tests.process.crowd import meet, sign_up
from tests.process.test_process import PATIENCE, running, wall_clock
from tests.push.living import WAYS

PEOPLE = 60
FOR_EVER = 600.0


async def test_with_every_call_hanging_and_a_full_queue_it_ends_and_more_signals_are_ignored(
    tmp_path: Path,
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'coach.db'}"
    await sign_up(url, PEOPLE, PEOPLE)
    async with StandIn(wall_clock) as telegram:
        meet(telegram, PEOPLE)
        for way in WAYS:
            telegram.faults.hang(way, FOR_EVER, times=None)
        async with running(tmp_path, telegram, LOG_LEVEL="ERROR") as process:
            await telegram.until(
                lambda: sum(telegram.calls.counts[way] for way in WAYS) >= IN_FLIGHT, PATIENCE
            )
            began = monotonic()
            async with asyncio.timeout(PATIENCE):
                while process.returncode is None:
                    with suppress(ProcessLookupError):
                        os.kill(process.pid, signal.SIGTERM)  # asyncio's own would reap it
                    await asyncio.sleep(0.02)
            lasted = monotonic() - began
    database = await Database.open(url)
    async with database.reading() as unit:
        states = await unit.pushes.count()
        waiting = len(await unit.pushes.due(wall_clock(), PEOPLE))
        leases = [await unit.leases.get(name) for name in ("push", "poll")]
    await database.close()

    print(f"ended {lasted:.1f} s after SIGTERM")  # noqa: T201  # measured, not judged
    assert process.returncode == 0
    assert states == {"claimed": IN_FLIGHT}  # it did not wait for their answers to be given up
    assert waiting == PEOPLE - IN_FLIGHT
    assert leases == [None, None]
