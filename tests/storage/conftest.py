"""Every store passes the same tests on SQLite and on PostgreSQL."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete

from bot.storage.database import Database
from bot.storage.rows import METADATA
from bot.storage.schema import migrate
from tests.postgres import Server, running

BOTH = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


async def _with_tables(url: str) -> None:
    database = await Database.open(url)
    try:
        await migrate(database)
    finally:
        await database.close()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture(scope="session")
def server_url(server: Server) -> str:
    """The address of a database at the newest schema; to make one for each test takes half a
    second, so that `database` empties this one."""
    url = server.url(server.new())
    asyncio.run(_with_tables(url))
    return url


@pytest.fixture(scope="session")
def file_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file at the newest schema, to be copied."""
    file = tmp_path_factory.mktemp("template") / "coach.db"
    asyncio.run(_with_tables(f"sqlite+aiosqlite:///{file}"))
    return file


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a new database without tables."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'coach.db'}"
    server: Server = request.getfixturevalue("server")
    return server.url(server.new())


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database at the newest schema."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("file_template")
        shutil.copy(template, tmp_path / "coach.db")
        return f"sqlite+aiosqlite:///{tmp_path / 'coach.db'}"
    server_url: str = request.getfixturevalue("server_url")
    return server_url


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    """An open database with empty tables."""
    database = await Database.open(url)
    async with database.linked(writing=True) as link:
        for table in reversed(METADATA.sorted_tables):
            await link.run(delete(table))
    yield database
    await database.close()
