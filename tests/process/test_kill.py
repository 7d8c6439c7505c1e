"""kill -9 at the steps of a push and of an update; the next start puts it right.

A person gets a session once, and once more only where the process died after Telegram had it and
before that was written down; a note and a broadcast never twice; an update has its effect once.
"""

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest

from bot.coach.pushing import AT_LEAST_ONCE
from bot.demo.people import Person
from bot.demo.standin import StandIn
from bot.domain.pushes import PushKind, PushState
from tests.house import CACHE, ROOT, Clock, House, house, shelf
from tests.process.test_process import PATIENCE
from tests.push.living import SEVEN, Post, latest, living_in_berlin

LEASE_SECONDS = 91
MOST = 100
BOSS = 777


async def test_killed_at_every_sixth_step(tmp_path: Path) -> None:
    """Each kind begins at another step; `make soak` takes them all."""
    clock = Clock()
    async with StandIn(clock) as telegram, _lives() as lives:
        for first, kind in enumerate(PushKind, start=2):
            world = World(telegram, clock, lives, first, stride=6)
            await _killed_in_pushes(world, tmp_path / kind, kind)
        await _killed_in_updates(world, tmp_path / "update")


@pytest.mark.soak
@pytest.mark.parametrize("kind", list(PushKind))
async def test_killed_at_each_step_of_a_push(tmp_path: Path, kind: PushKind) -> None:
    clock = Clock()
    async with StandIn(clock) as telegram, _lives() as lives:
        windows = await _killed_in_pushes(World(telegram, clock, lives), tmp_path / "push", kind)

    assert windows >= 2  # before the settling, and before its commit


@pytest.mark.soak
async def test_killed_at_each_step_of_an_update(tmp_path: Path) -> None:
    clock = Clock()
    async with StandIn(clock) as telegram, _lives() as lives:
        await _killed_in_updates(World(telegram, clock, lives), tmp_path / "update")


@dataclass(frozen=True, slots=True)
class World:
    telegram: StandIn
    clock: Clock
    lives: Process
    first: int = 1
    stride: int = 1

    def house(self, folder: Path) -> AbstractAsyncContextManager[House]:
        folder.mkdir(exist_ok=True)
        return house(folder, self.clock, self.telegram, ADMIN_IDS=str(BOSS))

    async def life(self, folder: Path, what: str, step: int) -> str:
        """One life of the bot to its end: "killed" at the step, or "whole"."""
        env = {
            "TELEGRAM_BOT_TOKEN": self.telegram.token,
            "TELEGRAM_API_URL": self.telegram.url,
            "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'coach.db'}",
            "SEND_RATE": "1000",
        }
        assert self.lives.stdin is not None
        assert self.lives.stdout is not None
        life = {"env": env, "what": what, "now": self.clock.now.isoformat(), "step": step}
        self.lives.stdin.write(json.dumps(life).encode() + b"\n")
        ended = (await asyncio.wait_for(self.lives.stdout.readline(), PATIENCE)).decode().strip()
        assert ended in ("killed", "whole"), ended
        return ended

    def steps(self, before: Path) -> Iterator[tuple[int, Path]]:
        """Each step to die at, with a copy of the database from before the first."""
        for step in range(self.first, MOST, self.stride):
            yield step, Path(copytree(before, before.with_name(f"{before.name}-{step}")))
        raise AssertionError(f"no life came to its end in {MOST} steps")


async def _killed_in_pushes(world: World, folder: Path, kind: PushKind) -> int:
    """At how many of the steps Telegram had the message and the database did not know."""
    windows = 0
    world.clock.now = Clock().now
    async with world.house(folder) as bot:
        (ann,) = await living_in_berlin(bot, f"Ann of the {kind}")
        due = await _planned(bot, ann, kind)
    for step, place in world.steps(folder):
        post = Post([ann])
        world.clock.now = due
        ended = await world.life(place, "push", step)
        handed = post.counts()[0]
        async with world.house(place) as bot:
            claimed = await _is_claimed(bot, ann.id)
            for _ in range(3):
                await bot.later(seconds=LEASE_SECONDS)
            push = await latest(bot, ann)
        in_doubt = claimed and kind not in AT_LEAST_ONCE
        windows += handed and claimed

        assert push.kind is kind
        assert push.state is (PushState.UNKNOWN if in_doubt else PushState.SENT), step
        assert post.counts()[0] == _expected(kind, handed, claimed=claimed), step
        if ended == "whole":
            assert (handed, claimed) == (1, False)
            break
    return windows


def _expected(kind: PushKind, handed: int, *, claimed: bool) -> int:
    """How many messages there are in the end; a claim that was left open is in doubt."""
    if not claimed:
        return 1
    return handed + 1 if kind in AT_LEAST_ONCE else handed


async def _planned(bot: House, ann: Person, kind: PushKind) -> datetime:
    """When the person's next message comes, which is of this kind."""
    match kind:
        case PushKind.NOTE:
            await bot.ask(ann, "/days mon")
            await bot.ask(ann, "/notes on")
        case PushKind.SNOOZED:
            await bot.to(SEVEN)
            await bot.ask(ann, "/snooze 2h")
            return SEVEN + timedelta(hours=2)
        case PushKind.BROADCAST:
            boss = bot.tg.people.add("Boss", user_id=BOSS)
            boss.says("/broadcast The hill is closed on Sunday")
            await bot.settled()
            boss.presses(next(post for post in boss.reads() if post.buttons), "Send it")
            await bot.settled()
            return bot.clock.now
    return SEVEN


async def _killed_in_updates(world: World, folder: Path) -> None:
    world.clock.now = Clock().now
    async with world.house(folder) as bot:
        (ann,) = await living_in_berlin(bot, "Ann of the update")
    for step, place in world.steps(folder):
        post = Post([ann])
        ann.says("/done")
        ended = await world.life(place, "update", step)
        answered = post.counts()[0]
        async with world.house(place) as bot:
            await bot.settled()
            async with bot.app.desk.database.reading() as unit:
                reports = await unit.journal.since(ann.id, world.clock.now.date())

        assert len(reports) == 1, step
        assert answered <= 1
        assert post.counts()[0] in (1, answered + 1), step
        if ended == "whole":
            assert (answered, post.counts()[0]) == (1, 1)
            break


async def _is_claimed(bot: House, person_id: int) -> bool:
    async with bot.app.desk.database.reading() as unit:
        found = await unit.pushes.latest(person_id, 1)
    return bool(found) and found[0].state is PushState.CLAIMED


@asynccontextmanager
async def _lives() -> AsyncIterator[Process]:
    shelf()
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.process.killed", cwd=ROOT, stdin=PIPE, stdout=PIPE,
        env={**kept, "XDG_CACHE_HOME": str(CACHE.parent)},
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        await process.wait()
