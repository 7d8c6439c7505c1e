"""The demo answers its own page on this machine, and nobody else."""

from contextlib import closing

import aiohttp
import pytest

from bot.demo.server import bound_socket
from bot.demo.standin import StandIn

PAGES = ("/", "/control/people", "/main.js")


@pytest.mark.parametrize("host", ["evil.example", "192.168.0.7:8000", "127.0.0.1.evil.example"])
@pytest.mark.parametrize("path", PAGES)
async def test_another_host_is_refused(tg: StandIn, host: str, path: str) -> None:
    assert await _status(tg, path, Host=host) == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "http://127.0.0.1:1", "null"])
@pytest.mark.parametrize("path", PAGES)
async def test_a_page_of_another_origin_is_refused(tg: StandIn, origin: str, path: str) -> None:
    assert await _status(tg, path, Origin=origin) == 403


@pytest.mark.parametrize("path", PAGES)
async def test_the_own_page_is_answered(tg: StandIn, path: str) -> None:
    assert await _status(tg, path, Origin=tg.origin) == 200


def test_it_listens_on_loopback_alone() -> None:
    with closing(bound_socket(0)) as bound:
        assert bound.getsockname()[0] == "127.0.0.1"


async def test_the_page_lets_in_nothing_from_elsewhere(tg: StandIn) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{tg.origin}/") as answer:
        policy = answer.headers["Content-Security-Policy"]

        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "A demo." in await answer.text()


async def _status(tg: StandIn, path: str, **headers: str) -> int:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{tg.origin}{path}", headers=headers) as answer,
    ):
        return answer.status
