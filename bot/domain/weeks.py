"""One week of the plan: what is offered, and the best placing of it.

Where a wish leaves no place for the hard run, the wish gives way; where bounds stand too close
to others, the drills go without them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from bot.domain import dose, fitting
from bot.domain.layout import SPACED, Bounds, Choice, Item, Pair, Past, Shape, best
from bot.domain.library import Library
from bot.domain.offers import Frame, placed
from bot.domain.plan import HARDNESS, Athlete, Placed, PlanDay, Reason
from bot.domain.plan_rules import PlanRules, Wanted
from bot.domain.workouts import Grade, Kind

DAYS = 7
MAIN = (Kind.HILL, Kind.INTERVAL)
_REACH = 8  # how many days back the longest of the spacing rules looks


@dataclass(frozen=True, slots=True)
class Course:
    """What does not change from week to week."""

    athlete: Athlete
    library: Library
    rules: PlanRules
    start: date
    rests: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """One week before it is placed: its number in the programme, its offers, what it lacks."""

    number: int
    frame: Frame
    offers: dict[str, Placed]
    wanted: dict[str, Wanted]
    lifts: tuple[Placed, ...]


def placed_week(course: Course, week: Week, before: list[PlanDay]) -> tuple[bool, Choice]:
    """The best placing; first with the leg days as wished, else without. Says which it was."""
    choice = _search(course, week, before, course.athlete.lifts)
    mains = [n for n in week.offers if week.wanted[n].kind in MAIN]
    if not course.athlete.lifts or not mains or any(n in choice.runs for n in mains):
        return True, choice
    free = _search(course, week, before, frozenset())
    if any(n in free.runs for n in mains):
        return False, free
    return True, choice


def _search(course: Course, week: Week, before: list[PlanDay], lifts: frozenset[int]) -> Choice:
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


def _shape(course: Course, week: Week, before: list[PlanDay], lifts: frozenset[int]) -> Shape:
    rules, athlete = course.rules, course.athlete
    level = rules.levels[week.frame.level]
    limit = week.frame.limit
    hard = level.hardness(week.number)
    start = course.start.weekday()
    days = tuple((n, (start + n) % DAYS) for n in range(DAYS))
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
            most_days=DAYS - level.least_rest,
            apart=level.apart,
        ),
        weights=rules.weights,
    )


def _item(name: str, week: Week) -> Item:
    offer, want = week.offers[name], week.wanted[name]
    return Item(
        name, want.kind, offer.grade, offer.x, offer.minutes, offer.contacts, want.worth,
        want.missed, want.day.number,
    )  # fmt: skip


def _pairs(course: Course, week: Week) -> Iterator[Pair]:
    """Drills and a run of one day, where the two go together."""
    drill = week.offers.get("drill")
    if drill is None:
        return
    for name in week.offers:
        if name == "drill":
            continue
        both = together(course, week, name)
        if both is not None:
            yield Pair(
                frozenset({"drill", name}),
                sum(p.minutes for p in both),
                sum(p.contacts for p in both),
            )


def together(course: Course, week: Week, name: str) -> tuple[Placed, Placed] | None:
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
        s.kind.value for _, day in tail[-DAYS:] for s in day.sessions if s.kind in SPACED
    )
    return Past(
        hard=tuple(n for n, day in tail if day.hard),
        x=tuple(n for n, day in tail if day.x),
        runs=tuple(
            n
            for n, day in tail
            if any(s.kind in MAIN and HARDNESS[s.grade] > 1 for s in day.sessions)
        ),
        lifts=tuple(n for n, day in tail if day.lifts),
        kinds=tuple((s.kind, n) for n, day in tail for s in day.sessions if s.kind in SPACED),
        placed=last if before else None,
    )
