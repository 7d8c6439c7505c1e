"""Where a person's wall clock meets the line of UTC instants (RFC 5545, section 3.3.5).

Every instant that goes in or comes out is aware; what comes out is in UTC. A date here is a
date of the person's zone.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

OWN_HOUR = timedelta(hours=1)
QUIET = (time(21, 30), time(5, 30))

_DAY = timedelta(days=1)
# Two weeks and the dates at both ends: the one chosen weekday of this week may be the date that
# the zone left out (Friday 30 December 2011 in Apia).
_REACH = 16


def instant(local_date: date, at: time, zone: ZoneInfo) -> datetime:
    """The instant at which the wall clock of `zone` shows `at` on `local_date`.

    A time in a gap takes the offset before the gap (02:30 becomes 03:30); of a doubled time the
    first one counts. zoneinfo does both for fold=0 (PEP 495).
    """
    return datetime.combine(local_date, at.replace(fold=0), tzinfo=zone).astimezone(UTC)


def local_date(now: datetime, zone: ZoneInfo) -> date:
    """The date on the person's calendar at `now`."""
    return _local(now, zone).date()


def exists(day: date, zone: ZoneInfo) -> bool:
    """Whether `zone` had this date at all: crossing the date line westwards leaves one out."""
    return local_date(instant(day, time.min, zone), zone) == day


def date_of(due: datetime, at: time, zone: ZoneInfo) -> date:
    """The date that the push due at `due` belongs to: part of its key.

    Nearly always the local date of `due`. A gap that ends at midnight (Nuuk, since 2024) moves
    23:30 to 00:30: that push still belongs to the evening before, and the next one keeps its own.
    """
    shown = local_date(due, zone)
    before = shown - _DAY
    moved = instant(shown, at, zone) != due and instant(before, at, zone) == due
    return before if moved and exists(before, zone) else shown


def next_push(
    after: datetime,
    at: time,
    days: frozenset[int],
    zone: ZoneInfo,
    served: date | None = None,
) -> datetime | None:
    """The first push strictly after `after`; None without days.

    `days` are weekdays, Monday 0. A date has at most one push and a date that the zone left out
    has none. Dates up to `served` (the date of the last push) are passed over, so that neither a
    later `at` nor a flight to the west brings the same date twice.
    """
    first = local_date(after, zone) - _DAY
    if served is not None:
        first = max(first, served + _DAY)
    for step in range(_REACH):
        day = first + step * _DAY
        if day.weekday() not in days:
            continue
        due = instant(day, at, zone)
        if due > after and exists(day, zone):
            return due
    return None


def in_quiet_hours(local: time, chosen: time, quiet: tuple[time, time] = QUIET) -> bool:
    """Whether a push would disturb at `local`.

    `quiet` begins inclusive and ends exclusive, over midnight too. The hour that starts at the
    `chosen` time is never quiet: the person asked for it.
    """
    if _within(local, chosen, _plus_hour(chosen)):
        return False
    return _within(local, *quiet)


def still_sensible(
    due: datetime,
    now: datetime,
    zone: ZoneInfo,
    chosen: time,
    quiet: tuple[time, time] = QUIET,
) -> bool:
    """Whether a push that was due at `due` may still go out at `now`.

    It may while the local day of `due` lasts, outside quiet hours. The own hour also counts in
    real time from `due`: a clock change may show any time during it.
    """
    if local_date(due, zone) != local_date(now, zone):
        return False
    if now - due < OWN_HOUR:
        return True
    return not in_quiet_hours(_local(now, zone).time(), chosen, quiet)


def quiet_end(now: datetime, zone: ZoneInfo, chosen: time) -> datetime | None:
    """The instant (UTC) at which the present quiet hours end; None outside them."""
    local = _local(now, zone)
    if not in_quiet_hours(local.time(), chosen):
        return None
    end = local.replace(hour=QUIET[1].hour, minute=QUIET[1].minute, second=0, microsecond=0)
    end = end if end > local else end + timedelta(days=1)
    return end.astimezone(UTC)


def _local(now: datetime, zone: ZoneInfo) -> datetime:
    if now.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return now.astimezone(zone)


def _plus_hour(at: time) -> time:
    return at.replace(hour=(at.hour + 1) % 24)


def _within(at: time, start: time, end: time) -> bool:
    """Whether `at` lies in the half-open stretch that runs from `start` forwards to `end`."""
    if start <= end:
        return start <= at < end
    return at >= start or at < end


def date_in(text: str) -> date | None:
    """The date that a button carries; None where it is none, as in a forged one."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
