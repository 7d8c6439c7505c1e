"""Signed-up people as on any morning but their first: two weeks of sessions behind them, planned,
sent and mostly reported; a seventh of them begins a new week today.

A few dozen live through those days by the bot's own stories; the others are their likes.
"""

import random
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from bot.coach.commands import obey
from bot.coach.desk import Asked, Desk
from bot.coach.rating import rate
from bot.coach.records import bring_up
from bot.domain.due import EVERY_DAY
from bot.domain.person import Person, Screening
from bot.domain.pushes import Hold, Occasion, PushKind, PushState
from bot.domain.workouts import Level, Terrain
from bot.places import Places
from bot.storage.database import Database
from bot.storage.schema import migrate
from tests.house import ROOT, shelf

DUE = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
FIRST = 1_000  # ids of the exemplars; the crowd's come after them
DAYS = 14
LIKES = 56
CROWD = 10_000
TOGETHER = 10_000
_KEPT = tempfile.TemporaryDirectory()
LEVELS = tuple(Level)
TERRAINS = (Terrain.HILL, Terrain.FLAT, Terrain.TREADMILL)


def ids(count: int) -> range:
    return range(CROWD, CROWD + count)


async def settle_in(file: Path, count: int, *, due: datetime | None = DUE) -> None:
    """A database of so many; `due`: when all of them are (None: not within a year)."""
    exemplars = Path(_KEPT.name) / "exemplars.db"
    if not exemplars.exists():
        await _exemplars(exemplars)
    shutil.copy(exemplars, file)
    _multiplied(file, count, due)


async def _exemplars(file: Path) -> None:
    """Once a run: their fortnight takes a while."""
    database = await Database.open(f"sqlite+aiosqlite:///{file}")
    await migrate(database)
    with Places.open(ROOT / "content" / "places.sqlite") as places:
        desk = Desk(database, shelf(), places)
        for number in range(LIKES):
            await _lived(desk, number)
    await database.close()


async def newcomers(file: Path, count: int, *, due: datetime | None = DUE) -> None:
    """The same without a day of a plan behind them."""
    await enrolled(f"sqlite+aiosqlite:///{file}", count, due=due)


async def enrolled(url: str, count: int, *, due: datetime | None) -> None:
    """Newcomers in the database at that address."""
    at = due or DUE + timedelta(days=365)
    database = await Database.open(url)
    await migrate(database)
    for first in range(0, count, TOGETHER):
        async with database.writing() as unit:
            await unit.people.save_many(
                replace(_person(number % LIKES, 0), id=number, chat_id=number, next_push=at)
                for number in ids(count)[first : first + TOGETHER]
            )
    await database.close()


def _person(number: int, back: int) -> Person:
    start = DUE.date() - timedelta(days=back + number % 7)
    return Person(
        id=FIRST + number,
        chat_id=FIRST + number,
        name="Ann",
        signed_up=DUE - timedelta(days=back + number % 7 + 1),
        started_on=start,
        level=LEVELS[number % len(LEVELS)],
        days=EVERY_DAY,
        at=time(DUE.hour, DUE.minute),
        zone="UTC",
        lift_days=frozenset({1, 4}) if number % 2 else frozenset(),
        terrain=TERRAINS[number % len(TERRAINS)],
        screening=Screening.CLEAR,
        screened_on=start,
        last_seen=DUE - timedelta(hours=20),
        served=DUE.date() - timedelta(days=1),
        consent=True,
        consent_at=DUE - timedelta(days=back),
    )


async def _lived(desk: Desk, number: int) -> None:
    chance, person = random.Random(number), _person(number, DAYS)  # noqa: S311  (no secret)
    async with desk.database.writing() as unit:
        await unit.people.save(replace(person, next_push=None))
    for moment in _mornings(person):
        await bring_up(desk, person, moment)
        await _sent(desk, person, moment)
        if chance.random() < 0.8:
            await _reported(desk, person, moment + timedelta(hours=4), chance)


def _mornings(person: Person) -> Iterator[datetime]:
    for ahead in range((DUE.date() - person.started_on).days):
        yield DUE - timedelta(days=(DUE.date() - person.started_on).days - ahead)


async def _sent(desk: Desk, person: Person, moment: datetime) -> None:
    async with desk.database.writing() as unit:
        occasion = Occasion(PushKind.SESSION, moment.date(), moment)
        push = await unit.pushes.claim(person, occasion, Hold("bench", moment))
        if push is not None:
            await unit.pushes.settle(push, PushState.SENT, message_id=1)


async def _reported(desk: Desk, person: Person, now: datetime, chance: random.Random) -> None:
    """Done, with the effort; pain and soreness by nine of ten."""
    effort = str(chance.choice((4, 5, 5, 6, 7)))

    def asked() -> Asked:
        return Asked(person.id, person.id, "Ann", effort, now, chance.getrandbits(40))

    await obey(desk, asked(), "done")
    async with desk.database.reading() as unit:
        report = await unit.journal.latest(person.id)
    if report is None or chance.random() < 0.1:
        return
    for field in ("pain", "soreness"):
        await rate(desk, asked(), report.id, field, chance.choice((0, 0, 1, 2)))


def _multiplied(file: Path, count: int, due: datetime | None) -> None:
    at = (due or DUE + timedelta(days=365)).replace(tzinfo=None).isoformat(" ") + ".000000"
    with sqlite3.connect(file) as base:
        base.execute("CREATE TEMP TABLE crowd AS SELECT 0 AS id, 0 AS like_ WHERE 0")
        base.executemany(
            "INSERT INTO crowd VALUES (?, ?)", ((n, FIRST + n % LIKES) for n in ids(count))
        )
        for table, key in (
            ("people", "id"),
            ("standings", "person_id"),
            ("plan_days", "person_id"),
            ("reports", "person_id"),
            ("pushes", "person_id"),
        ):
            columns = [row[1] for row in base.execute(f"PRAGMA table_info({table})")]
            given = {key: "crowd.id", "chat_id": "crowd.id", "next_push": f"'{at}'"}
            kept = [c for c in columns if c != "id" or key == "id"]
            picked = ", ".join(given.get(c, f"old.{c}") for c in kept)
            base.execute(
                f"INSERT INTO {table} ({', '.join(kept)}) SELECT {picked} "  # noqa: S608  (names of our own)
                f"FROM crowd JOIN {table} AS old ON old.{key} = crowd.like_"
            )
        base.execute("UPDATE people SET next_push = NULL WHERE id < ?", (CROWD,))
    base.close()
