"""Which session goes on which day of a week: the best placing that keeps every spacing rule.

Days are numbered from the first of the week; days before it are negative. The search compares
all complete weeks by their points. Weeks of one shape are searched once.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple

from bot.domain.plan_rules import Weights
from bot.domain.workouts import Grade, Kind

_WEEK = 7
_MAIN = (Kind.HILL, Kind.INTERVAL)
SPACED = (*_MAIN, Kind.DRILL)  # never on two days in a row, across the weeks too


class Item(NamedTuple):
    """A run or a drill set to place: its worth in points, what it is worth more where the week
    before had no day for it, and the weekday that suits it."""

    name: str
    kind: Kind
    grade: Grade
    x: bool
    minutes: int
    contacts: int
    worth: int
    missed: int
    on: int


class Pair(NamedTuple):
    """Two items that may share a day, and what they amount to together."""

    names: frozenset[str]
    minutes: int
    contacts: int


class Past(NamedTuple):
    """Days that stand: before this week as negative numbers, and its own first ones; `placed` is
    what last week found a day for, `kinds` what the last two days had."""

    hard: tuple[int, ...] = ()
    x: tuple[int, ...] = ()
    runs: tuple[int, ...] = ()
    lifts: tuple[int, ...] = ()
    kinds: tuple[tuple[Kind, int], ...] = ()
    placed: frozenset[str] | None = None


class Bounds(NamedTuple):
    """The rules of this week as numbers (units as in `plan_rules`)."""

    minutes: int
    contacts: int
    most_hard: int
    gap: int
    run_gap: int
    x_gap: int
    lift_gap: int
    lift_apart_days: int
    most_running: int
    most_days: int
    apart: bool


class Shape(NamedTuple):
    """A week to place: `days` its usable days as (number, weekday); `lift_days` those for
    lifting; `own_lifts` weekdays on which the person lifts whatever we say; `lifts` the minutes
    of the strength sessions to place; `lifts_on` the weekdays that suit them."""

    items: tuple[Item, ...]
    pairs: frozenset[Pair]
    days: tuple[tuple[int, int], ...]
    lift_days: tuple[tuple[int, int], ...]
    own_lifts: frozenset[int]
    lifts: tuple[int, ...]
    lifts_on: tuple[int, ...]
    past: Past
    bounds: Bounds
    weights: Weights


class Spot(NamedTuple):
    item: Item
    day: int
    weekday: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A week: the day of each item that found one, and the days to lift."""

    runs: dict[str, int]
    lifts: tuple[int, ...]


@lru_cache(maxsize=4096)
def best(shape: Shape) -> Choice:
    """The week with the most points; empty where nothing may be placed."""
    top, choice = -1.0, Choice({}, ())
    lift_sets = list(_lift_sets(shape))
    most = sum(shape.weights.lift[: len(shape.lifts)])
    for spots in _placings(shape, shape.items, ()):
        base = _points(shape, spots)
        if base + most <= top:
            continue
        for lifts in lift_sets:
            if not _lifts_fit(shape, spots, lifts):
                continue
            points = base + _lift_points(shape, spots, lifts)
            if points > top:
                top = points
                choice = Choice({s.item.name: s.day for s in spots}, tuple(d for d, _ in lifts))
    return choice


def _placings(
    shape: Shape, left: tuple[Item, ...], spots: tuple[Spot, ...]
) -> Iterator[tuple[Spot, ...]]:
    """Every permitted placing of the items, each of them perhaps nowhere."""
    if not left:
        yield spots
        return
    for day, weekday in shape.days:
        spot = Spot(left[0], day, weekday)
        if _may(shape, spot, spots):
            yield from _placings(shape, left[1:], (*spots, spot))
    yield from _placings(shape, left[1:], spots)


def _may(shape: Shape, new: Spot, spots: tuple[Spot, ...]) -> bool:
    bounds, item = shape.bounds, new.item
    there = [s for s in spots if s.day == new.day]
    if there and not _together(shape, new, there):
        return False
    if item.kind in _MAIN and item.grade is not Grade.LIGHT:
        runs = _days(spots, lambda i: i.kind in _MAIN and i.grade is not Grade.LIGHT)
        if _near(new.day, (*shape.past.runs, *runs), bounds.run_gap):
            return False
    if item.x and _near(new.day, (*shape.past.x, *_days(spots, lambda i: i.x)), bounds.x_gap):
        return False
    if item.grade is Grade.HARD and not _hard_fits(shape, new, spots):
        return False
    same = [s.day for s in spots if s.item.kind is item.kind]
    same += [day for kind, day in shape.past.kinds if kind is item.kind]
    if _near(new.day, tuple(same), 2):
        return False  # the same kind of session not on two days in a row
    return len({s.day for s in (*spots, new)}) <= min(bounds.most_running, bounds.most_days)


