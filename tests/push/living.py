"""People with a message at seven in Berlin, and what has come to them since."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.demo.people import Person
from bot.demo.standin import StandIn
from bot.domain.pushes import Push
from tests.house import Clock, House, house

WAYS = ("sendPhoto", "sendMessage")  # a session comes as a picture, a note as words
SEVEN = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)  # on the clocks of Berlin, the day after the start


async def living_in_berlin(bot: House, *names: str) -> list[Person]:
    """Signed up, every day a message; everything said so far is heard."""
    people = []
    for name in names:
        person = await bot.signed_up(name)
        await bot.ask(person, "/timezone Europe/Berlin")
        await bot.ask(person, "/days all")
        await bot.quiet(person)
        people.append(person)
    return people


class Post:
    """Counts what comes to each person from now on."""

    def __init__(self, people: list[Person]) -> None:
        self._people = people
        self._before = {person.id: len(person.reads()) for person in people}

    def counts(self) -> list[int]:
        return [len(person.reads()) - self._before[person.id] for person in self._people]


async def latest(bot: House, person: Person) -> Push:
    """The person's last push as the database has it."""
    async with bot.app.desk.database.reading() as unit:
        return (await unit.pushes.latest(person.id, 1))[0]


@asynccontextmanager
async def berlin(
    folder: Path, *names: str, clock: Clock | None = None, tg: StandIn | None = None, **env: str
) -> AsyncIterator[tuple[House, list[Person], Post]]:
    """A bot whose people live in Berlin, and what comes to them from now on."""
    async with house(folder, clock, tg, **env) as bot:
        people = await living_in_berlin(bot, *names)
        yield bot, people, Post(people)


@asynccontextmanager
async def pumping(bot: House, now: datetime) -> AsyncIterator[None]:
    """It is `now`, and the pump runs by itself; in the end what is under way has landed."""
    bot.clock.now = now
    running = asyncio.create_task(bot.app.pump.run())
    bot.app.pump.ring()
    try:
        yield
    finally:
        bot.app.pump.close()
        await running
