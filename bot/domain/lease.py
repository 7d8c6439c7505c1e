"""Who of several processes may do what only one may do at a time."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Holder:
    """A process: `owner` is unique to one start of it, `pid` and `host` say where it runs."""

    owner: str
    pid: int
    host: str


LIFE_SECONDS = 11.0
GAP_SECONDS = 5.0


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


@dataclass(slots=True)
class Watch:
    """Whether the holder of a lease is silent, as seen by somebody who waits for it.

    No wall clock has a say: two machines' may differ, and each may be set. A holder is silent
    when its beat stayed the same over `LIFE_SECONDS` of the watcher's own steady seconds; a time
    in which the watcher did not look (the database was away, or it stood still itself) proves
    nothing, and the count begins anew.
    """

    _beat: tuple[str, datetime] | None = None
    _since: float = 0.0
    _looked: float = 0.0

    def silent(self, lease: Lease, seconds: float) -> bool:
        """One look more, at this instant of the watcher's own."""
        beat = (lease.holder.owner, lease.beat_at)
        if beat != self._beat or seconds - self._looked > GAP_SECONDS:
            self._beat, self._since = beat, seconds
        self._looked = seconds
        return seconds - self._since >= LIFE_SECONDS
