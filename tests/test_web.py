"""The web side: health for a host, metrics for Prometheus, the webhook for Telegram alone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
import uvicorn

from bot.pulse import Pulse
from bot.web import LARGEST_BODY, LARGEST_HEAD, SECRET_HEADER, Doors, server, site, webhook_path

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


def client(asked: Asked, caller: str = "127.0.0.1", token: str | None = None) -> httpx.AsyncClient:
    doors = Doors(asked.pulse, asked.troubles, token, SECRET, asked.update)
    transport = httpx.ASGITransport(site(doors, PATH), client=(caller, 5000))
    return httpx.AsyncClient(transport=transport, base_url="http://bot.example")


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
    async def slow() -> AsyncIterator[bytes]:
        yield b'{"update_id": '
        await asyncio.Event().wait()

    doors = Doors(asked.pulse, asked.troubles, None, SECRET, asked.update, patience=0.05)
    transport = httpx.ASGITransport(site(doors, PATH))
    async with httpx.AsyncClient(transport=transport, base_url="http://bot.example") as web:
        answer = await web.post(PATH, content=slow(), headers={SECRET_HEADER: SECRET})

    assert answer.status_code == 408
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
    async with served(server(site(doors, PATH), 0, "127.0.0.1", patience=0.1)) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(begun)
        dribble = asyncio.create_task(_dribble(writer))
        async with asyncio.timeout(30):
            with suppress(ConnectionError):
                while await reader.read(1000):
                    pass
        dribble.cancel()
        writer.close()


async def test_a_head_without_an_end_is_cut_off_before_it_fills_the_memory(asked: Asked) -> None:
    doors = Doors(asked.pulse, asked.troubles, None, SECRET, asked.update)
    async with served(server(site(doors, PATH), 0, "127.0.0.1")) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /healthz HTTP/1.1\r\nx: ")
        with pytest.raises(ConnectionError):
            await _pour(writer)
        writer.close()

    assert reader.at_eof() or reader.exception() is not None


async def _pour(writer: asyncio.StreamWriter) -> None:
    for _ in range(1000):
        writer.write(b"x" * LARGEST_HEAD)
        await writer.drain()


async def _dribble(writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.01)


async def test_a_connection_may_be_used_again(asked: Asked) -> None:
    doors = Doors(asked.pulse, asked.troubles, None, SECRET, asked.update)
    async with served(server(site(doors, PATH), 0, "127.0.0.1", patience=0.1)) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(2):
            writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            head = await reader.readuntil(b"alive\n")
            await asyncio.sleep(0.2)  # idle for longer than a head may take

            assert head.startswith(b"HTTP/1.1 200")
        writer.close()


@asynccontextmanager
async def served(one: uvicorn.Server) -> AsyncIterator[int]:
    serving = asyncio.create_task(one.serve())
    while not one.started:  # noqa: ASYNC110  (uvicorn has no event for it)
        await asyncio.sleep(0.01)
    try:
        port: int = one.servers[0].sockets[0].getsockname()[1]
        yield port
    finally:
        one.should_exit = True
        await serving


async def test_the_secret_path_does_not_tell_the_token() -> None:
    assert "stand-in" not in PATH
    assert webhook_path("1000002:another") != PATH


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
    ("caller", "status"),
    [("127.0.0.1", 200), ("10.1.2.3", 200), ("93.184.216.34", 403), ("nonsense", 403)],
)
async def test_metrics_without_a_token_are_for_this_machine_and_private_networks(
    asked: Asked, caller: str, status: int
) -> None:
    async with client(asked, caller) as web:
        assert (await web.get("/metrics")).status_code == status


async def test_metrics_behind_a_proxy_need_the_token(asked: Asked) -> None:
    async with client(asked) as web:
        answer = await web.get("/metrics", headers={"X-Forwarded-For": "93.184.216.34"})

    assert answer.status_code == 403


async def test_metrics_open_to_whoever_bears_the_token(asked: Asked) -> None:
    asked.pulse.updates.labels("handled").inc()
    async with client(asked, "93.184.216.34", token="sesame") as web:
        refused = await web.get("/metrics")
        given = await web.get("/metrics", headers={"Authorization": "Bearer sesame"})

    assert refused.status_code == 403
    assert 'bot_updates_total{outcome="handled"} 1.0' in given.text
