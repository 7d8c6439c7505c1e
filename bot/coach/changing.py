"""A change of the plan as a story: kept with what takes it back, shown as before and after."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from bot.coach.cards import headline
from bot.coach.desk import Asked
from bot.coach.records import Opened, keep_record
from bot.coach.stock import Content
from bot.domain.changes import Change, ChangeState
from bot.domain.history import forecast, rest_eased
from bot.domain.person import Person
from bot.domain.plan import PlanDay
from bot.domain.record import Record
from bot.domain.undoing import difference, settings_changed
from bot.domain.workouts import Kind
from bot.storage.unit import Unit

AHEAD = 7  # days of which the differences are told
_LOOK = 2  # weeks in which the next session of a kind is looked for


async def make(
    content: Content,
    unit: Unit,
    was: Opened,
    record: Record,
    change: Change,
) -> Person:
    """Store the changed record, and the change with what takes it back.

    `was` has the person of before; the settings that changed are stored already. What eases days
    from now on eases what is left of today, too.
    """
    known = was.record.standing.easings
    fresh = [easing for easing in record.standing.easings if easing not in known]
    record = rest_eased(record, fresh, was.today, content.books)
    data = {**difference(was.record, record, content.library), **change.data}
    person = await keep_record(content, unit, was, record)
    settings = settings_changed(was.person, person)
    if settings:
        data["settings"] = {**settings, **data.get("settings", {})}
    if set(data) - {"facts", "safe"}:
        await unit.changes.add(_with(change, data))
    return person


def change_of(asked: Asked, today: date, code: str, **data: Any) -> Change:
    """`safe`: it made days safer, and is not taken back by /undo. `facts`: for its words."""
    return Change(asked.person_id, asked.now, today, code, ChangeState.DONE, data)


def _with(change: Change, data: Mapping[str, Any]) -> Change:
    return Change(change.person_id, change.at, change.local_date, change.code, change.state, data)


def differences(
    content: Content, before: Record, after: Record, first: date, ahead: int = AHEAD
) -> list[dict[str, object]]:
    """Of the `ahead` coming days those that are not what they were: date, before, after."""
    old = {day.date: headline(content, day) for day in _coming(content, before, first, ahead)}
    new = {day.date: headline(content, day) for day in _coming(content, after, first, ahead)}
    return [
        {"date": day, "before": old[day], "after": new[day]}
        for day in sorted(old.keys() & new.keys())
        if old[day] != new[day]
    ]


def next_of(
    content: Content, before: Record, after: Record, first: date, kind: Kind
) -> dict[str, object] | None:
    """The next session of a kind, before and after; None where it stays what it was."""
    old, new = (_next(content, record, first, kind) for record in (before, after))
    if old is None or new is None or headline(content, old) == headline(content, new):
        return None
    return {"date": new.date, "before": headline(content, old), "after": headline(content, new)}


def _coming(content: Content, record: Record, first: date, days: int = AHEAD) -> Iterable[PlanDay]:
    last = first + timedelta(days=days - 1)
    weeks = max((last - record.end).days + 6, 0) // 7
    return [d for d in forecast(record, weeks, content.books) if first <= d.date <= last]


def _next(content: Content, record: Record, first: date, kind: Kind) -> PlanDay | None:
    """Mostly it stands in the first week, and a second one need not be planned."""
    for weeks in range(1, _LOOK + 1):
        for day in _coming(content, record, first, 7 * weeks):
            if kind in day.kinds:
                return day
    return None
