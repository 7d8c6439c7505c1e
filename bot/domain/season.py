"""The plan: a person and a start in, days out. Pure; the same person gets the same days.

A week is placed as a whole (`layout`), with what the days before it leave behind. The first
cycle has twelve weeks of the programme, each later one its last eight.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from bot.domain import fitting
from bot.domain.layout import Choice
from bot.domain.library import Library
from bot.domain.lightening import lightened
from bot.domain.offers import frame_of, gentle, lift_offered, offered, offered_short, placed
from bot.domain.plan import Athlete, Placed, PlanDay, Reason
from bot.domain.plan_rules import PlanRules, Scope, Wanted
from bot.domain.weeks import DAYS, MAIN, Course, Week, placed_week, together
from bot.domain.workouts import Kind, Level


def build(
    athlete: Athlete, library: Library, rules: PlanRules, start: date, weeks: int
) -> tuple[PlanDay, ...]:
    """`weeks` weeks of days from `start` on, each date once."""
    rests = tuple(placed(s, library) for s in library.of_kind(Kind.REST))
    course = Course(athlete, library, rules, start, rests)
    days: list[PlanDay] = []
    numbers = programme(athlete, rules)
    for _ in range(weeks):
        days += _planned_week(course, next(numbers), days)
    return tuple(days)


def programme(athlete: Athlete, rules: PlanRules) -> Iterator[int]:
    """The programme's week numbers, without end.

    Newcomers of the ages that need more time do each odd week twice at first.
    """
    limit = rules.ages.get(athlete.age) if athlete.age else None
    twice = limit.twice_until if limit and athlete.level is Level.BEGINNER else 0
    for week in range(1, rules.weeks + 1):
        yield week
        if week % 2 and week < twice:
            yield week
    while True:
        yield from range(rules.later_cycles_from, rules.weeks + 1)


def _planned_week(course: Course, number: int, before: list[PlanDay]) -> list[PlanDay]:
    week = _offers(course, number, before)
    lift_wish, choice = placed_week(course, week, before)
    first = course.start + timedelta(days=len(before))
    reasons = _wishes(course, week, choice, kept=lift_wish)
    days: list[PlanDay] = []
    for back in range(DAYS):
        sessions = _sessions(course, week, choice, back)
        day = first + timedelta(days=back)
        days.append(_day(course, week, day, sessions, [*before, *days]))
    if reasons:
        where = next((i for i, day in enumerate(days) if day.training), 0)
        days[where] = replace(days[where], reasons=(*days[where].reasons, *reasons))
    return _lighter(course, week, _with_walks(course, week, days, len(before)), before)


def _lighter(
    course: Course, week: Week, days: list[PlanDay], before: list[PlanDay]
) -> list[PlanDay]:
    """In a lighter week no more than the rules' share of the week before."""
    last = sum(day.load for day in before[-DAYS:])
    if week.number not in course.library.caps.deload_weeks or not last:
        return days
    rules = course.rules
    return lightened(days, last * rules.lighter, rules.shares, course.library, course.rests[0])


def _offers(course: Course, number: int, before: list[PlanDay]) -> Week:
    rules, library = course.rules, course.library
    frame = frame_of(course.athlete, rules, _longest(course, before))
    wanted = {_name(i, w): w for i, w in enumerate(rules.levels[frame.level].wanted)}
    offers: dict[str, Placed] = {}
    for name, want in wanted.items():
        found = (
            offered_short(want.short, frame, rules, library)
            if want.short
            else offered(want.kind, number, frame, rules, library)
        )
        if found is not None:
            offers[name] = found
    _spare_bounds(offers, library)
    lifts = [lift_offered(day, number, frame, rules, library) for day in "AB"]
    return Week(number, frame, offers, wanted, tuple(s for s in lifts if s is not None))


def _spare_bounds(offers: dict[str, Placed], library: Library) -> None:
    """A week whose hill set has bounds already gives the drills fewer of them."""
    hill, drill = offers.get("hill"), offers.get("drill")
    if hill and drill and hill.x and drill.x:
        fewer = placed(fitting.fewer_bounds(drill.session, library), library)
        offers["drill"] = replace(fewer, reasons=(*drill.reasons, Reason("fewer_bounds")))


