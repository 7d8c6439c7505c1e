"""`python -m bot.storage "why"`: write the migration that the tables in `rows.py` call for."""

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Any

from alembic import command
from sqlalchemy import Connection

from bot.storage.database import Database
from bot.storage.schema import FOLDER, configuration, migrate


async def draft(message: str) -> None:
    """Compare the tables with a new database at the newest version, and write the difference.

    Where there is none, nothing is written.
    """

    def write(connection: Connection) -> None:
        number = len(list((FOLDER / "versions").glob("*.py"))) + 1
        command.revision(
            configuration(connection),
            message,
            autogenerate=True,
            rev_id=f"{number:04}",
            process_revision_directives=_nothing_for_nothing,
        )

    with tempfile.TemporaryDirectory() as folder:
        database = await Database.open(f"sqlite+aiosqlite:///{Path(folder) / 'draft.db'}")
        try:
            await migrate(database)
            await database.alone(write)
        finally:
            await database.close()


def _nothing_for_nothing(_context: object, _revision: object, scripts: list[Any]) -> None:
    if scripts[0].upgrade_ops.is_empty():
        scripts.clear()


if __name__ == "__main__":
    asyncio.run(draft(" ".join(sys.argv[1:]) or "A change of the tables"))
