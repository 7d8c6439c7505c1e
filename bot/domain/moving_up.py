"""After a cycle: whether it has earned the next level (reference, section 2). It is offered, never
done; what only the person knows is asked before it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.adapting import ready_for_next
from bot.domain.journal import Report
from bot.domain.offers import limit_of
from bot.domain.person import Person, Screening
from bot.domain.plan import PlanDay
from bot.domain.plan_rules import PlanRules, Scope
from bot.domain.record import Record
from bot.domain.selftest import (
    Result,
    SelfTest,
    Side,
    as_good,
    raises_wanted,
    usual_range,
)
from bot.domain.tables import AdaptationTable
from bot.domain.weeks import DAYS
from bot.domain.workouts import Kind, Level

_HIGHER = {Level.BEGINNER: Level.INTERMEDIATE, Level.INTERMEDIATE: Level.ADVANCED}
_RAISES = "heel_raises"
_PAIN = "pain"
_END = 5 * DAYS  # the last block of a cycle, and the days on which its self-test may still come


@dataclass(frozen=True, slots=True)
class Earned:
    """What the cycle was, and the level that it opens; `level` None: none."""

    done: int
    planned: int
    pain: int
    tested: bool
    level: Level | None


def cycle_over(record: Record, rules: PlanRules) -> bool:
    """Whether this is the first week after a whole cycle."""
    standing = record.standing
    first = standing.week == rules.later_cycles_from
    return standing.cycle > 1 and first and not standing.away and not standing.repeat


def earned(
    record: Record,
    person: Person,
    results: Sequence[Result],
    rules: PlanRules,
    tables: tuple[AdaptationTable, SelfTest],
) -> Earned:
    """By the days of the cycle that is over, what was reported of them, and the self-test."""
    adaptation, trials = tables
    days = _cycle(record, rules)
    sessions = sum(s.kind is not Kind.REST for day in days for s in day.sessions)
    reports = _reports(record, days)
    late = {day.date for day in days if day.week >= adaptation.level_up.from_week}
    pain = max((r.pain or 0 for r in reports if r.local_date in late), default=0)
    level = _HIGHER.get(person.level)
    tested = level is not None and _tested(results, days, person, level, trials)
    done = min(len(reports), sessions)
    share = done / sessions if sessions else 0.0
    open_ = level is not None and _open(record, level, rules)
    ready = open_ and ready_for_next(share, pain, tested, adaptation)
    return Earned(done, sessions, pain, tested, level if ready else None)


def _cycle(record: Record, rules: PlanRules) -> list[PlanDay]:
    """The days since the programme began with the cycle, those of weeks that came again too."""
    first = 1 if record.standing.cycle == 2 else rules.later_cycles_from
    before = [day for day in record.days if day.date < record.standing.week_start]
    days: list[PlanDay] = []
    for number in range(len(before), 0, -DAYS):
        week = before[max(number - DAYS, 0) : number]
        if days and (week[-1].week > days[0].week or days[0].week == first > week[-1].week):
            break
        days = [*week, *days]
    return days


def _reports(record: Record, days: Sequence[PlanDay]) -> list[Report]:
    dates = {day.date for day in days}
    return [r for r in record.reports if r.trained and r.local_date in dates]


def _open(record: Record, level: Level, rules: PlanRules) -> bool:
    """Nothing about age or health stands against it, and no pain holds anything back."""
    limit = limit_of(record.athlete, rules)
    ranks = list(Level)
    allowed = ranks.index(level) <= ranks.index(limit.rows) and not limit.lower
    well = record.athlete.screening is Screening.CLEAR and limit.scope is Scope.ALL
    return allowed and well and not any(e.code.startswith("pain") for e in record.standing.easings)


def _tested(
    results: Sequence[Result],
    days: Sequence[PlanDay],
    person: Person,
    level: Level,
    table: SelfTest,
) -> bool:
    """The last numbers, of the end of the cycle, are as good as the first ones, and the heel
    raises are those that the level needs."""
    ends = days[-_END:] if days else ()
    last: dict[tuple[str, Side], Result] = {(r.item, r.side): r for r in results}
    first: dict[tuple[str, Side], Result] = {(r.item, r.side): r for r in reversed(results)}
    since = ends[0].date if ends else date.max
    fresh = {key: r for key, r in last.items() if r.local_date >= since and key[0] != _PAIN}
    twice = [key for key, r in fresh.items() if first[key].local_date < r.local_date]
    held = all(
        as_good(table.items[item], first[item, side].value, fresh[item, side].value)
        for item, side in twice
        if item in table.items
    )
    return bool(twice) and held and _raises(fresh, person, level, table)


def _raises(
    fresh: Mapping[tuple[str, Side], Result], person: Person, level: Level, table: SelfTest
) -> bool:
    usual = None
    if person.sex is not None:
        found = usual_range(person.age, person.sex, table)
        usual = found[1] if found else None  # of a band of ages the most that is usual
    wanted = raises_wanted(level, table, usual)
    counts = [r.value for (item, _), r in fresh.items() if item == _RAISES]
    return len(counts) > 1 and min(counts) >= wanted
