"""The leg-strength self-test, by the table of `content/rules/selftest.yaml`.

`section` names the part of the exercise reference.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import ceil

from bot.domain.workouts import Level


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
    """One test: the best of `tries`, left and right if `sides`.

    `more` says whether a higher number is better. `optional` levels may leave it out. `from_week`
    is the first week for a level, 0 where none is given. `x`: all-out work or a jump.
    """

    name: str
    how: str
    unit: str
    more: bool
    tries: int = 1
    sides: bool = False
    x: bool = False
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


def trials(level: Level, week: int, x: bool, table: SelfTest) -> dict[str, Trial]:
    """The trials for a level in a week; without `x` no jump and nothing all-out."""
    return {
        code: trial
        for code, trial in table.items.items()
        if week >= trial.from_week.get(level, 0) and (x or not trial.x)
    }


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
