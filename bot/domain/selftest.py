"""The leg-strength self-test, by the table of `content/rules/selftest.yaml`.

`section` names the part of the exercise reference.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import ceil

from bot.domain.errors import BadInput
from bot.domain.person import AgeBand, Sex
from bot.domain.plan import HARDNESS, PlanDay
from bot.domain.workouts import Grade, Level

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_FLIPPED = re.compile(r"\bright\b.*\bleft\b")  # "right 19, left 21"
_LONGEST = 60  # characters of an answer
# The norms begin at 20 and end at 79.
_YEARS = {AgeBand.ADULT: (20, 49), AgeBand.MASTER: (50, 69), AgeBand.SENIOR: (70, 79)}


@dataclass(frozen=True, slots=True)
class Norm:
    """Usual heel raises on one leg at an age of `least` to `most` years."""

    least: int
    most: int
    women: int
    men: int


@dataclass(frozen=True, slots=True)
class HeelRaises:
    """What each level needs; `share` of the usual number is enough where that is less."""

    needs: Mapping[Level, int]
    share: float
    norms: tuple[Norm, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """One test: the best of `tries`, left and right if `sides`; `uphill`: on a hill. `health`: kept
    with consent alone. A number from `least` to `most` is believed; `ask` asks for it, `example`
    is how it may be typed.

    `more` says whether a higher number is better. `optional` levels may leave it out. `from_week`
    is the first week for a level, 0 where none is given. `x`: all-out work or a jump.
    """

    name: str
    how: str
    unit: str
    ask: str
    example: str
    least: float
    most: float
    more: bool
    tries: int = 1
    sides: bool = False
    x: bool = False
    uphill: bool = False
    health: bool = False
    optional: tuple[Level, ...] = ()
    from_week: Mapping[Level, int] = field(default_factory=dict)


class Side(StrEnum):
    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Result:
    """One number of one test: of `item` on `side`, in `week` of the plan (0: before it)."""

    person_id: int
    local_date: date
    item: str
    side: Side
    week: int
    value: float


@dataclass(frozen=True, slots=True)
class SelfTest:
    """The leg-strength self-test, in these weeks of a cycle."""

    section: str
    weeks: tuple[int, ...]
    intro: str
    items: Mapping[str, Trial]
    heel_raises: HeelRaises


def due(week: int, table: SelfTest) -> bool:
    """Whether the test comes in this week of a cycle; week 0 is before the first session."""
    return week in table.weeks


def trials(
    level: Level, week: int, table: SelfTest, *, x: bool, hill: bool = True
) -> dict[str, Trial]:
    """The trials for a level in a week; without `x` no jump and nothing all-out, without a `hill`
    nothing uphill."""
    return {
        code: trial
        for code, trial in table.items.items()
        if week >= trial.from_week.get(level, 0)
        and (x or not trial.x)
        and (hill or not trial.uphill)
    }


def suits(day: PlanDay, following: PlanDay | None) -> bool:
    """A day of its own or a light one, that no hard one follows: the legs are fresh and stay so."""
    light = HARDNESS[day.grade] <= HARDNESS[Grade.LIGHT] and not day.lifts
    return light and (following is None or not following.hard)


def read_numbers(trial: Trial, text: str) -> dict[Side, float]:
    """What was typed, by side. Raises BadInput where it is not as many numbers as there are sides,
    or one that cannot be."""
    found = [float(number.replace(",", ".")) for number in _NUMBER.findall(text)]
    sides = (Side.LEFT, Side.RIGHT) if trial.sides else (Side.BOTH,)
    facts = {"example": trial.example, "unit": trial.unit, "sides": trial.sides}
    if len(found) != len(sides) or len(text) > _LONGEST:
        raise BadInput("test_unclear", text=text[:_LONGEST], **facts)
    if any(not trial.least <= number <= trial.most for number in found):
        span = {"least": f"{trial.least:g}", "most": f"{trial.most:g}"}
        raise BadInput("test_range", text=text, unit=trial.unit, **span)
    if trial.sides and _FLIPPED.search(text.lower()):
        found.reverse()
    return dict(zip(sides, found, strict=True))


def usual_range(age: AgeBand | None, sex: Sex, table: SelfTest) -> tuple[int, int] | None:
    """The least and the most usual heel raises within an age band; None where nothing is known."""
    years = _YEARS.get(age) if age is not None else None
    if years is None:
        return None
    rows = [n for n in table.heel_raises.norms if n.most >= years[0] and n.least <= years[1]]
    numbers = [norm.women if sex is Sex.WOMAN else norm.men for norm in rows]
    return (min(numbers), max(numbers)) if numbers else None


def as_good(trial: Trial, before: float, now: float) -> bool:
    """Equal or better."""
    return now >= before if trial.more else now <= before


def usual_raises(years: int, woman: bool | None, table: SelfTest) -> int | None:
    """Usual heel raises at an age, the lower number where the sex is not told; None: not known."""
    for norm in table.heel_raises.norms:
        if norm.least <= years <= norm.most:
            if woman is None:
                return min(norm.women, norm.men)
            return norm.women if woman else norm.men
    return None


def raises_wanted(level: Level, table: SelfTest, usual: int | None = None) -> int:
    """Heel raises on each leg that open a level; a share of the usual number may be enough."""
    needed = table.heel_raises.needs[level]
    return needed if usual is None else min(needed, ceil(usual * table.heel_raises.share))
