"""The web side: health for a host, metrics for Prometheus, the webhook for Telegram alone."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from bot.pulse import Pulse
from bot.web import (
    BODY_SECONDS,
    HEAD_SECONDS,
    LARGEST_BODY,
    SECRET_HEADER,
    Doors,
    Listener,
    Site,
    may_read,
    webhook_path,
)

START = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
SECRET = "a-secret-of-the-test"
PATH = webhook_path("1000001:stand-in-for-telegram")


class Asked:
    """What reached the bot, and what health says."""

    def __init__(self) -> None:
        self.updates: list[dict[str, Any]] = []
        self.now = START
        self.pulse = Pulse(START)

    async def update(self, raw: dict[str, Any]) -> None:
        self.updates.append(raw)

    async def troubles(self) -> tuple[str, ...]:
        return self.pulse.troubles(self.now)


@pytest.fixture
def asked() -> Asked:
    return Asked()


@asynccontextmanager
async def client(
    asked: Asked, token: str | None = None, patience: float = BODY_SECONDS
) -> AsyncIterator[httpx.AsyncClient]:
    doors = Doors(asked.pulse, asked.troubles, token, SECRET, asked.update, patience)
    async with served(Site(doors, PATH)) as port, httpx.AsyncClient() as web:
        web.base_url = f"http://127.0.0.1:{port}"
        yield web


async def post(asked: Asked, body: bytes, secret: str | None = SECRET) -> int:
    headers = {SECRET_HEADER: secret} if secret is not None else {}
    async with client(asked) as web:
        return (await web.post(PATH, content=body, headers=headers)).status_code


async def test_an_update_with_the_secret_is_handled_before_the_answer(asked: Asked) -> None:
    status = await post(asked, b'{"update_id": 7}')

    assert status == 200
    assert asked.updates == [{"update_id": 7}]


@pytest.mark.parametrize("secret", [None, "", "wrong", "ä"])
async def test_a_stranger_is_refused_and_nothing_is_handled(
    asked: Asked, secret: str | None
) -> None:
    headers = {SECRET_HEADER.encode(): secret.encode()} if secret is not None else {}
    async with client(asked) as web:
        answer = await web.post(PATH, content=b'{"update_id": 7}', headers=headers)

    assert answer.status_code == 403
    assert asked.updates == []


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'"x"', b'{"update_id": "7"}', b"\xff\xfe", b'{"message": {}}']
)
async def test_what_is_not_an_update_is_a_bad_request(asked: Asked, body: bytes) -> None:
    assert await post(asked, body) == 400
    assert asked.updates == []


async def test_a_body_over_a_mebibyte_is_too_large(asked: Asked) -> None:
    assert await post(asked, b" " * (LARGEST_BODY + 1)) == 413


@pytest.mark.parametrize("depth", [200, 100_000])
async def test_a_body_that_nests_too_deep_is_a_bad_request(asked: Asked, depth: int) -> None:
    deep = b'{"update_id": 7, "message": ' + b"[" * depth + b"]" * depth + b"}"

    assert await post(asked, deep) == 400


async def test_a_body_that_takes_too_long_is_given_up(asked: Asked) -> None:
    head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\n{SECRET_HEADER}: {SECRET}\r\n"
    doors = Doors(asked.pulse, asked.troubles, None, SECRET, asked.update, patience=0.05)
    async with served(Site(doors, PATH)) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(head.encode() + b"Content-Length: 99\r\n\r\n{")
        answer = await asyncio.wait_for(reader.readline(), 30)
        writer.close()

    assert answer.startswith(b"HTTP/1.1 408")
    assert asked.updates == []


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"GET /healthz HTTP/1.1\r\nHost: x\r\n",
        b"POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nx",
    ],
)
async def test_who_says_a_byte_now_and_then_holds_no_connection(asked: Asked, begun: bytes) -> None:
    doors = Doors(asked.pulse, asked.troubles, None, SECRET, asked.update)
    async with served(Site(doors, PATH), patience=0.1) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(begun)
        dribble = asyncio.create_task(_dribble(writer))
        async with asyncio.timeout(30):
            with suppress(ConnectionError):
                while await reader.read(1000):
                    pass
        dribble.cancel()
        writer.close()


async def _dribble(writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.01)


async def test_a_connection_may_be_used_again(asked: Asked) -> None:
    doors = Doors(asked.pulse, asked.troubles, None, SECRET, asked.update)
    async with served(Site(doors, PATH), patience=0.1) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(2):
            writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            head = await reader.readuntil(b"alive\n")
            await asyncio.sleep(0.2)  # idle for longer than a head may take

            assert head.startswith(b"HTTP/1.1 200")
        writer.close()


@asynccontextmanager
async def served(site: Site, patience: float = HEAD_SECONDS) -> AsyncIterator[int]:
    """The port of this machine at which it answers."""
    listener = Listener(site, patience)
    with socket.create_server(("127.0.0.1", 0)) as bound:
        serving = asyncio.create_task(listener.serve(bound))
        await listener.started.wait()
        try:
            yield bound.getsockname()[1]
        finally:
            listener.end()
            await serving


async def test_the_secret_path_does_not_tell_the_token() -> None:
    assert "stand-in" not in PATH
    assert webhook_path("1000002:another") != PATH


async def test_what_is_not_there_is_not_found_and_the_webhook_is_for_posts_alone(
    asked: Asked,
) -> None:
    async with client(asked) as web:
        answers = [
            (await web.get("/")).status_code,
            (await web.get(PATH)).status_code,
            (await web.post("/healthz")).status_code,
        ]

    assert answers == [404, 405, 405]


async def test_an_answer_tells_no_version_of_what_serves_it(asked: Asked) -> None:
    async with client(asked) as web:
        answer = await web.get("/healthz")

    assert answer.headers["server"] == "bot"


async def test_alive_is_alive(asked: Asked) -> None:
    async with client(asked) as web:
        assert (await web.get("/healthz")).status_code == 200


async def test_ready_says_what_is_not_well(asked: Asked) -> None:
    asked.now = START + timedelta(minutes=5)
    async with client(asked) as web:
        answer = await web.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["troubles"] == [
        "the tick is late",
        "no word from Telegram for two minutes",
    ]


async def test_ready_is_ready_while_tick_and_poll_are_fresh(asked: Asked) -> None:
    asked.now = START + timedelta(minutes=5)
    asked.pulse.last_tick = asked.pulse.last_poll = asked.now
    async with client(asked) as web:
        answer = await web.get("/readyz")

    assert (answer.status_code, answer.json()["troubles"]) == (200, [])


@pytest.mark.parametrize(
    ("caller", "may"),
    [("127.0.0.1", True), ("10.1.2.3", True), ("93.184.216.34", False), ("nonsense", False)],
)
def test_metrics_without_a_token_are_for_this_machine_and_private_networks(
    caller: str, may: bool
) -> None:
    assert may_read({}, caller, None) is may


async def test_metrics_behind_a_proxy_need_the_token(asked: Asked) -> None:
    async with client(asked) as web:
        own = await web.get("/metrics")
        answer = await web.get("/metrics", headers={"X-Forwarded-For": "93.184.216.34"})

    assert (own.status_code, answer.status_code) == (200, 403)


async def test_metrics_open_to_whoever_bears_the_token(asked: Asked) -> None:
    asked.pulse.updates.labels("handled").inc()
    async with client(asked, token="sesame") as web:
        refused = await web.get("/metrics")
        given = await web.get("/metrics", headers={"Authorization": "Bearer sesame"})

    assert refused.status_code == 403
    assert 'bot_updates_total{outcome="handled"} 1.0' in given.text
