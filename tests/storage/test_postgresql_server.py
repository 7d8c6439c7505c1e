"""PostgreSQL: what is said when it cannot be used, and that a lost connection is no loss."""

import socket

import pytest

from bot.domain.errors import NotReady
from bot.storage.database import Database
from tests.postgres import Server
from tests.storage.makers import a_person

pytestmark = pytest.mark.postgres


@pytest.fixture
def url(server_url: str) -> str:
    return server_url


def drop_connections(server: Server) -> None:
    server.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid();"
    )


async def test_connections_that_the_host_dropped_are_made_anew(
    database: Database, server: Server
) -> None:
    async with database.writing() as unit:
        await unit.people.save(a_person())
    drop_connections(server)
    async with database.reading() as unit:
        assert await unit.people.count() == 1


async def test_a_connection_lost_midway_undoes_the_transaction_and_says_so(
    database: Database, server: Server
) -> None:
    async def write() -> None:
        async with database.writing() as unit:
            await unit.people.save(a_person())
            drop_connections(server)
            await unit.people.save(a_person(2))

    with pytest.raises(NotReady, match="it is tried again"):
        await write()
    async with database.reading() as unit:
        assert await unit.people.count() == 0


async def test_a_database_that_is_missing_is_named(server: Server) -> None:
    with pytest.raises(NotReady, match="nowhere does not exist on that server: create it"):
        await Database.open(server.url("nowhere"))


async def test_a_server_that_is_not_there_is_named_without_the_password() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(NotReady) as refusal:
        await Database.open(f"postgresql://coach:geheim@127.0.0.1:{port}/coach")

    assert f"127.0.0.1:{port}/coach cannot be reached: start it" in str(refusal.value)
    assert "geheim" not in str(refusal.value)


async def test_the_clock_of_the_server_is_an_instant(database: Database) -> None:
    async with database.reading() as unit:
        moment = await unit.leases.clock()

    assert moment is not None
    assert moment.utcoffset() is not None
