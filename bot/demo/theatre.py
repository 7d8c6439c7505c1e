"""The whole bot against the stand-in, on a clock that can be put forward: what the demo runs."""

import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path

from bot.app.assembly import App
from bot.config import Secret, Settings
from bot.demo.clock import Clock, MovableClock
from bot.demo.glass import Glass
from bot.demo.journey import Journey
from bot.demo.stage import Play, Stage
from bot.demo.standin import DEMO_TOKEN, StandIn
from bot.domain.errors import NotReady
from bot.domain.messages import Message

Said = Callable[[int, Message], None]
Assemble = Callable[[Settings, Clock, Said], AbstractAsyncContextManager[App]]


@asynccontextmanager
async def theatre(
    settings: Settings, assemble: Assemble, wall: Clock, port: int
) -> AsyncIterator[Play]:
    """The page is served while this is open; the bot is put together, `serve` starts it.

    The database lies in a folder that goes with it. Raises NotReady where the port is taken.
    """
    clock = MovableClock(wall)
    stage = Stage()
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="coach-demo-"))
        telegram = StandIn(clock, port=port, routes=stage.routes())
        try:
            await stack.enter_async_context(telegram)
        except OSError as error:
            reason = f"port {port} cannot be used ({error.strerror}): choose another with --port"
            raise NotReady(reason) from None
        glass = Glass(telegram.calls, telegram.presses)
        own = _own(settings, telegram, Path(folder))
        app = await stack.enter_async_context(assemble(own, clock, glass.note))
        play = Play(app, telegram, Journey(app, telegram, clock), glass)
        stage.open(play)
        yield play


def _own(settings: Settings, telegram: StandIn, folder: Path) -> Settings:
    """The host's settings, but for what points to the real bot."""
    return replace(
        settings,
        token=Secret(DEMO_TOKEN),
        api_url=telegram.url,
        own_server=True,
        database_url=Secret(f"sqlite+aiosqlite:///{folder / 'demo.db'}"),
        webhook_url=None,
        port=None,
        heartbeat_url=None,
        admins=frozenset(),
    )
