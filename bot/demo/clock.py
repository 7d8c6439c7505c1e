"""A clock that runs like the wall's and can be put forward; and when clocks change."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]

_FAR = 400  # days: every zone that changes its clocks does so within them
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


class MovableClock:
    """`wall` and what it was put forward by. It never goes back: what was sent was sent."""

    def __init__(self, wall: Clock) -> None:
        self._wall = wall
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return self._wall() + self._ahead

    def move_to(self, moment: datetime) -> None:
        """Show `moment` now; one that has passed changes nothing."""
        self._ahead += max(moment - self(), timedelta())


def next_change(zone: ZoneInfo, after: datetime) -> datetime | None:
    """The instant (UTC, to the minute) at which the zone's clocks change next; None: not soon."""
    early = after.astimezone(UTC).replace(second=0, microsecond=0)
    before = early.astimezone(zone).utcoffset()
    for _ in range(_FAR):
        late = early + _DAY
        if late.astimezone(zone).utcoffset() != before:
            return _first_that_differs(zone, early, late)
        early = late
    return None


def _first_that_differs(zone: ZoneInfo, early: datetime, late: datetime) -> datetime:
    """Halve the stretch until a minute is left."""
    before = early.astimezone(zone).utcoffset()
    while late - early > _MINUTE:
        middle = early + (late - early) // _MINUTE // 2 * _MINUTE
        if middle.astimezone(zone).utcoffset() == before:
            early = middle
        else:
            late = middle
    return late
