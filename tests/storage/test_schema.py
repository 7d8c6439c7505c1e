"""The schema's versions on both databases."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from bot.domain.errors import NotReady
from bot.storage.__main__ import draft
from bot.storage.database import Database
from bot.storage.rows import METADATA
from bot.storage.schema import FOLDER, migrate, schema_state
from tests.storage.makers import a_person

VERSION = "alembic_version"


@pytest.fixture
async def empty(empty_url: str) -> AsyncIterator[Database]:
    database = await Database.open(empty_url)
    yield database
    await database.close()


async def run(database: Database, statement: str) -> None:
    async with database.linked(writing=True) as link:
        await link.run(text(statement))


async def tables(database: Database) -> set[str]:
    async with database.linked(writing=False) as link:
        return await link.do(lambda connection: set(inspect(connection).get_table_names()))


async def test_a_new_database_is_empty_and_current_after_the_migration(empty: Database) -> None:
    before = await schema_state(empty)
    found = await migrate(empty)

    assert (before, found) == ("empty", "empty")
    assert await schema_state(empty) == "current"


async def test_a_second_migration_finds_nothing_to_do(empty: Database) -> None:
    await migrate(empty)

    assert await migrate(empty) == "current"


async def test_the_tables_of_the_code_are_those_of_the_newest_migration(empty: Database) -> None:
    def differences(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        return list(compare_metadata(context, METADATA))

    await migrate(empty)
    async with empty.linked(writing=False) as link:
        found = await link.do(differences)

    assert found == []
    assert await tables(empty) == {*METADATA.tables, VERSION}


async def test_two_processes_that_migrate_at_once_both_end_well(
    empty: Database, empty_url: str
) -> None:
    other = await Database.open(empty_url)
    await asyncio.gather(migrate(empty), migrate(other))
    state = await schema_state(other)
    await other.close()

    assert state == "current"


async def test_a_migration_that_fails_leaves_nothing_behind(empty: Database) -> None:
    await run(empty, "CREATE TABLE reports (id INTEGER)")  # stands in the way of the last step

    with pytest.raises(Exception, match=r"reports|did not do its part"):
        await migrate(empty)

    assert await tables(empty) == {"reports"}


async def test_what_people_have_stored_survives_a_migration(empty: Database) -> None:
    await migrate(empty)
    async with empty.writing() as unit:
        await unit.people.save(a_person())
    await migrate(empty)
    async with empty.reading() as unit:
        person = await unit.people.get(1)

    assert person == a_person()


async def test_a_database_of_a_newer_program_is_refused_with_the_remedy(empty: Database) -> None:
    await migrate(empty)
    await run(empty, f"UPDATE {VERSION} SET version_num = '9999'")  # noqa: S608  # no input

    assert await schema_state(empty) == "newer"
    with pytest.raises(NotReady, match="newer version of this program: update"):
        await migrate(empty)


async def test_a_file_of_a_newer_program_is_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "coach.db"
    database = await Database.open(f"sqlite+aiosqlite:///{file}")
    await migrate(database)
    await run(database, f"UPDATE {VERSION} SET version_num = '9999'")  # noqa: S608  # no input
    await database.close()
    before = file.read_bytes()
    database = await Database.open(f"sqlite+aiosqlite:///{file}")
    with pytest.raises(NotReady):
        await migrate(database)
    await database.close()

    assert file.read_bytes() == before


async def test_a_draft_writes_no_migration_where_the_tables_are_as_they_were() -> None:
    def versions() -> list[Path]:
        return sorted((FOLDER / "versions").glob("*.py"))

    before = versions()
    await draft("nothing has changed")

    assert versions() == before
