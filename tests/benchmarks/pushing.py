"""What going out by itself costs: pushes beside their limit, and a large database beside a small.

The stand-in runs in the same process and takes its share of the same core.
"""

import asyncio
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.app.assembly import App, assemble
from bot.config import Settings, read
from bot.demo.standin import StandIn
from bot.domain.due import EVERY_DAY
from bot.domain.person import Person
from bot.storage.database import Database
from bot.storage.schema import migrate
from tests.house import ROOT, Clock, shelf

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
PERSON = Person(
    id=1,
    chat_id=1,
    name="Ann",
    signed_up=NOW,
    started_on=NOW.date(),
    at=NOW.time(),
    zone="UTC",
    days=EVERY_DAY,
)
TICKS = 200


async def a_push(rate: int, people: int) -> float:
    """Seconds from the due instant for each of so many pushes, the last one's arrival included."""
    with tempfile.TemporaryDirectory() as folder:
        async with StandIn(lambda: datetime.now(UTC)) as telegram:
            settings = _settings(Path(folder), telegram.token, telegram.url, rate)
            crowd = [telegram.people.add("Ann") for _ in range(people)]
            for person in crowd:
                person.account.started = True
            await _filled(settings, [person.id for person in crowd], due=True)
            async with assemble(settings, Clock(NOW), shelf()) as app:
                await app.application.initialize()
                running = asyncio.create_task(app.pump.run())
                start = time.perf_counter()
                app.pump.ring()
                while not all(person.reads() for person in crowd[-50:] + crowd[:50]):  # noqa: ASYNC110  (a bell for each message would cost)
                    await asyncio.sleep(0.01)
                app.pump.close()
                await running
                taken = time.perf_counter() - start
            if [len(person.reads()) for person in crowd] != [1] * people:
                raise AssertionError("somebody got none, or more than one")
    return taken / people


async def start_and_idle_tick(people: int) -> tuple[float, float]:
    """Seconds to open the bot on a database of so many people, and for a tick with nothing due."""
    with tempfile.TemporaryDirectory() as folder:
        settings = _settings(Path(folder), "1:" + "a" * 35, "http://127.0.0.1:9", 30)
        await _filled(settings, list(range(1, people + 1)), due=False)
        start = time.perf_counter()
        async with assemble(settings, Clock(NOW), shelf()) as app:
            opened = time.perf_counter() - start
            return opened, await _tick(app)


async def _tick(app: App) -> float:
    start = time.perf_counter()
    for _ in range(TICKS):
        await app.pump.once()
    return (time.perf_counter() - start) / TICKS


def _settings(folder: Path, token: str, url: str, rate: int) -> Settings:
    return read(
        {
            "TELEGRAM_BOT_TOKEN": token,
            "TELEGRAM_API_URL": url,
            "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'bench.db'}",
            "SEND_RATE": str(rate),
        },
        ROOT / "content",
    )


async def _filled(settings: Settings, ids: list[int], *, due: bool) -> None:
    at = NOW if due else NOW.replace(year=NOW.year + 1)
    database = await Database.open(settings.database_url)
    await migrate(database)
    async with database.writing() as unit:
        await unit.people.save_many(
            replace(PERSON, id=number, chat_id=number, next_push=at) for number in ids
        )
    await database.close()
