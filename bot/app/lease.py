"""One poller and one pusher: a second process waits as a standby."""

import asyncio
import os
from contextlib import suppress
from datetime import timedelta

import structlog

from bot.app.assembly import App
from bot.domain.lease import Holder

NAME = "bot"
LIFE = timedelta(seconds=12)
BEAT_SECONDS = 3.0
log = structlog.get_logger()


async def hold(app: App, stop: asyncio.Event) -> bool:
    """Become the one that polls and pushes; False where a stop came first."""
    said = False
    while True:
        holder = await _take(app)
        if holder.owner == app.holder.owner:
            return True
        if not said:
            log.info("standby", holder_pid=holder.pid, holder_host=holder.host)
            said = True
        if await stopped_within(stop, BEAT_SECONDS):
            return False


async def beat(app: App, stop: asyncio.Event) -> None:
    """A sign of life; where another has taken over, this process stops."""
    async with app.desk.database.writing() as unit:
        now = await unit.leases.clock() or app.clock()
        if not await unit.leases.beat(NAME, app.holder.owner, now):
            log.error("lease.lost")
            stop.set()


async def release(app: App) -> None:
    async with app.desk.database.writing() as unit:
        await unit.leases.release(NAME, app.holder.owner)


async def stopped_within(stop: asyncio.Event, seconds: float) -> bool:
    """Wait so long, or until a stop is wanted; whether one is."""
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
    return stop.is_set()


async def _take(app: App) -> Holder:
    async with app.desk.database.writing() as unit:
        now = await unit.leases.clock() or app.clock()
        lease = await unit.leases.take(NAME, app.holder, now, LIFE)
        if lease.holder.owner != app.holder.owner and _is_gone(lease.holder, app.holder):
            await unit.leases.release(NAME, lease.holder.owner)
            lease = await unit.leases.take(NAME, app.holder, now, LIFE)
    return lease.holder


def _is_gone(holder: Holder, mine: Holder) -> bool:
    """Whether the holder was a process of this machine that is no more."""
    if holder.host != mine.host or holder.pid == mine.pid:
        return holder.host == mine.host  # our own pid: an earlier start in this very container
    try:
        os.kill(holder.pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
