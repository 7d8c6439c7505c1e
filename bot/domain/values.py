"""The values that wishes need, each read from a text that is nothing else.

What cannot be read raises BadInput or ValueError.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from string import capwords

from bot.domain.clocktimes import parse_time
from bot.domain.later import parse_later
from bot.domain.spans import parse_minutes, parse_until
from bot.domain.travel import split_trip
from bot.domain.typed import NUMBERS
from bot.domain.weekdays import parse_days

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SHARES = {"half": 50, "half of it": 50, "most of it": 80, "most": 80, "a third": 33}
SHARES |= {"a quarter": 25, "two thirds": 66, "three quarters": 75, "almost all": 90}
EVENING = ("tonight", "night", "evening")
SCALE = 10
_LONGEST_NAME = 4
_SHORTEST, _LONGEST = 5, 300  # minutes
_LEADS = re.compile(r"^(?:(?:for|until|till|til|the|in|about|of) )+")
# What is said behind a place: "lisbon for good", "rome time".
_BEHIND = re.compile(
    r" (?:(?:for|now|this|next|these|currently|please|pls|from|since|with|so|instead|right|again"
    r"|already|permanently|today|tomorrow|mate|atm|rn)\b.*|time ?zone|time|tz|zone)$"
)
_ANY_DAY = date(2026, 1, 1)  # lengths and dates are checked here, counted where they are obeyed


def _time(text: str) -> str:
    return f"{parse_time(text):%H:%M}"


def spelt(days: frozenset[int]) -> str:
    return "all" if len(days) == len(DAYS) else " ".join(DAYS[d] for d in sorted(days))


def _week_days(text: str) -> str:
    return spelt(parse_days(text))


def _one_day(text: str) -> str:
    if text in ("today", "tomorrow"):
        return text
    (day,) = parse_days(text)
    return DAYS[day]


def _until(text: str) -> str:
    """A length as days; a day as it was said."""
    bare = _LEADS.sub("", text)
    first = parse_until(bare, _ANY_DAY)
    later = parse_until(bare, _ANY_DAY + timedelta(days=3))
    length = first - _ANY_DAY
    if later - (_ANY_DAY + timedelta(days=3)) == length:
        return str(length.days)
    return f"until {bare}"


def _later(text: str) -> str:
    """Hours, minutes, a part of the day or tomorrow."""
    bare = _LEADS.sub("", text)
    wish = parse_later(bare)
    if wish.tomorrow and wish.at is None:
        return "tomorrow"
    if bare in EVENING:
        return "evening"
    if wish.length is not None:
        hours, rest = divmod(int(wish.length.total_seconds() // 60), 60)
        return f"{hours}h" if hours and not rest else f"{hours * 60 + rest}min"
    return bare


def _share(text: str) -> str:
    number = text.removesuffix("%").removesuffix("percent").removesuffix("per cent").strip()
    value = SHARES.get(number, int(number) if number.isdecimal() else 0)
    if not 0 < value < 100:
        raise ValueError(text)
    return str(value)


def _rating(text: str) -> str:
    number = text.split("/")[0].replace(" out of 10", "").strip()
    value = NUMBERS.get(number, int(number) if number.isdecimal() else -1)
    if not 0 <= value <= SCALE:
        raise ValueError(text)
    return str(value)


def _session_minutes(text: str) -> str:
    """Minutes that a session may have; "a" is no number, and "these days" are no minutes."""
    minutes = parse_minutes(text)
    if not _SHORTEST <= minutes <= _LONGEST:
        raise ValueError(text)
    return str(minutes)


def _words(text: str) -> str:
    if not text or len(text.split()) > _LONGEST_NAME:
        raise ValueError(text)
    return text


def _place(text: str) -> str:
    if text[:1].isdigit():
        raise ValueError(text)
    place, last = split_trip(text)
    named = _words(_BEHIND.sub("", place)).title()
    return f"{named} until {capwords(_until(last).removeprefix('until '))}" if last else named


def _trip(text: str) -> str:
    """A place with the last day there."""
    if split_trip(text)[1] is None:
        raise ValueError(text)
    return _place(text)


READ: dict[str, Callable[[str], str]] = {
    "time": _time,
    "days": _week_days,
    "day": _one_day,
    "until": _until,
    "later": _later,
    "share": _share,
    "minutes": lambda text: str(parse_minutes(text)),
    "minutes_in_all": _session_minutes,
    "rating": _rating,
    "place": _place,
    "trip": _trip,
    "reason": _words,
}
