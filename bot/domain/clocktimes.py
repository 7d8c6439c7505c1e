"""A time of day as people write it: `7`, `6.30 pm`, `19:05`, `quarter past six`.

The other readers of what people type about time are found here too, under one roof.
"""

import re
from datetime import time

from bot.domain.errors import BadInput
from bot.domain.spans import parse_duration, parse_minutes, parse_until
from bot.domain.typed import NUMBERS, in_digits, listed, respelt, tokens
from bot.domain.weekdays import parse_days

__all__ = ["parse_days", "parse_duration", "parse_minutes", "parse_time", "parse_until"]

_FILLERS = frozenset(
    listed(
        "at around about by from for on the a an each every day daily everyday it set make change "
        "switch put me my time clock local is be please pls roughly approximately circa ca say ish "
        "sharp exactly uhr"
    )
)
_PARTS = {
    "am": "am", "morning": "am", "mornings": "am",
    "pm": "pm", "afternoon": "pm", "afternoons": "pm",
    "evening": "evening", "evenings": "evening",
    "night": "night", "nights": "night", "tonight": "night",
}  # fmt: skip
_SHARES = {"half": 30, "quarter": 15}
_BACK = frozenset(("to", "before", "till", "of"))
_WORDS = frozenset(
    listed(
        "half quarter past after before till minute minutes hundred hours noon midnight midday "
        "oclock every everyday around please"
    )
)
_KNOWN = _WORDS | set(_PARTS) | set(NUMBERS)

_RUNS = (
    (re.compile(r"\b([ap])\s?\.?\s?m\b(?:\s?\.)?"), r" \1m "),
    (re.compile(r"(?<=\d)\s?([ap])\b"), r" \1m "),
    (re.compile(r"\bo\s?'?\s?clock\b"), " "),
    (re.compile(r"\bmid ?-? ?day\b"), " noon "),
    (re.compile(r"\bmid ?-? ?night\b"), " midnight "),
    (re.compile(r"\b(?:in|at|during|of) (?:the )?(?=morn|after ?noon|even|night|mid)"), " "),
    (re.compile(r"\b(?:this|the) (?=morn|after ?noon|even|night)"), " "),
)
_HOUR = r"(?P<hour>\d{1,2}|noon|midnight)"
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?:12(?: : 00)? )?(?P<hour>noon|midnight)",
        r"(?P<hour>\d{1,2})(?: h)?",
        r"(?P<hour>\d{1,2})(?: [:.,;h])? (?P<minute>\d\d)(?: [:.] 00)?(?: (?:h|hrs?|hours))?",
        r"(?P<hour>\d{1,2})(?P<minute>\d\d)(?: (?:h|hrs?|hours))?",
        r"(?:(?:oh|o) )?(?P<hour>\d{1,2}) hundred(?: (?:h|hrs?|hours))?",
        r"(?P<hour>\d{1,2}) and half(?P<half>)",
        r"half " + _HOUR.replace("|noon|midnight", "") + r"(?P<half>)",
        r"(?P<share>half|quarter|\d{1,2})(?: min(?:ute)?s?)? (?P<way>past|after|to|before|till|of) "
        + _HOUR,
    )
)


def parse_time(text: str) -> time:
    """The time of day that `text` means; a bare hour up to 12 is the morning's (noon for 12).

    Raises BadInput `time_unclear` (text).
    """
    words, part = _words(text)
    said = " ".join(words).removeprefix("to ")
    for form in _FORMS:
        if found := form.fullmatch(said):
            minutes = _minutes(found, part)
            if minutes is not None:
                return time(minutes // 60 % 24, minutes % 60)
    raise BadInput("time_unclear", text=text)


def _words(text: str) -> tuple[list[str], str | None]:
    """What is left without filling words, and the part of the day; `?` for two that disagree."""
    said = " ".join(tokens(text))
    for run, instead in _RUNS:
        said = run.sub(instead, said)
    words = list(respelt(said.strip(" .!,?@~").split(), _KNOWN))
    parts = {_PARTS[word] for word in words if word in _PARTS}
    left = [word for word in words if word not in _PARTS and word not in _FILLERS]
    return in_digits(left), _one_part(parts)


def _one_part(parts: set[str]) -> str | None:
    if parts <= {"pm", "evening", "night"} and len(parts) > 1:
        parts = parts - {"pm"}
    return "?" if len(parts) > 1 else next(iter(parts), None)


def _minutes(found: re.Match[str], part: str | None) -> int | None:
    """Minutes since midnight (below it for `quarter to midnight`), None where no clock shows it."""
    named = found.groupdict()
    hour = _hour(named["hour"], part)
    share = named.get("share")
    minute = int(named.get("minute") or 0) if share is None else _SHARES.get(share) or int(share)
    if "half" in named:
        minute = 30
    if hour is None or minute > 59 or (share == "half" and named["way"] in _BACK):
        return None
    return hour * 60 + (-minute if named.get("way") in _BACK else minute)


def _hour(named: str, part: str | None) -> int | None:
    if named in ("noon", "midnight"):
        return (12 if named == "noon" else 0) if part is None else None
    hour = int(named)
    if hour > 23 or part == "?":
        return None
    if part is None or (hour > 12 and part != "am"):
        return hour
    return _half_day(hour, part)


def _half_day(hour: int, part: str) -> int | None:
    """The hour on the clock of 24 that an hour of 12 is in this part of the day."""
    if hour > 12 or (hour == 0 and part == "pm"):
        return None
    early = part == "am" or (part == "night" and hour < 5) or (part != "pm" and hour == 12)
    return hour % 12 + (0 if early else 12)
