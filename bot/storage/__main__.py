"""`python -m bot.storage "why"`: write the migration that the tables in `rows.py` call for."""

import asyncio
import sys
import tempfile
from pathlib import Path

from alembic import command
from sqlalchemy import Connection

from bot.storage.database import Database
from bot.storage.schema import FOLDER, configuration, migrate


async def draft(message: str) -> None:
    """Compare the tables with a new database at the newest version, and write the difference."""
    with tempfile.TemporaryDirectory() as folder:
        database = await Database.open(f"sqlite+aiosqlite:///{Path(folder) / 'draft.db'}")
        try:
            await migrate(database)
            async with database.transaction(writing=True) as connection:
                await connection.run_sync(_write, message)
        finally:
            await database.close()


def _write(connection: Connection, message: str) -> None:
    config = configuration()
    config.attributes["connection"] = connection
    number = len(list((FOLDER / "versions").glob("*.py"))) + 1
    command.revision(config, message, autogenerate=True, rev_id=f"{number:04}")


if __name__ == "__main__":
    asyncio.run(draft(" ".join(sys.argv[1:]) or "A change of the tables"))
