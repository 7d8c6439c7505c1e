"""The plan: a person and a start in, days out. Pure; the same person gets the same days.

A week is placed as a whole (`layout`), with what the days before it leave behind. The first
cycle has twelve weeks of the programme, each later one its last eight.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.domain import fitting
from bot.domain.layout import Choice
from bot.domain.library import Library
from bot.domain.lightening import lightened
from bot.domain.offers import (
    frame_of,
    gentle,
    lift_offered,
    lighter_week,
    limit_of,
    offered,
    offered_short,
    placed,
)
from bot.domain.plan import Athlete, Placed, PlanDay, Reason
from bot.domain.plan_rules import PlanRules, Scope, Wanted
from bot.domain.standing import Standing
from bot.domain.steps import first_turn, next_turn, row_of
from bot.domain.weeks import DAYS, MAIN, Behind, Course, Week, placed_week, together
from bot.domain.workouts import Kind, Level

WISHES = frozenset(
    ("lift_gave_way", "lift_not_sent", "lift_fewer", "below_floor", "days_gave_way")
)  # the reasons that tell of a wish that cannot be had
_LOWER = {Level.ADVANCED: Level.INTERMEDIATE}


def build(
    athlete: Athlete, library: Library, rules: PlanRules, start: date, weeks: int
) -> tuple[PlanDay, ...]:
    """`weeks` weeks of days of a newcomer, from `start` on, each date once."""
    course = course_of(athlete, library, rules, start)
    standing = first_turn(start, athlete.level, athlete.age, rules)
    return ahead(course, standing, (), weeks)


def course_of(athlete: Athlete, library: Library, rules: PlanRules, start: date) -> Course:
    """What the weeks of a person have in common."""
    rests = library.once("rests", lambda: _rests(library))
    return Course(athlete, library, rules, start, rests)


def _rests(library: Library) -> tuple[Placed, ...]:
    return tuple(placed(s, library) for s in library.of_kind(Kind.REST))


def ahead(
    course: Course, standing: Standing, before: Sequence[PlanDay], weeks: int
) -> tuple[PlanDay, ...]:
    """The week where a person stands and those after it; `before` are the days up to it."""
    days: list[PlanDay] = []
    for _ in range(weeks):
        days += planned_week(course, standing, [*before, *days])
        standing = turned(course, standing)
    return tuple(days)


def turned(course: Course, standing: Standing) -> Standing:
    """The week after. The programme waits for who may not run yet."""
    athlete, rules = course.athlete, course.rules
    if limit_of(athlete, rules).scope is not Scope.ALL:
        return replace(standing, week_start=standing.week_start + timedelta(days=DAYS))
    return next_turn(standing, athlete.level, athlete.age, rules, course.library.caps)


def planned_week(
    course: Course, standing: Standing, before: Sequence[PlanDay], kept: Sequence[PlanDay] = ()
) -> list[PlanDay]:
    """One week, from the day after `kept` on: the days of it that stand already.

    `before` are the days before the week, without a gap.
    """
    past = [*before, *kept]
    week = _offers(course, standing, past, kept)
    lift_wish, choice = placed_week(course, week, before, kept)
    reasons = _wishes(course, week, choice, kept=lift_wish)
    days: list[PlanDay] = []
    for back in range(len(kept), DAYS):
        sessions = _sessions(course, week, choice, back)
        day = standing.week_start + timedelta(days=back)
        days.append(_day(course, week, day, sessions, [*past, *days]))
    if reasons and not kept:
        where = next((i for i, day in enumerate(days) if day.training), 0)
        days[where] = replace(days[where], reasons=(*days[where].reasons, *reasons))
    return _lighter(course, week, _with_walks(course, week, days, kept), Behind(before, kept))


def _lighter(course: Course, week: Week, days: list[PlanDay], past: Behind) -> list[PlanDay]:
    """In a lighter week no more than the rules' share of the week before; one day trains."""
    last = sum(day.load for day in past.before[-DAYS:])
    if not lighter_week(week.number, week.frame, course.library) or not last:
        return days
    top = last * course.rules.lighter - sum(day.load for day in past.kept)
    least = 0 if any(day.training for day in past.kept) else 1
    return lightened(course, days, max(top, 0), least)


