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

    def write(connection: Connection) -> None:
        number = len(list((FOLDER / "versions").glob("*.py"))) + 1
        config = configuration(connection)
        command.revision(config, message, autogenerate=True, rev_id=f"{number:04}")

    with tempfile.TemporaryDirectory() as folder:
        database = await Database.open(f"sqlite+aiosqlite:///{Path(folder) / 'draft.db'}")
        try:
            await migrate(database)
            await database.alone(write)
        finally:
            await database.close()


if __name__ == "__main__":
    asyncio.run(draft(" ".join(sys.argv[1:]) or "A change of the tables"))
