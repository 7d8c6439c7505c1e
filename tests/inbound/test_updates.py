"""An update is confirmed once it was handled; what cannot be handled holds up nobody for long."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from telegram import Update
from telegram.ext import TypeHandler

from bot.app.assembly import assemble
from bot.app.life import connect
from bot.config import read
from bot.demo.standin import StandIn
from bot.domain.errors import NotReady
from bot.run import Poller, watch
from tests.house import ROOT, Clock, House, house, shelf
from tests.push.troubles import full_disk, held_by_another, impatient


class Stuck:
    """Whoever says "stuck" meets a handler that waits until it is `free`."""

    def __init__(self, bot: House) -> None:
        self.met: list[int] = []
        self.free = asyncio.Event()
        handler: TypeHandler[Update, Any, None] = TypeHandler(Update, self._wait)
        bot.app.application.add_handler(handler, group=-2)

    async def _wait(self, update: Update, _context: object) -> None:
        if update.message and update.message.text == "stuck":
            self.met.append(update.update_id)
            await self.free.wait()


async def test_who_is_slow_holds_up_nobody_else(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        stuck = Stuck(bot)
        ann, bea = bot.tg.people.add("Ann"), bot.tg.people.add("Bea")
        ann.says("stuck")
        await bot.tg.until(lambda: bool(stuck.met), 5)
        bea.says("/help")
        answer = await bea.hears()
        waiting = [kept.update_id for kept in bot.tg.updates.pending()]
        stuck.free.set()

        assert answer.text
        assert stuck.met[0] in waiting


async def test_an_update_that_takes_too_long_is_apologised_for_confirmed_counted_and_alarmed(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, ADMIN_IDS="777") as bot:
        Stuck(bot)
        host = bot.tg.people.add("Host", user_id=777)
        host.says("/help")
        await host.hears()
        bot.inbox.seconds = 0.05
        ann = bot.tg.people.add("Ann")
        ann.says("stuck")
        sorry = await ann.hears()
        await bot.settled()

        assert "Something went wrong on my side" in sorry.text
        assert "update slow" in (await host.hears()).text
        assert _outcomes(bot, "slow") == 1
        assert not bot.tg.updates.pending()


async def test_an_update_that_cannot_be_read_is_apologised_for_confirmed_and_counted(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        chat = {"id": ann.id, "type": "private", "first_name": "Ann"}
        broken = {"message_id": "not a number", "date": "never", "chat": chat, "entities": 7}
        bot.tg.updates.put("message", broken, f"chat {ann.id}")
        sorry = await ann.hears()
        ann.says("/help")
        await ann.hears()
        await bot.settled()

        assert "Something went wrong on my side" in sorry.text
        assert _outcomes(bot, "unreadable") == 1


async def test_an_update_that_fails_each_time_is_apologised_for_confirmed_counted_and_alarmed(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, ADMIN_IDS="777") as bot:
        host = bot.tg.people.add("Host", user_id=777)
        await bot.ask(host, "/help")
        ann, bea = await bot.signed_up("Ann"), await bot.signed_up("Bea")
        _write(tmp_path, f"UPDATE people SET level = 'no such level' WHERE id = {ann.id}")  # noqa: S608
        sorry = await bot.ask(ann, "/when")
        told = await host.hears()
        other = await bot.ask(bea, "/when")
        await bot.settled()
        left = bot.tg.updates.pending()
        _write(tmp_path, f"UPDATE people SET level = 'beginner' WHERE id = {ann.id}")  # noqa: S608
        well = await bot.ask(ann, "/when")

        assert "Something went wrong on my side" in sorry.text
        assert "update" in told.text
        assert _outcomes(bot, "failed") == 1
        assert not left
        assert well.text[:20] == other.text[:20]
        assert [post.text for post in ann.reads()].count(sorry.text) == 1


def _write(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / "coach.db")) as base, base:
        base.execute(statement)


def _outcomes(bot: House, outcome: str) -> float | None:
    labels = {"outcome": outcome}
    return bot.app.pulse.registry.get_sample_value("bot_updates_total", labels)


async def test_each_chat_is_answered_in_order(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        people = [bot.tg.people.add(name) for name in ("Ann", "Bea", "Cid")]
        for command in ("/start", "/time 08:00", "/time 09:00", "/when"):
            for person in people:
                person.says(command)
        await bot.settled()

        for person in people:
            heard = [post.text for post in person.reads()]
            assert "08:00" in heard[1]
            assert "09:00" in heard[2]
            assert "09:00" in heard[3]


async def test_while_the_database_is_away_or_full_nothing_is_given_up(tmp_path: Path) -> None:
    async with house(tmp_path, DATABASE_URL=impatient(tmp_path)) as bot:
        ann = await bot.signed_up()
        for trouble, words in ((held_by_another, "09:15"), (full_disk, "10:15")):
            before = len(ann.reads())
            with trouble(tmp_path):
                ann.says(f"/time {words}")
                await asyncio.sleep(0.4)
                silent = len(ann.reads())
            answer = await ann.hears()

            assert silent == before
            assert words in answer.text


async def test_a_process_whose_polling_is_dead_while_telegram_is_not_ends(tmp_path: Path) -> None:
    clock = Clock()
    async with StandIn(clock) as tg:
        env = {"TELEGRAM_BOT_TOKEN": tg.token, "TELEGRAM_API_URL": tg.url,
               "DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path / 'coach.db'}"}  # fmt: skip
        async with assemble(read(env, ROOT / "content"), clock, shelf()) as app:
            await app.application.initialize()
            poller = Poller(app.bot, connect(app), app.pulse, clock)
            tg.faults.refuse("getUpdates", times=None)
            polling = asyncio.create_task(poller.run())
            with pytest.raises(NotReady, match="start the process anew"):
                await watch(poller, app.bot.get_me, dead_after=0.3)
            poller.close()
            await polling


async def test_an_outage_of_telegram_is_no_dead_polling(tmp_path: Path) -> None:
    clock = Clock()
    async with StandIn(clock) as tg:
        env = {"TELEGRAM_BOT_TOKEN": tg.token, "TELEGRAM_API_URL": tg.url,
               "DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path / 'coach.db'}"}  # fmt: skip
        async with assemble(read(env, ROOT / "content"), clock, shelf()) as app:
            await app.application.initialize()
            poller = Poller(app.bot, connect(app), app.pulse, clock)
            tg.faults.outage()
            polling = asyncio.create_task(poller.run())
            watching = asyncio.create_task(watch(poller, app.bot.get_me, dead_after=0.1))
            await asyncio.sleep(0.5)
            well = not watching.done()
            poller.close()
            await asyncio.gather(polling, watching)

        assert well
