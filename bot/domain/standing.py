"""Where a person stands in the plan: what is kept from day to day, beside the settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from bot.domain.absence import Cause
from bot.domain.workouts import Grade, Kind

STEPPED = (Kind.HILL, Kind.INTERVAL, Kind.DRILL)
RUNS = (*STEPPED, Kind.EASY)
ALL = (*RUNS, Kind.STRENGTH)


@dataclass(frozen=True, slots=True)
class Easing:
    """Something that makes days safer, and nothing else: it never adds.

    It holds from `first` to `last` (None: until it is lifted) for sessions of `kinds`, or for the
    next `times` of them that are trained. `hardest`: nothing above it; rest takes the session
    away. `x` False: no bounds, nothing all-out. `reps`: the share of repetitions kept, `rpe` points
    off. `hard_only`: sessions of class H alone. `lighter`: as in a deload week. `run`: minutes of
    running at most, served by one of `sessions`. Of one `queue` the first that holds counts.
    `code` is a reason of `content/rules/reasons.yaml`.
    """

    code: str
    first: date
    last: date | None = None
    kinds: tuple[Kind, ...] = RUNS
    times: int | None = None
    hardest: Grade = Grade.HARD
    hard_only: bool = False
    x: bool = True
    reps: float = 1.0
    rpe: float = 0.0
    lighter: bool = False
    run: float | None = None
    sets: int = 0
    sessions: tuple[str, ...] = ()
    queue: str = ""
    facts: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def name(self) -> tuple[object, ...]:
        """What two of the same share. One for its day alone is another than one for longer."""
        return self.code, self.first, self.kinds, self.facts.get("part"), self.first == self.last

    def on(self, day: date) -> bool:
        if self.times is not None and self.times <= 0:
            return False
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Stop:
    """The first planned run that was missed: its date, and where the plan stood then."""

    day: date
    week: int
    lags: Mapping[Kind, int]


@dataclass(frozen=True, slots=True)
class Standing:
    """`week` of the programme began on `week_start`; it comes `repeat` times more.

    `lags`: how many rows a kind is behind its week. `more`: repetitions added to its rows.
    `settled`: the last date that is past and fixed; `judged`: the last whose reports have counted.
    `missed`: kinds whose last session was missed. `stopped`: where a streak of missed runs began,
    `away` the row of the absence table (its least days) that holds for it and since when. `cause`:
    why. `legs`: leg days of the person's own. `lower_until`: rows of the level below.
    `offers`: when something was offered or asked, by its name, so that it is once. `heard`: the
    last sign of the person as of then. `untold`: who gives signs and reports nothing is not away.
    """

    week_start: date
    settled: date
    judged: date
    week: int = 1
    repeat: int = 0
    cycle: int = 1
    lags: Mapping[Kind, int] = field(default_factory=dict)
    more: Mapping[Kind, int] = field(default_factory=dict)
    easings: tuple[Easing, ...] = ()
    missed: tuple[Kind, ...] = ()
    stopped: Stop | None = None
    away: int = 0
    away_on: date | None = None
    cause: Cause = Cause.LIFE
    legs: tuple[date, ...] = ()
    lower_until: date | None = None
    offers: Mapping[str, date] = field(default_factory=dict)
    heard: date | None = None
    untold: bool = False

    @classmethod
    def fresh(cls, start: date) -> "Standing":
        eve = start - timedelta(days=1)
        return cls(start, eve, eve)

    def lag(self, kind: Kind) -> int:
        return self.lags.get(kind, 0)

    def behind(self, kind: Kind, by: int) -> "Standing":
        """`by` rows further back (or forward, below 0) for that kind."""
        if kind not in STEPPED or not by:
            return self
        return replace(self, lags={**self.lags, kind: max(self.lag(kind) + by, 0)})

    def eased(self, *easings: Easing) -> "Standing":
        """With these in place of older ones of the same name."""
        new = {easing.name for easing in easings}
        kept = tuple(e for e in self.easings if e.name not in new)
        return replace(self, easings=(*kept, *easings))

    def without(self, *codes: str) -> "Standing":
        """The easings of these reasons are lifted."""
        return replace(self, easings=tuple(e for e in self.easings if e.code not in codes))

    def has(self, code: str) -> bool:
        return any(e.code == code for e in self.easings)

    def swept(self, today: date) -> "Standing":
        """Without what is used up."""
        live = tuple(
            e
            for e in self.easings
            if (e.last is None or e.last >= today) and (e.times is None or e.times > 0)
        )
        legs = tuple(day for day in self.legs if (today - day).days < 7)
        return replace(self, easings=live, legs=legs)
