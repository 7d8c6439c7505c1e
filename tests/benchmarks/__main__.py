"""`make bench`: what it costs, each beside a peer in the same run, as one table.

A ratio above 1 means that the bot is the slower one; no test rests on these figures.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from apscheduler.schedulers.background import BackgroundScheduler

from bot.coach.asking import Context, reply_to
from bot.coach.gallery import card_of
from bot.coach.stock import Content
from bot.domain import dose
from bot.domain.due import decide
from bot.domain.person import Person
from bot.domain.pushes import Hold
from bot.pictures import session_card
from bot.retrieval.encoder import Encoder
from bot.storage.database import Database
from bot.storage.schema import migrate
from tests.benchmarks import pushing
from tests.eval.questions import cases
from tests.house import shelf

PEOPLE = 5_000
NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Row:
    """Seconds for one of each; `peer` names what it stands beside."""

    what: str
    ours: float
    peer: str
    theirs: float


def main() -> None:
    content = shelf().content
    out = sys.stdout.write
    out("| what | this bot | peer | ratio |\n|---|---|---|---|\n")
    for row in _rows(content):
        ratio = row.ours / row.theirs
        out(f"| {row.what} | {row.ours * 1000:.2f} ms | {row.peer}: {row.theirs * 1000:.2f} ms ")
        out(f"| {ratio:.2f} |\n")


def _rows(content: Content) -> Iterator[Row]:
    asked = [c.turns[-1] for c in cases("in_scope", "tuned")]
    encoder = Encoder.open()
    yield Row(
        "a distinct question, answered",
        _each(lambda words: reply_to(content, words, Context()), asked),
        "the sentence model alone",
        _each(lambda words: encoder.encode([words]), asked),
    )
    sessions = content.library.sessions[:60]
    yield Row(
        "the card of a session",
        _each(
            lambda s: session_card(card_of(s, dose.minutes(s, content.library), content.library)),
            sessions,
        ),
        "its answer in words",
        _each(lambda words: reply_to(content, words, Context()), asked[:60]),
    )
    yield Row(
        f"a due push claimed, of {PEOPLE}",
        asyncio.run(_claimed()) / PEOPLE,
        "one job a person added to APScheduler",
        _jobs() / PEOPLE,
    )
    yield from _pushing()


def _pushing() -> Iterator[Row]:
    for rate, people in ((30, 300), (1_000, 1_000)):
        pushed = asyncio.run(pushing.pushes(rate, people))
        each = pushed.seconds / people
        yield Row(f"a push at SEND_RATE {rate}, of {people}", each, "the limit", 1 / rate)
    small = asyncio.run(pushing.start_and_idle_tick(1_000))
    large = asyncio.run(pushing.start_and_idle_tick(100_000))
    for what, ours, theirs in zip(("start-up", "an idle tick"), large, small, strict=True):
        yield Row(f"{what} at 100,000 people", ours, "at 1,000", theirs)


def _each(work: Callable[..., object], things: "list[str] | tuple[object, ...]") -> float:
    start = time.perf_counter()
    for thing in things:
        work(thing)
    return (time.perf_counter() - start) / len(things)


async def _claimed() -> float:
    """Everybody is due at once: found, moved on and claimed, in one transaction."""
    with tempfile.TemporaryDirectory() as folder:
        database = await Database.open(f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}")
        await migrate(database)
        async with database.writing() as unit:
            for number in range(PEOPLE):
                await unit.people.save(_person(number))
        start = time.perf_counter()
        async with database.writing() as unit:
            due = await unit.pushes.due(NOW, PEOPLE)
            hold = Hold("bench", NOW + timedelta(seconds=90))
            await unit.pushes.claim_due([decide(person, NOW) for person in due], hold)
        taken = time.perf_counter() - start
        await database.close()
    return taken


def _person(number: int) -> Person:
    return Person(
        id=number + 1,
        chat_id=number + 1,
        name="Ann",
        signed_up=NOW - timedelta(days=9),
        started_on=NOW.date() - timedelta(days=9),
        days=frozenset(range(7)),
        zone="Europe/Berlin",
        next_push=NOW,
    )


def _jobs() -> float:
    scheduler = BackgroundScheduler(timezone="UTC")
    scheduler.start(paused=True)
    start = time.perf_counter()
    for number in range(PEOPLE):
        scheduler.add_job(print, "cron", hour=7, args=[number], id=str(number))
    taken = time.perf_counter() - start
    scheduler.shutdown(wait=False)
    return taken


if __name__ == "__main__":
    main()
