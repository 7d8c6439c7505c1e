"""The migrations on a full database of the first schema, while people go on using it."""

# ruff: noqa: S608  (the statements are made of words of our own)

import asyncio
from contextlib import suppress
from time import monotonic
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, text

from bot.domain.errors import NotReady
from bot.storage.database import Database
from bot.storage.schema import configuration, migrate, schema_state
from tests.postgres import Server

PEOPLE, PUSHES, REPORTS = 100_000, 1_000_000, 500_000
PATIENCE = 30.0
VERSION = "SELECT version_num FROM alembic_version"

_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) "
_AT = "'2026-06-01 07:00:00'"
_FILL = {
    PEOPLE: f"""INSERT INTO people (id, chat_id, name, signed_up, started_on, level, days,
    lift_days, terrain, screening, notes, consent, cycle, stopped, reachable, next_push)
    {_NUMBERS} SELECT i, i, 'P', {_AT}, '2026-06-01', 'beginner', 42, 0, 'hill', 'clear', {{no}},
    {{yes}}, 0, {{no}}, {{yes}}, {_AT} FROM n""",
    PUSHES: f"""INSERT INTO pushes (person_id, kind, local_date, slot, due, state, owner, attempt,
    lease_until, sessions) {_NUMBERS} SELECT 1 + i % {PEOPLE}, 'session', '2026-06-01',
    i / {PEOPLE}, {_AT}, 'sent', 'one', 1, {_AT}, 'HILL-B-01' FROM n""",
    REPORTS: f"""INSERT INTO reports (person_id, local_date, session_id, kind, grade, x, outcome,
    at, share) {_NUMBERS} SELECT 1 + i % {PEOPLE}, '2026-06-01', 'HILL-B-01', 'hill', 'L', {{no}},
    'done', {_AT}, 1 FROM n""",
}


@pytest.mark.postgres
async def test_a_step_that_must_wait_holds_up_nobody_who_uses_what_earlier_steps_changed(
    server: Server,
) -> None:
    url = server.url(server.new())
    database, people = await Database.open(url), await Database.open(url)
    await _first_schema(database)
    async with asyncio.timeout(PATIENCE), database.linked(writing=False) as somebody:
        await somebody.run(text("LOCK TABLE reports IN ACCESS SHARE MODE"))  # a long look at them
        migrating = asyncio.create_task(migrate(database))
        while await _version(people) != "0002":  # noqa: ASYNC110  (the server has no event for it)
            await asyncio.sleep(0.02)
        async with people.linked(writing=False) as link:
            found = await link.rows(text("SELECT longest FROM people"))
        waits = not migrating.done()
    await migrating
    state = await schema_state(people)
    await people.close()
    await database.close()

    assert (list(found), waits, state) == ([], True, "current")


@pytest.mark.soak
async def test_people_are_served_while_a_full_database_is_brought_to_the_newest_schema(
    empty_url: str,
) -> None:
    database = await Database.open(empty_url)
    await _first_schema(database)
    await database.alone(_fill)
    life = Life(await Database.open(empty_url))
    living = [asyncio.create_task(work()) for work in (life.read, life.write)]
    began = monotonic()
    await migrate(database)
    lasted = monotonic() - began
    state = await schema_state(database)
    life.over = True
    await asyncio.gather(*living)
    await life.database.close()
    await database.close()

    waits = {what: f"{seconds:.2f} s" for what, seconds in life.waits.items()}
    print(f"migrated in {lasted:.1f} s; longest waits {waits}")  # noqa: T201  (measured, not judged)
    assert state == "current"
    assert life.refused == 0
    assert life.served > 0


class Life:
    """Somebody who reads and somebody who writes, all the time; how long each waited at most."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.over = False
        self.waits: dict[str, float] = {}
        self.refused = self.served = 0

    async def read(self) -> None:
        while not self.over:
            await self._wait_for("SELECT next_push FROM people WHERE id = 77")
            await self._wait_for("SELECT share FROM reports WHERE person_id = 77")

    async def write(self) -> None:
        while not self.over:
            await self._wait_for("UPDATE people SET name = 'Q' WHERE id = 78")
            await self._wait_for("UPDATE reports SET share = 1 WHERE person_id = 78")

    async def _wait_for(self, statement: str) -> None:
        began = monotonic()
        while not await self._done(statement):  # noqa: ASYNC110  (nobody tells the end of a migration)
            await asyncio.sleep(0.1)
        what = " ".join(word for word in statement.split() if word in ("UPDATE", "SELECT"))
        what += " people" if "people" in statement else " reports"
        self.waits[what] = max(self.waits.get(what, 0.0), monotonic() - began)
        self.served += 1
        await asyncio.sleep(0.01)

    async def _done(self, statement: str) -> bool:
        """A writer is refused for as long as SQLite migrates, and asks again; a reader never."""
        writing = statement.startswith("UPDATE")
        with suppress(NotReady):
            async with self.database.linked(writing=writing) as link:
                await link.run(text(statement))
            return True
        self.refused += not writing
        return False


async def _first_schema(database: Database) -> None:
    await database.alone(lambda connection: command.upgrade(configuration(connection), "0001"))


async def _version(database: Database) -> str:
    async with database.linked(writing=False) as link:
        return str((await link.rows(text(VERSION)))[0][0])


def _fill(connection: Connection) -> None:
    sqlite = connection.dialect.name == "sqlite"
    truth: dict[str, Any] = {"no": 0, "yes": 1} if sqlite else {"no": "false", "yes": "true"}
    for count, statement in _FILL.items():
        connection.exec_driver_sql(statement.format(count=count, **truth))
