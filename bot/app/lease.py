"""One poller and one pusher: a second process waits as a standby."""

import asyncio
import os
from contextlib import suppress
from datetime import timedelta

import structlog

from bot.app.assembly import App
from bot.domain.errors import NotReady
from bot.domain.lease import LIFE_SECONDS, Holder, Lease, Watch

POLL, PUSH = "poll", "push"
LIFE = timedelta(seconds=LIFE_SECONDS)  # without a beat; by a clock that may be off
BEAT_SECONDS = 3.0
SILENT_SECONDS = LIFE_SECONDS - 2.0  # since the last beat: so long nobody can have taken over
ASK_SECONDS = 1.0
RELEASE_SECONDS = 2.0
STOP_SECONDS = 10.0  # what is under way may take
log = structlog.get_logger()


def names_of(role: str, *, webhook: bool) -> tuple[str, ...]:
    """What of this role only one process may do at a time; any may take a webhook's updates."""
    pushes = (PUSH,) if role in ("all", "push") else ()
    polls = (POLL,) if role in ("all", "web") and not webhook else ()
    return pushes + polls


async def hold(app: App, names: tuple[str, ...], stop: asyncio.Event) -> bool:
    """Become the one that polls and pushes; False where a stop came first."""
    said = False
    watches = {name: Watch() for name in names}
    while True:
        try:
            other = await _take(app, watches)
        except NotReady as error:
            log.warning("lease.database", reason=str(error))
        else:
            app.pulse.stands_by = other is not None
            if other is None:
                return True
            if not said:
                log.info("standby", holder_pid=other.pid, holder_host=other.host)
                said = True
        if await stopped_within(stop, ASK_SECONDS):
            return False


class Beat:
    """Signs of life; where another has taken over, this process becomes a standby.

    One that is cut off from the database cannot learn that, and another may poll by now:
    `is_fresh` says whether it is still too early for that.
    """

    def __init__(
        self,
        app: App,
        names: tuple[str, ...],
        lost: asyncio.Event,
        silent_after: float = SILENT_SECONDS,
    ) -> None:
        self._app = app
        self._names = names
        self._lost = lost
        self._silent_after = silent_after
        self._last = _loop_time()

    async def send(self) -> None:
        if not self._names:
            return
        began = _loop_time()
        async with self._app.desk.database.writing() as unit:
            now = await unit.leases.clock() or self._app.clock()
            for name in self._names:
                if not await unit.leases.beat(name, self._app.holder.owner, now):
                    log.error("lease.lost", lease=name)
                    self._lost.set()
        self._last = began

    def is_fresh(self) -> bool:
        return _loop_time() - self._last < self._silent_after


async def release(app: App, names: tuple[str, ...]) -> None:
    """At the end; where the database is away, the lease ends by itself."""
    with suppress(NotReady, TimeoutError):
        async with asyncio.timeout(RELEASE_SECONDS), app.desk.database.writing() as unit:
            for name in names:
                await unit.leases.release(name, app.holder.owner)


async def stopped_within(stop: asyncio.Event, seconds: float) -> bool:
    """Wait so long, or until a stop is wanted; whether one is."""
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
    return stop.is_set()


async def _take(app: App, watches: dict[str, Watch]) -> Holder | None:
    """All of them or none; who holds one instead."""
    async with app.desk.database.writing() as unit:
        now = await unit.leases.clock() or app.clock()
        others = []
        for name, watch in watches.items():
            lease = await unit.leases.take(name, app.holder, now)
            if lease.holder.owner != app.holder.owner and _has_ended(lease, app.holder, watch):
                await unit.leases.release(name, lease.holder.owner)
                lease = await unit.leases.take(name, app.holder, now)
            if lease.holder.owner != app.holder.owner:
                others.append(lease.holder)
        if not others:
            return None
        for name in watches:
            await unit.leases.release(name, app.holder.owner)
    return others[0]


def _has_ended(lease: Lease, mine: Holder, watch: Watch) -> bool:
    silent = watch.silent(lease, _loop_time())
    return silent or _is_gone(lease.holder, mine)


def _is_gone(holder: Holder, mine: Holder) -> bool:
    """Whether the holder was a process of this very place that is no more."""
    if holder.host != mine.host:
        return False
    if holder.pid == mine.pid:
        return True  # our own pid: an earlier start, since two cannot have it at a time
    try:
        os.kill(holder.pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _loop_time() -> float:
    return asyncio.get_running_loop().time()
