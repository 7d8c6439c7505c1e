"""The wall clocks of the world, found by walking along the line of instants: an oracle."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from bot.app.zones import marks

DAY = timedelta(days=1)
QUARTER = timedelta(minutes=15)
FIRST, LAST = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (2017, 2027))
STEP = 4 * 86_400  # no law in these years is shorter
Offset = timedelta | None


def walk(around: date, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    now = datetime.combine(around, time.min, tzinfo=UTC) - 3 * DAY
    for _ in range(7 * 96):
        yield now, now.astimezone(zone).replace(tzinfo=None)
        now += QUARTER


def walked(around: date, zone: ZoneInfo) -> dict[datetime, datetime]:
    """Each wall time of the days around a date, with its instant: the first one it is shown at.

    Wall times that are never shown get the instant at which a clock that had not been put
    forward would show them.
    """
    seen: dict[datetime, datetime] = {}
    before: tuple[datetime, datetime] | None = None
    for now, wall in walk(around, zone):
        if before is not None:
            missed = before[1] + QUARTER
            while missed < wall:
                seen.setdefault(missed, before[0] + (missed - before[1]))
                missed += QUARTER
        seen.setdefault(wall, now)
        before = (now, wall)
    return seen


@cache
def turns() -> tuple[tuple[date, str], ...]:
    """Each change of an offset in ten years, in one zone of those that share it to the second."""
    found: dict[tuple[int, Offset, Offset], str] = {}
    for name in one_of_each_law():
        zone = ZoneInfo(name)
        for start in range(FIRST, LAST, STEP):
            before, after = offset(start, zone), offset(start + STEP, zone)
            if before != after:
                found.setdefault((turn_after(start, zone), before, after), name)
    return tuple((datetime.fromtimestamp(at, UTC).date(), name) for (at, *_), name in found.items())


def one_of_each_law() -> Iterator[str]:
    """Many zones are another's name."""
    first: dict[str, str] = {}
    for name, mark in marks().items():
        first.setdefault(mark, name)
    return iter(first.values())


def offset(epoch: int, zone: ZoneInfo) -> Offset:
    return datetime.fromtimestamp(epoch, zone).utcoffset()


def turn_after(start: int, zone: ZoneInfo) -> int:
    """The first second of the new offset, by halves."""
    early, late = start, start + STEP
    while late - early > 1:
        middle = (early + late) // 2
        early, late = (
            (middle, late) if offset(middle, zone) == offset(start, zone) else (early, middle)
        )
    return late
