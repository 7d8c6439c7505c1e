"""What changed in people's plans, and what was offered."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, insert, or_, select, update

from bot.domain.changes import Change, ChangeState
from bot.storage.link import Link, Shape
from bot.storage.rows import CHANGES

_CHANGE = Shape(Change, CHANGES)


class Changes:
    __slots__ = ("_link",)

    def __init__(self, link: Link) -> None:
        self._link = link

    async def add(self, change: Change) -> Change:
        """Store a new one; it comes back with its id."""
        values = _values(change)
        del values["id"]
        found = await self._link.rows(insert(CHANGES).values(values).returning(CHANGES.c.id))
        return replace(change, id=found[0][0])

    async def get(self, change_id: int) -> Change | None:
        one = select(*_CHANGE.columns).where(CHANGES.c.id == change_id)
        found = await self._link.row(self._link.held(one))
        return _CHANGE.value(found) if found else None

    async def set_state(self, change: Change, state: ChangeState) -> None:
        one = update(CHANGES).where(CHANGES.c.id == change.id)
        await self._link.run(one.values(state=state))

    async def latest(self, person_id: int, since: datetime) -> Change | None:
        """The newest change since then that acts."""
        newest = (
            select(*_CHANGE.columns)
            .where(
                CHANGES.c.person_id == person_id,
                CHANGES.c.state == ChangeState.DONE,
                CHANGES.c.at >= since,
            )
            .order_by(CHANGES.c.id.desc())
            .limit(1)
        )
        found = await self._link.row(self._link.held(newest))
        return _CHANGE.value(found) if found else None

    async def of(self, person_id: int) -> tuple[Change, ...]:
        """All of a person's, oldest first."""
        mine = select(*_CHANGE.columns).where(CHANGES.c.person_id == person_id)
        found = await self._link.rows(mine.order_by(CHANGES.c.id))
        return tuple(_CHANGE.value(row) for row in found)

    async def forget(self, person_id: int, codes: Iterable[str]) -> None:
        """Those of these codes go; a code that ends in a stroke stands for all that begin so."""
        either = (
            CHANGES.c.code.startswith(code) if code.endswith("/") else CHANGES.c.code == code
            for code in codes
        )
        await self._link.run(delete(CHANGES).where(CHANGES.c.person_id == person_id, or_(*either)))

    async def prune(self, before: datetime) -> int:
        return await self._link.run(delete(CHANGES).where(CHANGES.c.at < before))


def _values(change: Change) -> dict[str, object]:
    values = _CHANGE.parameters(change)
    return {**values, "data": dict(change.data)}
