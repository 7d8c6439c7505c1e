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
    SKIP = "skip"
    LIFT = "lift"
    MOVE = "move"


class Span(NamedTuple):
    """A range with both ends; a fixed number has equal ends."""

    low: float
    high: float

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Rest:
    """The pause after a step or between sets: its length in seconds and how it is spent."""

    seconds: Span
    how: str


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
    """`sets` times (`reps` times the steps), with a rest between the sets."""

    steps: tuple[Step, ...]
    reps: int = 1
    sets: int = 1
    between_sets: Rest | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A row of the library.

    `srpe` is the expected session RPE, `x` marks all-out and bounding work, `why` names the
    passage (topic#id) that gives the reason and `because` says it in one line.
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
    fault: str
    sources: tuple[str, ...]
    level: Level | None = None
    week: int | None = None
    deload: bool = False
    code: str | None = None
    x: bool = False
    warm_up: str | None = None
    cool_down: str | None = None
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Equivalent:
    """How a code is done on another terrain: it replaces the work of each main step."""

    code: str
    terrain: Terrain
    do: str
    why: str
    seconds: Span | None = None
    metres: float | None = None
    count: Span | None = None
    gradient: Span | None = None
    rpe: Span | None = None
    then: Step | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drill:
    """A drill: cues, faults, who should not, and the positions that a drawing shows."""

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
    retired: bool = False
