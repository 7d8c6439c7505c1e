"""The schema's versions: what the database has, what the code wants, and the way between."""

from functools import cache
from pathlib import Path
from typing import Literal

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from bot.domain.errors import NotReady
from bot.storage.database import Database, engine_for_schema
from bot.storage.faults import TROUBLE, told

FOLDER = Path(__file__).parent / "migrations"
ONE_AT_A_TIME = 5_210_316  # any number, so long as all versions of this program use the same

State = Literal["current", "old", "newer", "empty"]


async def schema_state(database: Database) -> State:
    """How the database's schema stands to the code's."""
    async with database.transaction(writing=False) as connection:
        try:
            return await connection.run_sync(_state)
        except DBAPIError as error:
            raise told(error, database.address.place) or error from error


async def migrate(database: Database) -> State:
    """Bring the schema to the newest version, all of the way or none; the state that was found.

    Raises NotReady where the database is newer than the code; then nothing is touched.
    """
    found = await schema_state(database)
    if found == "newer":
        raise NotReady(
            f"The database {database.address.place} was made by a newer version of this program: "
            "update the program, or name another database in DATABASE_URL"
        )
    if found != "current":
        await _upgrade(database)
    return found


def configuration() -> Config:
    """Alembic's settings; there is no file of them."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return config


async def _upgrade(database: Database) -> None:
    engine = engine_for_schema(database.address)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_run)
    except TROUBLE as error:
        raise told(error, database.address.place) or error from error
    finally:
        await engine.dispose()


def _run(connection: Connection) -> None:
    """The steps, one process at a time: a second one then finds nothing left to do."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


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
