"""When a person's next message comes, and what to do with one that is due or late. Pure."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.calendar import QUIET, date_of, local_date, next_push, still_sensible
from bot.domain.person import Person
from bot.domain.pushes import Move, Occasion, PushKind

DEFAULT_TIME = time(7, 0)
EVERY_DAY = frozenset(range(7))
OPEN_END = date.max  # a pause that only /resume ends
UTC_ZONE = ZoneInfo("UTC")
SILENT = timedelta(days=14)  # without a sign of the person: the message asks whether to go on
FAR = timedelta(days=28)  # from here it comes once a week, until there is a sign
_WEEK = timedelta(days=7)


def clock_of(person: Person) -> tuple[time, ZoneInfo]:
    """The person's time and zone; until the zone is known: the clock time of the sign-up."""
    if person.zone is None:
        return person.at or person.signed_up.astimezone(UTC).timetz().replace(tzinfo=None), UTC_ZONE
    return person.at or DEFAULT_TIME, ZoneInfo(person.zone)


def today_of(person: Person, now: datetime) -> date:
    """The date on the person's own calendar."""
    return local_date(now, clock_of(person)[1])


def message_days(person: Person) -> frozenset[int]:
    """The weekdays on which a message comes: the chosen ones, or all with notes on."""
    return EVERY_DAY if person.notes else person.days


def coming_push(person: Person, after: datetime) -> datetime | None:
    """The person's next message after an instant; None where none comes by itself."""
    if person.stopped or not person.reachable or person.paused_until == OPEN_END:
        return None
    at, zone = clock_of(person)
    served = person.served
    if person.paused_until is not None:
        eve = person.paused_until - timedelta(days=1)
        served = eve if served is None else max(served, eve)
    coming = next_push(after, at, message_days(person), zone, served=served)
    if person.served is None or not _silent(person, coming, FAR):
        return coming
    weekly = person.served + _WEEK - timedelta(days=1)
    served = weekly if served is None else max(served, weekly)
    return next_push(after, at, message_days(person), zone, served=served)


def asks_to_go_on(person: Person, now: datetime) -> bool:
    """Whether nothing was heard of the person for long."""
    return _silent(person, now, SILENT)


def _silent(person: Person, at: datetime | None, length: timedelta) -> bool:
    return at is not None and at - (person.last_seen or person.signed_up) >= length


def recomputed(person: Person) -> datetime | None:
    """The same next message by the zone's rules as they are now; it may be due or late by them."""
    if person.next_push is None:
        return None
    return coming_push(person, person.next_push - timedelta(hours=12))


def coming_pushes(person: Person, after: datetime, count: int) -> tuple[datetime, ...]:
    """The next `count` messages, soonest first."""
    found: list[datetime] = []
    at, zone = clock_of(person)
    coming = person.next_push or coming_push(person, after)
    while coming is not None and len(found) < count:
        found.append(coming)
        served = date_of(coming, at, zone)
        coming = coming_push(replace(person, served=served), coming)
    return tuple(found)


def decide(person: Person, now: datetime) -> Move:
    """What a tick changes for a due person; of several missed messages the newest alone counts."""
    at, zone = clock_of(person)
    due = person.next_push
    newest: Occasion | None = None
    moved = person
    while due is not None and due <= now:
        day = date_of(due, at, zone)
        newest = Occasion(_kind(person, day), day, due)
        moved = replace(moved, served=day)
        due = coming_push(moved, due)
    if newest and not still_sensible(newest.due, now, zone, at, QUIET):
        newest = None
    return Move(replace(moved, next_push=due), person.next_push, newest)


def _kind(person: Person, day: date) -> PushKind:
    return PushKind.SESSION if day.weekday() in person.days else PushKind.NOTE
