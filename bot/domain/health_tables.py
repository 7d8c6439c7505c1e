"""The rules of health as values: who may train, with how much pain, after what illness.

The numbers and the words stand in `content/rules/screening.yaml`, `pain.yaml` and `illness.yaml`;
each table's `section` names its part of the exercise reference. Pain and soreness go from 0 to 10.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.person import AgeBand, Screening
from bot.domain.workouts import Grade


class Follow(StrEnum):
    """What a yes leads to, beside the outcome of the screening."""

    CLINICIAN = "clinician"
    NOW = "now"  # to a clinician at once
    COMPLAINT = "complaint"  # the row of `workouts/care.yaml` that fits
    PREGNANCY = "pregnancy"
    AGE = "age"  # the limits of the age in `rules/plan.yaml`
    ILLNESS = "illness"


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the screening.

    `without` is the outcome of a yes without a clinician's agreement, `cleared` that of one with
    it, which holds for `cleared_weeks` if given, and then the plan is full. `ages` are outcomes at
    those ages in place of `without`. `remember`: it stays with the settings. `passing`: it is over
    with the illness, and only the other answers are kept.
    """

    topic: str
    ask: str
    without: Screening
    cleared: Screening
    follow: Follow
    words: str
    cleared_weeks: int | None = None
    remember: bool = False
    passing: bool = False
    ages: Mapping[AgeBand, Screening] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Guardian:
    """At which ages a parent or guardian has to agree first."""

    ages: tuple[AgeBand, ...]
    ask: str
    agreed: str
    not_yet: str
    refused: str


@dataclass(frozen=True, slots=True)
class ScreeningTable:
    """One message before the first session above light: `intro`, the questions, two buttons.

    `none` and `some` are those buttons; after `some` come `which` with a button for each topic and
    `done`, and then `clearance` with its two. `outcomes` say what follows.
    """

    section: str
    intro: str
    none: str
    some: str
    which: str
    done: str
    clearance: str
    clearance_yes: str
    clearance_no: str
    official: str
    ask_again_months: int
    ask_again_after: tuple[str, ...]
    guardian: Guardian
    questions: Mapping[str, Question]
    outcomes: Mapping[Screening, str]


class Zone(StrEnum):
    """From mild to grave."""

    GREEN = "green"
    AMBER = "amber"
    ORANGE = "orange"
    RED = "red"


class Sign(StrEnum):
    """What makes any pain grave."""

    LIMP = "limp"
    SWELLING = "swelling"
    NIGHT = "night"
    BONE = "bone"
    SUDDEN = "sudden"


class Now(StrEnum):
    """What becomes of the session in which it hurts; from mild to grave."""

    GO_ON = "go_on"
    FINISH_EASY = "finish_easy"
    STOP = "stop"


class Running(StrEnum):
    """What running is left until the pain is back in the green; from much to none.

    AGREED: none, unless a clinician agreed to training with this pain; then light.
    """

    ALL = "all"
    LIGHT_NEXT = "light_next"
    AGREED = "agreed"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ZoneRow:
    """Pain up to `most` lies in this zone; up to `agreed` if a clinician agreed to it."""

    zone: Zone
    most: int
    now: Now
    running: Running
    progress: bool
    see_someone: bool
    words: str
    agreed: int | None = None


@dataclass(frozen=True, slots=True)
class SorenessRow:
    """With soreness up to `most`, on both sides and dull, nothing harder than `hardest`."""

    most: int
    hardest: Grade
    words: str


@dataclass(frozen=True, slots=True)
class PainTable:
    """`signs` are the buttons that ask for each sign; any of them is red."""

    section: str
    zones: tuple[ZoneRow, ...]
    signs: Mapping[Sign, str]
    soreness: tuple[SorenessRow, ...]

    @property
    def fine(self) -> int:
        """The most pain with which training may still grow."""
        return max((row.most for row in self.zones if row.progress), default=0)


@dataclass(frozen=True, slots=True)
class Situation:
    """An illness: what may be trained with it, and when the way back begins.

    `share`: part of the planned time. `rest_days`: least days since the first symptom.
    `free_hours`: least hours without symptoms or fever, and without tablets against them.
    """

    label: str
    hardest: Grade
    words: str
    share: float = 1.0
    rest_days: int = 0
    free_hours: int = 0
    stages: bool = False
    clinician: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the way back: at most `minutes`, and `heart` as a share of the highest rate.

    The sessions of the library that serve it; none where the plan's own row does.
    """

    hardest: Grade
    words: str
    minutes: int | None = None
    heart: float | None = None
    sessions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IllnessTable:
    """`stage_days`: least days for each stage. `back`: stages lost when symptoms return."""

    section: str
    situations: Mapping[str, Situation]
    stages: tuple[Stage, ...]
    stage_days: int
    back: int
