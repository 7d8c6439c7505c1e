"""When a person's next message comes, and what to do with one that is due or late. Pure."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.calendar import (
    QUIET,
    date_of,
    exists,
    instant,
    local_date,
    next_push,
    still_sensible,
)
from bot.domain.person import Person
from bot.domain.pushes import Move, Occasion, PushKind
from bot.domain.travel import clock_of, first_at_home, returns_at

EVERY_DAY = frozenset(range(7))
OPEN_END = date.max  # a pause that only /resume ends
SILENT = timedelta(days=14)  # without a sign of the person: the message asks whether to go on
FAR = timedelta(days=28)  # from here it comes once a week, until there is a sign
_WEEK = timedelta(days=7)


def today_of(person: Person, now: datetime) -> date:
    """The date on the person's own calendar."""
    return local_date(now, clock_of(person, now)[1])


def message_days(person: Person) -> frozenset[int]:
    """The weekdays on which a message comes: the chosen ones, or all with notes on."""
    return EVERY_DAY if person.notes else person.days


def coming_push(person: Person, after: datetime) -> datetime | None:
    """The person's next message after an instant; None where none comes by itself."""
    return _coming(person, after, person.served)


def _coming(person: Person, after: datetime, last: date | None) -> datetime | None:
    """The same where the last message was that of the date `last`."""
    if person.stopped or not person.reachable or person.paused_until == OPEN_END:
        return None
    served = last
    if person.paused_until is not None:
        eve = person.paused_until - timedelta(days=1)
        served = eve if served is None else max(served, eve)
    coming = _next(person, after, served)
    if last is None or not _silent(person, coming, FAR):
        return coming
    weekly = last + _WEEK - timedelta(days=1)
    served = weekly if served is None else max(served, weekly)
    return _next(person, after, served)


def _next(person: Person, after: datetime, served: date | None) -> datetime | None:
    """The next message of a date after `served`; the dates of a trip by the clock there."""
    days, back, until = message_days(person), returns_at(person), person.away_until
    at, zone = clock_of(person, after)
    coming = next_push(after, at, days, zone, served=served)
    if back is None or until is None or after >= back:
        return coming
    if coming is None or date_of(coming, at, zone) <= until:
        return coming
    served = max(served or until, until)
    at, zone = clock_of(person, back)
    first, due = until + timedelta(days=1), first_at_home(person)
    if served < first and first.weekday() in days and exists(first, zone) and due and due > after:
        return due
    return next_push(after, at, days, zone, served=max(served, first))


def arriving(person: Person, now: datetime) -> datetime | None:
    """Who comes to another zone: today's message, where its time there has passed but it has not
    come yet and still may. Its instant is past: it is due at once."""
    at, zone = clock_of(person, now)
    due = instant(local_date(now, zone), at, zone)
    if due > now or not still_sensible(due, now, zone, at):
        return None
    return due if coming_push(person, due - timedelta(seconds=1)) == due else None


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
    coming = person.next_push or coming_push(person, after)
    while coming is not None:
        found.append(coming)
        if len(found) == count:
            break
        coming = _coming(person, coming, date_of(coming, *clock_of(person, coming)))
    return tuple(found)


def decide(person: Person, now: datetime) -> Move:
    """What a tick changes for a due person; of several missed messages the newest alone counts."""
    due = person.next_push
    newest: Occasion | None = None
    served = person.served
    while due is not None and due <= now:
        served = date_of(due, *clock_of(person, due))
        newest = Occasion(_kind(person, served), served, due)
        due = _coming(person, due, served)
    if newest:
        at, zone = clock_of(person, newest.due)
        newest = newest if still_sensible(newest.due, now, zone, at, QUIET) else None
    return Move(replace(person, served=served, next_push=due), person.next_push, newest)


def _kind(person: Person, day: date) -> PushKind:
    return PushKind.SESSION if day.weekday() in person.days else PushKind.NOTE
