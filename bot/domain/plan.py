"""A planned day as a value: its sessions in their order, and the reasons for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.domain.person import AgeBand, Screening
from bot.domain.workouts import Grade, Kind, Level, Session, Terrain

TOGETHER = ("run_then_lift", "drills_first")  # reasons of two sessions on one day
HARDNESS = {Grade.REST: 0, Grade.LIGHT: 1, Grade.MODERATE: 2, Grade.HARD: 3}


@dataclass(frozen=True, slots=True)
class Athlete:
    """What a plan depends on. `longest`: longest run of the last 30 days in planned running
    minutes, None where it was never told; `minutes`: the most that a day may take."""

    level: Level
    days: frozenset[int]
    lifts: frozenset[int] = frozenset()
    terrain: Terrain = Terrain.HILL
    minutes: int | None = None
    age: AgeBand | None = None
    screening: Screening = Screening.CLEAR
    longest: float | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is as it is: a code of `content/rules/reasons.yaml` and its facts."""

    code: str
    facts: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Placed:
    """A session as it is planned on a date.

    `session` is the library's row made to fit; `variant` names the terrain that it was moved to.
    `eased`: less than the row.
    """

    kind: Kind
    session: Session
    minutes: int
    load: int
    run_minutes: float
    contacts: int
    variant: Terrain | None = None
    reasons: tuple[Reason, ...] = ()
    eased: bool = False

    @property
    def grade(self) -> Grade:
        return self.session.grade

    @property
    def x(self) -> bool:
        return self.session.x


@dataclass(frozen=True, slots=True)
class PlanDay:
    """One local date. `week` is the week of the programme, 1 to 12; `dropped` are the kinds of
    sessions that something lighter took the place of."""

    date: date
    week: int
    deload: bool
    sessions: tuple[Placed, ...]
    reasons: tuple[Reason, ...] = ()
    dropped: tuple[Kind, ...] = ()

    @property
    def kinds(self) -> frozenset[Kind]:
        """What the plan had on this day, whatever became of it."""
        return frozenset((*(s.kind for s in self.sessions), *self.dropped))

    @property
    def grade(self) -> Grade:
        """That of the hardest session."""
        return max((s.grade for s in self.sessions), key=HARDNESS.__getitem__, default=Grade.REST)

    @property
    def training(self) -> bool:
        return any(s.kind is not Kind.REST for s in self.sessions)

    @property
    def hard(self) -> bool:
        return self.grade is Grade.HARD

    @property
    def x(self) -> bool:
        return any(s.x for s in self.sessions)

    @property
    def lifts(self) -> bool:
        return any(s.kind is Kind.STRENGTH for s in self.sessions)

    @property
    def minutes(self) -> int:
        return sum(s.minutes for s in self.sessions)

    @property
    def load(self) -> int:
        return sum(s.load for s in self.sessions)
