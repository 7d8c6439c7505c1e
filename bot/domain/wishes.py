"""A wish in plain words as a chat command: "change time to 6:30" is `/time 06:30`.

Patterns come from `content/answering/wishes.yaml`: words, `a|b` for either, `[...]` for what may
be left out, `{slot}` for a value. A slot is read by the same parser as the typed command; what
it refuses is no match.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.clocktimes import parse_time
from bot.domain.errors import BadInput
from bot.domain.later import parse_later
from bot.domain.spans import parse_minutes, parse_until
from bot.domain.typed import NUMBERS, plain
from bot.domain.weekdays import parse_days
from bot.domain.workouts import Level, Terrain

_PIECE = re.compile(r"\[[^\]]*\]|\([^)]*\)|\{\w+\}|\S+")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SCALE = 10
LONGEST_WISH = 14  # words: what is longer is a story, not a wish
_LEADS = re.compile(r"^(?:(?:for|until|till|til|the|in|about) )+")
_SHARES = {"half": 50, "half of it": 50, "most of it": 80, "most": 80, "a third": 33}
_SHARES |= {"a quarter": 25, "two thirds": 66, "three quarters": 75}
_ANY_DAY = date(2026, 1, 1)  # lengths and dates are checked here, counted where they are obeyed
_EDGE = " .!,;:-?"


@dataclass(frozen=True, slots=True)
class Wish:
    """`command` with its slot in braces, such as "/time {time}"; `says` are patterns, `examples`
    wordings that the router learns from."""

    id: str
    command: str
    says: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wishes:
    """All wishes, their patterns made ready; `polite` words at the edges do not count."""

    wishes: Mapping[str, Wish]
    polite: tuple[str, ...]
    patterns: tuple[tuple[str, re.Pattern[str]], ...]

    @classmethod
    def of(cls, wishes: tuple[Wish, ...], polite: tuple[str, ...]) -> "Wishes":
        """Raises ValueError for a pattern that cannot be read or names an unknown slot."""
        patterns = tuple((w.id, _compiled(says)) for w in wishes for says in w.says)
        return cls(
            {w.id: w for w in wishes}, tuple(sorted(polite, key=len, reverse=True)), patterns
        )


def wish_of(words: str, wishes: Wishes) -> str | None:
    """The chat command that a pattern finds in the whole of `words`, or nothing."""
    said = _bare(words, wishes)
    if not said or len(said.split()) > LONGEST_WISH:
        return None
    for id_, pattern in wishes.patterns:
        found = pattern.fullmatch(f"{said} ")
        if found is None:
            continue
        command = _filled(wishes.wishes[id_].command, found.groupdict())
        if command is not None:
            return command
    return None


def guessed(id_: str, words: str, wishes: Wishes) -> str:
    """The command of a wish that was recognised as a whole: its value where one is in `words`."""
    command = wishes.wishes[id_].command
    slot = re.search(r"\{(\w+)\}", command)
    if slot is None:
        return command
    for part in _parts(_bare(words, wishes)):
        filled = _filled(command, {slot.group(1): part})
        if filled is not None:
            return filled
    return command.partition(" {")[0]


def _bare(words: str, wishes: Wishes) -> str:
    """Small letters, no polite words at the edges, no marks at the end."""
    said = " ".join(plain(words).replace(",", " ").split()).strip(_EDGE)
    changed = True
    while changed:
        before = said
        for polite in wishes.polite:
            said = said.removeprefix(f"{polite} ").removesuffix(f" {polite}").strip(_EDGE)
        changed = said != before
    return said


def _compiled(pattern: str) -> re.Pattern[str]:
    parts = []
    for piece in _PIECE.findall(pattern):
        inner = piece.strip("[]()")
        if piece.startswith("{"):
            name = piece.strip("{}")
            if name not in SLOTS:
                raise ValueError(f"{pattern!r} names the slot {name!r}: {', '.join(SLOTS)}")
            parts.append(f"(?P<{name}>.+?) ")
        elif piece.startswith("["):
            parts.append(f"(?:(?:{_either(inner)}) )?")
        else:
            parts.append(f"(?:{_either(inner)}) ")
    return re.compile("".join(parts))


def _either(words: str) -> str:
    return "|".join(re.escape(word.strip()) for word in words.split("|"))


def _filled(command: str, slots: Mapping[str, str]) -> str | None:
    """The command with its slots as typed values; None where one cannot be read."""
    for name, text in slots.items():
        try:
            value = SLOTS[name](text.strip(_EDGE))
        except (BadInput, ValueError):
            return None
        command = command.replace(f"{{{name}}}", value)
    return re.sub(r" \{\w+\}", "", command)


def _parts(said: str) -> Iterator[str]:
    """Every run of words, the longest first."""
    words = said.split()
    for length in range(min(len(words), 6), 0, -1):
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])


def _time(text: str) -> str:
    return f"{parse_time(text):%H:%M}"


def _week_days(text: str) -> str:
    days = parse_days(text)
    return "all" if len(days) == len(_DAYS) else " ".join(_DAYS[d] for d in sorted(days))


def _one_day(text: str) -> str:
    if text in ("today", "tomorrow"):
        return text
    (day,) = parse_days(text)
    return _DAYS[day]


def _until(text: str) -> str:
    """A length as days; a day as it was said."""
    bare = _LEADS.sub("", text)
    found = parse_until(bare, _ANY_DAY)
    later = parse_until(bare, _ANY_DAY + timedelta(days=3))
    length = found - _ANY_DAY
    if later - (_ANY_DAY + timedelta(days=3)) == length:
        return str(length.days)
    return f"until {bare}"


def _later(text: str) -> str:
    """Hours, minutes, a part of the day or tomorrow."""
    bare = _LEADS.sub("", text)
    found = parse_later(bare)
    if found.tomorrow and found.at is None:
        return "tomorrow"
    if found.length is not None:
        hours, rest = divmod(int(found.length.total_seconds() // 60), 60)
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


def _level(text: str) -> str:
    return Level(text).value


def _terrain(text: str) -> str:
    known = {t.value: t.value for t in Terrain} | {
        "hills": "hill",
        "stair": "stairs",
        "road": "flat",
    }
    return known[text] if text in known else Terrain(text).value


def _place(text: str) -> str:
    if text[:1].isdigit():
        raise ValueError(text)
    return _words(text)


def _words(text: str) -> str:
    if not text or len(text.split()) > 4:
        raise ValueError(text)
    return text


SLOTS: dict[str, Callable[[str], str]] = {
    "time": _time,
    "days": _week_days,
    "day": _one_day,
    "until": _until,
    "later": _later,
    "share": _share,
    "minutes": lambda text: str(parse_minutes(text)),
    "rating": _rating,
    "level": _level,
    "terrain": _terrain,
    "place": _place,
    "where": _words,
    "reason": _words,
}
