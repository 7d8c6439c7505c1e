"""The web side from the first moment of a process to its last.

A platform asks whether the new process lives before it ends the old one: so health is told while
the content is still being read, while Telegram is out of reach, and while another process holds
the lease. In webhook mode a standby answers people too; what one may do alone are the pushes.
"""

import asyncio
import errno
import socket
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

import aiohttp
import structlog

from bot.app.assembly import App, Clock, ready_database
from bot.app.lease import LIFE, STOP_SECONDS, names_of
from bot.app.site import troubles
from bot.config import Settings
from bot.domain.errors import NotReady, SettingWrong
from bot.handlers.inbox import Inbox
from bot.pulse import Pulse
from bot.web import ALIVE, Doors, server, site, webhook_path

READING, MEETING = "the content is being read", "Telegram has not answered yet"
LISTEN_AGAIN_SECONDS = 0.1
HEALTH_SECONDS = 1.0
log = structlog.get_logger()


class Front:
    """Open it with `async with`; nothing listens where no port is set."""

    def __init__(self, settings: Settings, role: str, pulse: Pulse) -> None:
        self._port = settings.port_of(role)
        self._names = names_of(role, webhook=settings.webhook_url is not None)
        self._settings = settings
        self._app: App | None = None
        self._inbox: Inbox | None = None
        self.waits_for = READING
        self.takes_updates = settings.webhook_url is not None and role in ("all", "web")
        doors = Doors(
            pulse,
            self._troubles,
            settings.metrics_token,
            settings.webhook_secret if self.takes_updates else None,
            self._update if self.takes_updates else None,
        )
        path = webhook_path(settings.need_token())
        self._server = server(site(doors, path), self._port or 0)
        self.serving: tuple[asyncio.Task[None], ...] = ()
        self._ends_at: float | None = None  # of the loop's seconds

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        await self.close()

    async def begin(self, clock: Clock) -> None:
        """Listen; where another process of ours has the port, it may wait until that one is gone.

        Raises SettingWrong where the port is anybody else's.
        """
        if self._listen() or self._port is None or await _is_alive(self._port):
            return  # where one of ours reads its content just now, it has no lease as yet
        if not await self._is_standby(clock):
            raise SettingWrong(self._taken)

    async def listening(self) -> None:
        """Returns once somebody answers at the port; the last one there may still be ending."""
        clock = asyncio.get_running_loop().time
        until = clock() + 2 * STOP_SECONDS
        while not self._listen():
            if clock() > until:
                raise SettingWrong(self._taken)
            await asyncio.sleep(LISTEN_AGAIN_SECONDS)
        while self.serving and not self._server.started:  # noqa: ASYNC110  (uvicorn has no event for it)
            await asyncio.sleep(0.02)

    def open(self, app: App, inbox: Inbox) -> None:
        """From here on updates are handled, and `/readyz` looks at the bot itself."""
        self._app, self._inbox = app, inbox

    def end(self) -> None:
        """Nothing new is taken; what is under way has its time, from now on."""
        self._server.should_exit = True
        self._ends_at = self._ends_at or asyncio.get_running_loop().time() + STOP_SECONDS

    async def close(self) -> None:
        """Once what is under way was answered, or has had its time."""
        self.end()
        if self.serving and self._ends_at is not None:
            left = max(self._ends_at - asyncio.get_running_loop().time(), 0.0)
            _, late = await asyncio.wait(self.serving, timeout=left)
            for task in late:
                task.cancel()

    @property
    def _taken(self) -> str:
        return f"PORT {self._port} is taken by another program: end that one, or set another PORT"

    def _listen(self) -> bool:
        """False where the port is taken."""
        if self._port is None or self.serving:
            return True
        bound = _bound(self._port)
        if bound is None:
            return False
        # Without uvicorn's own signal handlers, which would end the process behind our back.
        self.serving = (asyncio.create_task(self._server._serve([bound])),)
        return True

    async def _is_standby(self, clock: Clock) -> bool:
        """Whether another process lives on our database: then the port may well be its own."""
        if not self._names:
            return False
        database = await ready_database(self._settings)
        try:
            async with database.reading() as unit:
                now = await unit.leases.clock() or clock()
                held = [await unit.leases.get(name) for name in self._names]
        finally:
            await database.close()
        return any(lease is not None and not lease.ended(now, LIFE) for lease in held)

    async def _troubles(self) -> tuple[str, ...]:
        return (self.waits_for,) if self._app is None else await troubles(self._app)

    async def _update(self, raw: dict[str, Any]) -> None:
        if self._app is None or self._inbox is None:
            raise NotReady(self.waits_for)
        self._app.pulse.last_poll = self._app.clock()
        await self._inbox.try_once(raw)


async def _is_alive(port: int) -> bool:
    """Whether what listens there tells of its health as we do."""
    timeout = aiohttp.ClientTimeout(total=HEALTH_SECONDS)
    with suppress(aiohttp.ClientError, TimeoutError, ValueError):
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(f"http://127.0.0.1:{port}/healthz") as response,
        ):
            return await response.text() == ALIVE
    return False


def _bound(port: int) -> socket.socket | None:
    """Listening on all of the machine's addresses; None where the port is taken."""
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind(("0.0.0.0", port))  # noqa: S104  (a platform's router comes from outside)
        bound.listen(2048)
    except OSError as error:
        bound.close()
        if error.errno == errno.EADDRINUSE:
            return None
        raise SettingWrong(
            f"PORT {port} cannot be opened ({error.strerror}): take one from 1024 up"
        ) from error
    return bound
