"""The programme as it was shown: weeks that follow each other, rows of the week, lighter weeks."""

from collections.abc import Iterator
from datetime import timedelta

from bot.domain.books import Books
from bot.domain.plan import PlanDay
from bot.domain.workouts import Kind
from bot.simulation.diary import Diary, Shown

Found = Iterator[tuple[str, str]]
_STEPPED = (Kind.HILL, Kind.INTERVAL, Kind.DRILL)
_WEEK = timedelta(days=7)


def programme(books: Books, diary: Diary, shown: Shown) -> Found:
    """No row beyond the week, no week left out, and less in a lighter week than before it."""
    yield from _rows(shown.day)
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
    """At most so much of the load of the week before, as it became."""
    now = [s.day.load for s in diary.days.values() if s.week_start == shown.week_start]
    most = shown.load_before * books.plan.lighter
    if shown.load_before and sum(now) > most + 1:
        yield "lighter week", f"load {sum(now)}, {most:.0f} is the most"
