"""The way back after missed sessions, by the table of `content/rules/absence.yaml`.

`section` names the part of the exercise reference. Shares go from 0 to 1.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.workouts import Grade, Span


class Restart(StrEnum):
    """Where the plan goes on; from near to far."""

    STEP = "step"  # at the step where it stopped, `step` rows back
    BLOCK = "block"  # at the first week of this block of four
    LEVEL = "level"  # at week 1
    LOWER_LEVEL = "lower_level"  # at week 1 of the level below
    NEW = "new"  # as a new runner


class Cause(StrEnum):
    """Why sessions were missed."""

    LIFE = "life"
    ILLNESS = "illness"
    INJURY = "injury"


_NONE = Span(0, 0)
_FULL = Span(1, 1)


@dataclass(frozen=True, slots=True)
class Return:
    """The way back after `least` to `most` days since the first missed planned session.

    First `easy` sessions in at least `easy_days` days, at `share` of the usual time, each longer
    by `growth`; the first session is no harder than `hardest`; `sessions` of the library serve.
    Then the plan goes on at `restart`, `step` rows away; its first hard session has `reps` of the
    repetitions and its effort changed by `rpe`. No bounds or all-out work for `x_days`, then the
    first sprints at `sprint` of the full speed. `milder_level_weeks`: the top level takes the rows
    below for so long. Strength: `load` of the old load for `load_weeks` (0: until it goes up by
    the table again), `sets` more or fewer. `drop_hours`: of two hard sessions nearer than that,
    one is dropped. `cleared_first`: not before a clinician agrees and pain is low.
    """

    least: int
    most: int | None
    words: str
    hardest: Grade = Grade.HARD
    easy: Span = _NONE
    easy_days: int = 0
    share: Span = _FULL
    growth: Span = _NONE
    restart: Restart = Restart.STEP
    step: int = 0
    reps: float = 1.0
    rpe: int = 0
    x_days: int = 0
    sprint: float = 1.0
    milder_level_weeks: int = 0
    load: Span = _FULL
    load_weeks: int = 0
    sets: int = 0
    drop_hours: int = 0
    sessions: tuple[str, ...] = ()
    cleared_first: bool = False


@dataclass(frozen=True, slots=True)
class InjuryWay:
    """After an injury: pain at most `pain`, start at `share`, `x_days` free of pain before X."""

    pain: int
    share: float
    x_days: int
    words: str


@dataclass(frozen=True, slots=True)
class AbsenceTable:
    """`illness_rows`: an illness counts as an absence so many rows longer. `single_days`: one run
    missed alone is let go for so long, and never counts as more days than that.
    `in_touch_days`: who gave a sign within so many days is there, whether or not they report."""

    section: str
    rows: tuple[Return, ...]
    illness_rows: int
    single_days: int
    in_touch_days: int
    injury: InjuryWay


def way_back(missed_days: int, table: AbsenceTable, cause: Cause = Cause.LIFE) -> Return:
    """The row for `missed_days` since the first missed planned session.

    An illness counts as a longer absence once a day was missed; an injury has limits of its own,
    and the stricter of the two hold.
    """
    number = next(n for n, row in enumerate(table.rows) if holds(row, max(missed_days, 0)))
    if cause is Cause.ILLNESS and missed_days > 0:
        number = min(number + table.illness_rows, len(table.rows) - 1)
    row = table.rows[number]
    return _after_injury(row, table.injury) if cause is Cause.INJURY else row


def counted_days(missed_days: int, sessions: int, table: AbsenceTable) -> int:
    """The days that count where `sessions` planned runs were missed: who trains once or twice a
    week is not away for one of them."""
    if sessions > 1:
        return missed_days
    return 1 if missed_days <= table.single_days else table.single_days


def holds(row: Return, missed_days: int) -> bool:
    return row.least <= missed_days and (row.most is None or missed_days <= row.most)


def _after_injury(row: Return, injury: InjuryWay) -> Return:
    share = Span(min(row.share.low, injury.share), min(row.share.high, injury.share))
    return replace(
        row,
        share=share,
        x_days=max(row.x_days, injury.x_days),
        words=injury.words,
        cleared_first=True,
    )
