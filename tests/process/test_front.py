"""What a platform asks of a process that starts, waits, stands by, or cannot have its port."""

import asyncio
import socket
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, closing
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.app.lease import LIFE
from bot.demo.standin import StandIn
from bot.domain.lease import Holder
from bot.storage.database import Database
from bot.storage.schema import migrate
from bot.web import ALIVE
from tests.process.test_process import PATIENCE, _run, running
from tests.process.test_webhook import free_port, now, replica, settings_of

OTHER = Holder("another", 1, "another machine")
POLLING = {"WEBHOOK_URL": ""}


async def asked(port: int, path: str) -> tuple[int, Any]:
    """Status and words; (0, "") where nobody answers."""
    try:
        async with (
            aiohttp.ClientSession() as client,
            client.get(f"http://127.0.0.1:{port}{path}") as answer,
        ):
            return answer.status, await (answer.json() if path == "/readyz" else answer.text())
    except aiohttp.ClientError:
        return 0, ""


async def until(port: int, path: str, wanted: Callable[[int, Any], bool]) -> tuple[int, Any]:
    """The first answer that is as wanted."""
    async with asyncio.timeout(PATIENCE):
        while not wanted(*(said := await asked(port, path))):  # noqa: ASYNC110  (of another program)
            await asyncio.sleep(0.02)
    return said


@asynccontextmanager
async def another_holds(folder: Path, *names: str) -> AsyncIterator[None]:
    """Another machine's process lives on the same database until the context ends."""
    database = await Database.open(f"sqlite+aiosqlite:///{folder / 'coach.db'}")
    await migrate(database)

    async def beat() -> None:
        while True:
            async with database.writing() as unit:
                for name in names:
                    await unit.leases.take(name, OTHER, now(), LIFE)
                    await unit.leases.beat(name, OTHER.owner, now())
            await asyncio.sleep(1)

    beating = asyncio.create_task(beat())
    await asyncio.sleep(0.05)
    try:
        yield
    finally:
        beating.cancel()
        async with database.writing() as unit:
            for name in names:
                await unit.leases.release(name, OTHER.owner)
        await database.close()


async def test_a_standby_is_alive_and_ready_and_says_that_it_stands_by(tmp_path: Path) -> None:
    async with StandIn(now) as telegram:
        settings = settings_of(tmp_path, telegram, **POLLING)
        port = settings.port or 0
        async with AsyncExitStack() as before:
            await before.enter_async_context(another_holds(tmp_path, "poll", "push"))
            async with replica(settings, "all"):
                waiting = await until(port, "/readyz", lambda _, said: said and said["standby"])
                alive = await asked(port, "/healthz")
                await before.aclose()
                working = await until(port, "/readyz", lambda _, said: not said["standby"])

    assert waiting == (200, {"ready": True, "standby": True, "troubles": []})
    assert alive == (200, "alive\n")
    assert working == (200, {"ready": True, "standby": False, "troubles": []})


async def test_a_standby_answers_people_over_the_webhook(tmp_path: Path) -> None:
    async with StandIn(now) as telegram:
        settings = settings_of(tmp_path, telegram)
        async with another_holds(tmp_path, "push"), replica(settings, "all"):
            await until(settings.port or 0, "/readyz", lambda _, said: said and said["standby"])
            ann = telegram.people.add("Ann")
            ann.says("/start")
            welcome = await ann.hears(PATIENCE)

    assert "signed up" in welcome.text


async def test_health_is_told_before_telegram_can_be_reached(tmp_path: Path) -> None:
    async with StandIn(now) as telegram:
        telegram.faults.outage()
        settings = settings_of(tmp_path, telegram)
        port = settings.port or 0
        async with replica(settings, "all"):
            waiting = await until(port, "/readyz", lambda _, said: "Telegram" in str(said))
            alive = await asked(port, "/healthz")
            telegram.faults.lift()
            ready = await until(port, "/readyz", lambda status, _: status == 200)

    assert waiting[0] == 503
    assert waiting[1]["troubles"] == ["Telegram has not answered yet"]
    assert alive[0] == ready[0] == 200


