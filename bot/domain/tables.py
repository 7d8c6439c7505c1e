"""The rules of adapting as values: readiness, and what follows a report.

The numbers and the words stand in `content/rules/readiness.yaml` and `adaptation.yaml`; `section`
names the part of the exercise reference that they come from. Shares go from 0 to 1, effort, pain,
soreness, sleep and stress from 0 to 10.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.workouts import Level


class Verdict(StrEnum):
    """What becomes of a hard session; from much to nothing."""

    AS_PLANNED = "as_planned"
    MILDER = "milder"
    LIGHT = "light"
    REST = "rest"


class Detail(StrEnum):
    """What may be asked after a tap."""

    SLEEP = "sleep"
    STRESS = "stress"
    SORENESS = "soreness"
    PAIN = "pain"
    ILLNESS = "illness"


@dataclass(frozen=True, slots=True)
class Tap:
    """A button under a hard session; `points` are the least that it counts."""

    label: str
    points: int
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True)
class Points:
    """So many points from `least` on."""

    least: int
    points: int


@dataclass(frozen=True, slots=True)
class Sleep:
    """Points for a night of quality `most` or less, or under `hours`."""

    most: int
    hours: float
    points: int


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """From `least` points on; None: by no number of points."""

    least: int | None
    verdict: Verdict
    words: str


@dataclass(frozen=True, slots=True)
class ReadinessTable:
    """Points for what speaks against a hard session today.

    `ill` is feeling ill at all, `fever` more. `gap`: the last hard session is too near. `legs`:
    leg day was yesterday. From `pain` on a session is light whatever the points; with a fever
    there is none.
    """

    section: str
    taps: Mapping[str, Tap]
    sleep: Sleep
    soreness: tuple[Points, ...]
    stress: Points
    ill: int
    fever: int
    gap: int
    legs: int
    pain: int
    verdicts: tuple[VerdictRow, ...]


class Decision(StrEnum):
    """What a report does to the next session of its kind; from bad to good."""

    STOP = "stop"
    REGRESS = "regress"
    REPEAT = "repeat"
    ADVANCE = "advance"


@dataclass(frozen=True, slots=True)
class AfterRow:
    """The row holds if any of its conditions does; one without conditions always holds.

    Conditions: `flag` a red flag, a limp, sharp or sudden pain; `worse` pain that is worse the
    next morning; `pain` and `soreness` from that number on; `share_below` done less than this
    share; `over` so many points above the expected effort. `always`: after light sessions too.
    What follows: `step` to another row, `reps` the share of repetitions, `light` so many sessions
    of this kind light, `x_free_days` without bounds and all-out work, `easy_day` one put in.
    `eased_words`: what is said after a session in a lighter form, where that is something else.
    """

    id: str
    decision: Decision
    words: str
    always: bool = False
    flag: bool = False
    worse: bool = False
    pain: int | None = None
    soreness: int | None = None
    share_below: float | None = None
    over: int | None = None
    step: int = 0
    reps: float = 1.0
    light: int = 0
    x_free_days: int = 0
    easy_day: bool = False
    eased_words: str = ""


class Turn(StrEnum):
    """What a pattern of regresses brings; from mild to grave."""

    DELOAD = "deload"
    LEVEL_DOWN = "level_down"


@dataclass(frozen=True, slots=True)
class Pattern:
    """`count` regresses within `days`."""

    count: int
    days: int
    then: Turn
    words: str


@dataclass(frozen=True, slots=True)
class Bonus:
    """`times` sessions running at `under` points or more below the expected effort: `reps` more."""

    under: float
    times: int
    reps: int
    not_for: tuple[Level, ...] = ()


@dataclass(frozen=True, slots=True)
class LevelUp:
    """Ready for the next level: `share` of sessions done, no pain above `pain` since `from_week`.

    Otherwise the next cycle has `reps` more in each session.
    """

    share: float
    pain: int
    from_week: int
    reps: int


@dataclass(frozen=True, slots=True)
class AdaptationTable:
    """`after`: the first row that holds is taken."""

    section: str
    after: tuple[AfterRow, ...]
    patterns: tuple[Pattern, ...]
    bonus: Bonus
    level_up: LevelUp
