"""`bot demo`: the bot, whole, in a browser. The only file outside that enters the demo's room."""

import argparse
import asyncio
import sys
from contextlib import AbstractAsyncContextManager

from bot.app.assembly import App, Clock, assemble, wall_clock
from bot.app.life import serve, stop_signal
from bot.coach.shelf import Shelf
from bot.config import Settings
from bot.demo.theatre import Said, theatre
from bot.shell.out import say

DEMO_PORT = 8000


def demo(settings: Settings, given: argparse.Namespace) -> int:
    """The same bot, unchanged, against the stand-in, with a database that goes with it."""
    asyncio.run(_demo(settings, given.port or settings.port or DEMO_PORT))
    return 0


async def _demo(settings: Settings, port: int) -> None:
    """The content comes first: whoever opens the page is answered at once."""
    stop = stop_signal()
    print("Reading the content (the very first time: up to a minute) …", file=sys.stderr)  # noqa: T201
    shelf = await asyncio.to_thread(Shelf.open, settings.content, settings.cache)

    def build(own: Settings, clock: Clock, said: Said) -> AbstractAsyncContextManager[App]:
        return assemble(own, clock, shelf, said)

    async with theatre(settings, build, wall_clock, port) as play:
        say(f"The demo is at {play.telegram.origin} (Ctrl-C ends it; nothing of it is kept)")
        await serve(play.app, "all", stop)
