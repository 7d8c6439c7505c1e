"""The numbers of the leg-strength self-test."""

from collections.abc import Iterable

from sqlalchemy import delete, select

from bot.domain.selftest import Result
from bot.storage.link import Link, Shape
from bot.storage.rows import RESULTS

_RESULT = Shape(Result, RESULTS)


class Results:
    __slots__ = ("_link",)

    def __init__(self, link: Link) -> None:
        self._link = link

    async def put(self, results: Iterable[Result]) -> None:
        """Store numbers; one of the same day, item and side takes the place of the old one."""
        values = [_RESULT.parameters(result) for result in results]
        if values:
            await self._link.put(RESULTS, values)

    async def of(self, person_id: int) -> tuple[Result, ...]:
        """All of a person, oldest first."""
        wanted = select(*_RESULT.columns).where(RESULTS.c.person_id == person_id)
        order = (RESULTS.c.local_date, RESULTS.c.item, RESULTS.c.side)
        return tuple(_RESULT.value(row) for row in await self._link.rows(wanted.order_by(*order)))

    async def forget(self, person_id: int, items: Iterable[str]) -> None:
        """Remove what was stored of these items."""
        gone = delete(RESULTS).where(RESULTS.c.person_id == person_id)
        await self._link.run(gone.where(RESULTS.c.item.in_(tuple(items))))
