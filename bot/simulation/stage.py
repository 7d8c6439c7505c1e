"""The coach with its doors: what is said goes in, what is sent comes out, on a clock that jumps."""

from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.coach.desk import Asked, Desk
from bot.coach.membership import reachable
from bot.coach.privacy import forget_old
from bot.coach.pushing import Carrier, Pump
from bot.coach.shelf import Shelf
from bot.coach.talking import talk
from bot.domain.messages import Delivery, Fate, Message
from bot.domain.person import Person
from bot.domain.pushes import Push
from bot.handlers.buttons import answered
from bot.handlers.messages import commanded
from bot.places import Places
from bot.storage.database import Database
from bot.storage.schema import migrate

PLACES = "places.sqlite"
IN_FLIGHT = 64
_PATIENCE = 600.0  # seconds: all that is due soon is prepared, however slow the machine


class Clock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True, slots=True)
class Letter:
    """A message that came by itself, and the person's settings as they were then."""

    at: datetime
    push: Push
    message: Message
    person: Person


class Post:
    """Takes what the pump hands over; everything arrives."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._under_way: dict[int, list[tuple[Message, Person]]] = {}
        self._number = 0
        self.letters: deque[Letter] = deque()
        self.alarms: list[str] = []

    async def send(self, chat_id: int, message: Message) -> Delivery:
        async with self._database.reading() as unit:
            person = await unit.people.get(chat_id)
        if person is None:
            return Delivery(Fate.GONE, reason="nobody lives here")
        self._under_way.setdefault(chat_id, []).append((message, person))
        self._number += 1
        return Delivery(Fate.SENT, message_id=self._number)

    def sent(self, push: Push, delivery: Delivery, now: datetime) -> None:
        if delivery.fate is Fate.SENT:
            message, person = self._under_way[push.chat_id].pop(0)
            self.letters.append(Letter(now, push, message, person))


class Stage:
    """Everybody writes in a private chat of their own, whose id is theirs."""

    def __init__(self, desk: Desk, clock: Clock) -> None:
        self.desk = desk
        self.clock = clock
        self.post = Post(desk.database)
        carrier = Carrier(
            self.post.send, clock, "simulation", self.post.alarms.append, self.post.sent, IN_FLIGHT
        )
        self._pump = Pump(desk, carrier)
        self._updates = 0

    async def says(self, person_id: int, words: str) -> tuple[Message, ...]:
        """Typed: a command or plain words."""
        if not words.startswith("/"):
            return await talk(self.desk, self._asked(person_id, words), group=False)
        name, _, rest = words[1:].partition(" ")
        return await commanded(self.desk, self._asked(person_id, rest), name)

    async def presses(self, person_id: int, data: str) -> tuple[Message, ...]:
        return await answered(self.desk, self._asked(person_id, ""), data)

    async def blocks(self, person_id: int, *, here: bool) -> tuple[Message, ...]:
        """The person blocks the bot, or is `here` again; nothing is answered to that."""
        await reachable(self.desk, self._asked(person_id, ""), here=here)
        return ()

    async def prepares(self) -> None:
        """The quiet minutes before a message, in which it is made ready."""
        await self._pump.prepare(_PATIENCE)

    async def rings(self) -> list[Letter]:
        """What is due goes out; what went out."""
        await self._pump.once()
        letters = list(self.post.letters)
        self.post.letters.clear()
        return letters

    async def next_due(self) -> datetime | None:
        async with self.desk.database.reading() as unit:
            return await unit.pushes.next_due()

    async def person(self, person_id: int) -> Person | None:
        async with self.desk.database.reading() as unit:
            return await unit.people.get(person_id)

    async def forgets(self) -> None:
        """What has become too old to keep."""
        await forget_old(self.desk, self.clock())

    def _asked(self, person_id: int, words: str) -> Asked:
        self._updates += 1
        return Asked(person_id, person_id, f"P{person_id}", words, self.clock(), self._updates)


@asynccontextmanager
async def stage(shelf: Shelf, content: Path, folder: Path, start: datetime) -> AsyncIterator[Stage]:
    """A new database in `folder`, and the coach in front of it."""
    database = await Database.open(f"sqlite+aiosqlite:///{folder / 'simulation.db'}")
    try:
        await migrate(database)
        with Places.open(content / PLACES) as places:
            yield Stage(Desk(database, shelf, places), Clock(start))
    finally:
        await database.close()
