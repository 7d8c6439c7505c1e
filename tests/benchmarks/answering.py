"""Commands and questions, from many chats, beside a bare echo and the sentence model alone."""

import asyncio
import socket
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from tests.benchmarks import crowd
from tests.benchmarks.processes import Process, started
from tests.benchmarks.pushing import both
from tests.eval.questions import cases

COMMANDS = 2_000
TOGETHER = (1, 8, 32)
NO_LIMIT = 1e6
A_SECOND = 30


@dataclass(frozen=True, slots=True)
class Answered:
    """`rate`: chats answered a second, from the first message to the last answer; `p95` seconds."""

    rate: float
    p95: float


async def ask(
    telegram: Process, chats: Sequence[int], texts: list[str], rate: float = 0
) -> Answered:
    """Each chat writes once, all at once or so many a second, and is answered."""
    await telegram.ask("clear")
    written = (await telegram.ask("write", chats=list(chats), texts=texts, rate=rate))["written"]
    await telegram.ask("until", messages=len(chats), seconds=120)
    await asyncio.sleep(0.2)  # what is confirmed only now is not fetched with the next
    answers: dict[int, float] = {}
    for chat, at in (await telegram.ask("messages"))["sent"]:
        answers.setdefault(chat, at)
    waits = sorted(answers[chat] - at for chat, at in zip(chats, written, strict=True))
    whole = max(answers.values()) - min(written)
    return Answered(len(chats) / whole, waits[int(0.95 * len(waits))])


async def echoes(chats: int = COMMANDS) -> dict[int, Answered]:
    """The bare echo, by how many it handles at once."""
    found = {}
    for together in TOGETHER:
        async with echo(together) as telegram:
            await ask(telegram, range(1, 101), ["warm"])
            found[together] = await ask(telegram, range(1_000, 1_000 + chats), ["hello"])
    return found


@asynccontextmanager
async def echo(together: int) -> AsyncIterator[Process]:
    """A stand-in whose messages an echo answers."""
    async with started("telegram") as telegram:
        url = f"http://127.0.0.1:{telegram.ready['port']}/bot"
        async with started("echo", url=url, together=together):
            yield telegram


@asynccontextmanager
async def ours(people: int, *, webhook: bool = False) -> AsyncIterator[tuple[Process, Process]]:
    """The stand-in and the bot with so many signed-up people, none of whom is due."""
    env = {}
    if webhook:
        port = free_port()
        env = {"WEBHOOK_URL": f"http://127.0.0.1:{port}", "PORT": str(port)}
    with tempfile.TemporaryDirectory() as folder:
        await crowd.settle_in(Path(folder) / "bench.db", people, due=None)
        now = crowd.DUE.isoformat()
        async with both(Path(folder), env, now=now, rate=NO_LIMIT) as (telegram, bot):
            if webhook:
                await asyncio.sleep(1)  # until it is registered
            yield telegram, bot


def free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])


async def commands(*, webhook: bool = False) -> Answered:
    """`/when` from signed-up people; the first hundred only warm up."""
    async with ours(COMMANDS + 100, webhook=webhook) as (telegram, _):
        everybody = crowd.ids(COMMANDS + 100)
        await ask(telegram, everybody[:100], ["/when"])
        return await ask(telegram, everybody[100:], ["/when"])


async def asked(texts: list[str], chats: int, rate: float = 0) -> Answered:
    """Questions from signed-up people, all at once or so many a second; a few warm up."""
    async with ours(chats + 20) as (telegram, _):
        everybody = crowd.ids(chats + 20)
        await ask(telegram, everybody[:20], ["how do hills help my calves"])
        return await ask(telegram, everybody[20:], texts, rate)


async def echoed(chats: int, rate: float) -> Answered:
    """The same from a bare echo."""
    async with echo(8) as telegram:
        await ask(telegram, range(1, 101), ["warm"])
        return await ask(telegram, range(1_000, 1_000 + chats), ["hello"], rate)


async def model(texts: list[str]) -> float:
    """Questions a second of the sentence model alone, in a loop."""
    async with started("model", questions=texts) as alone:
        return len(texts) / float((await alone.ask("run"))["seconds"])


async def beside_pushes(people: int, rate: int) -> tuple[float, float]:
    """The p95 of a reply, in seconds: on an idle bot, and while so many pushes go out."""
    with tempfile.TemporaryDirectory() as folder:
        await crowd.settle_in(Path(folder) / "bench.db", people)
        at = (crowd.DUE - timedelta(seconds=30)).isoformat()
        env = {"SEND_RATE": str(rate)}
        async with both(Path(folder), env, now=at) as (telegram, bot):
            due = (await bot.ask("when", at=crowd.DUE.isoformat()))["at"]
            idle = await _replies(telegram, range(1, 101))
            await asyncio.sleep(due - time.monotonic() + 0.5)
            return idle, await _replies(telegram, range(101, 201))


async def _replies(telegram: Process, chats: Sequence[int]) -> float:
    """`/when` from each, twenty a second; the pushes of others do not count."""
    written = (await telegram.ask("write", chats=list(chats), texts=["/when"], rate=20))["written"]
    await asyncio.sleep(2)
    answers: dict[int, float] = {}
    for chat, at in (await telegram.ask("messages"))["sent"]:
        answers.setdefault(chat, at)
    waits = sorted(answers[chat] - at for chat, at in zip(chats, written, strict=True))
    return float(waits[int(0.95 * len(waits))])


def questions(most: int) -> list[str]:
    """Distinct ones, in the words of many people."""
    sets = ("in_scope", "near", "far", "small_talk")
    asked = [case.turns[-1] for name in sets for case in cases(name, "tuned")]
    return list(dict.fromkeys(asked))[:most]
