"""A hundred thousand due in one minute, beside one job a person in a scheduler.

Each in a process of its own: `python -m tests.benchmarks.due '{"what": …, "people": …}'` prints the
seconds until all are claimed or were called, the longest stall of its loop, and the memory more.
"""

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from telegram.ext import ApplicationBuilder

from bot.domain.due import decide
from bot.domain.pushes import Hold
from bot.storage.database import Database
from tests.benchmarks import crowd
from tests.benchmarks.processes import tell

TOGETHER = 1_000
SOON = timedelta(seconds=1)
PATIENT: dict[str, Any] = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
called = 0


async def claims(people: int) -> dict[str, float]:
    """Ours: found, moved on and claimed, a thousand a transaction."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.db"
        await crowd.newcomers(file, people)
        database = await Database.open(f"sqlite+aiosqlite:///{file}")

        async def claim() -> None:
            claimed = 0
            while claimed < people:
                async with database.writing() as unit:
                    due = await unit.pushes.due(crowd.DUE, TOGETHER)
                    moves = [decide(person, crowd.DUE) for person in due]
                    hold = Hold("bench", crowd.DUE + timedelta(seconds=90))
                    claimed += len(await unit.pushes.claim_due(moves, hold, held=True))
                await asyncio.sleep(0)

        try:
            return await _cost(claim)
        finally:
            await database.close()


async def memory_jobs(people: int) -> dict[str, float]:
    return await _jobs(AsyncIOScheduler(timezone="UTC", job_defaults=PATIENT), people)


async def sql_jobs(people: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        store = SQLAlchemyJobStore(url=f"sqlite:///{folder}/jobs.db")
        stores = {"default": store}
        scheduler = AsyncIOScheduler(timezone="UTC", jobstores=stores, job_defaults=PATIENT)
        return await _jobs(scheduler, people)


async def run_daily(people: int) -> dict[str, float]:
    application = ApplicationBuilder().token("1:" + "a" * 35).build()
    queue = application.job_queue
    if queue is None:
        raise AssertionError("a library without its job queue")
    queue.scheduler.configure(timezone="UTC", job_defaults=PATIENT)
    base = _memory()
    queue.scheduler.start(paused=True)
    at = (datetime.now(UTC) + SOON).timetz()
    for number in range(people):
        queue.run_daily(_daily, at, data=number)
    return await _fired(queue.scheduler, people, base)


async def _jobs(scheduler: Any, people: int) -> dict[str, float]:
    base = _memory()
    scheduler.start(paused=True)
    at = datetime.now(UTC) + SOON
    for number in range(people):
        scheduler.add_job(call, "date", run_date=at, args=[number])
    return await _fired(scheduler, people, base)


async def call(_number: int) -> None:
    global called  # the SQL store keeps the name of a function, not an object
    called += 1


async def _daily(_context: object) -> None:
    await call(0)


async def _fired(scheduler: Any, people: int, base: float) -> dict[str, float]:
    await asyncio.sleep(SOON.total_seconds())

    async def fire() -> None:
        scheduler.resume()
        while called < people:  # noqa: ASYNC110  (the jobs only count)
            await asyncio.sleep(0.005)

    return await _cost(fire, base)


async def _cost(work: Callable[[], Awaitable[None]], base: float | None = None) -> dict[str, float]:
    longest, base = 0.0, _memory() if base is None else base

    async def watch() -> None:
        nonlocal longest
        last = time.perf_counter()
        while True:
            await asyncio.sleep(0)
            now = time.perf_counter()
            longest, last = max(longest, now - last), now

    watching = asyncio.create_task(watch())
    start = time.perf_counter()
    await work()
    seconds = time.perf_counter() - start
    await asyncio.sleep(0)
    watching.cancel()
    return {"seconds": seconds, "stall": longest, "memory": max(_memory() - base, 1.0)}


def _memory() -> float:
    """The most that this process ever held, MB. The usual `ru_maxrss` would begin with what the
    process that started it held."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


WORK = {"claims": claims, "memory": memory_jobs, "sql": sql_jobs, "daily": run_daily}


if __name__ == "__main__":
    given = json.loads(sys.argv[1])
    tell(**asyncio.run(WORK[given["what"]](int(given["people"]))))
