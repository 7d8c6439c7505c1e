"""A coach edits `content/` while the bot runs: taken within seconds, or refused as a whole."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

from bot.demo.people import Person
from bot.demo.standin import StandIn
from tests.house import ROOT
from tests.process.test_process import PATIENCE, running, wall_clock

NEW_TOPIC = """---
topic: method.stairs
title: Stairs for leg strength
verdict: "Stairs load your thighs well; two flights, six times, is a fair start."
grade: thin
claims: []
questions:
{questions}
related: [method.hill_sprints]
sources: []
reviewed: 2026-11-24
reviewed_by:
---

{{#what kind=what}}
## What they do

Each step lifts your whole body, so thighs and glutes work hard at a slow pace.

{{#why kind=why}}
## Why it works

Lifting your whole weight step by step asks much of a leg, and little of its joints.

{{#how kind=how}}
## How to begin

Walk up two flights, ride or walk down, and do that six times.

{{#next kind=next}}
## Next

Try two flights, six times, on one easy day this week.
"""
QUESTIONS = [
    "is stair climbing at the office a workout for my thighs",
    "do stairs make legs stronger",
    "stairwell training for legs",
    "should i take the stairs instead of the lift for leg strength",
    "are stair climbs good for quads",
    "walking up flights of stairs for stronger thighs",
    "stair workout legs how",
    "how many flights of stairs for leg strength",
    "climb stairs every day legs",
    "is a stairmaster any good for my legs",
    "tower block stairs as leg training",
]


async def test_edits_are_taken_while_the_bot_runs_and_broken_ones_are_refused(
    tmp_path: Path,
) -> None:
    content = tmp_path / "content"
    copytree(ROOT / "content", content)
    env = {"CONTENT_DIR": str(content), "ADMIN_IDS": "777"}
    async with StandIn(wall_clock) as telegram, running(tmp_path, telegram, **env):
        host = telegram.people.add("Host", user_id=777)
        host.says("/start")
        await host.hears(PATIENCE)
        _write_topic(content)
        help_ = content / "templates" / "help.j2"
        help_.write_text("Ask me about stairs.\n", encoding="utf-8")
        await _until(host, "/help", lambda said: said == "Ask me about stairs.")
        host.says("do stairs make legs stronger?")
        answer = await host.hears(PATIENCE)
        help_.write_text("{% if %}\n", encoding="utf-8")
        alarm = await host.hears(PATIENCE)
        host.says("/help")
        still = await host.hears(PATIENCE)

        assert answer.text.startswith("Stairs load your thighs well")
        assert "templates/help.j2:1" in alarm.text
        assert still.text == "Ask me about stairs."


def _write_topic(content: Path) -> None:
    questions = "\n".join(f"  - {question}" for question in QUESTIONS)
    file = content / "knowledge" / "method_stairs.md"
    file.write_text(NEW_TOPIC.format(questions=questions), encoding="utf-8")


async def _until(person: Person, words: str, true: Callable[[str], bool]) -> None:
    """Ask again and again until the answer is so."""
    loop = asyncio.get_running_loop()
    start = loop.time()
    while loop.time() - start < PATIENCE:
        person.says(words)
        if true((await person.hears(PATIENCE)).text):
            return
        await asyncio.sleep(0.5)
    raise AssertionError(f"{words} never changed")
