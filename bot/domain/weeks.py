"""One week of the plan: what is offered, and the best placing of it.

Where a wish leaves no place for the hard run, the wish gives way; where bounds stand too close
to others, the drills go without them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from bot.domain import dose, fitting
from bot.domain.layout import SPACED, Bounds, Choice, Item, Pair, Past, Shape, best
from bot.domain.library import Library
from bot.domain.offers import Frame, placed
from bot.domain.plan import HARDNESS, Athlete, Placed, PlanDay, Reason
from bot.domain.plan_rules import PlanRules, Wanted
from bot.domain.workouts import Grade, Kind

DAYS = 7
MAIN = (Kind.HILL, Kind.INTERVAL)
RUNS = (*MAIN, Kind.DRILL, Kind.EASY)
_REACH = 8  # how many days back the longest of the spacing rules looks


@dataclass(frozen=True, slots=True)
class Course:
    """What does not change from week to week.

    `ran`: minutes really run, by date, for the days before `today` (None: a plan without a past).
    `legs`: dates of leg days that are not of the plan.
    """

    athlete: Athlete
    library: Library
    rules: PlanRules
    start: date
    rests: tuple[Placed, ...]
    today: date | None = None
    ran: Mapping[date, float] = field(default_factory=dict)
    legs: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Week:
    """One week before it is placed: its number in the programme, the weekday of its first day, its
    offers, what it lacks."""

    number: int
    weekday: int
    frame: Frame
    offers: dict[str, Placed]
    wanted: dict[str, Wanted]
    lifts: tuple[Placed, ...]


def placed_week(
    course: Course, week: Week, before: Sequence[PlanDay], kept: Sequence[PlanDay] = ()
) -> tuple[bool, Choice]:
    """The best placing; first with the leg days as wished, else without. Says which it was.

    `kept` are the first days of the week, where they stand already.
    """
    past = Behind(before, kept)
    choice = _search(course, week, past, course.athlete.lifts)
    mains = [n for n in week.offers if week.wanted[n].kind in MAIN]
    if not course.athlete.lifts or not mains or any(n in choice.runs for n in mains):
        return True, choice
    free = _search(course, week, past, frozenset())
    if any(n in free.runs for n in mains):
        return False, free
    return True, choice


@dataclass(frozen=True, slots=True)
class Behind:
    """The days before a week, and those of the week itself that stand."""

    before: Sequence[PlanDay]
    kept: Sequence[PlanDay]


def _search(course: Course, week: Week, past: Behind, lifts: frozenset[int]) -> Choice:
    """Place the week; where bounds stand too close to others, the drills go without them."""
    shape = _shape(course, week, past, lifts)
    choice = best(shape)
    drill = week.offers.get("drill")
    if drill is None or not drill.x or "drill" in choice.runs:
        return choice
    bare = fitting.without_x(drill.session, course.library)
    if bare is None:
        return choice
    reason = Reason("bounds_apart")
    week.offers["drill"] = placed(bare, course.library, (*drill.reasons, reason))
    return best(_shape(course, week, past, lifts))


def _shape(course: Course, week: Week, past: Behind, lifts: frozenset[int]) -> Shape:
    rules, athlete = course.rules, course.athlete
    level = rules.levels[week.frame.level]
    limit = week.frame.limit
    hard = level.hardness(week.number)
    days = tuple((n, (week.weekday + n) % DAYS) for n in range(len(past.kept), DAYS))
    running = sum(bool(day.kinds & set(RUNS)) for day in past.kept)
    busy = sum(day.training for day in past.kept)
    usable = tuple(d for d in days if d[1] in athlete.days)
    return Shape(
        items=tuple(_item(name, week) for name in week.offers),
        pairs=frozenset(_pairs(course, week)),
        days=usable,
        lift_days=tuple(d for d in usable if d[1] in lifts) if lifts else usable,
        own_lifts=lifts,
        lifts=tuple(s.minutes for s in week.lifts)[: rules.most_lifts],
        lifts_on=tuple(d.number for d in level.lifts),
        past=_past(course, past),
        bounds=Bounds(
            minutes=week.frame.minutes,
            contacts=course.library.caps.contacts[week.frame.level],
            most_hard=min(hard.most, limit.most),
            gap=max(hard.gap, limit.gap),
            run_gap=rules.run_gap,
            x_gap=rules.x_gap,
            lift_gap=level.lift_gap,
            lift_apart_days=rules.lift_apart_days,
            most_running=max(level.most_running - running, 0),
            most_days=max(DAYS - level.least_rest - busy, 0),
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


def _past(course: Course, behind: Behind) -> Past:
    before = behind.before[-_REACH:]
    tail = [(n - len(before), day) for n, day in enumerate(before)]
    tail += list(enumerate(behind.kept))
    last = {kind for day in before[-DAYS:] for kind in day.kinds}
    names = frozenset(kind.value for kind in SPACED if kind in last)
    return Past(
        hard=tuple(n for n, day in tail if day.hard),
        x=tuple(n for n, day in tail if day.x),
        runs=tuple(
            n
            for n, day in tail
            if any(s.kind in MAIN and HARDNESS[s.grade] > 1 for s in day.sessions)
        ),
        lifts=(
            *(n for n, day in tail if day.lifts or day.date in course.legs),
            *_legs_ahead(course, behind),
        ),
        kinds=tuple((s.kind, n) for n, day in tail for s in day.sessions if s.kind in SPACED),
        placed=names if before else None,
    )


def _legs_ahead(course: Course, behind: Behind) -> Iterator[int]:
    """Leg days of the person's own that are not past yet: told today, while today may change."""
    before, kept = behind.before, behind.kept
    first = before[-1].date + timedelta(days=1) if before else course.start
    first = kept[0].date if kept else first
    numbers = ((legs - first).days for legs in sorted(course.legs))
    return (number for number in numbers if number >= len(kept))
