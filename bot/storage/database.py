"""The one way to the database: transactions that hand out a `Unit`."""

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Self

from sqlalchemy import Connection, event, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from bot.storage.address import BUSY_SECONDS, Address, read
from bot.storage.faults import TROUBLE, told
from bot.storage.link import Link
from bot.storage.unit import Unit

OWNER_ONLY = 0o600
CONNECTIONS = 10
WRITES = "writes"
PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA foreign_keys = ON",
)


class Database:
    """SQLite or PostgreSQL: built by `open`, ended by `close`.

    Nothing that waits for the network belongs inside a transaction. Where the database fails,
    NotReady is raised: one line with the place and the remedy, never the password.
    """

    def __init__(self, engine: AsyncEngine, address: Address) -> None:
        self.address = address
        self.engine = engine
        self._writer = engine.execution_options(**{WRITES: True})
        # SQLite has one writer. Waiting in this line is fair and ends at once; SQLite's own
        # waiting is a row of naps that grow to a tenth of a second.
        self._turn = asyncio.Lock() if address.sqlite else None

    @classmethod
    async def open(cls, url: str) -> Self:
        """The database behind DATABASE_URL, found to be usable. Raises SettingWrong, NotReady."""
        address = read(url)
        _make_file(address)
        database = cls(_engine(address), address)
        try:
            async with database.transaction(writing=True) as connection:
                await Link(connection, address.place, writing=True).rows(text("SELECT 1"))
        except BaseException:
            await database.close()
            raise
        return database

    async def close(self) -> None:
        await self.engine.dispose()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Unit]:
        """A transaction that sees one state of the database and changes nothing."""
        async with self.transaction(writing=False) as connection:
            yield Unit(Link(connection, self.address.place, writing=False))

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Unit]:
        """A transaction that is committed at the end, or undone as a whole by an exception.

        What it reads is its own until then: SQLite lets one writer in at a time, PostgreSQL
        locks the rows that were got.
        """
        async with self.transaction(writing=True) as connection:
            yield Unit(Link(connection, self.address.place, writing=True))

    @asynccontextmanager
    async def transaction(self, *, writing: bool) -> AsyncIterator[AsyncConnection]:
        """The connection itself, for this room alone."""
        async with AsyncExitStack() as stack:
            if writing and self._turn:
                await stack.enter_async_context(self._turn)
            engine = self._writer if writing else self.engine
            connection = await self._connected(stack, engine)
            try:
                yield connection
            except BaseException:
                await connection.rollback()
                raise
            if writing:
                await self._committed(connection)

    async def _connected(self, stack: AsyncExitStack, engine: AsyncEngine) -> AsyncConnection:
        try:
            connection = await stack.enter_async_context(engine.connect())
            await connection.begin()
        except TROUBLE as error:
            raise told(error, self.address.place) or error from error
        return connection

    async def _committed(self, connection: AsyncConnection) -> None:
        try:
            await connection.commit()
        except TROUBLE as error:
            raise told(error, self.address.place) or error from error


def _engine(address: Address) -> AsyncEngine:
    """An engine with the settings that the house asks for."""
    engine = create_async_engine(
        address.url,
        connect_args=address.arguments,
        pool_pre_ping=not address.sqlite,  # hosts drop connections at maintenance
        pool_size=CONNECTIONS,
        max_overflow=CONNECTIONS,
    )
    return _prepared(engine, PRAGMAS) if address.sqlite else engine


def engine_for_schema(address: Address) -> AsyncEngine:
    """An engine for migrations: no limit in time, and no foreign keys on SQLite.

    With them, to drop a table that is being made anew would delete what refers to it.
    """
    patient = {**address.arguments} if address.sqlite else {**address.arguments, **_PATIENT}
    engine = create_async_engine(address.url, connect_args=patient, poolclass=NullPool)
    engine = engine.execution_options(**{WRITES: True})
    return _prepared(engine, (*PRAGMAS, "PRAGMA foreign_keys = OFF")) if address.sqlite else engine


_PATIENT = {"command_timeout": None}


def _prepared(engine: AsyncEngine, pragmas: Sequence[str]) -> AsyncEngine:
    """SQLite: our own BEGIN, and the pragmas on each connection."""

    def set_up(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()

    event.listen(engine.sync_engine, "connect", set_up)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    """A writer takes the lock at the start: a reader that turns writer would fail at once."""
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _make_file(address: Address) -> None:
    """The file of a new SQLite database belongs to its owner alone."""
    if address.file is None:
        return
    try:
        os.close(os.open(address.file, os.O_RDWR | os.O_CREAT, OWNER_ONLY))
    except OSError as error:
        raise told(error, address.place) or error from error
