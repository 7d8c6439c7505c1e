"""A planned day and a standing as plain JSON and back, as small as the library allows."""

from collections.abc import Mapping
from dataclasses import fields
from dataclasses import replace as changed
from datetime import date
from typing import Any

from bot.domain.library import Library
from bot.domain.packing import packed, packed_fields, unpacked, unpacked_fields
from bot.domain.plan import Athlete, Placed, PlanDay
from bot.domain.standing import Standing
from bot.domain.workouts import Kind, Session

_ATHLETE = "athlete"
_OWN = tuple(field for field in fields(Placed) if field.name not in ("session", "kind"))
_DAY = tuple(field for field in fields(PlanDay) if field.name not in ("date", "sessions"))


def filed(day: PlanDay, library: Library) -> dict[str, Any]:
    """What of a day is not in the library anyway."""
    sessions = [_placed(session, library) for session in day.sessions]
    return {**packed_fields(day, _DAY), "sessions": sessions}


def unfiled(day: date, data: Mapping[str, Any], library: Library) -> PlanDay:
    """The day; a session that the library no longer has is a rest."""
    sessions = tuple(_unplaced(one, library) for one in data["sessions"])
    return PlanDay(date=day, sessions=sessions, **unpacked_fields(PlanDay, _without(data)))


def stood(standing: Standing, athlete: Athlete) -> dict[str, Any]:
    """A standing, with the settings that the days beside it were planned for."""
    return {**packed(standing), _ATHLETE: packed(athlete)}


def unstood(data: Mapping[str, Any]) -> tuple[Standing, Athlete]:
    return unpacked(Standing, data), unpacked(Athlete, data[_ATHLETE])


def _placed(placed: Placed, library: Library) -> dict[str, Any]:
    row = library.find(placed.session.id)
    fit = {
        field.name: packed(getattr(placed.session, field.name))
        for field in fields(Session)
        if row is None or getattr(placed.session, field.name) != getattr(row, field.name)
    }
    own = packed_fields(placed, _OWN)
    if placed.kind is not placed.session.kind:
        own["kind"] = placed.kind.value
    return {"id": placed.session.id, **own, **({"fit": fit} if fit else {})}


def _unplaced(data: Mapping[str, Any], library: Library) -> Placed:
    row = library.find(data["id"])
    session = row or library.of_kind(Kind.REST)[0]
    if row is not None and data.get("fit"):
        session = changed(row, **unpacked_fields(Session, data["fit"]))
    own = {name: item for name, item in data.items() if name not in ("id", "fit")}
    fields_ = {"kind": session.kind, "session": session, **unpacked_fields(Placed, own)}
    return Placed(**fields_)


def _without(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: item for name, item in data.items() if name != "sessions"}
