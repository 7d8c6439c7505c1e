"""A bot that kills itself (SIGKILL) at a given step: before its n-th statement to the database,
commits included, or before it hands a message to Telegram. Steps are counted, not timed: each one
of them can be visited.

Run as `python -m tests.process.killed`: each line of stdin is one life, as JSON; each line of
stdout says how it ended. The lives are forks: the content is read once for all of them.
"""

import asyncio
import json
import os
import signal
import sys
import traceback
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, event

from bot import logs
from bot.app.assembly import App, assemble
from bot.app.life import connect
from bot.config import read
from bot.run import Poller
from tests.house import ROOT, shelf


@dataclass(slots=True)
class Steps:
    """Dies before the n-th step from `armed` on."""

    last: int
    armed: bool = False
    count: int = 0

    def step(self, *_about: object) -> None:
        self.count += self.armed
        if self.count == self.last:
            os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    words = os.fdopen(os.dup(sys.stdout.fileno()), "w", buffering=1)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever a life prints is no answer of ours
    logs.configure("ERROR", as_json=False)
    shelf()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os._exit(_lived(json.loads(line)))
        words.write(_how(os.waitpid(child, 0)[1]) + "\n")


def _how(status: int) -> str:
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return "killed"
    return "whole" if status == 0 else "failed"


def _lived(life: dict[str, Any]) -> int:
    try:
        asyncio.run(_live(life))
    except BaseException:  # noqa: BLE001  # whatever it is, it must not run on into the parent's loop
        traceback.print_exc()
        return 1
    return 0


async def _live(life: dict[str, Any]) -> None:
    now = datetime.fromisoformat(life["now"])
    steps = Steps(life["step"])
    for name in ("before_cursor_execute", "commit"):
        event.listen(Engine, name, steps.step)
    settings = read(life["env"], ROOT / "content")
    async with assemble(settings, lambda: now, shelf(), steps.step) as app:
        await app.application.initialize()
        steps.armed = True
        if life["what"] == "push":
            await app.pump.once()
        else:
            await _answer(app)


async def _answer(app: App) -> None:
    """Poll until everything that waits is handled and confirmed."""
    poller = Poller(app.bot, connect(app), app.pulse, app.clock)
    polling = asyncio.create_task(poller.run())
    while app.pulse.last_poll is None and not polling.done():  # noqa: ASYNC110  (the pulse has no event for it)
        await asyncio.sleep(0.01)
    poller.close()
    await polling


if __name__ == "__main__":
    main()
