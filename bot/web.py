"""The web side: Telegram's webhook, health, metrics."""

import asyncio
import hashlib
import hmac
import ipaddress
import json
import socket
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp.web import BaseRequest, RequestHandler, RequestPayloadError, Response, Server
from prometheus_client import generate_latest

from bot.domain.errors import NotReady
from bot.pulse import Pulse

LARGEST_BODY = 1 << 20
DEEPEST = 64
ALIVE = "alive\n"
HEAD_SECONDS = 10.0
BODY_SECONDS = 10.0
SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105  (a header's name)
KEPT_SECONDS = 75.0  # an idle connection
LINGERING_SECONDS = 0.3  # for whoever still sends what was refused, so that the answer is read
_NO_VERSION = {"Server": "bot"}  # aiohttp would tell its own
Answer = Callable[[BaseRequest], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Doors:
    """What stands behind each address. `secret` and `update` are None while polling.

    `patience`: the seconds that a body may take.
    """

    pulse: Pulse
    troubles: Callable[[], Awaitable[tuple[str, ...]]]
    metrics_token: str | None = None
    secret: str | None = None
    update: Callable[[dict[str, Any]], Awaitable[None]] | None = None
    patience: float = BODY_SECONDS


def webhook_path(token: str) -> str:
    """The secret path: nobody guesses it, and it does not tell the token."""
    return f"/telegram/{hashlib.sha256(f'path:{token}'.encode()).hexdigest()[:32]}"


class Site:
    """The addresses of the contract; `path` is that of the webhook, None while polling."""

    def __init__(self, doors: Doors, path: str | None = None) -> None:
        self._doors = doors
        self._path = path if doors.update is not None else None
        self._shown = {"/healthz": _healthz, "/readyz": _readyz, "/metrics": _metrics}

    async def answer(self, request: BaseRequest) -> Response:
        if request.path == self._path:
            if request.method != "POST":
                return _said("only POST\n", 405)
            return await _receive(request, self._doors)
        show = self._shown.get(request.path)
        if show is None:
            return _said("not found\n", 404)
        if request.method not in ("GET", "HEAD"):
            return _said("only GET\n", 405)
        return await show(request, self._doors)


class Listener:
    """Answers at a port until `end`; `patience`: the seconds that the head of a request may take.

    It is aiohttp's plain server: 45 µs a request, where uvicorn with h11 and Starlette took 200.
    """

    def __init__(self, site: Site, patience: float = HEAD_SECONDS) -> None:
        self._site = site
        self._patience = patience
        self._ending = asyncio.Event()
        self.started = asyncio.Event()

    async def serve(self, bound: socket.socket) -> None:
        """Returns once all that was under way at the end has been answered."""
        lines = _Lines(self._answer, self._patience)
        listening = await asyncio.get_running_loop().create_server(lines, sock=bound)
        self.started.set()
        try:
            await self._ending.wait()
        finally:
            listening.close()
            lines.pre_shutdown()  # who only waits is let go
            await lines.shutdown(None)

    def end(self) -> None:
        self._ending.set()

    async def _answer(self, request: BaseRequest) -> Response:
        line = request.protocol
        if not isinstance(line, _Hurried):
            raise TypeError(line)
        with line.answering():
            return await self._site.answer(request)


class _Lines(Server):
    """aiohttp's server, with connections of our own kind."""

    def __init__(self, answer: Answer, patience: float) -> None:
        super().__init__(answer)
        self._patience = patience

    def __call__(self) -> RequestHandler:
        return _Hurried(self, self._patience)


class _Hurried(RequestHandler):
    """A connection, but who has not sent a whole head after so many seconds is cut off.

    aiohttp itself waits for ever, and a stranger who sends a byte now and then would hold a
    connection for each of them.
    """

    __slots__ = ("_answering", "_deadline", "_patience")

    def __init__(self, lines: Server, patience: float) -> None:
        super().__init__(
            lines,
            loop=asyncio.get_running_loop(),
            keepalive_timeout=KEPT_SECONDS,
            lingering_time=LINGERING_SECONDS,
            access_log=None,  # type: ignore[arg-type]  # as aiohttp's own runner passes it
            auto_decompress=False,  # a small body could become a huge one
        )
        self._patience = patience
        self._deadline: asyncio.TimerHandle | None = None
        self._answering = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._expect()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if not self._answering:
            self._expect()

    def connection_lost(self, exc: BaseException | None) -> None:
        self._arrived()
        super().connection_lost(exc)

    @contextmanager
    def answering(self) -> Iterator[None]:
        """A whole head has come; what belongs to it has limits of its own."""
        self._arrived()
        self._answering = True
        try:
            yield
        finally:
            self._answering = False

    def _expect(self) -> None:
        if self._deadline is None:
            self._deadline = asyncio.get_running_loop().call_later(self._patience, self._cut)

    def _arrived(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _cut(self) -> None:
        if self.transport is not None:
            self.transport.abort()


async def _healthz(_request: BaseRequest, _doors: Doors) -> Response:
    return _said(ALIVE)


async def _readyz(_request: BaseRequest, doors: Doors) -> Response:
    troubles = await doors.troubles()
    said = {
        "ready": not troubles,
        "standby": doors.pulse.stands_by,  # ready to take over: no reason to end it
        "troubles": troubles,
    }
    return _said(json.dumps(said), 503 if troubles else 200, "application/json")


async def _metrics(request: BaseRequest, doors: Doors) -> Response:
    if not may_read(request.headers, request.remote, doors.metrics_token):
        return _said("forbidden\n", 403)
    return _said(generate_latest(doors.pulse.registry).decode())


def _said(words: str, status: int = 200, kind: str = "text/plain") -> Response:
    return Response(text=words, status=status, content_type=kind, headers=_NO_VERSION)


async def _receive(request: BaseRequest, doors: Doors) -> Response:
    """One update: refused without the secret, 2xx only after it was handled."""
    given = request.headers.get(SECRET_HEADER, "")
    if not hmac.compare_digest(given.encode(), (doors.secret or "").encode()) or not doors.secret:
        return _said("forbidden\n", 403)
    try:
        async with asyncio.timeout(doors.patience):
            body = await _body(request)
    except TimeoutError:
        return _said("too slow\n", 408)
    if body is None:
        return _said("too large\n", 413)
    update = _parsed(body)
    if update is None or doors.update is None:
        return _said("not an update\n", 400)
    try:
        await doors.update(update)
    except NotReady:  # not handled: Telegram is to bring it again
        return _said("later\n", 503)
    return _said("ok\n")


async def _body(request: BaseRequest) -> bytes | None:
    """The body within its limit, without reading more than that."""
    if request.headers.get("Expect", "").lower() == "100-continue":
        await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    parts = bytearray()
    try:
        async for chunk in request.content.iter_any():
            parts += chunk
            if len(parts) > LARGEST_BODY:
                return None
    except (RequestPayloadError, ConnectionError):
        return b""
    return bytes(parts)


def _parsed(body: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not isinstance(found.get("update_id"), int):
        return None
    return found if _depth(found) <= DEEPEST else None


def _depth(value: object) -> int:
    """How deep it nests, counted level by level: recursion is what a deep body attacks."""
    depth, level = 0, [value]
    while level and depth <= DEEPEST:
        depth += 1
        level = [
            child
            for node in level
            if isinstance(node, dict | list)
            for child in (node.values() if isinstance(node, dict) else node)
        ]
    return depth


def may_read(headers: Mapping[str, str], caller: str | None, token: str | None) -> bool:
    """With a token: whoever bears it. Without: this machine and private networks, unproxied."""
    if token:
        given = headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    if caller is None or "X-Forwarded-For" in headers:
        return False
    try:
        return ipaddress.ip_address(caller).is_private
    except ValueError:
        return False
