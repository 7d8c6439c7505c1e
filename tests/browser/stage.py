"""The demo in this process, on a wall clock that begins where a test says."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime, timedelta

from bot.app.assembly import App, Clock, assemble
from bot.app.life import serve
from bot.coach.shelf import Shelf
from bot.config import Settings, read
from bot.demo.stage import Play
from bot.demo.theatre import Said, theatre
from tests.house import ROOT

FRIDAY = datetime(2026, 3, 27, 8, 0, tzinfo=UTC)  # two days before Europe changes its clocks


def running_from(start: datetime) -> Callable[[], datetime]:
    """A clock that shows `start` now and runs on."""
    begun = time.monotonic()
    return lambda: start + timedelta(seconds=time.monotonic() - begun)


@asynccontextmanager
async def demo(shelf: Shelf, start: datetime = FRIDAY) -> AsyncIterator[Play]:
    """Page and bot, answering; port and database are its own."""
    settings = read({}, ROOT / "content")

    def build(own: Settings, clock: Clock, said: Said) -> AbstractAsyncContextManager[App]:
        return assemble(own, clock, shelf, said)

    async with theatre(settings, build, running_from(start), port=0) as play:
        stop = asyncio.Event()
        serving = asyncio.create_task(serve(play.app, "all", stop))
        try:
            yield play
        finally:
            stop.set()
            await serving
