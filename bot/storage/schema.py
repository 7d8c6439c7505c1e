"""The schema's versions: what the database has, what the code wants, and the way between."""

from functools import cache
from pathlib import Path
from typing import Literal

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from bot.domain.errors import NotReady
from bot.storage.database import Database

FOLDER = Path(__file__).parent / "migrations"

State = Literal["current", "old", "newer", "empty"]


async def schema_state(database: Database) -> State:
    """How the database's schema stands to the code's."""
    async with database.linked(writing=False) as link:
        return await link.do(_state)


async def migrate(database: Database) -> State:
    """Bring the schema to the newest version; the state that was found.

    On SQLite all of the way or none, on PostgreSQL step by step: each of them whole or not at all.
    Raises NotReady where the database is newer than the code; then nothing is touched.
    """
    found = await schema_state(database)
    if found == "newer":
        raise NotReady(
            f"The database {database.place} was made by a newer version of this program: "
            "update the program, or name another database in DATABASE_URL"
        )
    if found != "current":
        await database.alone(_upgrade)
    return found


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's settings; there is no file of them."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection) -> None:
    command.upgrade(configuration(connection), "head")


def _state(connection: Connection) -> State:
    has = set(MigrationContext.configure(connection).get_current_heads())
    head, known = _revisions()
    if not has:
        return "empty"
    if has == {head}:
        return "current"
    return "old" if has <= known else "newer"


@cache
def _revisions() -> tuple[str | None, frozenset[str]]:
    """The newest revision and all that this version of the code knows."""
    scripts = ScriptDirectory.from_config(configuration())
    known = frozenset(script.revision for script in scripts.walk_revisions())
    return scripts.get_current_head(), known
