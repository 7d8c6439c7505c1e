"""The plan: a person and a start in, days out. Pure; the same person gets the same days.

A week is placed as a whole (`layout`), with what the days before it leave behind. The first
cycle has twelve weeks of the programme, each later one its last eight.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain import dose, fitting
from bot.domain.layout import Bounds, Choice, Item, Pair, Past, Shape, best
from bot.domain.library import Library
from bot.domain.offers import Frame, frame_of, gentle, lift_offered, offered, offered_short, placed
from bot.domain.plan import HARDNESS, Athlete, Placed, PlanDay, Reason
from bot.domain.plan_rules import PlanRules, Scope, Wanted
from bot.domain.workouts import Grade, Kind, Level

_WEEK = 7
_MAIN = (Kind.HILL, Kind.INTERVAL)
_REACH = 8  # how many days back the longest of the spacing rules looks


@dataclass(frozen=True, slots=True)
class _Course:
    """What does not change from week to week."""

    athlete: Athlete
    library: Library
    rules: PlanRules
    start: date
    rests: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class _Week:
    """One week before it is placed: its number in the programme, its offers, what it lacks."""

    number: int
    frame: Frame
    offers: dict[str, Placed]
    wanted: dict[str, Wanted]
    lifts: tuple[Placed, ...]


def build(
    athlete: Athlete, library: Library, rules: PlanRules, start: date, weeks: int
) -> tuple[PlanDay, ...]:
    """`weeks` weeks of days from `start` on, each date once."""
    rests = tuple(placed(s, library) for s in library.of_kind(Kind.REST))
    course = _Course(athlete, library, rules, start, rests)
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


def _planned_week(course: _Course, number: int, before: list[PlanDay]) -> list[PlanDay]:
    week = _offers(course, number, before)
    lift_wish, choice = _placed_week(course, week, before)
    first = course.start + timedelta(days=len(before))
    reasons = _wishes(course, week, choice, kept=lift_wish)
    days: list[PlanDay] = []
    for back in range(_WEEK):
        sessions = _sessions(course, week, choice, back)
        day = first + timedelta(days=back)
        days.append(_day(course, week, day, sessions, [*before, *days]))
    if reasons:
        where = next((i for i, day in enumerate(days) if day.training), 0)
        days[where] = replace(days[where], reasons=(*days[where].reasons, *reasons))
    return _with_walks(course, week, days, len(before))


def _offers(course: _Course, number: int, before: list[PlanDay]) -> _Week:
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
    return _Week(number, frame, offers, wanted, tuple(s for s in lifts if s is not None))


def _spare_bounds(offers: dict[str, Placed], library: Library) -> None:
    """A week whose hill set has bounds already gives the drills fewer of them."""
    hill, drill = offers.get("hill"), offers.get("drill")
    if hill and drill and hill.x and drill.x:
        fewer = placed(fitting.fewer_bounds(drill.session, library), library)
        offers["drill"] = replace(fewer, reasons=(*drill.reasons, Reason("fewer_bounds")))


def _placed_week(course: _Course, week: _Week, before: list[PlanDay]) -> tuple[bool, Choice]:
    """The best placing; first with the leg days as wished, else without. Says which it was."""
    choice = _search(course, week, before, course.athlete.lifts)
    mains = [n for n in week.offers if week.wanted[n].kind in _MAIN]
    if not course.athlete.lifts or not mains or any(n in choice.runs for n in mains):
        return True, choice
    free = _search(course, week, before, frozenset())
    if any(n in free.runs for n in mains):
        return False, free
    return True, choice


def _search(course: _Course, week: _Week, before: list[PlanDay], lifts: frozenset[int]) -> Choice:
    """Place the week; where bounds stand too close to others, the drills go without them."""
    shape = _shape(course, week, before, lifts)
    choice = best(shape)
    drill = week.offers.get("drill")
    if drill is None or not drill.x or "drill" in choice.runs:
        return choice
    bare = fitting.without_x(drill.session, course.library)
    if bare is None:
        return choice
    reason = Reason("bounds_apart")
    week.offers["drill"] = placed(bare, course.library, (*drill.reasons, reason))
    return best(_shape(course, week, before, lifts))


def _shape(course: _Course, week: _Week, before: list[PlanDay], lifts: frozenset[int]) -> Shape:
    rules, athlete = course.rules, course.athlete
    level = rules.levels[week.frame.level]
    limit = week.frame.limit
    hard = level.hardness(week.number)
    start = course.start.weekday()
    days = tuple((n, (start + n) % _WEEK) for n in range(_WEEK))
    usable = tuple(d for d in days if d[1] in athlete.days)
    return Shape(
        items=tuple(_item(name, week) for name in week.offers),
        pairs=frozenset(_pairs(course, week)),
        days=usable,
        lift_days=tuple(d for d in usable if d[1] in lifts) if lifts else usable,
        own_lifts=lifts,
        lifts=tuple(s.minutes for s in week.lifts)[: rules.most_lifts],
        lifts_on=tuple(d.number for d in level.lifts),
        past=_past(before),
        bounds=Bounds(
            minutes=week.frame.minutes,
            contacts=course.library.caps.contacts[week.frame.level],
            most_hard=min(hard.most, limit.most),
            gap=max(hard.gap, limit.gap),
            run_gap=rules.run_gap,
            x_gap=rules.x_gap,
            lift_gap=level.lift_gap,
            lift_apart_days=rules.lift_apart_days,
            most_running=level.most_running,
            most_days=_WEEK - level.least_rest,
            apart=level.apart,
        ),
        weights=rules.weights,
    )


def _item(name: str, week: _Week) -> Item:
    offer, want = week.offers[name], week.wanted[name]
    return Item(
        name, want.kind, offer.grade, offer.x, offer.minutes, offer.contacts, want.worth,
        want.day.number,
    )  # fmt: skip


def _pairs(course: _Course, week: _Week) -> Iterator[Pair]:
    """Drills and a run of one day, where the two go together."""
    drill = week.offers.get("drill")
    if drill is None:
        return
    for name in week.offers:
        if name == "drill":
            continue
        both = _together(course, week, name)
        if both is not None:
            yield Pair(
                frozenset({"drill", name}),
                sum(p.minutes for p in both),
                sum(p.contacts for p in both),
            )


def _together(course: _Course, week: _Week, name: str) -> tuple[Placed, Placed] | None:
    """Drills first, then the run, one warm-up before and one cool-down after; None: not so.

    Hard drills go before a hill set alone, whose repetitions are cut.
    """
    drill, run = week.offers["drill"], week.offers[name]
    library = course.library
    if (drill.x and run.x) or (drill.grade is Grade.HARD and run.kind is not Kind.HILL):
        return None
    reasons = run.reasons
    session = run.session
    if drill.grade is Grade.HARD:
        session = fitting.scaled(session, course.rules.drills_first, library)
        reasons = (*reasons, Reason("drills_first"))
    warm = max(
        (w for w in (drill.session.warm_up, session.warm_up) if w),
        key=lambda w: dose.routine_minutes(w, library),
        default=None,
    )
    first = placed(replace(drill.session, warm_up=warm, cool_down=None), library, drill.reasons)
    second = placed(replace(session, warm_up=None), library, reasons)
    return first, replace(second, variant=run.variant)


def _past(before: list[PlanDay]) -> Past:
    tail = [(n - len(before[-_REACH:]), day) for n, day in enumerate(before[-_REACH:])]
    last = frozenset(
        s.kind.value for _, day in tail[-_WEEK:] for s in day.sessions if s.kind in _MAIN
    )
    return Past(
        hard=tuple(n for n, day in tail if day.hard),
        x=tuple(n for n, day in tail if day.x),
        runs=tuple(
            n
            for n, day in tail
            if any(s.kind in _MAIN and HARDNESS[s.grade] > 1 for s in day.sessions)
        ),
        lifts=tuple(n for n, day in tail if day.lifts),
        placed=last if before else None,
    )


def _sessions(course: _Course, week: _Week, choice: Choice, back: int) -> tuple[Placed, ...]:
    """The day's sessions in their order: drills, the run, lifting."""
    names = [name for name, day in choice.runs.items() if day == back]
    runs: tuple[Placed, ...] = tuple(week.offers[name] for name in names)
    if len(names) > 1:
        other = next(name for name in names if name != "drill")
        runs = _together(course, week, other) or runs
    if back in choice.lifts:
        return (*runs, week.lifts[choice.lifts.index(back)])
    return runs


