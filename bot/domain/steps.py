"""Which row of a table comes, and which week: the programme as steps."""

from dataclasses import replace
from datetime import date, timedelta

from bot.domain import dose, fitting
from bot.domain.library import Caps, Library
from bot.domain.person import AgeBand
from bot.domain.plan_rules import PlanRules
from bot.domain.standing import STEPPED, Standing
from bot.domain.workouts import Kind, Level, Session

_WEEK = timedelta(days=7)
_BLOCK = 4


def row_of(kind: Kind, level: Level, week: int, lag: int, library: Library) -> Session:
    """The row for a person who is `lag` rows behind the week.

    In a deload week who is behind does the own next row with a deload's cut, or the week's own
    row where that is less and asks for nothing all-out.
    """
    if lag <= 0:
        return library.row(kind, level, week)
    steps = _steps(library.caps)
    light = week in library.caps.deload_weeks
    at = max(step_of(week, library.caps) - lag + light, 0)
    row = library.row(kind, level, steps[at])
    if not light:
        return row
    cut = fitting.eased(row, library, 1 - library.caps.cut.middle, 1.0)
    own = library.row(kind, level, week)
    less = dose.load(own, library) < dose.load(cut, library)
    return own if less and not own.x else replace(cut, deload=True)


def step_of(week: int, caps: Caps) -> int:
    """How many rows that are no deloads come before this week's own; a deload's is that before."""
    return max(sum(step <= week for step in _steps(caps)) - 1, 0)


def block_start(week: int) -> int:
    """The first week of this block of four."""
    return (week - 1) // _BLOCK * _BLOCK + 1


def first_turn(start: date, level: Level, age: AgeBand | None, rules: PlanRules) -> Standing:
    """A newcomer's first week."""
    return _entered(Standing.fresh(start), level, age, rules)


def aged(standing: Standing, level: Level, age: AgeBand | None, rules: PlanRules) -> Standing:
    """The week in which an age was told; where its weeks come twice, this one does."""
    twice = _entered(standing, level, age, rules).repeat
    return replace(standing, repeat=max(standing.repeat, twice))


def next_turn(
    standing: Standing, level: Level, age: AgeBand | None, rules: PlanRules, caps: Caps
) -> Standing:
    """The week after: on in the programme, the same again, or the next cycle.

    While the person is away the programme stands still.
    """
    on = replace(standing, week_start=standing.week_start + _WEEK)
    if standing.away:
        return on
    if standing.repeat:
        return replace(on, repeat=standing.repeat - 1)
    if standing.week < rules.weeks:
        return _entered(replace(on, week=standing.week + 1), level, age, rules)
    return _next_cycle(on, rules, caps)


def _entered(standing: Standing, level: Level, age: AgeBand | None, rules: PlanRules) -> Standing:
    limit = rules.ages.get(age) if age else None
    until = limit.twice_until if limit and level is Level.BEGINNER and standing.cycle == 1 else 0
    twice = standing.week % 2 == 1 and standing.week < until
    return replace(standing, repeat=int(twice))


def _next_cycle(standing: Standing, rules: PlanRules, caps: Caps) -> Standing:
    """From where the person stands, not above the first week of a later cycle; a little more."""
    first, last = rules.later_cycles_from, step_of(rules.weeks, caps)
    lags = {
        kind: max(step_of(first, caps) - max(last - standing.lag(kind), 0), 0) for kind in STEPPED
    }
    more = {
        kind: min(standing.more.get(kind, 0) + rules.cycle_reps, rules.most_reps)
        for kind in (Kind.HILL, Kind.INTERVAL)
    }
    return replace(standing, week=first, cycle=standing.cycle + 1, lags=lags, more=more)


def _steps(caps: Caps) -> tuple[int, ...]:
    return tuple(w for w in range(1, caps.weeks + 1) if w not in caps.deload_weeks)
