"""The one way to the database: transactions that hand out a `Unit`."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Self

from sqlalchemy import Connection, text

from bot.storage.address import read
from bot.storage.link import Link
from bot.storage.postgresql import PostgresqlServer
from bot.storage.sqlite import SqliteFile
from bot.storage.unit import Unit


class Database:
    """SQLite or PostgreSQL: built by `open`, ended by `close`.

    Nothing that waits for the network belongs inside a transaction. Where the database fails,
    NotReady is raised: one line with the place and the remedy, never the password.
    """

    def __init__(self, engine: SqliteFile | PostgresqlServer, place: str) -> None:
        self.place = place
        self._engine = engine

    @classmethod
    async def open(cls, url: str) -> Self:
        """The database behind DATABASE_URL, found to be usable. Raises SettingWrong, NotReady."""
        address = read(url)
        engine = SqliteFile(address) if address.sqlite else PostgresqlServer(address)
        database = cls(engine, address.place)
        try:
            engine.prepare()
            async with database.linked(writing=True) as link:
                await link.rows(text("SELECT 1"))
        except BaseException:
            await database.close()
            raise
        return database

    async def close(self) -> None:
        await self._engine.close()

    async def scrub(self) -> None:
        """After a deletion: nothing of it stays in the files (PostgreSQL's vacuum does its own)."""
        if isinstance(self._engine, SqliteFile):
            await self._engine.scrub()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Unit]:
        """A transaction that changes nothing."""
        async with self.linked(writing=False) as link:
            yield Unit(link)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Unit]:
        """A transaction that is committed at the end, or undone as a whole by an exception.

        What it reads is its own until then: SQLite lets one writer in at a time, PostgreSQL
        locks the rows that were got.
        """
        async with self.linked(writing=True) as link:
            yield Unit(link)

    @asynccontextmanager
    async def linked(self, *, writing: bool) -> AsyncIterator[Link]:
        """A transaction without a unit, for this room alone."""
        begun = self._engine.writing() if writing else self._engine.reading()
        async with begun as connection:
            yield Link(connection, self.place, writing=writing)

    async def alone(self, work: Callable[[Connection], None]) -> None:
        """Run what changes the tables themselves, one process at a time."""
        await self._engine.alone(work)
