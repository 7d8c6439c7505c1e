"""One APScheduler job that says "tick" to a callable: the alarm clock, not the schedule.

The database is the schedule. A tick must return at once; what is due is found by a query, so a
tick that is missed or doubled changes nothing.
"""

from collections.abc import Awaitable, Callable

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, JobEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler

# The defaults drop a job that is one second late.
_NEVER_DROP = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}


class Ticker:
    """Calls each given callable at its own interval (seconds), in the running loop."""

    def __init__(self, failed: Callable[[str], None]) -> None:
        self._scheduler = AsyncIOScheduler(timezone="UTC", job_defaults=_NEVER_DROP)
        self._scheduler.add_listener(
            lambda event: failed(_words(event)), EVENT_JOB_ERROR | EVENT_JOB_MAX_INSTANCES
        )

    def every(self, seconds: float, call: Callable[[], Awaitable[None]]) -> None:
        """Call `call` each `seconds`, first one interval from the start."""
        self._scheduler.add_job(call, "interval", seconds=seconds)

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)


def _words(event: JobEvent) -> str:
    error = getattr(event, "exception", None)
    if error is None:
        return "the last tick is still running"
    told = str(error).partition("\n")[0]
    return f"{type(error).__name__}: {told}"
