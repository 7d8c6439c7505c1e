"""The web side: Telegram's webhook, health, metrics."""

import asyncio
import hashlib
import hmac
import ipaddress
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import structlog
import uvicorn
from prometheus_client import generate_latest
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bot.domain.errors import NotReady
from bot.pulse import Pulse

LARGEST_HEAD = 1 << 16
LARGEST_BODY = 1 << 20
DEEPEST = 64
ALIVE = "alive\n"
HEAD_SECONDS = 10.0
BODY_SECONDS = 10.0
SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105  (a header's name)
log = structlog.get_logger()


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


def site(doors: Doors, path: str | None = None) -> Starlette:
    """The addresses of the contract; `path` is that of the webhook, None while polling."""

    async def healthz(_: Request) -> Response:
        return PlainTextResponse(ALIVE)

    async def readyz(_: Request) -> Response:
        troubles = await doors.troubles()
        said = {
            "ready": not troubles,
            "standby": doors.pulse.stands_by,  # ready to take over: no reason to end it
            "troubles": troubles,
        }
        return JSONResponse(said, 503 if troubles else 200)

    async def metrics(request: Request) -> Response:
        if not _may_read(request, doors.metrics_token):
            return PlainTextResponse("forbidden\n", 403)
        return Response(generate_latest(doors.pulse.registry), media_type="text/plain")

    async def webhook(request: Request) -> Response:
        return await _receive(request, doors)

    routes = [Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", metrics)]
    if path is not None and doors.update is not None:
        routes.append(Route(path, webhook, methods=["POST"]))
    return Starlette(routes=routes)


def server(
    app: Starlette,
    port: int,
    host: str = "0.0.0.0",  # noqa: S104  (a platform's router comes from outside)
    patience: float = HEAD_SECONDS,
) -> uvicorn.Server:
    """uvicorn without signal handlers or logs of its own: both are the app's."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            http=type("Hurried", (_Hurried,), {"patience": patience}),
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_keep_alive=75,
            lifespan="off",
        )
    )


class _Hurried(HttpToolsProtocol):
    """HTTP, but who has not sent a whole head within so many seconds and bytes is cut off.

    uvicorn itself waits for ever, and a stranger who sends a byte now and then would hold a
    connection for each of them.
    """

    patience = HEAD_SECONDS
    _deadline: asyncio.TimerHandle | None = None
    _head = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self._expect()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._arrived()
            return
        self._expect()
        self._head += len(data)
        if self._head > LARGEST_HEAD:
            self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self._arrived()
        super().connection_lost(exc)

    def _expect(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(self.patience, self.transport.abort)

    def _arrived(self) -> None:
        self._head = 0
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


async def _receive(request: Request, doors: Doors) -> Response:
    """One update: refused without the secret, 2xx only after it was handled."""
    given = request.headers.get(SECRET_HEADER, "")
    if not hmac.compare_digest(given.encode(), (doors.secret or "").encode()) or not doors.secret:
        return PlainTextResponse("forbidden\n", 403)
    try:
        async with asyncio.timeout(doors.patience):
            body = await _body(request)
    except TimeoutError:
        return PlainTextResponse("too slow\n", 408)
    if body is None:
        return PlainTextResponse("too large\n", 413)
    update = _parsed(body)
    if update is None or doors.update is None:
        return PlainTextResponse("not an update\n", 400)
    try:
        await doors.update(update)
    except NotReady:  # not handled: Telegram is to bring it again
        return PlainTextResponse("later\n", 503)
    return PlainTextResponse("ok\n")


async def _body(request: Request) -> bytes | None:
    """The body within its limit, without reading more than that."""
    parts = bytearray()
    try:
        async for chunk in request.stream():
            parts += chunk
            if len(parts) > LARGEST_BODY:
                return None
    except ClientDisconnect:
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


def _may_read(request: Request, token: str | None) -> bool:
    """With a token: whoever bears it. Without: this machine and private networks, unproxied."""
    if token:
        given = request.headers.get("authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    if request.client is None or "x-forwarded-for" in request.headers:
        return False
    try:
        return ipaddress.ip_address(request.client.host).is_private
    except ValueError:
        return False
