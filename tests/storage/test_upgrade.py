"""From the first tables to the newest, with what people had stored under the first program.

`first_rows.json` are the rows of a database that the bot wrote at version 0001, where three people
(of the stand-in) had signed up, trained and asked.
"""

import json
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from alembic import command
from sqlalchemy import Connection, MetaData, func, insert, select

from bot.domain.safety import Flag
from bot.storage.database import Database
from bot.storage.schema import configuration, migrate, schema_state

ROWS: dict[str, list[dict[str, Any]]] = json.loads(
    Path(__file__).with_name("first_rows.json").read_text(encoding="utf-8")
)
FROM_TEXT = {datetime: datetime.fromisoformat, date: date.fromisoformat, time: time.fromisoformat}


def _as_it_was(connection: Connection) -> None:
    """The first tables, filled."""
    command.upgrade(configuration(connection), "0001")
    tables = MetaData()
    tables.reflect(connection)
    for table in tables.sorted_tables:
        for row in ROWS.get(table.name, []):
            values = {name: _value(table.c[name].type, value) for name, value in row.items()}
            connection.execute(insert(table), values)


def _value(kind: Any, value: Any) -> Any:
    """SQLite keeps moments as texts and truths as numbers; PostgreSQL does not."""
    if value is None:
        return None
    if kind.python_type is bool:
        return bool(value)
    return FROM_TEXT[kind.python_type](value) if kind.python_type in FROM_TEXT else value


def _counts(connection: Connection) -> dict[str, int]:
    tables = MetaData()
    tables.reflect(connection)
    found = {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in tables.sorted_tables
    }
    return {name: found[name] for name in ROWS}


async def test_nothing_that_people_had_stored_is_lost_on_the_way_to_the_newest_tables(
    empty_url: str,
) -> None:
    database = await Database.open(empty_url)
    await database.alone(_as_it_was)
    before = await schema_state(database)
    await migrate(database)
    async with database.linked(writing=False) as link:
        counts = await link.do(_counts)
    async with database.reading() as unit:
        ann = await unit.people.get(5001)
        reports = await unit.journal.since(5001, date(2026, 11, 1))
        records = await unit.archive.of(5001)
    after = await schema_state(database)
    await database.close()

    assert (before, after) == ("old", "current")
    assert counts == {name: len(rows) for name, rows in ROWS.items()}
    assert ann is not None
    assert (ann.name, ann.at, ann.zone) == ("Annabella", time(6, 30), "Europe/Berlin")
    assert Flag.of_key(ann.flag) is not None
    assert [report.outcome.value for report in reports] == ["done", "skipped", "partly"]
    assert {"people", "pushes", "reports"} <= set(records)