def _sessions(course: Course, week: Week, choice: Choice, back: int) -> tuple[Placed, ...]:
    """The day's sessions in their order: drills, the run, lifting."""
    names = [name for name, day in choice.runs.items() if day == back]
    runs: tuple[Placed, ...] = tuple(week.offers[name] for name in names)
    if len(names) > 1:
        other = next(name for name in names if name != "drill")
        runs = together(course, week, other) or runs
    if back in choice.lifts:
        return (*runs, week.lifts[choice.lifts.index(back)])
    return runs


def _day(
    course: Course, week: Week, day: date, sessions: tuple[Placed, ...], before: list[PlanDay]
) -> PlanDay:
    deload = week.number in course.library.caps.deload_weeks
    reasons = tuple(r for s in sessions for r in s.reasons)
    variants = {s.variant for s in sessions if s.variant}
    reasons += tuple(Reason("terrain", {"terrain": v.value}) for v in sorted(variants))
    if sessions and deload:
        reasons = (Reason("deload", {"week": week.number}), *reasons)
    if len(sessions) > 1 and sessions[-1].kind is Kind.STRENGTH:
        reasons += (Reason("run_then_lift"),)
    if not sessions:
        rest = course.rests[(day - course.start).days % len(course.rests)]
        sessions = (rest,)
        yesterday = before[-1] if before else None
        reasons = (Reason("rest_after_hard" if yesterday and yesterday.hard else "rest"),)
    return PlanDay(day, week.number, deload, sessions, _each_once(reasons))


def _wishes(course: Course, week: Week, choice: Choice, *, kept: bool) -> tuple[Reason, ...]:
    """What could not be had this week, and which wish gave way."""
    athlete, level = course.athlete, course.rules.levels[week.frame.level]
    reasons = []
    if not kept:
        reasons.append(Reason("lift_gave_way"))
    elif athlete.lifts - athlete.days:
        reasons.append(Reason("lift_not_sent"))
    elif athlete.lifts and len(choice.lifts) < len(athlete.lifts):
        reasons.append(Reason("lift_fewer", {"lifts": len(choice.lifts)}))
    if athlete.minutes is not None and athlete.minutes < level.floor:
        reasons.append(Reason("below_floor", {"minutes": athlete.minutes, "floor": level.floor}))
    missing = [n for n in week.offers if week.wanted[n].kind in MAIN and n not in choice.runs]
    if missing:
        reasons.append(Reason("days_gave_way", {"kind": missing[0]}))
    if week.frame.level is not athlete.level:
        reasons.append(Reason("age_rows", {"level": week.frame.level.value}))
    if week.frame.limit.scope is Scope.GENTLE:
        reasons.append(Reason("unscreened"))
    return tuple(reasons)


def _with_walks(course: Course, week: Week, days: list[PlanDay], done: int) -> list[PlanDay]:
    """Where the week has no runs at all, the free days get a walk or mobility."""
    if week.offers or week.frame.limit.scope is Scope.NONE:
        return days
    most = DAYS - course.rules.levels[week.frame.level].least_rest
    busy = sum(day.training for day in days)
    for number, day in enumerate(days):
        if day.training or busy >= most or day.date.weekday() not in course.athlete.days:
            continue
        walk = gentle(week.frame, done // DAYS + number, course.rules, course.library)
        if walk is not None:
            days[number] = replace(day, sessions=(walk,), reasons=_but_rest(day.reasons))
            busy += 1
    return days


def _but_rest(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    return tuple(r for r in reasons if not r.code.startswith("rest"))


def _longest(course: Course, before: list[PlanDay]) -> float:
    """The longest planned run of the last days; what a newcomer told counts for as long."""
    growth, level = course.rules.growth, course.athlete.level
    told = course.athlete.longest or course.rules.levels[level].longest
    recent = [s.run_minutes for day in before[-growth.days :] for s in day.sessions]
    return max([told, *recent] if len(before) < growth.days else recent, default=0.0)


def _each_once(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    return tuple(r for n, r in enumerate(reasons) if r not in reasons[:n])


def _name(number: int, want: Wanted) -> str:
    return want.kind.value if not want.short else f"{want.kind.value}-{number}"
