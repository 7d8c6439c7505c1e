"""The Procfiles, run by honcho as a platform runs them: one process, and the roles."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.demo.standin import StandIn
from bot.domain.person import Person
from bot.storage.database import Database
from tests.house import CACHE, ROOT, shelf
from tests.postgres import Server
from tests.postgres import running as postgres
from tests.process.test_process import PATIENCE
from tests.process.test_webhook import free_port, now

pytest.importorskip("honcho")


async def test_one_process_is_released_and_answers(tmp_path: Path) -> None:
    port = free_port()
    async with StandIn(now) as telegram:
        env = _env(telegram, PORT=str(port))
        async with _honcho(tmp_path, "Procfile", "release", **env) as release:
            released = await asyncio.wait_for(release.wait(), PATIENCE)
        async with _honcho(tmp_path, "Procfile", "web", **env):
            ann = telegram.people.add("Ann")
            ann.says("/start")
            welcome = await ann.hears(PATIENCE)
            address = f"http://127.0.0.1:{port}/healthz"
            async with aiohttp.ClientSession() as web, web.get(address) as answer:
                well = answer.status

    assert released == 0
    assert "signed up" in welcome.text
    assert well == 200


@pytest.fixture
def server() -> Iterator[Server]:
    with postgres() as server:
        yield server


@pytest.mark.soak
@pytest.mark.postgres
async def test_the_roles_share_the_work(tmp_path: Path, server: Server) -> None:
    port, address = free_port(), server.url(server.new())
    async with StandIn(now) as telegram:
        outside = f"http://127.0.0.1:{port}"
        env = _env(telegram, DATABASE_URL=address, PORT=str(port), WEBHOOK_URL=outside)
        async with _honcho(tmp_path, "deploy/Procfile.roles", "release", **env) as release:
            released = await asyncio.wait_for(release.wait(), PATIENCE)
        ben = telegram.people.add("Ben", user_id=5)
        ben.account.started = True
        await _sign_up(address, 5, now())
        async with _honcho(tmp_path, "deploy/Procfile.roles", "web", "push", **env):
            pushed = await ben.hears(PATIENCE)
            ann = telegram.people.add("Ann")
            ann.says("/start")
            welcome = await ann.hears(PATIENCE)

    assert released == 0
    assert pushed.text or pushed.message.get("caption")
    assert "signed up" in welcome.text


async def _sign_up(address: str, number: int, moment: datetime) -> None:
    """Somebody whose message of the day is due now."""
    yesterday = moment - timedelta(days=1)
    person = Person(
        id=number,
        chat_id=number,
        name="Ben",
        signed_up=yesterday,
        started_on=yesterday.date(),
        last_seen=moment,
        at=moment.time().replace(second=0, microsecond=0),
        zone="UTC",
        next_push=moment,
        served=yesterday.date(),
    )
    database = await Database.open(address)
    async with database.writing() as unit:
        await unit.people.save(person)
    await database.close()


def _env(telegram: StandIn, **env: str) -> dict[str, str]:
    given = {"TELEGRAM_API_URL": telegram.url, "TELEGRAM_BOT_TOKEN": telegram.token}
    return {**given, **env}


@asynccontextmanager
async def _honcho(folder: Path, procfile: str, *kinds: str, **env: str) -> AsyncIterator[Process]:
    shelf()  # the vectors are in the cache
    own = Path(sys.executable).parent
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "honcho", "-f", str(ROOT / procfile), "start", *kinds,
        cwd=folder,
        env={
            "PATH": f"{own}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "XDG_CACHE_HOME": str(CACHE.parent),
            **env,
        },
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await process.wait()
