"""Where people stand in their plans, and the days that were planned for them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Text, bindparam, cast, delete, select

from bot.storage.link import Link, batches
from bot.storage.rows import PLAN_DAYS, STANDINGS

Data = Mapping[str, Any]
_THESE: BindParameter[int] = bindparam("ids", expanding=True)
_STANDING = select(cast(STANDINGS.c.data, Text)).where(STANDINGS.c.person_id == bindparam("id"))
_STANDINGS = select(STANDINGS.c.person_id, cast(STANDINGS.c.data, Text)).where(
    STANDINGS.c.person_id.in_(_THESE)
)
_DAYS = (
    select(PLAN_DAYS.c.person_id, PLAN_DAYS.c.local_date, cast(PLAN_DAYS.c.data, Text))
    .where(PLAN_DAYS.c.person_id.in_(_THESE), PLAN_DAYS.c.local_date >= bindparam("since"))
    .order_by(PLAN_DAYS.c.person_id, PLAN_DAYS.c.local_date)
)


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a person stands, and the days that were planned, as they are stored: equal words
    mean equal plans."""

    standing: str
    days: tuple[tuple[date, str], ...]


class Plans:
    """The values are plain JSON; what they mean is known in `bot.domain`."""

    __slots__ = ("_link",)

    def __init__(self, link: Link) -> None:
        self._link = link

    async def standing(self, person_id: int) -> Data | None:
        words = await self.standing_words(person_id)
        return None if words is None else dict(json.loads(words))

    async def standing_words(self, person_id: int) -> str | None:
        """The same as it is stored: equal words need to be read once."""
        found = await self._link.row(self._link.held(_STANDING), {"id": person_id})
        return None if found is None else str(found[0])

    async def put_standing(self, person_id: int, data: Data) -> None:
        await self._link.put(STANDINGS, {"person_id": person_id, "data": dict(data)})

    async def days(self, person_id: int, since: date) -> dict[date, Data]:
        """The planned days from a date on, in their order."""
        found = await self.days_words(person_id, since)
        return {day: json.loads(words) for day, words in found.items()}

    async def days_words(self, person_id: int, since: date) -> dict[date, str]:
        found = await self._link.rows(_DAYS, {"ids": [person_id], "since": since})
        return {day: words for _, day, words in found}

    async def recent(self, person_ids: Iterable[int], since: date) -> dict[int, Kept]:
        """Both for many people, to look at; of whom nothing is planned is left out."""
        standings: dict[int, str] = {}
        days: dict[int, list[tuple[date, str]]] = {}
        for ids in batches(person_ids):
            for person_id, words in await self._link.rows(_STANDINGS, {"ids": ids}):
                standings[person_id] = words
            found = await self._link.rows(_DAYS, {"ids": ids, "since": since})
            for person_id, day, words in found:
                days.setdefault(person_id, []).append((day, words))
        return {one: Kept(words, tuple(days.get(one, ()))) for one, words in standings.items()}

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
