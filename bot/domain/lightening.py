"""A lighter week is lighter than the one before it, whatever the person's minutes left of both."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain import fitting
from bot.domain.library import Library
from bot.domain.offers import placed
from bot.domain.plan import TOGETHER, Placed, PlanDay
from bot.domain.weeks import Course
from bot.domain.workouts import Kind

_GOES_FIRST = (Kind.EASY, Kind.DRILL, Kind.INTERVAL, Kind.HILL, Kind.STRENGTH)


def lightened(course: Course, days: Sequence[PlanDay], top: float, least: int) -> list[PlanDay]:
    """`days` with a load of at most `top`: fewer repetitions first, then fewer sessions.

    The rules' shares of the repetitions are tried from the most to the least. `least` training
    days stay.
    """
    for share in course.rules.shares:
        fewer = [_scaled(day, share, course.library) for day in days]
        if _load(fewer) <= top:
            return fewer
    for kind in _GOES_FIRST:
        if _load(fewer) > top:
            fewer = _without(fewer, kind, course.rests[0], least)
    return fewer


def _scaled(day: PlanDay, share: float, library: Library) -> PlanDay:
    if share == 1.0 or not day.training:
        return day
    return replace(day, sessions=tuple(_fewer(s, share, library) for s in day.sessions))


def _fewer(session: Placed, share: float, library: Library) -> Placed:
    cut = placed(fitting.scaled(session.session, share, library), library, session.reasons)
    return replace(cut, variant=session.variant)


def _without(days: Sequence[PlanDay], kind: Kind, rest: Placed, least: int) -> list[PlanDay]:
    """Without the sessions of a kind, as long as `least` days to train are left."""
    left = []
    training = sum(day.training for day in days)
    for day in days:
        kept = tuple(s for s in day.sessions if s.kind is not kind)
        if len(kept) == len(day.sessions) or (not kept and training <= least):
            left.append(day)
            continue
        training -= not kept
        left.append(_only(day, kept, rest))
    return left


def _only(day: PlanDay, kept: tuple[Placed, ...], rest: Placed) -> PlanDay:
    """The day with some of its sessions, or rest, without the reasons of those that are gone."""
    gone = [r for s in day.sessions if s not in kept for r in s.reasons]
    why = [r for r in day.reasons if r not in gone]
    if len(kept) < 2:
        why = [r for r in why if r.code not in TOGETHER]
    if not any(s.variant for s in kept):
        why = [r for r in why if r.code != "terrain"]
    return replace(day, sessions=kept or (rest,), reasons=tuple(why))


def _load(days: Sequence[PlanDay]) -> int:
    return sum(day.load for day in days)
