"""What one person was really shown, day by day, and what else bears on it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.domain.person import Person
from bot.domain.plan import PlanDay
from bot.domain.workouts import Grade, Kind

_DAY = timedelta(days=1)
RUNS = frozenset((Kind.HILL, Kind.INTERVAL, Kind.DRILL, Kind.EASY))


@dataclass(frozen=True, slots=True)
class Shown:
    """A day as it was last shown on its own date, with the settings of then; `week_start`: the
    first day of its week of the plan; `load_before`: that of the week before, as it became."""

    day: PlanDay
    person: Person
    at: datetime
    week_start: date
    load_before: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Breach:
    """A rule that was broken: who, when, which, and what speaks for it."""

    person: int
    date: date
    rule: str
    why: str = ""

    def __str__(self) -> str:
        return f"P{self.person} {self.date} {self.rule}: {self.why}"


@dataclass(slots=True)
class Told:
    """What one person told that still stands. `hurts`: running waits. `ill`: no training, until
    the date of `rest` where it is known. `eased`: what today's tap left of today. `offers`: the
    date of the last message when each was made, by its number."""

    hurts: bool = False
    ill: bool = False
    rest: date | None = None
    eased: tuple[date, Grade] | None = None
    offers: dict[str, date | None] = field(default_factory=dict)


@dataclass(slots=True)
class Diary:
    """`legs`: dates of leg days of the person's own. `ran`: minutes really run, by date."""

    person: int
    days: dict[date, Shown] = field(default_factory=dict)
    legs: set[date] = field(default_factory=set)
    ran: dict[date, float] = field(default_factory=dict)
    told: Told = field(default_factory=Told)

    def before(self, day: date, count: int) -> Iterator[tuple[int, PlanDay]]:
        """The days shown in the `count` days before, the nearest first, each with its distance."""
        for back in range(1, count + 1):
            shown = self.days.get(day - back * _DAY)
            if shown is not None:
                yield back, shown.day


def runs(day: PlanDay) -> bool:
    return any(session.kind in RUNS for session in day.sessions)
