"""Pushes beside their limit, and a large database beside a small one.

The bot, the stand-in for Telegram and whoever measures are processes of their own. Telegram
answers 429 to whatever is above the very rate that the bot is set to.
"""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.app.assembly import App, assemble
from bot.config import Settings, read
from tests.benchmarks import crowd
from tests.benchmarks.processes import Process, started
from tests.house import ROOT, Clock, shelf

TOKEN = "1:" + "a" * 35
TICKS = 200
AT_REST_SECONDS = 3.0
TIMES = 5  # and the best of them: a neighbour of the machine is no cost of ours
Fill = Callable[..., Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Pushed:
    """`seconds` and `first` from the due instant to the last and the first arrival."""

    people: int
    seconds: float
    first: float
    refused: int
    uploads: int
    cpu: float
    stall: float
    settled_in_time: float


async def pushes(
    rate: int, people: int, fill: Fill = crowd.settle_in, before: float = 30.0
) -> Pushed:
    """`before`: seconds in which what is due can be prepared."""
    with tempfile.TemporaryDirectory() as folder:
        await fill(Path(folder) / "bench.db", people)
        at = crowd.DUE - timedelta(seconds=before)
        async with both(Path(folder), {"SEND_RATE": str(rate)}, now=at.isoformat()) as (tg, bot):
            await tg.ask("limit", limit=rate)
            due = (await bot.ask("when", at=crowd.DUE.isoformat()))["at"]
            await asyncio.sleep(due - time.monotonic() - 1)
            start = await bot.ask("cost")
            await tg.ask("until", messages=people, seconds=before + 30 + 3 * people / rate)
            end, told = await bot.ask("cost"), await tg.ask("messages")
    chats = sorted(chat for chat, _ in told["sent"])
    if chats != list(crowd.ids(people)):
        raise AssertionError("somebody got none, or more than one")
    instants = [at for _, at in told["sent"]]
    return Pushed(
        people,
        max(instants) - due,
        min(instants) - due,
        told["refused"],
        told["uploads"],
        end["cpu"] - start["cpu"],
        end["stall"],
        end["settled_in_time"] / end["settled"],
    )


@asynccontextmanager
async def both(
    folder: Path, env: dict[str, str], **settings: Any
) -> AsyncIterator[tuple[Process, Process]]:
    async with started("telegram") as telegram:
        own = environment(folder, f"http://127.0.0.1:{telegram.ready['port']}/bot") | env
        async with started("ours", env=own, **settings) as bot:
            yield telegram, bot


def environment(folder: Path, url: str) -> dict[str, str]:
    return {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": url,
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'bench.db'}",
    }


async def start_and_idle_tick(people: int, url: str = "") -> tuple[float, float]:
    """Seconds to open the bot on a database of so many people, and for a tick with nothing due.

    `url`: of an empty database, else a file of SQLite's.
    """
    with tempfile.TemporaryDirectory() as folder:
        env = environment(Path(folder), "http://127.0.0.1:9/bot")
        env = env | ({"DATABASE_URL": url} if url else {})
        await crowd.enrolled(env["DATABASE_URL"], people, due=None)
        settings: Settings = read(env, ROOT / "content")
        content = shelf()  # read before: it has no people
        start = time.perf_counter()
        async with assemble(settings, Clock(crowd.DUE), content) as app:
            opened = time.perf_counter() - start
            return opened, min([await _tick(app) for _ in range(TIMES)])


async def memory_at_rest(people: int) -> float:
    """Megabytes of the bot some seconds after its start, on a database of so many people of whom
    none is due."""
    with tempfile.TemporaryDirectory() as folder:
        await crowd.newcomers(Path(folder) / "bench.db", people, due=None)
        async with both(Path(folder), {}, now=crowd.DUE.isoformat()) as (_, bot):
            await asyncio.sleep(AT_REST_SECONDS)
            return float((await bot.ask("cost"))["resident"])


async def _tick(app: App) -> float:
    start = time.perf_counter()
    for _ in range(TICKS):
        await app.pump.once()
    return (time.perf_counter() - start) / TICKS
