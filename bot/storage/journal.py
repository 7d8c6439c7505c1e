"""What people reported about their sessions."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import bindparam, delete, insert, select, update

from bot.domain.journal import Report
from bot.storage.link import Link, Shape, batches
from bot.storage.rows import REPORTS

_REPORT = Shape(Report, REPORTS)
_SINCE = (
    select(*_REPORT.columns)
    .where(
        REPORTS.c.person_id.in_(bindparam("ids", expanding=True)),
        REPORTS.c.local_date >= bindparam("day"),
    )
    .order_by(REPORTS.c.local_date, REPORTS.c.id)
)


class Journal:
    __slots__ = ("_link",)

    def __init__(self, link: Link) -> None:
        self._link = link

    async def add(self, report: Report) -> Report:
        """Store a new report; it comes back with its id."""
        values = _REPORT.parameters(report)
        del values["id"]
        found = await self._link.rows(insert(REPORTS).values(values).returning(REPORTS.c.id))
        return replace(report, id=found[0][0])

    async def get(self, report_id: int) -> Report | None:
        one = select(*_REPORT.columns).where(REPORTS.c.id == report_id)
        found = await self._link.row(self._link.held(one))
        return _REPORT.value(found) if found else None

    async def update(self, report: Report) -> None:
        """Replace a stored report: more was said about it."""
        values = _REPORT.parameters(report)
        await self._link.run(update(REPORTS).where(REPORTS.c.id == report.id).values(values))

    async def remove(self, report: Report) -> None:
        """Take a report back."""
        await self._link.run(delete(REPORTS).where(REPORTS.c.id == report.id))

    async def forget_health(self, person_id: int) -> None:
        """Pain and soreness of all reports go; what was done stays."""
        theirs = update(REPORTS).where(REPORTS.c.person_id == person_id)
        await self._link.run(theirs.values(pain=None, pain_where=None, soreness=None))

    async def latest(self, person_id: int) -> Report | None:
        """The report that came last, whatever date it is about."""
        newest = (
            select(*_REPORT.columns)
            .where(REPORTS.c.person_id == person_id)
            .order_by(REPORTS.c.id.desc())
            .limit(1)
        )
        found = await self._link.row(self._link.held(newest))
        return _REPORT.value(found) if found else None

    async def since(self, person_id: int, day: date) -> tuple[Report, ...]:
        """The reports about that date and later ones, oldest date first."""
        found = await self.since_many([person_id], day)
        return found.get(person_id, ())

    async def since_many(
        self, person_ids: Iterable[int], day: date
    ) -> dict[int, tuple[Report, ...]]:
        """The same for many people, by their id; who reported nothing is left out."""
        found: dict[int, list[Report]] = {}
        for ids in batches(person_ids):
            for row in await self._link.rows(_SINCE, {"ids": ids, "day": day}):
                report = _REPORT.value(row)
                found.setdefault(report.person_id, []).append(report)
        return {person_id: tuple(reports) for person_id, reports in found.items()}
