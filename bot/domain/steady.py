"""A wall clock that jumps is not believed until a second reading agrees. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

JUMP = timedelta(minutes=10)
IN_STEP_SECONDS = 60.0


@dataclass(slots=True)
class SteadyClock:
    """`wall` is what the machine's clock says, `seconds` what a steady one counts beside it.

    After a jump the time to go by is the earlier of the two that are possible: nothing that is
    dated beyond it goes out.
    """

    _believed: tuple[datetime, float] | None = None
    _doubted: tuple[datetime, float] | None = None

    @property
    def in_doubt(self) -> bool:
        return self._doubted is not None

    def look(self, wall: datetime, seconds: float) -> bool:
        """One reading more, at each tick; whether the clock has jumped since the last."""
        if self._believed is None or _in_step(self._believed, wall, seconds):
            self.believe(wall, seconds)  # a jump there and back is over, too
            return False
        if self._doubted is not None and _in_step(self._doubted, wall, seconds):
            return False
        self._doubted = (wall, seconds)
        return True

    def compare(self, other: datetime | None, wall: datetime, seconds: float) -> bool:
        """A second reading: another clock's, or, where there is none (None), our own once it has
        stayed in step for a minute. Whether it agrees; the clock is believed from then on."""
        if self._doubted is None:
            return True
        if other is None:
            agrees = seconds - self._doubted[1] >= IN_STEP_SECONDS
        else:
            agrees = abs(other - wall) <= JUMP
        if agrees:
            self.believe(wall, seconds)
        return agrees

    def now(self, wall: datetime, seconds: float) -> datetime:
        """The time to go by."""
        if self._believed is None or self._doubted is None:
            return wall
        return min(wall, _expected(self._believed, seconds))

    def believe(self, wall: datetime, seconds: float) -> None:
        """What the clock says is the time, whatever it said before."""
        self._believed, self._doubted = (wall, seconds), None


def _expected(reading: tuple[datetime, float], seconds: float) -> datetime:
    wall, then = reading
    return wall + timedelta(seconds=seconds - then)


def _in_step(reading: tuple[datetime, float], wall: datetime, seconds: float) -> bool:
    return abs(wall - _expected(reading, seconds)) <= JUMP
