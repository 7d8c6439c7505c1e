"""Who is cut off from the database stops polling before another may have begun to."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.app.assembly import App, assemble
from bot.app.lease import Beat, hold
from bot.app.life import connect, serve
from bot.config import read
from bot.demo.standin import StandIn
from bot.domain.errors import NotReady
from bot.run import Poller
from bot.storage.database import Database
from bot.storage.schema import migrate
from tests.house import ROOT, Clock, shelf
from tests.postgres import running as postgres
from tests.process.test_process import PATIENCE, wall_clock
from tests.push.troubles import held_by_another, impatient

NAMES = ("poll",)


async def test_a_holder_that_cannot_beat_stops_polling_and_goes_on_when_it_can(
    tmp_path: Path,
) -> None:
    async with StandIn(Clock()) as tg, _app(tg, impatient(tmp_path)) as app:
        await app.application.initialize()
        lost = asyncio.Event()
        assert await hold(app, NAMES, asyncio.Event())
        beat = Beat(app, NAMES, lost, silent_after=0.3)
        poller = Poller(app.bot, connect(app), app.pulse, app.clock, beat.is_fresh)
        polling = asyncio.create_task(poller.run())
        beating = asyncio.create_task(_beats(beat))
        ann = tg.people.add("Ann")
        ann.says("/help")
        await ann.hears()
        with held_by_another(tmp_path):
            await _until(lambda: not beat.is_fresh())
            await asyncio.sleep(0.6)  # a poll that was under way has been given up
            before = tg.calls.counts["getUpdates"]
            ann.says("/help")
            await asyncio.sleep(0.5)
            meanwhile = tg.calls.counts["getUpdates"]
        await ann.hears()
        poller.close()
        await polling
        beating.cancel()

    assert meanwhile == before
    assert not lost.is_set()


@pytest.mark.soak
@pytest.mark.postgres
async def test_while_a_holder_is_cut_off_its_standby_polls_without_a_conflict() -> None:
    with postgres() as server:
        url = server.url(server.new())
        database = await Database.open(url)
        await migrate(database)
        await database.close()
        stop = asyncio.Event()
        async with (
            StandIn(wall_clock) as tg,
            _way_to(url) as way,
            _app(tg, way.url) as first,
            _app(tg, url) as other,
        ):
            second = replace(other, holder=replace(other.holder, host="elsewhere"))
            serving = [asyncio.create_task(serve(first, "all", stop))]
            ann = tg.people.add("Ann")
            ann.says("/help")
            await ann.hears(PATIENCE)
            serving.append(asyncio.create_task(serve(second, "all", stop)))
            await _until(lambda: second.pulse.stands_by)
            way.cut()
            await _until(lambda: not second.pulse.stands_by)
            await asyncio.sleep(10)  # a quarrel over the polls would be on by now
            ann.says("/help")
            await ann.hears(PATIENCE)
            way.mend()
            await _until(lambda: first.pulse.stands_by)
            ann.says("/help")
            await ann.hears(PATIENCE)
            stop.set()
            await asyncio.gather(*serving)
            heard = len(ann.reads())
            refused = [
                call for call in tg.calls.find("getUpdates") if "Conflict" in str(call.response)
            ]

    assert heard == 3
    assert refused == []


class Way:
    """A way to the database on which nothing comes through while it is cut."""

    def __init__(self, socket: str) -> None:
        self.url = ""
        self._socket = socket
        self._open = asyncio.Event()
        self._open.set()

    def cut(self) -> None:
        self._open.clear()

    def mend(self) -> None:
        self._open.set()

    async def lead(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_unix_connection(self._socket)
        with suppress(ConnectionError):
            await asyncio.gather(self._carry(reader, back), self._carry(there, writer))

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while part := await reader.read(1 << 16):
            await self._open.wait()
            writer.write(part)
        writer.close()


@asynccontextmanager
async def _way_to(url: str) -> AsyncIterator[Way]:
    parts = urlsplit(url)
    way = Way(f"{parse_qs(parts.query)['host'][0]}/.s.PGSQL.5432")
    server = await asyncio.start_server(way.lead, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    way.url = f"postgresql://postgres@127.0.0.1:{port}{parts.path}?sslmode=disable"
    yield way
    server.close()


@asynccontextmanager
async def _app(tg: StandIn, url: str) -> AsyncIterator[App]:
    env = {"TELEGRAM_BOT_TOKEN": tg.token, "TELEGRAM_API_URL": tg.url, "DATABASE_URL": url}
    async with assemble(read(env, ROOT / "content"), wall_clock, shelf()) as app:
        yield app


async def _beats(beat: Beat) -> None:
    while True:
        with suppress(NotReady):
            await beat.send()
        await asyncio.sleep(0.05)


async def _until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not true():  # noqa: ASYNC110  (a lease has no event for it)
            await asyncio.sleep(0.05)
