"""The library: every session, drill, exercise and routine, and the tables that measure them.

Looked up by id, by (kind, level, week), by code, by (code, terrain). Retired entries are found
by their id alone, so that a person's past can still be read.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from bot.domain.workouts import (
    Drill,
    Effort,
    Equivalent,
    Exercise,
    Grade,
    Kind,
    Level,
    Muscle,
    Routine,
    Session,
    Span,
    Terrain,
)

T = TypeVar("T")
_PHASE_WEEKS = 4


@dataclass(frozen=True, slots=True)
class Pace:
    """How long an effort takes: seconds a metre and seconds a counted repetition; `rpe` is how
    hard it usually is, 0 to 10."""

    effort: Effort
    rpe: float
    seconds_per_metre: float
    seconds_per_count: float
    because: str


class Unit(StrEnum):
    """What a row of the stimulus table is counted in."""

    MINUTE = "minute"
    CONTACT = "contact"
    SET = "set"


@dataclass(frozen=True, slots=True)
class StimulusRow:
    """Points that one unit of such work gives to each muscle group, and why.

    A row for minutes names its efforts, and whether it is for uphill work. A row for sets is
    multiplied by the share in which the exercise serves a group.
    """

    id: str
    unit: Unit
    gives: dict[Muscle, float]
    because: str
    sources: tuple[str, ...]
    efforts: tuple[Effort, ...] = ()
    uphill: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """The few words of a headline and of a card."""

    kinds: dict[Kind, str]
    efforts: dict[Effort, str]
    grades: dict[Grade, str]
    levels: dict[Level, str]
    week: str
    warm_up: str
    cool_down: str
    drills: str
    contacts: str
    lifts: str
    minutes: str
    seconds: str
    metres: str
    each_side: str


@dataclass(frozen=True, slots=True)
class Measures:
    """`uphill_from` is the gradient in per cent from which work counts as uphill."""

    uphill_from: float
    paces: tuple[Pace, ...]
    stimulus: tuple[StimulusRow, ...]
    words: Words


@dataclass(frozen=True, slots=True)
class Caps:
    """The limits that every row and every planned day keep (`content/rules/caps.yaml`).

    `contact_step`, `work_step` and `cut` are shares of the step before; `sprint_step` is in
    repetitions; `srpe` gives each grade's usual range; `fewest` is the least share of the
    repetitions that a shortened session keeps.
    """

    contacts: dict[Level, int]
    contact_step: float
    contact_free_weeks: int
    sprint_step: int
    work_step: float
    cut: Span
    deload_weeks: tuple[int, ...]
    weeks: int
    rpe: Span
    gradient: Span
    srpe: dict[Grade, Span]
    hard_rpe: float
    warm_up_minutes: dict[str, Span]
    sprint_codes: tuple[str, ...]
    x_codes: tuple[str, ...]
    fewest: float


class Hold(StrEnum):
    """What a complaint leaves of a kind of session."""

    HOLD = "hold"
    WALK = "walk"
    EASY = "easy"
    OK = "ok"
    CLEARANCE = "clearance"


@dataclass(frozen=True, slots=True)
class Leave:
    """What is left of one kind of session, and how it is put to the person."""

    rule: Hold
    words: str


@dataclass(frozen=True, slots=True)
class Contraindication:
    """A complaint and what it holds; `offer` is what can be done in place of it. `parts` of the
    body stand for it where one is told; a strain of it needs `strain_weeks`."""

    id: str
    condition: str
    hill: Leave
    interval: Leave
    drill: Leave
    offer: str
    sources: tuple[str, ...]
    parts: tuple[str, ...] = ()
    strain_weeks: int = 0


class Scope(StrEnum):
    REP = "rep"
    SET = "set"
    SESSION = "session"


@dataclass(frozen=True, slots=True)
class StopRule:
    """When to end the repetition, the set or the session; `short` fits a caption."""

    id: str
    scope: Scope
    words: str
    short: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """A line on ground, place or shoes, and the kinds of session that it belongs to."""

    id: str
    about: str
    words: str
    kinds: tuple[Kind, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Index:
    sessions: dict[str, Session]
    weekly: dict[tuple[Kind, Level, int], Session]
    drills: dict[str, Drill]
    exercises: dict[str, Exercise]
    routines: dict[str, Routine]
    equivalents: dict[tuple[str, Terrain], Equivalent]
    paces: dict[Effort, Pace]


@dataclass(frozen=True, slots=True)
class Library:
    """All of it, frozen. `session`, `drill`, `exercise`, `routine`: KeyError for an unknown id."""

    sessions: tuple[Session, ...]
    drills: tuple[Drill, ...]
    exercises: tuple[Exercise, ...]
    routines: tuple[Routine, ...]
    equivalents: tuple[Equivalent, ...]
    measures: Measures
    caps: Caps
    _index: _Index = field(init=False, repr=False, compare=False)
    _once: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index = _Index(
            sessions={s.id: s for s in self.sessions},
            weekly=dict(_weekly(self.sessions)),
            drills={d.id: d for d in self.drills},
            exercises={e.id: e for e in self.exercises},
            routines={r.id: r for r in self.routines},
            equivalents={(e.code, e.terrain): e for e in self.equivalents},
            paces={p.effort: p for p in self.measures.paces},
        )
        object.__setattr__(self, "_index", index)

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What follows from the library alone, computed the first time it is asked for."""
        if name not in self._once:
            self._once[name] = make()
        found: T = self._once[name]
        return found

    def find(self, session_id: str) -> Session | None:
        """The session of this id, whatever its case; None where there is none."""
        return self._index.sessions.get(session_id.strip().upper())

    def session(self, session_id: str) -> Session:
        return self._index.sessions[session_id]

    def row(self, kind: Kind, level: Level, week: int) -> Session:
        """The row of a level's table (hill, interval, drill, easy) for week 1 to 12."""
        return self._index.weekly[(kind, level, week)]

    def rows(self, kind: Kind, level: Level) -> tuple[Session, ...]:
        """A level's table of that kind, by week."""
        found = [s for (k, lv, _), s in self._index.weekly.items() if (k, lv) == (kind, level)]
        return tuple(sorted(found, key=lambda s: s.week or 0))

    def strength(self, level: Level, day: str, week: int) -> Session:
        """The strength session of day "A" or "B" in that week; LookupError where none fits."""
        phase = (week - 1) // _PHASE_WEEKS + 1
        for found in self.of_kind(Kind.STRENGTH):
            if (found.level, found.day, found.phase) == (level, day, phase):
                return found
        raise LookupError(f"no strength session for {level} {day} in week {week}")

    def of_kind(self, kind: Kind, level: Level | None = None) -> tuple[Session, ...]:
        """Every session of that kind, and of that level or of none where a level is given."""
        return tuple(
            s
            for s in self.sessions
            if s.kind is kind and not s.retired and (level is None or s.level in (None, level))
        )

    def coded(self, code: str) -> tuple[Session, ...]:
        """Every session whose main set is of that code (the first of a pair such as I1+I2)."""
        return tuple(s for s in self.sessions if not s.retired and first_code(s) == code)

    def drill(self, drill_id: str) -> Drill:
        return self._index.drills[drill_id]

    def exercise(self, exercise_id: str) -> Exercise:
        return self._index.exercises[exercise_id]

    def routine(self, routine_id: str) -> Routine:
        return self._index.routines[routine_id]

    def equivalent(self, code: str | None, terrain: Terrain) -> Equivalent | None:
        """How that code is done there; None: as written."""
        return self._index.equivalents.get((code, terrain)) if code else None

    def pace(self, effort: Effort) -> Pace:
        return self._index.paces[effort]


def first_code(session: Session) -> str | None:
    """The code of the main set: the first of a pair such as I1+I2."""
    return session.code.split("+")[0] if session.code else None


def _weekly(sessions: Iterable[Session]) -> Iterable[tuple[tuple[Kind, Level, int], Session]]:
    for session in sessions:
        if session.level and session.week and not session.retired:
            yield (session.kind, session.level, session.week), session
