"""Many people for whom it is noon: the message of some is due, nothing comes to the others."""

from datetime import datetime, time

from bot.demo.people import Person
from bot.demo.standin import StandIn
from bot.domain.due import EVERY_DAY
from bot.domain.person import Person as Known
from bot.storage.database import Database
from bot.storage.schema import migrate
from tests.process.test_process import wall_clock

FIRST = 1_000_000


async def sign_up(url: str, count: int, due: int = 0, at: datetime | None = None) -> None:
    """In the database; the first `due` of them have a message at `at`, or at the full hour."""
    now = wall_clock()
    at = at or now.replace(minute=0, second=0, microsecond=0)
    database = await Database.open(url)
    await migrate(database)
    async with database.writing() as unit:
        await unit.people.save_many(
            _known(FIRST + place, now, at if place < due else None) for place in range(count)
        )
    await database.close()


def meet(telegram: StandIn, count: int) -> list[Person]:
    """The same people at the stand-in, where each has begun the chat."""
    people = [telegram.people.add("P", user_id=FIRST + place) for place in range(count)]
    for person in people:
        person.account.started = True
    return people


def reached(people: list[Person]) -> int:
    return sum(bool(person.reads()) for person in people)


def _known(number: int, now: datetime, next_push: datetime | None) -> Known:
    return Known(
        id=number,
        chat_id=number,
        name="P",
        signed_up=now,
        started_on=now.date(),
        last_seen=now,
        at=time(12),
        zone=f"Etc/GMT{now.hour - 12:+}",
        days=EVERY_DAY,
        next_push=next_push,
    )
