"""The HTTP side: the Bot API's addresses, the control API, the page; loopback alone."""

import asyncio
import json
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC
from email.utils import format_datetime
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.demo.api import Answer, Api
from bot.demo.faults import Faults
from bot.demo.files import Files
from bot.demo.hosts import is_loopback, is_own_origin
from bot.demo.lines import Lines, protocol_on
from bot.demo.reading import read
from bot.demo.refusals import Refused
from bot.demo.waiting import hanging_up

STOP_SECONDS = 2.0
PAGE = Path(__file__).with_name("page")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_SAME_ORIGIN = (b"cross-origin-resource-policy", b"same-origin")
_UNAUTHORIZED = Refused(401, "Unauthorized")


class OwnOnly:
    """Refuses a Host that is not this machine, and a page of another origin."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Request(scope).headers
        host = headers.get("host", "")
        if is_loopback(host) and is_own_origin(headers.get("origin"), host):
            await self._app(scope, receive, _for_own_pages(send))
            return
        refusal = PlainTextResponse("This demo answers its own page on this machine only.", 403)
        await refusal(scope, receive, send)


def _for_own_pages(send: Send) -> Send:
    """No page of another origin may show what is sent, not even as a picture."""

    async def marked(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], _SAME_ORIGIN]
        await send(message)

    return marked


class BotApi:
    """`/bot<TOKEN>/<method>` and `/file/bot<TOKEN>/<path>`."""

    def __init__(self, token: str, api: Api, files: Files, faults: Faults, lines: Lines) -> None:
        self._token = token
        self._api = api
        self._files = files
        self._faults = faults
        self._lines = lines

    def routes(self) -> list[BaseRoute]:
        methods = ["GET", "POST"]
        return [
            Route("/bot{token}/{method}", self._call, methods=methods),
            Route("/file/bot{token}/{path:path}", self._file, methods=["GET"]),
        ]

    async def _call(self, request: Request) -> Response:
        if request.client is not None:
            self._lines.used_by_bot((request.client.host, request.client.port))
        if request.path_params["token"] != self._token:
            return JSONResponse(_UNAUTHORIZED.body(), 401)
        try:
            given = await read(request)
        except Refused as refusal:
            return JSONResponse(refusal.body(), refusal.code)
        answer = await self._api.call(request.path_params["method"], given, hanging_up(request))
        return await self._respond(request, answer)

    async def _file(self, request: Request) -> Response:
        if self._faults.out:
            return await self._cut(request)
        stored = self._files.at(request.path_params["path"])
        if request.path_params["token"] != self._token or stored is None:
            return JSONResponse(Refused(404, "Not Found").body(), 404)
        return Response(stored.upload.content, media_type="application/octet-stream")

    async def _respond(self, request: Request, answer: Answer) -> Response:
        if answer.cut:
            return await self._cut(request)
        wait = answer.body.get("parameters", {}).get("retry_after")
        headers = {"Date": format_datetime(self._api.now().astimezone(UTC), usegmt=True)}
        if wait:
            headers["Retry-After"] = str(wait)
        body = json.dumps(answer.body, ensure_ascii=False)
        return Response(body, answer.status, headers, media_type="application/json")

    async def _cut(self, request: Request) -> Response:
        """Close the connection; what is returned goes nowhere."""
        if request.client is not None:
            self._lines.cut((request.client.host, request.client.port))
        await asyncio.sleep(0)
        return Response(status_code=502)


class Page(StaticFiles):
    """The chat page's files, with headers that let in nothing from elsewhere."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Content-Security-Policy"] = _POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cache-Control"] = "no-store"
        return response


def application(routes: Sequence[BaseRoute]) -> Starlette:
    """All routes, then the page for what is left."""
    page = Mount("/", Page(directory=PAGE, html=True))
    return Starlette(routes=[*routes, page], middleware=[Middleware(OwnOnly)])


class Listener(uvicorn.Server):
    """uvicorn inside a loop that is not its own: signals are left to whoever has the loop.

    It starts and stops at once instead of looking around ten times a second.
    """

    def __init__(self, config: uvicorn.Config, lines: Lines) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()
        self.enough = asyncio.Event()
        self._lines = lines

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    async def main_loop(self) -> None:
        await self.enough.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """No new callers, and those who wait are cut off."""
        for server in self.servers:
            server.close()
        for bound in sockets or ():
            bound.close()
        self._lines.cut_all()
        if self.server_state.tasks:
            await asyncio.wait(self.server_state.tasks, timeout=STOP_SECONDS)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def listener(app: Starlette, lines: Lines) -> Listener:
    config = uvicorn.Config(
        app,
        http=protocol_on(lines),
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        timeout_keep_alive=75,
    )
    return Listener(config, lines)


def bound_socket(port: int) -> socket.socket:
    """A loopback socket; port 0 lets the system choose. Raises OSError where it is taken.

    The protocol is named so that asyncio turns off Nagle's delay: without it each answer
    takes 40 ms.
    """
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind(("127.0.0.1", port))
    except OSError:
        bound.close()
        raise
    return bound
