"""Lengths of time and last days as people write them: `1h30`, `a fortnight`, `until 3 May`."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from bot.domain.errors import BadInput
from bot.domain.typed import NUMBERS, in_digits, listed, respelt, tokens

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LONGEST = timedelta(days=3660)

_UNITS = {
    "m": MINUTE, "min": MINUTE, "mins": MINUTE, "minute": MINUTE, "minutes": MINUTE, "'": MINUTE,
    "h": HOUR, "hr": HOUR, "hrs": HOUR, "hour": HOUR, "hours": HOUR,
    "d": DAY, "day": DAY, "days": DAY,
    "w": 7 * DAY, "wk": 7 * DAY, "wks": 7 * DAY, "week": 7 * DAY, "weeks": 7 * DAY,
    "fortnight": 14 * DAY, "fortnights": 14 * DAY,
    "month": 30 * DAY, "months": 30 * DAY,
}  # fmt: skip
_MONTHS = {
    name: number
    for number, full in enumerate(
        listed(
            "january february march april may june july august september october november december"
        ),
        start=1,
    )
    for name in {full, full[:3], full[:4]}
}
_WEEKDAYS = {
    name: number
    for number, full in enumerate(
        listed("monday tuesday wednesday thursday friday saturday sunday")
    )
    for name in {full, full[:3], full[:4]}
}
_KNOWN = frozenset(
    word for word in (*_UNITS, *_MONTHS, *_WEEKDAYS, *NUMBERS, "tomorrow", "couple") if word[3:]
)
_FILLERS = frozenset(
    listed(
        "for in about around roughly of the next please pls max maximum only just up to at most "
        "more another off long pause break . ! ~"
    )
)
_FRACTIONS = (
    (re.compile(r"\b(\d+) ([a-z]+) and (?:an? )?half\b"), r"\1 . 5 \2"),
    (re.compile(r"\b(?:an? )?([a-z]+) and (?:an? )?half\b"), r"1 . 5 \1"),
    (re.compile(r"\b(\d+) and (?:an? )?half (\w+)"), r"\1 . 5 \2"),
    (re.compile(r"\b(?:three|3) quarters? of (?:an? )?(\w+)"), r"0 . 75 \1"),
    (re.compile(r"\bquarter of an? (\w+)"), r"0 . 25 \1"),
    (re.compile(r"\bhalf an? (\w+)|\bhalf (hour|day)\b"), r"0 . 5 \1\2"),
    (re.compile(r"\ba couple(?: of)?\b|\bcouple of\b"), "2"),
    (re.compile(r"\ba few\b"), "3"),
    (re.compile(r"\ban?\b(?= \d)"), ""),
    (re.compile(r"\ban?\b"), "1"),
)
_PART = re.compile(r"(?:(\d+)(?: [.,] (\d+))?) ?([a-z']*)(?: and\b| ,)? ?")


def parse_minutes(text: str) -> int:
    """Whole minutes of one day; a bare number is minutes.

    Raises BadInput `minutes_unclear` (text), for nothing and for more than a day as well.
    """
    try:
        length = parse_duration(text, bare=MINUTE)
    except BadInput as refused:
        raise BadInput("minutes_unclear", text=text) from refused
    if not MINUTE <= length <= DAY:
        raise BadInput("minutes_unclear", text=text)
    return length // MINUTE


def parse_duration(text: str, bare: timedelta | None = DAY) -> timedelta:
    """How long `text` says; `bare` is the unit of a number alone; a month is 30 days.

    Raises BadInput `span_unclear` (text), for nothing and for more than ten years as well.
    """
    said = _said(text)
    length, at = timedelta(), 0
    while at < len(said):
        part = _PART.match(said, at)
        name = part.group(3) if part else "?"
        unit = _UNITS.get(name) if name else bare
        if part is None or unit is None or len(part.group(1)) > 6:
            raise BadInput("span_unclear", text=text)
        length += unit * float(f"{part.group(1)}.{part.group(2) or 0}")
        at = part.end()
        bare = MINUTE if unit == HOUR else None  # 1h30, but not: 2 weeks 3
    if not timedelta() < length <= LONGEST:
        raise BadInput("span_unclear", text=text)
    return length


def parse_until(text: str, today: date) -> date:
    """The day that `text` names, after `today`; a length of days counts from today.

    A date without a year is the next such date. 5/3 is refused: it is May to some and March to
    others. Raises BadInput `span_unclear` (text), or `span_past` (text) for a day gone by.
    """
    words = _named(text)
    day = _near_day(words, today) or next(_dates(" ".join(words), today), None)
    if day is None:
        length = parse_duration(text)
        if length % DAY:
            raise BadInput("span_unclear", text=text)
        day = today + length
    if day <= today:
        raise BadInput("span_past", text=text)
    if day - today > LONGEST:
        raise BadInput("span_unclear", text=text)
    return day


def _said(text: str) -> str:
    said = " ".join(in_digits(respelt(tokens(text), _KNOWN)))
    for fraction, instead in _FRACTIONS:
        said = fraction.sub(instead, said)
    said = re.sub(r"(?<=\d) - (?=[a-z])", " ", said).strip(" .!~")
    said = " ".join(word for word in said.split() if word not in _FILLERS or word == ".")
    said = re.sub(r"^1 (?=\d+ [a-z])", "", said)  # a break of 10 days
    return re.sub(r"^(?=[a-z])(?!and\b)", "1 ", said)


def _named(text: str) -> list[str]:
    words = in_digits(respelt(tokens(text), _KNOWN))
    while words and words[0] in ("until", "till", "til", "to", "by", "on", "the", "through"):
        words = words[1:]
    if len(words) > 2 and words[0] in _WEEKDAYS:
        words = words[2:] if words[1] == "," else words[1:]
    return [word for word in words if word not in ("please", "pls", "!")]


def _near_day(words: list[str], today: date) -> date | None:
    said = " ".join(words).strip(" .")
    if said == "tomorrow":
        return today + DAY
    if said in ("weekend", "the weekend"):
        return _coming(5, today)
    if said == "next week":
        return _coming(0, today)
    if said in ("next month", "end of the month", "end of month"):
        first = (today.replace(day=1) + 32 * DAY).replace(day=1)
        return first if said == "next month" else first - DAY
    name = said.removeprefix("next ").removeprefix("this ")
    return _coming(_WEEKDAYS[name], today) if name in _WEEKDAYS else None


def _coming(weekday: int, today: date) -> date:
    return today + ((weekday - today.weekday() - 1) % 7 + 1) * DAY


_DATE_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<year>\d{4}) - (?P<month>\d\d?) - (?P<day>\d\d?)",
        r"(?P<day>\d\d?)(?: \.)?(?: (?:st|nd|rd|th))?(?: of)? (?P<name>[a-z]{3,9})(?: \.)?(?: ,)?"
        r"(?: (?P<year>\d{4}))?",
        r"(?P<name>[a-z]{3,9})(?: \.)?(?: the)? (?P<day>\d\d?)(?: (?:st|nd|rd|th))?(?: ,)?"
        r"(?: (?P<year>\d{4}))?",
        r"(?P<day>\d\d?) \. (?P<month>\d\d?)(?: \.)?(?: (?P<year>\d{4}))?",
        r"(?P<day>\d\d?) / (?P<month>\d\d?)(?: / (?P<year>\d{4}))?",
        r"(?P<day>\d\d?) (?:st|nd|rd|th)",
        r"(?P<name>[a-z]{3,9})",
    )
)


def _dates(said: str, today: date) -> Iterator[date]:
    """Readings of a date; the day and month of 25/12 may stand either way."""
    for form in _DATE_FORMS:
        found = form.fullmatch(said)
        parts = found.groupdict() if found else {}
        month = _MONTHS.get(parts.get("name") or "") or int(parts.get("month") or 0)
        if found is None or (month == 0 and {"name", "month"} & parts.keys()):
            continue
        day = int(parts.get("day", 1))
        year = int(parts["year"]) if parts.get("year") else None
        if " / " in said and day <= 12 and month <= 12 and day != month:
            return
        if " / " in said and month > 12:
            day, month = month, day
        yield from _completed(year, month, day, today)


def _completed(year: int | None, month: int, day: int, today: date) -> Iterator[date]:
    """The date itself, or without a year (or month) the first such date after today."""
    if year is not None:
        months = [(year, month)]
    else:
        start = today.year * 12 + today.month - 1
        months = [divmod(start + step, 12) for step in range(8 * 12 + 1)]
        months = [(of, index + 1) for of, index in months if month in (0, index + 1)]
    for of, number in months:
        try:
            found = date(of, number, day)
        except ValueError:  # 30 February, or 29 in a year without it
            continue
        if year is not None or found > today:
            yield found
