"""The programme as it was shown: weeks that follow each other, rows of the week, lighter weeks."""

from collections.abc import Iterator
from datetime import timedelta

from bot.domain.books import Books
from bot.domain.person import Person
from bot.domain.plan import PlanDay
from bot.domain.workouts import Kind
from bot.simulation.diary import Diary, Shown

Found = Iterator[tuple[str, str]]
_STEPPED = (Kind.HILL, Kind.INTERVAL, Kind.DRILL)
_WEEK = timedelta(days=7)


def programme(books: Books, diary: Diary, shown: Shown) -> Found:
    """No row beyond the week, no week left out, and less in a lighter week than before it."""
    yield from _rows(shown.day)
    if shown.day.date >= shown.week_start + _WEEK:
        return  # a week that is not stored yet
    yield from _next_week(diary, shown)
    if shown.day.deload:
        yield from _lighter(books, diary, shown)


def _rows(day: PlanDay) -> Found:
    for session in day.sessions:
        row = session.session.week if session.kind in _STEPPED else None
        if row is not None and row > day.week:
            yield "row ahead", f"{session.session.id} in week {day.week}"


def _next_week(diary: Diary, shown: Shown) -> Found:
    """The week before, by the days that were shown of it."""
    week, first = shown.day.week, shown.week_start
    weeks = {other.day.week for other in diary.days.values() if other.week_start == first - _WEEK}
    if weeks and week > max(weeks) + 1:
        yield "week left out", f"week {week} after week {max(weeks)}"


def _lighter(books: Books, diary: Diary, shown: Shown) -> Found:
    """At most so much of the load of the week before, as it became; one training day stays, and
    who changes a wish or lifts in the middle of a week begins it anew."""
    week = [s for _, s in sorted(diary.days.items()) if s.week_start == shown.week_start]
    load, most = sum(s.day.load for s in week), shown.load_before * books.plan.lighter
    if shown.load_before and load > most + 1 and sum(map(_trains, week)) > 1:
        yield "lighter week", f"load {load}, {most:.0f} is the most"


def _trains(shown: Shown) -> bool:
    return shown.day.load > 0


def _wishes(person: Person) -> tuple[object, ...]:
    """What the weeks of the plan depend on."""
    return (
        person.level, person.days, person.lift_days, person.terrain, person.minutes, person.age,
        person.screening,
    )  # fmt: skip
