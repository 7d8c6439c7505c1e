"""The value that a wish needs, found anywhere in what was said: a time, days, a place, a number.

`READ` reads a text that is nothing but the value, and raises BadInput or ValueError for another.
`found` looks through a whole sentence; what it cannot tell for certain it leaves out, and then
the bot asks.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from bot.domain.clocktimes import parse_time
from bot.domain.errors import BadInput
from bot.domain.later import PARTS, parse_later
from bot.domain.spans import parse_minutes, parse_until
from bot.domain.typed import NUMBERS, in_digits
from bot.domain.weekdays import days_in, parse_days

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SCALE = 10
_LONGEST_RUN = 6  # words of one value
_LONGEST_NAME = 4
_SHORTEST, _LONGEST = 5, 300  # minutes
_ONE = re.compile(r"(?<!\ba )(?<!rpe )(?<!effort )(?<!only )\bone\b")  # the word, not the number
_LEADS = re.compile(r"^(?:(?:for|until|till|til|the|in|about|of) )+")
_SHARES = {"half": 50, "half of it": 50, "most of it": 80, "most": 80, "a third": 33}
_SHARES |= {"a quarter": 25, "two thirds": 66, "three quarters": 75, "almost all": 90}
_ANY_DAY = date(2026, 1, 1)  # lengths and dates are checked here, counted where they are obeyed
_EVENING = ("tonight", "night", "evening")
_EDGE = " .!,;:-?"
_DENIED = "(?:no|not|without|instead of|any|than) (?:an? |the |my |more )?"
_OF_TEN = re.compile(r"\b(\d{1,2}) ?(?:/|out of|of) ?(?:10|ten)\b")
_OF_OTHER = re.compile(r"\b(\d{1,2}) ?(?:/|out of|of(?: the)?) ?(\d{1,2})\b")
_PERCENT = re.compile(r"\b(\d{1,2}) ?(?:%|percent|per cent)")
# A number in front of one of these counts something; it is no rating.
_COUNTED = re.compile(
    r"\b\d+(?:[.,:]\d+)? ?(?:x|×|%|percent|km|k|m|min|mins|minutes?|hours?|hrs?|h|s|sec|secs"
    r"|seconds?|reps?|repetitions?|sets?|rounds?|hills?|sprints?|intervals?|times|days?|weeks?|am|pm|kg|miles?"
    r"|o'?clock|of)\b"
)
_NUMBER = re.compile(r"(?<![\d.,:])\b(10|\d)\b(?![.,:]?\d)")
_GOING = (
    r"(?:moved|move|moving|flying|fly|travelling|traveling|relocated|going|switch|set|change|changed)"
    r" (?:over |it |me |(?:my )?(?:clock|zone|timezone|time zone) )?to|in|on|is|zone|timezone"
)
_NO_PLACE = (
    "until|till|til|now|so|and|use|please|from|for|this|next|these|today|tomorrow|tonight|time|"
    "timezone|zone|set|change|fix|update|send|my|the|a|i|it|is|pls|again|since|holiday|wrong|there"
)
_PLACE = re.compile(
    rf"\b(?:{_GOING})\s+(?P<place>(?!(?:{_NO_PLACE})\b)[\w'/+-]+"
    rf"(?:\s+(?!(?:{_NO_PLACE})\b)[\w'/+-]+){{0,3}})"
)
_UNTIL = re.compile(r"\b(?:until|till|til) (?:the )?(?P<rest>.+)")
_AT = re.compile(r"(?=\b(?:at|to|for|by|around|about|@) (?P<rest>.+))")


def found(slot: str, said: str, known: Mapping[str, str]) -> str | None:
    """The value of `slot` in the sentence `said` (plain words), or None. `known` are the names
    that people have for its values, where it has names, each with the word of the command."""
    finder = _FINDERS.get(slot)
    return finder(said) if finder else _named(said, known)


def _runs(said: str) -> Iterator[tuple[int, str]]:
    """Every run of words with the place of its first, the longest first."""
    words = said.split()
    for length in range(min(len(words), _LONGEST_RUN), 0, -1):
        for start in range(len(words) - length + 1):
            yield start, " ".join(words[start : start + length])


def _by_runs(slot: str) -> Callable[[str], str | None]:
    """The value of the only run that reads as one; two that differ are none."""
    read = READ[slot]

    def find(said: str) -> str | None:
        taken: list[tuple[int, int, str]] = []
        for start, run in _runs(said):
            end = start + len(run.split())
            if any(start < stop and begin < end for begin, stop, _ in taken):
                continue
            try:
                taken.append((start, end, read(run.strip(_EDGE))))
            except (BadInput, ValueError):
                continue
        values = {value for _, _, value in taken}
        return values.pop() if len(values) == 1 else None

    return find


def _time_in(said: str) -> str | None:
    """A clock time; a bare number only behind "at", "to" and the like, or with its half of day."""
    for led in _AT.finditer(said):
        if (time := _leading("time", led["rest"])) is not None:
            return time
    return _by_runs("time")(said)


def _days_in(said: str) -> str | None:
    days = days_in(said)
    return _spelt(days) if days else None


def _day_in(said: str) -> str | None:
    """The one day that something is moved to; the session's own "today's" is not it."""
    days = days_in(said)
    if len(days) == 1:
        return _DAYS[next(iter(days))]
    return "tomorrow" if not days and re.search(r"\btomorrow\b(?!'s)", said) else None


