"""What a change did, as plain JSON, and how it is taken back without touching anything since."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

from bot.domain.filing import filed, unfiled
from bot.domain.library import Library
from bot.domain.packing import packed, unpacked, unpacked_fields
from bot.domain.person import Person
from bot.domain.record import Record
from bot.domain.standing import Easing
from bot.domain.workouts import Kind

_COUNTED = ("lags", "more")
_PLACE = ("week_start", "week", "repeat", "cycle", "legs", "lower_until")
_SETTINGS = (
    "level", "days", "at", "zone", "lift_days", "terrain", "minutes", "longest", "notes", "age",
    "paused_until", "away_zone", "away_until",
)  # fmt: skip


def difference(before: Record, after: Record, library: Library) -> dict[str, Any]:
    """What differs between two records of one day."""
    old, new = before.standing, after.standing
    data: dict[str, Any] = {
        "added": [packed(e) for e in new.easings if e not in old.easings],
        "removed": [packed(e) for e in old.easings if e not in new.easings],
        "place": _changed(old, new, _PLACE),
    }
    for name in _COUNTED:
        data[name] = _counts(getattr(old, name), getattr(new, name))
    data["days"] = {
        day.date.isoformat(): [filed(was, library), filed(day, library)]
        for day in after.days
        if (was := before.day(day.date)) is not None and was != day
    }
    return {name: value for name, value in data.items() if value}


def settings_changed(before: Person, after: Person) -> dict[str, Any]:
    """The settings that differ, as [before, after]."""
    return _changed(before, after, _SETTINGS)


def taken_back(record: Record, data: Mapping[str, Any], first: date, library: Library) -> Record:
    """The record without the change; days before `first` stay as they are."""
    standing = record.standing
    added = [unpacked(Easing, one) for one in data.get("added", ())]
    names = {easing.name for easing in added}
    kept = tuple(e for e in standing.easings if e.name not in names)
    again = tuple(unpacked(Easing, one) for one in data.get("removed", ()))
    standing = replace(standing, easings=(*kept, *again))
    counted: dict[str, Any] = {}
    for name in _COUNTED:
        counts = dict(getattr(standing, name))
        for kind, by in data.get(name, {}).items():
            counts[Kind(kind)] = max(counts.get(Kind(kind), 0) - by, 0)
        counted[name] = counts
    standing = _restored(replace(standing, **counted), data.get("place", {}))
    return replace(record, standing=standing, days=_days(record, data, first, library))


def reopened(record: Record, day: date, today: date) -> Record:
    """A day whose report was taken back may be made safer again, while it is not over."""
    standing = record.standing
    if day != today or standing.settled < today:
        return record
    return replace(record, standing=replace(standing, settled=today - timedelta(days=1)))


def settings_back(person: Person, data: Mapping[str, Any]) -> Person:
    """The person with the settings of before, where they have not changed again since."""
    back: Person = _restored(person, data)
    return back


def _restored(value: Any, data: Mapping[str, Any]) -> Any:
    old = {
        name: before
        for name, (before, after) in data.items()
        if packed(getattr(value, name)) == after
    }
    return replace(value, **unpacked_fields(type(value), old)) if old else value


def _days(record: Record, data: Mapping[str, Any], first: date, library: Library) -> Any:
    changed = data.get("days", {})
    days = []
    for day in record.days:
        was, became = changed.get(day.date.isoformat(), (None, None))
        same = day.date >= first and was is not None and filed(day, library) == became
        days.append(unfiled(day.date, was, library) if same else day)
    return tuple(days)


def _changed(before: Any, after: Any, names: tuple[str, ...]) -> dict[str, Any]:
    known = {field.name for field in fields(before)}
    return {
        name: [packed(getattr(before, name)), packed(getattr(after, name))]
        for name in names
        if name in known and getattr(before, name) != getattr(after, name)
    }


def _counts(before: Mapping[Kind, int], after: Mapping[Kind, int]) -> dict[str, int]:
    found = {k: after.get(k, 0) - before.get(k, 0) for k in {*before, *after}}
    return {kind.value: by for kind, by in sorted(found.items()) if by}
