"""When each person's next message has to come, told from the stored settings alone."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.calendar import exists, instant, local_date
from bot.domain.due import FAR
from bot.domain.person import Person
from bot.domain.travel import DEFAULT_TIME, zone_of

_DAY = timedelta(days=1)
_LOOK = 60  # days that are looked through
_WEEK = timedelta(days=7)
_UTC = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A message that has to come: the person's own date, and the instant."""

    date: date
    at: datetime


def clock(person: Person, zone: str | None = None) -> tuple[time, ZoneInfo]:
    """Until a zone is known it is the clock of the sign-up; then seven where no time is set."""
    zone = zone or person.zone
    if zone is not None:
        return person.at or DEFAULT_TIME, ZoneInfo(zone)
    return person.at or person.signed_up.astimezone(_UTC).time().replace(tzinfo=None), _UTC


def clock_at(person: Person, at: datetime) -> tuple[time, ZoneInfo]:
    """The clock where the person is at that instant, on a trip that of the trip."""
    return clock(person, zone_of(person, at))


def today(person: Person, at: datetime) -> date:
    """The date on the person's own calendar."""
    return local_date(at, clock_at(person, at)[1])


def coming(person: Person, after: datetime) -> Wanted | None:
    """The first message after an instant, by what is stored; None where none may come."""
    if person.stopped or not person.reachable:
        return None
    today = local_date(after, clock(person, zone_of(person, after))[1])
    late = person.next_push is not None and person.next_push <= after
    if late and _wants(person, today):  # who lands after the time of the day gets it at once
        return Wanted(today, after)
    for ahead in range(-1, _LOOK):
        day = today + ahead * _DAY
        away = person.away_until is not None and day <= person.away_until
        at, zone = clock(person, person.away_zone if away else None)
        if not _wants(person, day) or not exists(day, zone):
            continue
        due = instant(day, at, zone)
        if due > after and not _seldom(person, day, due):
            return Wanted(day, due)
    return None


def _wants(person: Person, day: date) -> bool:
    """One of the days, not served yet, and no pause on it."""
    if not person.notes and day.weekday() not in person.days:
        return False
    if person.served is not None and day <= person.served:
        return False
    return person.paused_until is None or day >= person.paused_until


def _seldom(person: Person, day: date, due: datetime) -> bool:
    """After four silent weeks: once a week."""
    heard = person.last_seen or person.signed_up
    if due - heard < FAR or person.served is None:
        return False
    return day < person.served + _WEEK
