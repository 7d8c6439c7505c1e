"""The whole bot in a process of its own, as `bot run` has it, on a clock that can be set.

Its one difference: the limit of all messages may lie above what SEND_RATE allows, so that commands
are not measured against it.
"""

import asyncio
import json
import resource
import sys
import time
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot import logs
from bot.app.assembly import App, assemble
from bot.app.life import serve
from bot.config import read
from tests.benchmarks.processes import orders, tell
from tests.house import ROOT, shelf

LOOK_SECONDS = 0.002
SETTLING = "bot_push_settling_seconds"


class Clock:
    """The bench's instant, and the seconds since."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._set = time.monotonic()

    def __call__(self) -> datetime:
        return self._now + timedelta(seconds=time.monotonic() - self._set)


class Stalls:
    """The longest time in which the loop ran nothing else."""

    def __init__(self) -> None:
        self.longest = 0.0

    async def watch(self) -> None:
        last = time.perf_counter()
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            now = time.perf_counter()
            self.longest = max(self.longest, now - last - LOOK_SECONDS)
            last = now


async def main(given: dict[str, Any]) -> None:
    logs.configure(given.get("log", "WARNING"), as_json=True)
    settings = read(given["env"], ROOT / "content")
    if "rate" in given:
        settings = replace(settings, send_rate=float(given["rate"]))
    clock, stop = Clock(datetime.fromisoformat(given["now"])), asyncio.Event()
    begin = time.perf_counter()
    async with assemble(settings, clock, shelf()) as app:
        opened = time.perf_counter() - begin
        running = asyncio.create_task(serve(app, given.get("role", "all"), stop))
        while app.pulse.last_tick is None and not running.done():  # noqa: ASYNC110  (the pulse has no event for it)
            await asyncio.sleep(0.01)
        stalls = Stalls()
        watching = asyncio.create_task(stalls.watch())
        tell(opened=opened)
        async for order in orders():
            _obey(order, app, clock, stalls)
        watching.cancel()
        stop.set()
        with suppress(asyncio.CancelledError):
            await running


def _obey(order: dict[str, Any], app: App, clock: Clock, stalls: Stalls) -> None:
    match order["do"]:
        case "when":  # the instant of that time of the bot's clock, on the clock that all share
            due = datetime.fromisoformat(order["at"])
            tell(at=time.monotonic() + (due - clock()).total_seconds())
        case "cost":
            used = resource.getrusage(resource.RUSAGE_SELF)
            in_time = app.pulse.registry.get_sample_value(f"{SETTLING}_bucket", {"le": "0.05"})
            settled = app.pulse.registry.get_sample_value(f"{SETTLING}_count")
            tell(
                cpu=time.process_time(),
                memory=used.ru_maxrss / 1024,
                resident=_resident(),
                stall=stalls.longest,
                settled=settled,
                settled_in_time=in_time,
            )
            stalls.longest = 0.0
        case other:
            raise ValueError(other)


def _resident() -> float:
    """Megabytes that the process holds just now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / (1 << 20)


if __name__ == "__main__":
    asyncio.run(main(json.loads(sys.argv[1])))
