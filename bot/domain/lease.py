"""Who of several processes may do what only one may do at a time."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Holder:
    """A process: `owner` is unique to one start of it, `pid` and `host` say where it runs."""

    owner: str
    pid: int
    host: str


@dataclass(frozen=True, slots=True)
class Lease:
    """`name` is held by `holder` for as long as it beats."""

    name: str
    holder: Holder
    beat_at: datetime
    started_at: datetime

    def ended(self, now: datetime, ttl: timedelta) -> bool:
        """No beat for `ttl`; a beat from further ahead means that the clock was set back."""
        return abs(now - self.beat_at) > ttl