def _offers(
    course: Course, standing: Standing, past: Sequence[PlanDay], kept: Sequence[PlanDay]
) -> Week:
    rules, library, number = course.rules, course.library, standing.week
    athlete = course.athlete
    if standing.lower_until is not None and standing.week_start < standing.lower_until:
        athlete = replace(athlete, level=_LOWER.get(athlete.level, athlete.level))
    frame = frame_of(athlete, rules, longest(course, standing.week_start, past))
    wanted = {_name(i, w): w for i, w in enumerate(rules.levels[frame.level].wanted)}
    offers: dict[str, Placed] = {}
    for name, want in wanted.items():
        if _has(kept, want):
            continue
        if want.short:
            found = offered_short(want.short, frame, rules, library)
        else:
            lag, more = standing.lag(want.kind), standing.more.get(want.kind, 0)
            row = row_of(want.kind, frame.level, number, lag, library)
            found = offered(fitting.more(row, more), frame, rules, library)
        if found is not None:
            offers[name] = found
    _spare_bounds(offers, library)
    lifts = [lift_offered(day, number, frame, rules, library) for day in "AB"]
    done = sum(day.lifts for day in kept)
    left = tuple(s for s in lifts if s is not None)[done:]
    return Week(number, standing.week_start.weekday(), frame, offers, wanted, left)


def _has(kept: Sequence[PlanDay], want: Wanted) -> bool:
    """Whether a day of the week that stands has that session already."""
    if want.short:
        return any(s.session.id == want.short for day in kept for s in day.sessions)
    return any(want.kind in day.kinds for day in kept)


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
    course: Course, week: Week, day: date, sessions: tuple[Placed, ...], before: Sequence[PlanDay]
) -> PlanDay:
    deload = lighter_week(week.number, week.frame, course.library)
    reasons = tuple(r for s in sessions for r in s.reasons)
    variants = {s.variant for s in sessions if s.variant}
    reasons += tuple(Reason("terrain", {"terrain": v.value}) for v in sorted(variants))
    if sessions and deload:
        reasons = (Reason("deload", {"week": week.number}), *reasons)
    if len(sessions) > 1 and sessions[-1].kind is Kind.STRENGTH:
        reasons += (Reason("run_then_lift"),)
    if not sessions:
        rest = course.rests[day.toordinal() % len(course.rests)]
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
    if kept and len(choice.lifts) < len(athlete.lifts & athlete.days):
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


def _with_walks(
    course: Course, week: Week, days: list[PlanDay], kept: Sequence[PlanDay]
) -> list[PlanDay]:
    """Where the week has no runs at all, the free days get a walk or mobility."""
    runs = any(day.kinds & set(MAIN) for day in kept)
    if week.offers or runs or week.frame.limit.scope is Scope.NONE:
        return days
    most = DAYS - course.rules.levels[week.frame.level].least_rest
    busy = sum(day.training for day in (*kept, *days))
    turn = (days[0].date - course.start).days // DAYS if days else 0
    for number, day in enumerate(days):
        if day.training or busy >= most or day.date.weekday() not in course.athlete.days:
            continue
        walk = gentle(week.frame, turn + len(kept) + number, course.rules, course.library)
        if walk is not None:
            days[number] = replace(day, sessions=(walk,), reasons=_but_rest(day.reasons))
            busy += 1
    return days


def _but_rest(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    return tuple(r for r in reasons if not r.code.startswith("rest"))


def longest(course: Course, first: date, before: Sequence[PlanDay]) -> float:
    """The longest run of the last days, in planned minutes; what a newcomer told counts as long.

    Of the days that are over only what was really run counts, and only what will be no older than
    that on the last day of the week.
    """
    growth, level = course.rules.growth, course.athlete.level
    reach = growth.days - DAYS + 1
    recent = [_run(course, day) for day in before[-reach:]]
    if (first - course.start).days < reach:
        told = course.athlete.longest
        recent.append(course.rules.levels[level].longest if told is None else told)
    return max(recent, default=0.0)


def most_run(course: Course, day: date, before: Sequence[PlanDay]) -> float:
    """How many minutes of running one run of that very day may have, by the days before it."""
    growth, athlete = course.rules.growth, course.athlete
    near = (d for d in before[-growth.days :] if 0 < (day - d.date).days <= growth.days)
    recent = [_run(course, d) for d in near]
    if (day - course.start).days < growth.days:
        told = athlete.longest
        recent.append(course.rules.levels[athlete.level].longest if told is None else told)
    return max(max(recent, default=0.0) * growth.factor, growth.free)


def _run(course: Course, day: PlanDay) -> float:
    if course.today is not None and day.date < course.today:
        return course.ran.get(day.date, 0.0)
    return max((s.run_minutes for s in day.sessions), default=0.0)


def _each_once(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    return tuple(r for n, r in enumerate(reasons) if r not in reasons[:n])


def _name(number: int, want: Wanted) -> str:
    return want.kind.value if not want.short else f"{want.kind.value}-{number}"
