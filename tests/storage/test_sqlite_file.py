"""The SQLite file: whose it is, how it is set, and what is said when it cannot be used."""

import asyncio
import shutil
import sqlite3
import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.errors import NotReady
from bot.storage.database import Database
from bot.storage.schema import migrate
from tests.storage.makers import a_person

LONG = 3_000


@pytest.fixture
def file(tmp_path: Path, file_template: Path) -> Path:
    """A file at the newest schema."""
    return Path(shutil.copy(file_template, tmp_path / "coach.db"))


@pytest.fixture
async def database(file: Path) -> AsyncIterator[Database]:
    database = await Database.open(f"sqlite+aiosqlite:///{file}?timeout=0.3")
    yield database
    await database.close()


async def pragma(database: Database, name: str, *, writing: bool) -> object:
    async with database.linked(writing=writing) as link:
        return await link.do(lambda c: c.exec_driver_sql(f"PRAGMA {name}").scalar())


async def change(database: Database) -> None:
    async with database.writing() as unit:
        await unit.people.save(a_person())


def size(file: Path) -> int:
    return file.stat().st_size


async def refused(url: str) -> str:
    with pytest.raises(NotReady) as refusal:
        await Database.open(url)
    return str(refusal.value)


async def test_a_new_file_belongs_to_its_owner_alone(tmp_path: Path) -> None:
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'coach.db'}")
    await migrate(database)
    kept = [tmp_path / name for name in ("coach.db", "coach.db-wal", "coach.db-shm")]
    modes = [stat.S_IMODE(file.stat().st_mode) for file in kept]
    await database.close()

    assert modes == [0o600, 0o600, 0o600]


async def test_a_relative_path_is_in_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    await (await Database.open("sqlite+aiosqlite:///coach.db")).close()

    assert (tmp_path / "coach.db").exists()


@pytest.mark.parametrize("writing", [False, True])
async def test_every_connection_has_the_settings_of_the_house(
    database: Database, writing: bool
) -> None:
    assert await pragma(database, "journal_mode", writing=writing) == "wal"
    assert await pragma(database, "synchronous", writing=writing) == 1
    assert await pragma(database, "foreign_keys", writing=writing) == 1


async def test_a_writer_waits_for_another_process_and_leaves_the_loop_free(
    database: Database, file: Path
) -> None:
    outside = sqlite3.connect(file, isolation_level=None)
    outside.execute("BEGIN IMMEDIATE")
    writing = asyncio.create_task(change(database))
    await asyncio.sleep(0.05)
    waited = not writing.done()
    outside.execute("COMMIT")
    await writing
    outside.close()

    assert waited


async def test_a_file_held_for_too_long_is_named(database: Database, file: Path) -> None:
    outside = sqlite3.connect(file, isolation_level=None)
    outside.execute("BEGIN IMMEDIATE")
    with pytest.raises(NotReady, match=r"coach\.db is held by another process"):
        await database.writing().__aenter__()
    outside.close()
    async with database.writing() as unit:
        assert await unit.people.count() == 0


async def test_a_full_disk_is_named_and_loses_nothing(database: Database) -> None:
    async def fill() -> None:
        async with database.writing() as unit:
            await unit.people.save_many(a_person(number) for number in range(LONG))

    pages = await pragma(database, "page_count", writing=True)
    await pragma(database, f"max_page_count = {pages}", writing=True)
    with pytest.raises(NotReady, match="disk is full: make room"):
        await fill()
    await pragma(database, "max_page_count = 100000", writing=True)
    async with database.reading() as unit:
        before = await unit.people.count()
    await fill()

    assert before == 0


async def test_the_log_is_written_back_by_the_bot_as_it_runs(
    database: Database, file: Path
) -> None:
    before = size(file)
    async with database.writing() as unit:
        await unit.people.save_many(a_person(number) for number in range(LONG))
    for _ in range(100):
        await asyncio.sleep(0.05)
        if size(file) > before:
            break

    assert size(file) > before


async def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    said = await refused(f"sqlite+aiosqlite:///{tmp_path / 'none' / 'coach.db'}")

    assert f"{tmp_path / 'none' / 'coach.db'} cannot be opened" in said
    assert "check that it is a file, that its folder exists" in said


async def test_a_folder_is_no_database(tmp_path: Path) -> None:
    assert "cannot be opened (Is a directory)" in await refused(f"sqlite+aiosqlite:///{tmp_path}")


async def test_a_file_of_another_kind_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("Not a database at all. " * 100, encoding="utf-8")
    said = await refused(f"sqlite+aiosqlite:///{file}")

    assert "is not an SQLite database: name another file" in said
    assert file.read_text(encoding="utf-8") == "Not a database at all. " * 100


async def test_a_disk_that_cannot_be_written_to_is_named(file: Path) -> None:
    database = await Database.open(f"sqlite:///file:{file}?mode=ro&uri=true")
    with pytest.raises(NotReady, match="is on a disk that cannot be written to"):
        await change(database)
    await database.close()


async def test_a_damaged_file_is_named(file: Path) -> None:
    with file.open("r+b") as pages:
        pages.seek(4096)
        pages.write(b"\xff" * (size(file) - 4096))
    said = await refused(f"sqlite+aiosqlite:///{file}")

    assert "is damaged: put the last backup in its place" in said