def _until_in(said: str) -> str | None:
    led = _UNTIL.search(said)
    day = _leading("until", led["rest"]) if led else None
    return day or _by_runs("until")(said)


def _later_in(said: str) -> str | None:
    """Hours or minutes from now, a part of the day, tomorrow."""
    words = said.split()
    if "tomorrow" in words:
        return "tomorrow"
    parts = [part for part in PARTS if f" {part} " in f" {said} "]
    if parts:
        return "evening" if parts[0] in _EVENING else parts[0]
    return _by_runs("later")(said)


def _share_in(said: str) -> str | None:
    """Per cent, so many of so many, or a part in words."""
    digits = " ".join(in_digits(said.split()))
    if percent := _PERCENT.search(digits):
        return percent[1] if 0 < int(percent[1]) < 100 else None
    if some := _OF_OTHER.search(digits):
        done, of = int(some[1]), int(some[2])
        return str(round(100 * done / of)) if 0 < done < of else None
    parts = [part for part in sorted(_SHARES, key=len, reverse=True) if f" {part} " in f" {said} "]
    return str(_SHARES[parts[0]]) if parts else None


def _rating_in(said: str) -> str | None:
    """A number from 0 to 10 that counts nothing else."""
    counted = _ONE.sub(" ", said).replace("/", " / ").split()
    digits = " ".join(in_digits(counted)).replace(" / ", "/")
    if of_ten := _OF_TEN.search(digits):
        return of_ten[1] if int(of_ten[1]) <= _SCALE else None
    left = _NUMBER.findall(_COUNTED.sub(" ", digits))
    return left[0] if len(set(left)) == 1 else None


def _place_in(said: str) -> str | None:
    """The place where somebody is or goes, with its last day where one is named."""
    places = [m["place"].strip(_EDGE) for m in _PLACE.finditer(said)]
    if not places:
        return None
    led = _UNTIL.search(said)
    until = _leading("until", led["rest"]) if led else None
    named = places[-1].title()
    return f"{named} until {until.removeprefix('until ').title()}" if until else named


def _leading(slot: str, rest: str) -> str | None:
    """The longest value that `rest` begins with."""
    words = rest.split()
    for length in range(min(len(words), _LONGEST_RUN), 0, -1):
        try:
            return READ[slot](" ".join(words[:length]).strip(_EDGE))
        except (BadInput, ValueError):
            continue
    return None


def _named(said: str, known: Mapping[str, str]) -> str | None:
    """What the sentence calls by a known name and does not deny."""
    left, values = f" {said} ", set()
    for name in sorted(known, key=len, reverse=True):
        pattern = re.compile(rf"(?<= )(?P<no>{_DENIED})?{re.escape(name)}(?=[ .,;!?])")
        values |= {known[name] for match in pattern.finditer(left) if not match["no"]}
        left = pattern.sub("", left)
    return values.pop() if len(values) == 1 else None


def _time(text: str) -> str:
    return f"{parse_time(text):%H:%M}"


def _spelt(days: frozenset[int]) -> str:
    return "all" if len(days) == len(_DAYS) else " ".join(_DAYS[d] for d in sorted(days))


def _week_days(text: str) -> str:
    return _spelt(parse_days(text))


def _one_day(text: str) -> str:
    if text in ("today", "tomorrow"):
        return text
    (day,) = parse_days(text)
    return _DAYS[day]


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
    if bare in _EVENING:
        return "evening"
    if wish.length is not None:
        hours, rest = divmod(int(wish.length.total_seconds() // 60), 60)
        return f"{hours}h" if hours and not rest else f"{hours * 60 + rest}min"
    return bare


def _share(text: str) -> str:
    number = text.removesuffix("%").removesuffix("percent").removesuffix("per cent").strip()
    value = _SHARES.get(number, int(number) if number.isdecimal() else 0)
    if not 0 < value < 100:
        raise ValueError(text)
    return str(value)


def _rating(text: str) -> str:
    number = text.split("/")[0].replace(" out of 10", "").strip()
    value = NUMBERS.get(number, int(number) if number.isdecimal() else -1)
    if not 0 <= value <= _SCALE:
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
    return _words(text).title()


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
    "reason": _words,
}
NAMED = ("terrain", "level", "where")
_FINDERS: dict[str, Callable[[str], str | None]] = {
    "time": _time_in,
    "days": _days_in,
    "day": _day_in,
    "until": _until_in,
    "later": _later_in,
    "share": _share_in,
    "minutes": _by_runs("minutes_in_all"),
    "rating": _rating_in,
    "place": _place_in,
}
