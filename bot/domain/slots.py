"""The value that a wish needs, found anywhere in what was said: a time, days, a place, a number.

`found` looks through a whole sentence; what it cannot tell for certain it leaves out, and then
the bot asks.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from string import capwords

from bot.domain.errors import BadInput
from bot.domain.later import PARTS
from bot.domain.typed import NUMBERS, in_digits
from bot.domain.values import DAYS, EVENING, READ, SCALE, SHARES, spelt
from bot.domain.weekdays import days_in

_LONGEST_RUN = 6  # words of one value
_ONE = re.compile(r"(?<!\ba )(?<!rpe )(?<!effort )(?<!only )\bone\b")  # the word, not the number
_EDGE = " .!,;:-?"
_DENIED = (
    "(?:no|not|without|instead of|any|than|for(?= (?:the |my )?hills?\\b)) (?:an? |the |my |more )?"
)
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
    r"(?:moved|move|moving|flying|flew|fly|gone|came|arrived|travelling|traveling|relocated|going|switch|set|change|changed)"
    r" (?:over |it |me |(?:my )?(?:clock|zone|timezone|time zone) )?to|in|on|is|zone|timezone"
)
_NO_PLACE = (
    "until|till|til|now|so|and|use|please|from|for|this|next|these|today|tomorrow|tonight|time|"
    "timezone|zone|set|change|fix|update|send|my|the|a|i|it|is|pls|again|since|holiday|wrong|there|"
    "that|at|by|currently|permanently|instead|already|mate|atm|rn|where|because|with|but"
)
_PLACE = re.compile(
    rf"\b(?:{_GOING}|of|use)\s+(?P<place>(?!(?:of|{_NO_PLACE})\b)[\w'/+-]+"
    rf"(?:\s+(?!(?:{_NO_PLACE})\b)[\w'/+-]+){{0,3}})"
)
_PLACE_TIME = re.compile(
    r"\b(?:use|to|on|by|in|into|switch to) "
    r"(?P<place>(?!(?:my|the|a|that|this|it|of)\b)[\w'/-]+(?: [\w'/-]+)?)"
    r" time\b(?! zone)"
)
_UNTIL = re.compile(r"\b(?:until|till|til) (?:the )?(?P<rest>.+)")
_AT = ("at", "to", "for", "by", "around", "about", "@")
# A time in front of the one, or behind the other, is the one that is not wanted.
_UNWANTED = re.compile(r"(?:is |was |'s |feels )?(?:way |far |much |a bit |bit |a little )?too \w+")
_INSTEAD = re.compile(
    r"\b(?:not|no|than|from|instead of)(?: at)? [\w:.]+(?: (?:am|pm|is|was|o'clock))?$"
)
_PARTS_OF_TIME = ("half", "quarter", "past", "hours", "hour", "hundred", "o'clock", "to")


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


def _reads(slot: str, said: str) -> list[tuple[int, int, str]]:
    """Where the sentence has a value of the slot: first word, end, value; the longest runs count,
    in their order."""
    taken: list[tuple[int, int, str]] = []
    for start, run in _runs(said):
        end = start + len(run.split())
        if any(start < stop and begin < end for begin, stop, _ in taken):
            continue
        try:
            taken.append((start, end, READ[slot](run.strip(_EDGE))))
        except (BadInput, ValueError):
            continue
    return sorted(taken)


def _by_runs(slot: str) -> Callable[[str], str | None]:
    """The value that the sentence has; two that differ are none."""

    def find(said: str) -> str | None:
        values = {value for _, _, value in _reads(slot, said)}
        return values.pop() if len(values) == 1 else None

    return find


def _time_in(said: str) -> str | None:
    """The only clock time; where more of it seems to be said than was read, none."""
    every = _reads("time", said)
    found = [part for part in every if not _unwanted(said.split(), part)] or every
    if not found:
        return None
    led = [part for part in found if part[0] and said.split()[part[0] - 1] in _AT]
    start, end, value = (led or found)[0]
    if len({v for _, _, v in led or found}) > 1:
        return None
    around = said.split()[max(start - 1, 0) : start] + said.split()[end : end + 2]
    return None if any(word in _PARTS_OF_TIME or word in NUMBERS for word in around) else value


def _unwanted(words: list[str], part: tuple[int, int, str]) -> bool:
    """Whether the time is named as what it is now: "seven is too early, make it nine"."""
    until, after = " ".join(words[: part[1]]), " ".join(words[part[1] :])
    return _INSTEAD.search(until) is not None or _UNWANTED.match(after) is not None


def _days_in(said: str) -> str | None:
    days = days_in(said)
    return spelt(days) if days else None


def _day_in(said: str) -> str | None:
    """The one day that something is moved to; the session's own "today's" is not it."""
    days = days_in(said)
    if len(days) == 1:
        return DAYS[next(iter(days))]
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
        return "evening" if parts[0] in EVENING else parts[0]
    return _by_runs("later")(said)


def _share_in(said: str) -> str | None:
    """Per cent, so many of so many, or a part in words."""
    digits = " ".join(in_digits(said.split()))
    if percent := _PERCENT.search(digits):
        return percent[1] if 0 < int(percent[1]) < 100 else None
    if some := _OF_OTHER.search(digits):
        done, of = int(some[1]), int(some[2])
        return str(round(100 * done / of)) if 0 < done < of else None
    parts = [part for part in sorted(SHARES, key=len, reverse=True) if f" {part} " in f" {said} "]
    return str(SHARES[parts[0]]) if parts else None


def _rating_in(said: str) -> str | None:
    """A number from 0 to 10 that counts nothing else."""
    counted = _ONE.sub(" ", said).replace("/", " / ").split()
    digits = " ".join(in_digits(counted)).replace(" / ", "/")
    if of_ten := _OF_TEN.search(digits):
        return of_ten[1] if int(of_ten[1]) <= SCALE else None
    left = _NUMBER.findall(_COUNTED.sub(" ", digits))
    return left[0] if len(set(left)) == 1 else None


def _place_in(said: str) -> str | None:
    """The place where somebody is or goes, with its last day where one is named."""
    timed = _PLACE_TIME.search(said)
    places = [timed["place"]] if timed else [m["place"].strip(_EDGE) for m in _PLACE.finditer(said)]
    if not places:
        return None
    led = _UNTIL.search(said)
    until = _leading("until", led["rest"]) if led else None
    named = places[-1].title()
    return f"{named} until {capwords(until.removeprefix('until '))}" if until else named


def _trip_in(said: str) -> str | None:
    """The place and the last day there, where both are named."""
    place = _place_in(said)
    return place if place and " until " in place else None


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
    "trip": _trip_in,
}
