"""The rules of the plan as values; the numbers stand in `content/rules/plan.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.person import AgeBand, Screening
from bot.domain.plan import HARDNESS
from bot.domain.workouts import Grade, Kind, Level


class Weekday(StrEnum):
    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"

    @property
    def number(self) -> int:
        """Monday is 0, as in `datetime`."""
        return tuple(Weekday).index(self)


@dataclass(frozen=True, slots=True)
class Hardness:
    """From programme week `week` on: `most` hard days in any seven, `gap` days between two."""

    week: int
    most: int
    gap: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """A session that a week has, the weekday that suits it, and its worth when days are few."""

    kind: Kind
    day: Weekday
    worth: int
    missed: int = 0
    short: str = ""


@dataclass(frozen=True, slots=True)
class LevelRules:
    """One level.

    `longest`: the longest run of a newcomer who did not say, in minutes. `floor`: the least
    minutes for anything above light. `lift_gap`: days from a leg day to the next hard run.
    `apart`: lifting has days of its own where it can. `gate`: what must be so to move up here.
    """

    words: str
    longest: float
    floor: int
    day_minutes: int
    most_running: int
    least_rest: int
    lift_gap: int
    apart: bool
    wanted: tuple[Wanted, ...]
    lifts: tuple[Weekday, ...]
    hard: tuple[Hardness, ...]
    gate: tuple[str, ...] = ()

    @property
    def days(self) -> frozenset[int]:
        """The weekdays that have a session by default."""
        return frozenset(w.day.number for w in self.wanted) | {d.number for d in self.lifts}

    def hardness(self, week: int) -> Hardness:
        return max((h for h in self.hard if h.week <= week), key=lambda h: h.week)


class Scope(StrEnum):
    """What kinds of session may be planned at all."""

    ALL = "all"
    GENTLE = "gentle"
    WALKS = "walks"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Limit:
    """What an age or a screening takes away; the milder of two limits holds.

    `rows`: the highest level whose rows are used. `lower`: one level lower. `gap`: least days
    between hard ones. `x`: bounding and all-out work allowed. `twice_until`: a newcomer does
    each odd week twice until that week. `without`: codes left out.
    """

    scope: Scope = Scope.ALL
    rows: Level = Level.ADVANCED
    lower: bool = False
    gap: int = 0
    most: int = 7
    hardest: Grade = Grade.HARD
    x: bool = True
    without: tuple[str, ...] = ()
    twice_until: int = 0

    def joined(self, other: "Limit") -> "Limit":
        """Both limits at once."""
        return Limit(
            scope=max(self.scope, other.scope, key=tuple(Scope).index),
            rows=min(self.rows, other.rows, key=tuple(Level).index),
            lower=self.lower or other.lower,
            gap=max(self.gap, other.gap),
            most=min(self.most, other.most),
            hardest=min(self.hardest, other.hardest, key=HARDNESS.__getitem__),
            x=self.x and other.x,
            without=(*self.without, *other.without),
            twice_until=max(self.twice_until, other.twice_until),
        )


@dataclass(frozen=True, slots=True)
class Growth:
    """A run grows to at most `factor` of the longest in `days`; `free` minutes always may be."""

    factor: float
    days: int
    free: float


@dataclass(frozen=True, slots=True)
class Weights:
    """What the placing of a week prefers, in points; worths of sessions are with them.

    `lift`: the week's first strength session, its second, and so on.
    """

    weekday: int
    combined: int
    after_combined: int
    lift_apart: int
    lift_with_run: int
    lift: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PlanRules:
    """All of `content/rules/plan.yaml`.

    `x_gap`: days between two days with bounding or all-out work. `run_gap`: days between two
    runs above light. `lift_apart_days`: days between two leg days. `drills_first`: the share of
    the repetitions kept where a hard drill set goes before a hill set. `later_cycles_from`: the
    week at which every cycle after the first begins. `lighter`: the most load of a deload week, as
    a share of the week before it. `milder`: share of repetitions and RPE points taken off where a
    row is too hard for a limit. `light`: what may stand in for a harder session, the longest
    first. `cycle_reps`: repetitions more in each further cycle, `most_reps` in all.
    """

    levels: Mapping[Level, LevelRules]
    ages: Mapping[AgeBand, Limit]
    screenings: Mapping[Screening, Limit]
    growth: Growth
    weights: Weights
    x_gap: int
    run_gap: int
    lift_apart_days: int
    most_lifts: int
    drills_first: float
    weeks: int
    later_cycles_from: int
    lighter: float
    milder_share: float
    milder_rpe: float
    walks: tuple[str, ...]
    mobility: tuple[str, ...]
    gentle_lifts: tuple[str, ...]
    light: tuple[str, ...]
    cycle_reps: int
    most_reps: int
    shares: tuple[float, ...] = field(default=(1.0, 0.9, 0.8, 0.7, 0.6, 0.5))


@dataclass(frozen=True, slots=True)
class ReasonWords:
    """A reason in words (Jinja, with the reason's facts) and the passage behind it.

    `card` False: it is no news on a day's message, and is told where it is asked for.
    """

    words: str
    passage: str
    card: bool = True
