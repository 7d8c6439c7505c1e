"""The ledger: what the weeks behind a person gave to their legs, and how steady they were. Pure.

Stimulus is counted in points of `content/workouts/stimulus.yaml`, load in effort (0 to 10) times
minutes. A week is seven days from the start of the plan on, as in the plan itself.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain import dose
from bot.domain.journal import Outcome, Report
from bot.domain.library import Library
from bot.domain.plan import PlanDay
from bot.domain.workouts import Kind, Muscle, Session

DAYS = 7
_DID = (Outcome.DONE, Outcome.PARTLY)
_STILL = (Kind.REST,)

Points = Mapping[Muscle, float]
PlanOf = Callable[[date], PlanDay | None]


@dataclass(frozen=True, slots=True)
class ChartWords:
    """The words on the pictures of the plan, of the weeks behind, and of the self-test."""

    plan: str
    later: str
    minutes: str
    lighter: str
    progress: str
    load: str
    load_mean: str
    sessions: str
    stimulus: str
    usual: str
    test: str
    sides: str
    less: str


@dataclass(frozen=True, slots=True)
class LedgerTable:
    """`weeks` are shown at most, `trend` of them make a mean.

    `enough` points a week serve a group of `judged`; `lifts` strength sessions a week are asked
    for, a mean of `lifts_least` passes. `asked` are patterns of the question about one's own legs,
    which rests on `passage`. `facts`, `lighter` and `unknown` name passages for the summary.
    """

    section: str
    weeks: int
    trend: int
    enough: float
    lifts: int
    lifts_least: float
    judged: tuple[Muscle, ...]
    passage: str
    names: Mapping[Muscle, str]
    asked: tuple[str, ...]
    facts: Mapping[Muscle, tuple[str, ...]]
    lighter: tuple[str, ...]
    unknown: tuple[str, ...]
    chart: ChartWords


@dataclass(frozen=True, slots=True)
class Week:
    """`number` counts from 1. `planned` are sessions up to its end, `done` those reported done
    or partly. `kept` of `counted` days went as planned, rest days among them; days of a pause and
    those still to come do not count. `run_given` is what running and drills gave alone.
    """

    number: int
    first: date
    done: int
    planned: int
    minutes: float
    load: float
    lifts: int
    given: Points
    run_given: Points
    efforts: tuple[tuple[Kind, float], ...] = ()
    over: bool = False
    kept: int = 0
    counted: int = 0

    @property
    def last(self) -> date:
        return self.first + timedelta(days=DAYS - 1)


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of a person's days: the plan, the reports, the dates of messages sent."""

    plan: PlanOf
    reports: Sequence[Report]
    told: frozenset[date] = frozenset()


def weeks(start: date, today: date, past: Past, library: Library, most: int) -> tuple[Week, ...]:
    """The last `most` weeks up to the running one, oldest first; none before the start."""
    here = (today - start).days // DAYS
    first = max(0, here - most + 1)
    dates = [start + timedelta(days=n) for n in range(first * DAYS, (here + 1) * DAYS)]
    days = {day: planned for day in dates if (planned := past.plan(day)) is not None}
    kept = _kept_days(days, today, past)
    found = []
    for number in range(first, here + 1):
        span = dates[(number - first) * DAYS : (number - first + 1) * DAYS]
        own = {day: days[day] for day in span if day in days}
        theirs = [r for r in past.reports if span[0] <= r.local_date <= span[-1]]
        week = _week((number + 1, span[0]), own, theirs, library)
        went = [kept[day] for day in own if day in kept]
        found.append(replace(week, over=span[-1] < today, kept=sum(went), counted=len(went)))
    return tuple(found)


def trend(loads: Sequence[float], of: int) -> tuple[float, ...]:
    """The mean of each week and the up to `of` - 1 before it."""
    return tuple(
        sum(loads[max(0, end - of) : end]) / min(of, end) for end in range(1, len(loads) + 1)
    )


def load(report: Report) -> float:
    """Effort times minutes; where the effort was not told, the expected one counts."""
    low, high = report.expected_low or 0.0, report.expected_high or report.expected_low or 0.0
    effort = report.srpe if report.srpe is not None else (low + high) / 2
    return effort * (report.minutes or 0.0) * report.share


def mean_points(of: Sequence[Points]) -> dict[Muscle, float]:
    """The mean week; zeros where there is none."""
    return {m: sum(p.get(m, 0.0) for p in of) / max(1, len(of)) for m in Muscle}


def surprises(week: Week) -> dict[Kind, float]:
    """By kind, how far the efforts told lay above (below: negative) what was expected."""
    found: dict[Kind, list[float]] = {}
    for kind, apart in week.efforts:
        found.setdefault(kind, []).append(apart)
    return {kind: sum(apart) / len(apart) for kind, apart in found.items()}


def _week(
    at: tuple[int, date],
    days: Mapping[date, PlanDay],
    reports: Sequence[Report],
    library: Library,
) -> Week:
    did = [r for r in reports if r.outcome in _DID]
    given = [(r.kind, _given(r, days.get(r.local_date), library)) for r in did]
    return Week(
        number=at[0],
        first=at[1],
        done=len(did),
        planned=sum(_sessions(day) for day in days.values()),
        minutes=sum((r.minutes or 0.0) * r.share for r in did),
        load=sum(load(r) for r in did),
        lifts=sum(r.kind is Kind.STRENGTH for r in did),
        given=_sum(points for _, points in given),
        run_given=_sum(points for kind, points in given if kind is not Kind.STRENGTH),
        efforts=tuple(_apart(r) for r in did if r.srpe is not None and r.expected_high is not None),
    )


def _kept_days(days: Mapping[date, PlanDay], today: date, past: Past) -> dict[date, bool]:
    """Whether each day went as planned; days that do not count are left out.

    A training day counts if it was reported or its message went out: in a pause none does. Rest
    is kept as planned where the training day before it counts.
    """
    did = {r.local_date for r in past.reports if r.outcome in _DID}
    here, kept = True, {}
    for date_, day in days.items():
        if date_ > today:
            break
        if date_ in did:
            here = kept[date_] = True
        elif day.training:
            here = date_ in past.told
            if here and date_ < today:
                kept[date_] = False
        elif here:
            kept[date_] = True
    return kept


def _sessions(day: PlanDay) -> int:
    return sum(s.kind not in _STILL for s in day.sessions)


def _given(report: Report, day: PlanDay | None, library: Library) -> Points:
    """As it was planned on that day; where the plan has no such session, as the library has it."""
    placed = day.sessions if day is not None else ()
    own = next((s.session for s in placed if s.session.id == report.session_id), None)
    session: Session | None = own or library.find(report.session_id)
    if session is None:
        return {}
    return {m: p * report.share for m, p in dose.stimulus(session, library).items()}


def _apart(report: Report) -> tuple[Kind, float]:
    low, high = report.expected_low or 0.0, report.expected_high or 0.0
    told = report.srpe or 0.0
    return report.kind, max(told - high, 0.0) - max(low - told, 0.0)


def _sum(points: Iterable[Points]) -> dict[Muscle, float]:
    total = dict.fromkeys(Muscle, 0.0)
    for one in points:
        for muscle, value in one.items():
            total[muscle] += value
    return total
