"""The person who is coached: settings only, no history."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from bot.domain.workouts import Level, Terrain


class AgeBand(StrEnum):
    CHILD = "13-15"
    TEEN = "16-17"
    ADULT = "18-49"
    MASTER = "50-69"
    SENIOR = "70+"


class Screening(StrEnum):
    """What the answers of the screening allow (reference: the safety rules of the content)."""

    UNASKED = "unasked"
    CLEAR = "clear"
    NO_X = "no_x"
    LIGHT = "light"
    WALKS = "walks"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Person:
    """One signed-up person.

    `zone` None: not known yet, the clock is UTC at the time of the sign-up. `at` None: the
    default time. `days` are weekdays, Monday 0. `started_on` is the first local date of the
    running cycle of the plan. `next_push` is an instant in UTC, None while paused or stopped; `served` is the local date of
    the last push, which no change of time or zone may bring again. `flag` is the open row of the red-flag
    catalogue: while it is there, no training is sent or advised.
    """

    id: int
    chat_id: int
    name: str
    signed_up: datetime
    started_on: date
    level: Level = Level.BEGINNER
    days: frozenset[int] = frozenset()
    at: time | None = None
    zone: str | None = None
    lift_days: frozenset[int] = frozenset()
    terrain: Terrain = Terrain.HILL
    minutes: int | None = None
    age: AgeBand | None = None
    screening: Screening = Screening.UNASKED
    notes: bool = False
    consent: bool = False
    cycle: int = 1
    paused_until: date | None = None
    stopped: bool = False
    reachable: bool = True
    last_seen: datetime | None = None
    next_push: datetime | None = None
    served: date | None = None
    flag: str | None = None
