"""The workout library as values: sessions of blocks, blocks of steps, drills, exercises.

Units: seconds, metres, per cent of gradient, RPE on the 0 to 10 scale, contacts of the foot.
Every number comes from `content/workouts/`; what follows from them (minutes, load, contacts,
stimulus) is computed in `bot.domain.dose`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Level(StrEnum):
    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


class Kind(StrEnum):
    HILL = "hill"
    INTERVAL = "interval"
    DRILL = "drill"
    EASY = "easy"
    STRENGTH = "strength"
    RECOVERY = "recovery"
    REST = "rest"


class Grade(StrEnum):
    """How hard a session or a day is: hard, moderate, light, rest ("class" in the contract)."""

    HARD = "H"
    MODERATE = "M"
    LIGHT = "L"
    REST = "R"


class Terrain(StrEnum):
    HILL = "hill"
    TREADMILL = "treadmill"
    STAIRS = "stairs"
    RAMP = "ramp"
    FLAT = "flat"


class Effort(StrEnum):
    """What the body does in a step; the stimulus table and the picture go by it."""

    WALK = "walk"
    JOG = "jog"
    STEADY = "steady"
    STRIDE = "stride"
    HARD = "hard"
    SPRINT = "sprint"
    ALL_OUT = "all_out"
    BOUND = "bound"
    HOP = "hop"
    CLIMB = "climb"
    SKIP = "skip"
    LIFT = "lift"
    MOVE = "move"


class Muscle(StrEnum):
    """The groups that the stimulus is counted for."""

    QUADS = "quads"
    HAMSTRINGS = "hamstrings"
    GLUTES = "glutes"
    CALVES = "calves"
    FEET = "feet"


class Span(NamedTuple):
    """A range with both ends; a fixed number has equal ends."""

    low: float
    high: float

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Rest:
    """The pause after a step or between sets: seconds, how it is spent (words, and effort)."""

    seconds: Span
    how: str
    effort: Effort = Effort.WALK


@dataclass(frozen=True, slots=True)
class Step:
    """One piece of work: exactly one of `seconds`, `metres`, `count` measures it."""

    do: str
    effort: Effort
    seconds: Span | None = None
    metres: float | None = None
    count: Span | None = None
    per_side: bool = False
    gradient: Span | None = None
    rpe: Span | None = None
    pace: str | None = None
    drill: str | None = None
    exercise: str | None = None
    rest: Rest | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """`sets` times (`reps` times the steps), with a rest between the sets.

    A strength block counts its lifting sets as `reps`. `code` is given where a block's differs
    from the session's first one (strides after hill sprints), so that each finds its equivalent.
    """

    steps: tuple[Step, ...]
    reps: int = 1
    sets: int = 1
    between_sets: Rest | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A row of the library.

    `srpe` is the expected session RPE, `x` marks all-out and bounding work, `why` names the
    passage (topic#id) that gives the reason and `because` says it in one line. Strength days
    have a `day` (A or B) and a `phase` of four weeks in place of a week. A retired session
    keeps its id for the history and is planned no more.
    """

    id: str
    kind: Kind
    title: str
    grade: Grade
    srpe: Span
    blocks: tuple[Block, ...]
    why: str
    because: str
    cues: tuple[str, ...]
    sources: tuple[str, ...]
    fault: str = ""
    level: Level | None = None
    week: int | None = None
    day: str | None = None
    phase: int | None = None
    deload: bool = False
    code: str | None = None
    x: bool = False
    warm_up: str | None = None
    cool_down: str | None = None
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Equivalent:
    """How a code is done on another terrain: it replaces the work of each main step.

    A `seconds` span is the range that the planned seconds are moved into; where both name an
    RPE the lower one holds. `rest_how` and `rest_seconds` say how the recovery is spent there,
    `then` is a step that follows each repetition. `x` False: the work is no longer bounding or
    all-out.
    """

    code: str
    terrain: Terrain
    do: str
    why: str
    effort: Effort | None = None
    seconds: Span | None = None
    metres: float | None = None
    count: Span | None = None
    gradient: Span | None = None
    rpe: Span | None = None
    pace: str | None = None
    drill: str | None = None
    rest_how: str | None = None
    rest_seconds: Span | None = None
    then: Step | None = None
    x: bool | None = None
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drill:
    """A drill: cues, faults, who should not, and the positions that a drawing shows.

    `x` marks bounding. `seconds_per_metre` is its pace where that of its effort does not fit.
    """

    id: str
    name: str
    cues: tuple[str, ...]
    faults: tuple[str, ...]
    muscles: tuple[str, ...]
    impact: str
    dose: dict[Level, str]
    not_for: tuple[str, ...]
    sources: tuple[str, ...]
    positions: tuple[str, ...] = ()
    contacts_per_metre: float = 0.0
    contacts_per_count: float = 0.0
    seconds_per_metre: float | None = None
    x: bool = False
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Exercise:
    """A lift or a hold of the strength menu; `serves` is each group's share of a set (0 to 1)."""

    id: str
    name: str
    pattern: str
    levels: tuple[Level, ...]
    cues: tuple[str, ...]
    fault: str
    serves: dict[Muscle, float]
    sources: tuple[str, ...]
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Routine:
    """A warm-up or a cool-down, with lines for cold and heat.

    `stage` names the range of minutes that it must keep (`warm_up_minutes` of the caps).
    """

    id: str
    stage: str
    title: str
    blocks: tuple[Block, ...]
    sources: tuple[str, ...]
    notes: tuple[str, ...] = ()