def _together(shape: Shape, new: Spot, there: list[Spot]) -> bool:
    if len(there) > 1:
        return False
    names = frozenset({new.item.name, there[0].item.name})
    pair = next((p for p in shape.pairs if p.names == names), None)
    bounds = shape.bounds
    return pair is not None and pair.minutes <= bounds.minutes and pair.contacts <= bounds.contacts


def _hard_fits(shape: Shape, new: Spot, spots: tuple[Spot, ...]) -> bool:
    bounds = shape.bounds
    hard = {*shape.past.hard, *_days(spots, lambda i: i.grade is Grade.HARD)}
    if new.day in hard:
        return True  # a second hard set on that day is no further hard day
    hard.add(new.day)
    if any(later - earlier < bounds.gap for earlier, later in pairwise(sorted(hard))):
        return False
    if any(sum(end - _WEEK < day <= end for day in hard) > bounds.most_hard for end in hard):
        return False
    legs = shape.past.lifts
    if any(0 < new.day - day < bounds.lift_gap for day in legs):
        return False
    before = {(new.weekday - back) % _WEEK for back in range(1, bounds.lift_gap)}
    return not before & shape.own_lifts


def _lift_sets(shape: Shape) -> Iterator[tuple[tuple[int, int], ...]]:
    """Sets of days to lift on, the fullest first: never two in a row, nor after last week's."""
    gap = shape.bounds.lift_apart_days
    free = [d for d in shape.lift_days if not _near(d[0], shape.past.lifts, gap)]
    for count in range(len(shape.lifts), -1, -1):
        for days in combinations(free, count):
            if all(b[0] - a[0] >= gap for a, b in pairwise(days)):
                yield days


def _lifts_fit(shape: Shape, spots: tuple[Spot, ...], lifts: tuple[tuple[int, int], ...]) -> bool:
    bounds = shape.bounds
    hard = _days(spots, lambda i: i.grade is Grade.HARD)
    used = {s.day for s in spots} | {day for day, _ in lifts}
    if len(used) > bounds.most_days:
        return False
    for (day, _), minutes in zip(lifts, shape.lifts, strict=False):
        if any(0 < h - day < bounds.lift_gap for h in hard):
            return False
        if minutes + _minutes(shape, spots, day) > bounds.minutes:
            return False
    return True


def _minutes(shape: Shape, spots: tuple[Spot, ...], day: int) -> int:
    there = [s.item for s in spots if s.day == day]
    if len(there) < 2:
        return sum(item.minutes for item in there)
    names = frozenset(item.name for item in there)
    return next(p.minutes for p in shape.pairs if p.names == names)


def _points(shape: Shape, spots: tuple[Spot, ...]) -> float:
    weights, past = shape.weights, shape.past
    points = 0.0
    by_day: dict[int, Item] = {}
    for spot in spots:
        item = spot.item
        points += item.worth - weights.weekday * _apart(spot.weekday, item.on)
        if past.placed is not None and item.name not in past.placed:
            points += item.missed
        other = by_day.setdefault(spot.day, item)
        if other is not item and other.on != item.on:
            points -= weights.combined
    return points


def _lift_points(
    shape: Shape, spots: tuple[Spot, ...], lifts: tuple[tuple[int, int], ...]
) -> float:
    weights = shape.weights
    points = 0.0
    above_light = set(_days(spots, lambda i: i.grade is not Grade.LIGHT))
    busy = {s.day for s in spots}
    for number, (day, weekday) in enumerate(lifts):
        points += weights.lift[number]
        if not shape.own_lifts:
            on = shape.lifts_on[min(number, len(shape.lifts_on) - 1)]
            points -= weights.weekday * _apart(weekday, on)
        if shape.bounds.apart:
            points -= weights.lift_apart * (day in busy)
        else:
            points -= weights.lift_with_run * (day not in above_light)
        if day in above_light and day + 1 in above_light:
            points -= weights.after_combined
    return points


def _days(spots: tuple[Spot, ...], wanted: Callable[[Item], bool]) -> tuple[int, ...]:
    return tuple(s.day for s in spots if wanted(s.item))


def _near(day: int, others: tuple[int, ...], gap: int) -> bool:
    return any(abs(day - other) < gap for other in others)


def _apart(weekday: int, other: int) -> int:
    distance = abs(weekday - other)
    return min(distance, _WEEK - distance)
