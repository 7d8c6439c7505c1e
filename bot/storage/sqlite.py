"""SQLite, called on the event loop itself.

Measured: a row by its key takes 6 µs, the way to a thread and back 170 µs, and the usual driver
goes it four times a statement. What could wait is kept off the loop: the lock for writing is
asked for without waiting, and the write-ahead log is written back by a thread.
"""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

from sqlalchemy import Connection, Engine, Transaction, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from bot.domain.errors import NotReady
from bot.storage.address import Address
from bot.storage.faults import telling

PAUSE_SECONDS = 0.005
OWNER_ONLY = 0o600
CHANGES_TO_WRITE_BACK = 2_000
MOST_IDLE = 8

PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # what is deleted is overwritten, not only let go
)
OF_THE_WRITER = ("PRAGMA busy_timeout = 0", "PRAGMA wal_autocheckpoint = 20000")


class SqliteFile:
    """One file: one writer at a time, and readers whom nobody holds up."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._readers = _engine(address, PRAGMAS)
        self._writers = _engine(address, (*PRAGMAS, *OF_THE_WRITER))
        self._idle: list[Connection] = []
        self._writer: Connection | None = None
        self._turn = asyncio.Lock()
        self._changes = 0
        self._writing_back: asyncio.Future[None] | None = None

    def prepare(self) -> None:
        """The file of a new database belongs to its owner alone."""
        if self._address.file is None:
            return
        try:
            os.close(os.open(self._address.file, os.O_RDWR | os.O_CREAT, OWNER_ONLY))
        except OSError as error:
            raise NotReady(
                f"The database {self._address.place} cannot be opened ({error.strerror}): "
                "check that it is a file, that its folder exists, and that both may be written to"
            ) from error

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Connection]:
        with telling(self._address.place):
            connection = self._idle.pop() if self._idle else self._readers.connect()
            begun = connection.begin()
            _driver(connection).execute("BEGIN")
        try:
            yield connection
        finally:
            begun.rollback()
            if len(self._idle) < MOST_IDLE:  # each keeps up to two megabytes of pages
                self._idle.append(connection)
            else:
                connection.close()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Connection]:
        """The lock is taken at the start: a reader that turns writer midway would fail."""
        async with self._turn:
            with telling(self._address.place):
                self._writer = self._writer or self._writers.connect()
                await self._lock(_driver(self._writer))
            begun = self._writer.begin()
            try:
                yield self._writer
                with telling(self._address.place):
                    begun.commit()
            except BaseException:
                self._undo(begun)
                raise
            self._write_back_in_time(self._writer)

    def _undo(self, begun: Transaction) -> None:
        """After a failure, also one of the commit itself: the next writer begins anew."""
        writer, self._writer = self._writer, None
        with suppress(DBAPIError, sqlite3.Error):
            begun.rollback()
        with suppress(DBAPIError, sqlite3.Error):
            if writer is not None:
                writer.close()

    async def alone(self, work: Callable[[Connection], None]) -> None:
        """One writing transaction without foreign keys, in a thread, for as long as it takes.

        With them, to drop a table that is being made anew would delete what refers to it.
        """

        def run() -> None:
            engine = _engine(self._address, (*PRAGMAS, "PRAGMA foreign_keys = OFF"))
            with telling(self._address.place), engine.connect() as connection:
                _driver(connection).execute("BEGIN IMMEDIATE")
                with connection.begin():
                    work(connection)

        async with self._turn:
            await asyncio.to_thread(run)

    async def scrub(self) -> None:
        """Empty the write-ahead log into the file: it still holds what has been deleted."""
        async with self._turn:
            await asyncio.to_thread(_write_back, self._readers, "TRUNCATE")

    async def close(self) -> None:
        if self._writing_back:
            await self._writing_back
        for connection in (*self._idle, self._writer):
            if connection:
                connection.close()

    async def _lock(self, driver: sqlite3.Connection) -> None:
        """Another process may be writing: ask again, but leave the loop free meanwhile."""
        clock = asyncio.get_running_loop().time
        until = clock() + self._address.arguments["timeout"]
        while True:
            try:
                driver.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if not error.sqlite_errorname.startswith("SQLITE_BUSY") or clock() > until:
                    raise
                await asyncio.sleep(PAUSE_SECONDS)
            else:
                return

    def _write_back_in_time(self, connection: Connection) -> None:
        """Move the log into the file now and then; what fails is tried again at the next turn."""
        changes = _driver(connection).total_changes
        busy = self._writing_back and not self._writing_back.done()
        if busy or changes - self._changes < CHANGES_TO_WRITE_BACK:
            return
        self._changes = changes
        loop = asyncio.get_running_loop()
        self._writing_back = loop.run_in_executor(None, _write_back, self._readers)


def _write_back(engine: Engine, how: str = "PASSIVE") -> None:
    with suppress(DBAPIError), engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA wal_checkpoint({how})")


def _engine(address: Address, pragmas: Sequence[str]) -> Engine:
    """Connections are kept by hand: a pool costs more than a query."""
    engine = create_engine(address.url, connect_args=address.arguments, poolclass=NullPool)

    def set_up(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself
        for pragma in pragmas:
            connection.execute(pragma)

    event.listen(engine, "connect", set_up)
    return engine


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection
