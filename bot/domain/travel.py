"""The clock that a person lives by: their own, and for the days of a trip that of another zone.

A date belongs to one zone alone: up to `away_until` to the zone of the trip, later ones to home.
So each date has one message, whichever way the trip goes.
"""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.calendar import instant
from bot.domain.errors import BadInput
from bot.domain.person import Person
from bot.domain.spans import parse_until

DEFAULT_TIME = time(7, 0)
UTC_ZONE = ZoneInfo("UTC")
LONGEST = timedelta(days=366)
_NEARLY_A_YEAR = timedelta(days=330)  # a date without a year so far off has just passed
_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_TRIP = re.compile(r"(?P<place>.*?)[\s,]+(?:until|till|til|for|through)\s+(?P<last>.+)", re.DOTALL)


def clock_of(person: Person, now: datetime) -> tuple[time, ZoneInfo]:
    """The person's time and zone; until the zone is known: the clock time of the sign-up."""
    return _clock(person, zone_of(person, now))


def zone_of(person: Person, now: datetime) -> str | None:
    """The name of the zone that counts."""
    return person.away_zone if travels(person, now) else person.zone


def travels(person: Person, now: datetime) -> bool:
    back = returns_at(person)
    return back is not None and now < back


def at_home(person: Person, now: datetime) -> Person:
    """Without a trip that is over."""
    if person.away_zone is None or travels(person, now):
        return person
    return replace(person, away_zone=None, away_until=None)


def returns_at(person: Person) -> datetime | None:
    """The instant from which the home clock counts; None without a trip.

    When the last date of the trip ends there, or with the first message at home if that is
    sooner. Home's date is never before the last one of the trip.
    """
    first = first_at_home(person)
    if first is None or person.away_until is None:
        return None
    over = instant(person.away_until + _DAY, time.min, _clock(person, person.away_zone)[1])
    same = instant(person.away_until, time.min, _clock(person, person.zone)[1])
    return max(min(first, over), same)


def first_at_home(person: Person) -> datetime | None:
    """When the message of the first date at home is due.

    Where zones lie more than a day apart its time has passed before the last one of the trip:
    then it comes an hour after that.
    """
    if person.away_zone is None or person.away_until is None:
        return None
    there, here = _clock(person, person.away_zone), _clock(person, person.zone)
    last = instant(person.away_until, *there)
    return max(instant(person.away_until + _DAY, *here), last + _HOUR)


def split_trip(words: str) -> tuple[str, str | None]:
    """`Tokyo until 3 May` as the place and the words of its last day; None where none is said."""
    found = _TRIP.fullmatch(words.strip())
    return (found["place"].strip(), found["last"].strip()) if found else (words.strip(), None)


def last_day(text: str, today: date) -> date:
    """The last day of a trip. Raises BadInput `away_past`, `away_far` or `away_unclear` (text)."""
    try:
        day = parse_until(text, today)
    except BadInput as refused:
        code = "away_past" if refused.code == "span_past" else "away_unclear"
        raise BadInput(code, text=text) from refused
    if day - today > LONGEST:
        raise BadInput("away_far", text=text)
    if day - today > _NEARLY_A_YEAR and not re.search(r"\d{4}", text):
        raise BadInput("away_past", text=text)
    return day


def _clock(person: Person, zone: str | None) -> tuple[time, ZoneInfo]:
    if zone is None:
        return person.at or person.signed_up.astimezone(UTC).timetz().replace(tzinfo=None), UTC_ZONE
    return person.at or DEFAULT_TIME, ZoneInfo(zone)
