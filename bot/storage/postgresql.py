"""PostgreSQL by asyncpg."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from bot.storage.address import Address
from bot.storage.faults import telling

CONNECTIONS = 10
ONE_AT_A_TIME = 5_210_316  # any number, so long as all versions of this program use the same


class PostgresqlServer:
    """A pool of connections; each is tried before use, as hosts drop them at maintenance."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._engine = create_async_engine(
            address.url,
            connect_args=address.arguments,
            pool_pre_ping=True,
            pool_size=CONNECTIONS,
            max_overflow=CONNECTIONS,
        )

    def prepare(self) -> None:
        """Nothing: the server is there or it is not."""

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        with telling(self._address.place):
            connection = await self._engine.connect()
        try:
            yield connection
        finally:
            await connection.close()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        async with self.reading() as connection:
            yield connection
            with telling(self._address.place):
                await connection.commit()

    async def alone(self, work: Callable[[Connection], None]) -> None:
        """With a connection of its own, for as long as it takes; a second process waits, then sees
        its end. What `work` has not committed itself is committed at the end."""
        patient = {**self._address.arguments, "command_timeout": None}
        engine = create_async_engine(self._address.url, connect_args=patient, poolclass=NullPool)
        with telling(self._address.place):
            async with engine.connect() as connection:
                # Of the session, not of a transaction: it is given back when the connection ends.
                await connection.execute(
                    text("SELECT pg_advisory_lock(:key)"), {"key": ONE_AT_A_TIME}
                )
                await connection.commit()
                await connection.run_sync(work)
                await connection.commit()

    async def close(self) -> None:
        await self._engine.dispose()
