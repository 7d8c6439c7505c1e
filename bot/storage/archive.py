"""Everything that is stored about one person, as plain values: what /export hands out."""

from collections.abc import Mapping
from datetime import date, datetime, time
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Table, or_, select

from bot.storage.gaps import mark_of
from bot.storage.link import Link
from bot.storage.rows import (
    CHANGES,
    DIALOGUES,
    GAPS,
    PEOPLE,
    PLAN_DAYS,
    PUSHES,
    REPORTS,
    RESULTS,
    STANDINGS,
    TALK,
)

Records = dict[str, list[dict[str, Any]]]


class Archive:
    __slots__ = ("_link",)

    def __init__(self, link: Link) -> None:
        self._link = link

    async def of(self, person_id: int) -> Records:
        """By table, each row with its columns' names; tables without a row are left out."""
        chats = [person_id]
        for row in await self._link.rows(select(PEOPLE.c.chat_id).where(PEOPLE.c.id == person_id)):
            chats.append(row[0])
        dialogues = or_(DIALOGUES.c.user_id == person_id, DIALOGUES.c.chat_id.in_(chats))
        mark = await mark_of(self._link, person_id)
        wanted: Mapping[Table, ColumnElement[bool]] = {
            PEOPLE: PEOPLE.c.id == person_id,
            REPORTS: REPORTS.c.person_id == person_id,
            RESULTS: RESULTS.c.person_id == person_id,
            STANDINGS: STANDINGS.c.person_id == person_id,
            PLAN_DAYS: PLAN_DAYS.c.person_id == person_id,
            CHANGES: CHANGES.c.person_id == person_id,
            PUSHES: PUSHES.c.person_id == person_id,
            DIALOGUES: dialogues,
            TALK: TALK.c.chat_id.in_(chats),
            GAPS: GAPS.c.mark == mark,
        }
        found = {table.name: await self._rows(table, which) for table, which in wanted.items()}
        return {name: rows for name, rows in found.items() if rows}

    async def _rows(self, table: Table, which: ColumnElement[bool]) -> list[dict[str, Any]]:
        names = [column.name for column in table.columns]
        found = await self._link.rows(select(*table.columns).where(which))
        return [{n: _plain(v) for n, v in zip(names, row, strict=True)} for row in found]


def _plain(value: Any) -> Any:
    """A value as JSON knows it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, frozenset | set):
        return sorted(value)
    return list(value) if isinstance(value, tuple) else value
