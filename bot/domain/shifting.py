"""One-offs of the week: leg day today, this session on another day, this week once more."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.domain.books import Books
from bot.domain.history import replanned
from bot.domain.offers import frame_of, placed
from bot.domain.plan import PlanDay, Reason
from bot.domain.record import Record
from bot.domain.season import course_of
from bot.domain.spacing import broken
from bot.domain.workouts import Kind

DAY = timedelta(days=1)
_REACH = 8  # days that the longest of the gaps looks back


def lifted(record: Record, today: date, books: Books) -> Record:
    """Leg day was today: what follows is placed anew, with the gap that leg day asks for."""
    standing = record.standing
    legs = tuple(sorted({*standing.legs, today}))
    record = replace(record, standing=replace(standing, legs=legs))
    return replanned(record, today + DAY, books)


def repeated(record: Record) -> Record:
    """This week comes once more before the next one."""
    standing = record.standing
    return replace(record, standing=replace(standing, repeat=standing.repeat + 1))


def moved(record: Record, from_: date, to: date, books: Books) -> tuple[Record, tuple[str, ...]]:
    """The sessions of a day on another one of the same week, and the rules that this would break.

    The day that they leave is a rest day.
    """
    source, target = record.day(from_), record.day(to)
    if source is None or target is None or not source.training:
        return record, ("week",)
    if target.training:
        return record, ("taken",)
    rest = placed(books.library.of_kind(Kind.REST)[0], books.library)
    left = replace(source, sessions=(rest,), reasons=(Reason("rest"),), dropped=())
    there = replace(
        target, sessions=source.sessions, reasons=source.reasons, dropped=source.dropped
    )
    days = tuple({from_: left, to: there}.get(day.date, day) for day in record.days)
    changed = replace(record, days=days)
    rules = _broken(changed, min(from_, to), books)
    return (record, rules) if rules else (changed, ())


def _broken(record: Record, first: date, books: Books) -> tuple[str, ...]:
    """Of the person's own days a move is free; every other rule holds."""
    course = course_of(record.athlete, books.library, books.plan, record.started)
    course = replace(course, legs=frozenset(record.standing.legs))
    frame = frame_of(record.athlete, books.plan, 0)
    found: list[str] = []
    days: Sequence[PlanDay] = record.days
    for number, day in enumerate(days):
        if day.date >= first:
            before = days[max(number - _REACH, 0) : number]
            found += [r for r in broken(course, frame, day, before) if r != "weekday"]
    return tuple(dict.fromkeys(found))
