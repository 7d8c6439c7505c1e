"""`make bench`: how fast it is, each row beside a peer in the same run, as one table; with `big`
(`make bench-big`) start-up and idle tick at a million people.

The bot, the stand-in for Telegram and each peer are processes of their own. No test rests on these
figures.
"""

import asyncio
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pytest

from tests.benchmarks import answering, pushing
from tests.benchmarks.processes import started
from tests.postgres import running

DUE = 100_000
FEWER = 10_000  # what a peer gets where all of them would take it minutes
MILLION = 1_000_000
QUESTIONS = 350
PUSHES = 10_000


@dataclass(frozen=True, slots=True)
class Row:
    """`ratio` is told beside the `goal`, in the same sense."""

    what: str
    ours: str
    peer: str
    ratio: float
    goal: str


def main(which: str) -> None:
    out = sys.stdout
    rooms = (
        (_million,) if which == "big" else (_commands, _questions, _pushes, _due, _large, _beside)
    )
    out.write("| what | this bot | peer | ratio | goal |\n|---|---|---|---|---|\n")
    for rows in rooms:
        for row in rows():
            out.write(f"| {row.what} | {row.ours} | {row.peer} | {row.ratio:.2f} | {row.goal} |\n")
            out.flush()


def _commands() -> Iterator[Row]:
    echoes = asyncio.run(answering.echoes())
    together, best = max(echoes.items(), key=lambda item: item[1].rate)
    peer = f"bare echo, {together} at once: {best.rate:.0f}"
    for way, webhook in (("polling", False), ("webhook", True)):
        rate = _commands_a_second(webhook=webhook)
        yield Row(f"`/when` a second, {way}", f"{rate:.0f}", peer, rate / best.rate, "2 or more")


@cache
def _commands_a_second(*, webhook: bool) -> float:
    return asyncio.run(answering.commands(webhook=webhook)).rate


def _questions() -> Iterator[Row]:
    texts = answering.questions(QUESTIONS)
    alone = asyncio.run(answering.model(texts))
    rate = asyncio.run(answering.asked(texts, len(texts))).rate
    peer = f"the sentence model alone: {alone:.0f}"
    yield Row("distinct questions a second", f"{rate:.0f}", peer, rate / alone, "0.85 or more")
    command = _commands_a_second(webhook=False)
    rate = asyncio.run(
        answering.asked(["are hill sprints good for leg strength?"], answering.COMMANDS)
    ).rate
    peer = f"`/when`: {command:.0f}"
    yield Row("one popular question a second", f"{rate:.0f}", peer, rate / command, "1")
    each = answering.A_SECOND
    slow = asyncio.run(answering.asked(texts, len(texts), each)).p95
    bare = asyncio.run(answering.echoed(len(texts), each)).p95
    peer = f"bare echo: {bare * 1000:.0f} ms"
    goal = f"at most 40 ms more: {(slow - bare) * 1000:.0f}"
    yield Row(
        f"a question's time, p95, {each} a second", f"{slow * 1000:.0f} ms", peer, slow / bare, goal
    )


def _pushes() -> Iterator[Row]:
    for rate, people, goal in ((30, 300, "0.98"), (1_000, 5_000, "0.90")):
        pushed = asyncio.run(pushing.pushes(rate, people))
        reached = people / pushed.seconds
        told = (
            f"{reached:.0f} a second, first after {pushed.first * 1000:.0f} ms, "
            f"{pushed.settled_in_time:.1%} settled in 50 ms, {pushed.refused} refused (429)"
        )
        yield Row(
            f"pushes at SEND_RATE {rate}, of {people}", told, "the limit", reached / rate, goal
        )


def _due() -> Iterator[Row]:
    ours = _cost("claims", DUE)
    told = f"{ours['seconds']:.1f} s, stall {ours['stall']:.2f} s, {ours['memory']:.0f} MB"
    for what, name, people in (
        ("memory", "a job a person in APScheduler, memory", DUE),
        ("sql", "a job a person in APScheduler, SQL", FEWER),
        ("daily", "JobQueue.run_daily", DUE),
    ):
        peer = _cost(what, people)
        beside = f"{name} ({people}): {peer['seconds']:.1f} s, stall {peer['stall']:.2f} s, "
        beside += f"{peer['memory']:.0f} MB"
        if people < DUE:
            beside += f"; its time counts {DUE // people} times in the ratio"
        ratio = peer["seconds"] / people * DUE / ours["seconds"]
        stall = peer["stall"] / ours["stall"]
        memory = ours["memory"] / peer["memory"]
        goal = f"20 or more; stall 300: {stall:.0f}; memory 0.1: {memory:.2f}"
        yield Row(f"{DUE} due, claimed, for each", told, beside, ratio, goal)


def _cost(what: str, people: int) -> dict[str, float]:
    async def measured() -> dict[str, float]:
        async with started("due", what=what, people=people) as process:
            return {name: float(value) for name, value in process.ready.items()}

    return asyncio.run(measured())


def _large() -> Iterator[Row]:
    small = asyncio.run(pushing.start_and_idle_tick(1_000))
    large = asyncio.run(pushing.start_and_idle_tick(DUE))
    yield from _flat(small, large, f"{DUE:,} people")
    few, many = (asyncio.run(pushing.memory_at_rest(n)) for n in (1_000, DUE))
    what = f"memory at rest at {DUE:,} people"
    yield Row(what, f"{many:.0f} MB", f"at 1,000: {few:.0f} MB", many / few, "1.2 at most")


def _million() -> Iterator[Row]:
    """On SQLite, and on PostgreSQL where a server can be started."""
    small, large = (asyncio.run(pushing.start_and_idle_tick(n)) for n in (1_000, MILLION))
    yield from _flat(small, large, f"{MILLION:,} people, SQLite")
    try:
        with running() as server:
            sizes = (1_000, MILLION)
            urls = [server.url(server.new()) for _ in sizes]
            small, large = (
                asyncio.run(pushing.start_and_idle_tick(n, url))
                for n, url in zip(sizes, urls, strict=True)
            )
            yield from _flat(small, large, f"{MILLION:,} people, PostgreSQL")
    except pytest.skip.Exception as reason:
        sys.stderr.write(f"{reason}\n")


def _flat(small: tuple[float, float], large: tuple[float, float], people: str) -> Iterator[Row]:
    for what, ours, theirs in zip(("start-up", "an idle tick"), large, small, strict=True):
        peer = f"at 1,000: {theirs * 1000:.2f} ms"
        yield Row(
            f"{what} at {people}", f"{ours * 1000:.2f} ms", peer, ours / theirs, "1.2 at most"
        )


def _beside() -> Iterator[Row]:
    idle, busy = asyncio.run(answering.beside_pushes(PUSHES, 1_000))
    peer = f"on an idle bot: {idle * 1000:.0f} ms"
    what = f"a reply while {PUSHES} pushes go out, p95"
    yield Row(what, f"{busy * 1000:.0f} ms", peer, busy / idle, "2 at most")


if __name__ == "__main__":
    main("".join(sys.argv[1:]))
