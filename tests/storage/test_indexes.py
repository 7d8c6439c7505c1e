"""What is asked at every tick is found by an index: it does not grow with the people."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, cast

import pytest
from sqlalchemy import ClauseElement, Connection, Executable, text

from bot.storage.database import Database
from bot.storage.link import Link
from bot.storage.pushes import Pushes
from tests.storage.makers import MINUTE, NOW, a_hold


class Explaining:
    """A link that asks for the plan of each statement before it runs it."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self.held = link.held
        self.plans: list[str] = []

    async def rows(self, statement: Executable, parameters: Any = None) -> Sequence[Any]:
        filled = cast(ClauseElement, statement).params(parameters or {})
        self.plans.append(await self._link.do(lambda connection: self._plan(connection, filled)))
        return await self._link.rows(statement, parameters)

    def _plan(self, connection: Connection, statement: ClauseElement) -> str:
        sql = statement.compile(connection, compile_kwargs={"literal_binds": True})
        explain = "EXPLAIN QUERY PLAN" if self._link.sqlite else "EXPLAIN"
        found = connection.exec_driver_sql(f"{explain} {sql}")
        return "\n".join(str(row[-1]) for row in found)


async def plans(database: Database, question: str) -> str:
    async with database.linked(writing=True) as link:
        if not link.sqlite:  # on so few rows it would rather read them all
            await link.run(text("SET LOCAL enable_seqscan = off"))
            await link.run(text("SET LOCAL enable_sort = off"))
        explaining = Explaining(link)
        pushes = Pushes(cast(Link, explaining))
        questions: dict[str, Callable[[], Awaitable[object]]] = {
            "due": lambda: pushes.due(NOW, 100),
            "coming": lambda: pushes.coming((NOW, 7), NOW + 9 * MINUTE, 100),
            "next_due": pushes.next_due,
            "anything_due": lambda: pushes.anything_due(NOW),
            "retryable": lambda: pushes.retryable(NOW, 100, a_hold()),
            "latest": lambda: pushes.latest(1, 3),
        }
        await questions[question]()
    return "\n".join(explaining.plans)


@pytest.mark.parametrize(
    ("question", "indexes"),
    [
        ("due", ["ix_people_waiting"]),
        ("coming", ["ix_people_waiting"]),
        ("next_due", ["ix_people_waiting", "ix_pushes_retry"]),
        ("anything_due", ["ix_people_waiting", "ix_pushes_retry", "ix_pushes_in_flight"]),
        ("retryable", ["ix_pushes_retry", "ix_pushes_in_flight"]),
        ("latest", ["pushes"]),
    ],
)
async def test_the_tick_asks_by_index(
    database: Database, question: str, indexes: list[str]
) -> None:
    plan = await plans(database, question)

    assert all(index in plan for index in indexes), plan
    assert "SCAN p" not in plan
    assert "Seq Scan" not in plan
    assert "using pk_pushes" not in plan  # that is: all pushes, the newest first
