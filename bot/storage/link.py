"""One open transaction as the stores see it: statements in, rows out, errors told."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import Connection, CursorResult, Executable, Select, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.faults import telling

T = TypeVar("T")
Found = tuple[Any, ...]
Parameters = Mapping[str, Any] | Sequence[Mapping[str, Any]]
MANY = 500  # ids in one statement: enough to spare round trips, few enough for every driver


class Link:
    """A connection in a transaction. Raises NotReady where the database fails."""

    __slots__ = ("_connection", "_place", "sqlite", "writing")

    def __init__(
        self, connection: Connection | AsyncConnection, place: str, *, writing: bool
    ) -> None:
        self._connection = connection
        self._place = place
        self.writing = writing
        self.sqlite = isinstance(connection, Connection)

    async def rows(
        self, statement: Executable, parameters: Parameters | None = None
    ) -> Sequence[Found]:
        return cast("Sequence[Found]", (await self._result(statement, parameters)).fetchall())

    async def row(
        self, statement: Executable, parameters: Parameters | None = None
    ) -> Found | None:
        return cast("Found | None", (await self._result(statement, parameters)).first())

    async def run(self, statement: Executable, parameters: Parameters | None = None) -> int:
        """How many rows it touched (not known where PostgreSQL gets many at once)."""
        return (await self._result(statement, parameters)).rowcount

    async def do(self, work: Callable[[Connection], T]) -> T:
        """Run what wants a connection of SQLAlchemy's own, such as a look at the schema."""
        with telling(self._place):
            if isinstance(self._connection, Connection):
                return work(self._connection)
            return await self._connection.run_sync(work)

    async def _result(
        self, statement: Executable, parameters: Parameters | None
    ) -> CursorResult[Any]:
        with telling(self._place):
            if isinstance(self._connection, Connection):
                return self._connection.execute(statement, parameters)
            return await self._connection.execute(statement, parameters)

    async def put(self, table: Table, values: Parameters) -> None:
        """Store whole rows; what has the same primary key is replaced."""
        await self.run(_replace(table, self.sqlite), values)

    async def put_new(self, table: Table, values: Mapping[str, Any]) -> bool:
        """Store a row unless there is one with its key; whether it was new."""
        return await self.run(_insert_new(table, self.sqlite), values) == 1

    def insert(self, table: Table) -> "sqlite.Insert | postgresql.Insert":
        """An INSERT that knows ON CONFLICT."""
        return _insert(table, self.sqlite)

    def held(
        self, statement: Select[Any], *, skip: bool = False, of: Table | None = None
    ) -> Select[Any]:
        """In a writing transaction on PostgreSQL the rows (of one table) are locked until its end.

        SQLite has one writer anyway. `skip` leaves out what another transaction holds.
        """
        if self.sqlite or not self.writing:
            return statement
        return statement.with_for_update(skip_locked=skip, key_share=True, of=of)


class Shape(Generic[T]):
    """A value and its table: each field has a column of the same name."""

    def __init__(self, kind: type[T], table: Table) -> None:
        self._make: Callable[..., T] = kind
        self.names = tuple(field.name for field in fields(kind))  # type: ignore[arg-type]  # dataclasses only
        self.columns = tuple(table.c[name] for name in self.names)

    def value(self, row: Found) -> T:
        return self._make(*row)

    def parameters(self, value: T) -> dict[str, Any]:
        return {name: getattr(value, name) for name in self.names}


def batches(ids: Iterable[int]) -> Iterator[list[int]]:
    """Each id once, in runs that fit one statement; ascending, so that locks meet in one order."""
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), MANY):
        yield ordered[start : start + MANY]


@cache
def _insert(table: Table, is_sqlite: bool) -> "sqlite.Insert | postgresql.Insert":
    return sqlite.insert(table) if is_sqlite else postgresql.insert(table)


@cache
def _insert_new(table: Table, is_sqlite: bool) -> Executable:
    return _insert(table, is_sqlite).on_conflict_do_nothing()


@cache
def _replace(table: Table, is_sqlite: bool) -> Executable:
    statement = _insert(table, is_sqlite)
    key = [column.name for column in table.primary_key]
    changes = {c.name: statement.excluded[c.name] for c in table.columns if c.name not in key}
    return statement.on_conflict_do_update(index_elements=key, set_=changes)
