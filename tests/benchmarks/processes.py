"""The processes of a measurement: a stand-in for Telegram, and the bot or a peer, each its own.

Both speak JSON, a line an order: `started` waits for the first line, `ask` for the answer to one.
"""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tests.house import ROOT

Json = dict[str, Any]
LONGEST_LINE = 1 << 26


class Process:
    """`ready`: what it said at its start."""

    def __init__(self, process: asyncio.subprocess.Process, ready: Json) -> None:
        self._process = process
        self.ready = ready

    async def ask(self, do: str, **order: object) -> Json:
        if self._process.stdin is None:
            raise AssertionError("a process without stdin")
        self._process.stdin.write(json.dumps({"do": do, **order}).encode() + b"\n")
        return await _line(self._process)


@asynccontextmanager
async def started(module: str, **settings: object) -> AsyncIterator[Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        f"tests.benchmarks.{module}",
        json.dumps(settings),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        limit=LONGEST_LINE,
    )
    try:
        yield Process(process, await _line(process))
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _line(process: asyncio.subprocess.Process) -> Json:
    if process.stdout is None:
        raise AssertionError("a process without stdout")
    line = await process.stdout.readline()
    if not line:
        raise AssertionError("the process has ended")
    answer: Json = json.loads(line)
    return answer


async def orders() -> AsyncIterator[Json]:
    """In such a process: what is asked of it."""
    while line := await asyncio.to_thread(sys.stdin.readline):
        yield json.loads(line)


def tell(**answer: object) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