def _day(
    course: _Course, week: _Week, day: date, sessions: tuple[Placed, ...], before: list[PlanDay]
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


def _wishes(course: _Course, week: _Week, choice: Choice, *, kept: bool) -> tuple[Reason, ...]:
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
    missing = [n for n in week.offers if week.wanted[n].kind in _MAIN and n not in choice.runs]
    if missing:
        reasons.append(Reason("days_gave_way", {"kind": missing[0]}))
    if week.frame.level is not athlete.level:
        reasons.append(Reason("age_rows", {"level": week.frame.level.value}))
    if week.frame.limit.scope is Scope.GENTLE:
        reasons.append(Reason("unscreened"))
    return tuple(reasons)


def _with_walks(course: _Course, week: _Week, days: list[PlanDay], done: int) -> list[PlanDay]:
    """Where the week has no runs at all, the free days get a walk or mobility."""
    if week.offers or week.frame.limit.scope is Scope.NONE:
        return days
    most = _WEEK - course.rules.levels[week.frame.level].least_rest
    busy = sum(day.training for day in days)
    for number, day in enumerate(days):
        if day.training or busy >= most or day.date.weekday() not in course.athlete.days:
            continue
        walk = gentle(week.frame, done // _WEEK + number, course.rules, course.library)
        if walk is not None:
            days[number] = replace(day, sessions=(walk,), reasons=_but_rest(day.reasons))
            busy += 1
    return days


def _but_rest(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    return tuple(r for r in reasons if not r.code.startswith("rest"))


def _longest(course: _Course, before: list[PlanDay]) -> float:
    """The longest planned run of the last days; what a newcomer told counts for as long."""
    growth, level = course.rules.growth, course.athlete.level
    told = course.athlete.longest or course.rules.levels[level].longest
    recent = [s.run_minutes for day in before[-growth.days :] for s in day.sessions]
    return max([told, *recent] if len(before) < growth.days else recent, default=0.0)


def _each_once(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    return tuple(r for n, r in enumerate(reasons) if r not in reasons[:n])


def _name(number: int, want: Wanted) -> str:
    return want.kind.value if not want.short else f"{want.kind.value}-{number}"
