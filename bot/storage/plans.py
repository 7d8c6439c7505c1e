"""Where people stand in their plans, and the days that were planned for them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import delete, select

from bot.storage.link import Link
from bot.storage.rows import PLAN_DAYS, STANDINGS

Data = Mapping[str, Any]


class Plans:
    """The values are plain JSON; what they mean is known in `bot.domain`."""

    __slots__ = ("_link",)

    def __init__(self, link: Link) -> None:
        self._link = link

    async def standing(self, person_id: int) -> Data | None:
        one = select(STANDINGS.c.data).where(STANDINGS.c.person_id == person_id)
        found = await self._link.row(self._link.held(one))
        return None if found is None else dict(found[0])

    async def put_standing(self, person_id: int, data: Data) -> None:
        await self._link.put(STANDINGS, {"person_id": person_id, "data": dict(data)})

    async def days(self, person_id: int, since: date) -> dict[date, Data]:
        """The planned days from a date on, in their order."""
        wanted = (
            select(PLAN_DAYS.c.local_date, PLAN_DAYS.c.data)
            .where(PLAN_DAYS.c.person_id == person_id, PLAN_DAYS.c.local_date >= since)
            .order_by(PLAN_DAYS.c.local_date)
        )
        return {day: dict(data) for day, data in await self._link.rows(wanted)}

    async def put_days(self, person_id: int, days: Iterable[tuple[date, Data]]) -> None:
        rows = [
            {"person_id": person_id, "local_date": day, "data": dict(data)} for day, data in days
        ]
        if rows:
            await self._link.put(PLAN_DAYS, rows)

    async def cut(self, person_id: int, after: date) -> None:
        """Forget the days after a date."""
        later = PLAN_DAYS.c.local_date > after
        await self._link.run(delete(PLAN_DAYS).where(PLAN_DAYS.c.person_id == person_id, later))

    async def forget(self, person_id: int) -> None:
        """As if no day had been planned yet."""
        for table in (STANDINGS, PLAN_DAYS):
            await self._link.run(delete(table).where(table.c.person_id == person_id))
