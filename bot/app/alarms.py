"""What a host must hear: at most one of a kind an hour, in the log and to the admins."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from bot.coach.desk import Desk
from bot.pulse import Pulse
from bot.wire.messenger import Messenger

QUIET = timedelta(hours=1)
log = structlog.get_logger()


class Alarms:
    """`ring` returns at once; the admins are told in the background."""

    def __init__(
        self,
        admins: frozenset[int],
        messenger: Messenger,
        desk: Desk,
        clock: Callable[[], datetime],
        pulse: Pulse,
    ) -> None:
        self._admins = admins
        self._messenger = messenger
        self._desk = desk
        self._clock = clock
        self._pulse = pulse
        self._last: dict[str, datetime] = {}
        self._telling: set[asyncio.Task[None]] = set()

    def ring(self, kind: str, detail: str = "") -> None:
        """`detail`: what of it helps the host, such as file and line of a fault."""
        now = self._clock()
        self._pulse.alarms.labels(kind).inc()
        last = self._last.get(kind)
        if last is not None and abs(now - last) < QUIET:
            return
        self._last[kind] = now
        log.error("alarm", kind=kind)
        task = asyncio.get_running_loop().create_task(self._tell(kind, detail))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def _tell(self, kind: str, detail: str) -> None:
        for admin in sorted(self._admins):
            message = self._desk.say("alarm", kind=kind, detail=detail)
            await self._messenger.reply(admin, message)
