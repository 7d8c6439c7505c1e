"""Whether a day keeps the rules towards the days before it: gaps, numbers, contacts, minutes."""

from collections.abc import Iterator, Sequence
from datetime import date

from bot.domain.offers import Frame
from bot.domain.plan import HARDNESS, PlanDay
from bot.domain.plan_rules import PlanRules
from bot.domain.weeks import DAYS, MAIN, RUNS, Course
from bot.domain.workouts import Kind

_SPACED = (*MAIN, Kind.DRILL)


def broken(course: Course, frame: Frame, day: PlanDay, before: Sequence[PlanDay]) -> Iterator[str]:
    """The names of the rules that `day` breaks after the days `before`, oldest first.

    `hard_gap`, `hard_days`, `x_gap`, `run_gap`, `leg_day`, `same_kind`, `lifts_apart`, `minutes`,
    `contacts`, `weekday`.
    """
    rules = course.rules
    past = [(day.date - other.date).days for other in before]
    yield from _hard(rules, frame, day, before)
    if day.x and any(o.x and gap < rules.x_gap for o, gap in zip(before, past, strict=True)):
        yield "x_gap"
    if _runs(day) and any(
        _runs(o) and gap < rules.run_gap for o, gap in zip(before, past, strict=True)
    ):
        yield "run_gap"
    if day.hard and _legs(course, frame, day.date, before):
        yield "leg_day"
    yield from _apart(rules, day, before)
    yield from _amount(course, frame, day)


def _hard(rules: PlanRules, frame: Frame, day: PlanDay, before: Sequence[PlanDay]) -> Iterator[str]:
    if not day.hard:
        return
    hardness = rules.levels[frame.level].hardness(day.week)
    gaps = [(day.date - other.date).days for other in before if other.hard]
    if any(gap < max(hardness.gap, frame.limit.gap) for gap in gaps):
        yield "hard_gap"
    if 1 + sum(gap < DAYS for gap in gaps) > min(hardness.most, frame.limit.most):
        yield "hard_days"


def _legs(course: Course, frame: Frame, day: date, before: Sequence[PlanDay]) -> bool:
    lifted = {other.date for other in before if other.lifts} | course.legs
    gap = course.rules.levels[frame.level].lift_gap
    return any(0 < (day - other).days < gap for other in lifted)


def _apart(rules: PlanRules, day: PlanDay, before: Sequence[PlanDay]) -> Iterator[str]:
    for other in before:
        gap = (day.date - other.date).days
        both = {s.kind for s in day.sessions} & {s.kind for s in other.sessions}
        if gap == 1 and both & set(_SPACED):
            yield "same_kind"
        if day.lifts and other.lifts and gap < rules.lift_apart_days:
            yield "lifts_apart"


def _amount(course: Course, frame: Frame, day: PlanDay) -> Iterator[str]:
    if day.minutes > frame.minutes:
        yield "minutes"
    if sum(s.contacts for s in day.sessions) > course.library.caps.contacts[frame.level]:
        yield "contacts"
    if day.training and day.date.weekday() not in frame.athlete.days:
        yield "weekday"
    if len([s for s in day.sessions if s.kind in RUNS]) > 2:
        yield "same_kind"


def _runs(day: PlanDay) -> bool:
    return any(s.kind in MAIN and HARDNESS[s.grade] > 1 for s in day.sessions)