@pytest.mark.parametrize(
    ("version", "words"),
    [("0001", "older than this program: run `bot migrate`"), ("9999", "newer than this program")],
)
async def test_a_database_of_another_version_is_not_ready_and_says_why(
    tmp_path: Path, version: str, words: str
) -> None:
    async with StandIn(now) as telegram:
        settings = settings_of(tmp_path, telegram)
        port = settings.port or 0
        async with replica(settings, "all"):
            await until(port, "/readyz", lambda status, _: status == 200)
            with closing(sqlite3.connect(tmp_path / "coach.db")) as database, database:
                database.execute("UPDATE alembic_version SET version_num = ?", (version,))
            status, said = await asked(port, "/readyz")

    assert status == 503
    assert words in said["troubles"][0]


@asynccontextmanager
async def taken(port: int) -> AsyncIterator[None]:
    """Another program listens at the port."""
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", port))
        other.listen()
        yield


async def test_a_taken_port_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    port, token = free_port(), "1:" + "a" * 35
    async with taken(port):
        code, out, errors = await _run(
            tmp_path,
            "run",
            PORT=str(port),
            TELEGRAM_BOT_TOKEN=token,
            TELEGRAM_API_URL="http://x/bot",
        )

    assert (code, out) == (2, "")
    assert errors == (
        f"bot: PORT {port} is taken by another program: end that one, or set another PORT\n"
    )


@asynccontextmanager
async def reading(port: int) -> AsyncIterator[None]:
    """One of ours that reads its content as yet: it tells that it lives, and holds no lease."""
    site = web.Application()
    site.router.add_get("/healthz", alive)
    runner = web.AppRunner(site)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield
    finally:
        await runner.cleanup()


async def alive(_: web.Request) -> web.Response:
    return web.Response(text=ALIVE)


async def test_two_that_start_together_on_one_port_share_it(tmp_path: Path) -> None:
    """The second finds the port taken before the first could say that it holds a lease."""
    async with StandIn(now) as telegram, AsyncExitStack() as first:
        settings = settings_of(tmp_path, telegram, **POLLING)
        port = settings.port or 0
        await first.enter_async_context(reading(port))
        async with replica(settings, "all"):
            await telegram.until(lambda: telegram.calls.counts["getMe"] > 0, PATIENCE)
            await first.aclose()
            ready = await until(port, "/readyz", lambda status, _: status == 200)

    assert ready[1] == {"ready": True, "standby": False, "troubles": []}


async def test_who_finds_its_port_with_the_process_before_it_waits_and_takes_over(
    tmp_path: Path,
) -> None:
    async with StandIn(now) as telegram, AsyncExitStack() as before:
        settings = settings_of(tmp_path, telegram, **POLLING)
        port = settings.port or 0
        await before.enter_async_context(another_holds(tmp_path, "poll", "push"))
        await before.enter_async_context(taken(port))
        async with replica(settings, "all"):
            await telegram.until(lambda: telegram.calls.counts["getMe"] > 0, PATIENCE)
            await before.aclose()
            ready = await until(port, "/readyz", lambda status, _: status == 200)

    assert ready[1] == {"ready": True, "standby": False, "troubles": []}


async def test_a_stop_while_the_content_is_read_is_a_stop(tmp_path: Path) -> None:
    port = free_port()
    env = {"PORT": str(port), "XDG_CACHE_HOME": str(tmp_path)}  # all is to be learnt anew
    async with StandIn(now) as telegram, running(tmp_path, telegram, **env) as process:
        reading = await until(port, "/readyz", lambda status, _: status == 503)
        process.terminate()
        _, said = await asyncio.wait_for(process.communicate(), PATIENCE)

    assert reading[1]["troubles"] == ["the content is being read"]
    assert process.returncode == 0
    assert b"running" not in said
