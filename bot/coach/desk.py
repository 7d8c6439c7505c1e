"""What every story works with, and what it is asked."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.coach.shelf import Shelf
from bot.coach.stock import Content
from bot.domain.due import coming_push, today_of
from bot.domain.errors import AlreadyDone, NotSignedUp
from bot.domain.messages import Message
from bot.domain.person import Person
from bot.domain.travel import at_home
from bot.places import Places
from bot.storage.database import Database
from bot.storage.unit import Unit
from bot.texts import Texts

SIGN_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """One wish of one person: the words after the command, and the update that brought them;
    `day` where it is about that date alone, as a button below its message is."""

    person_id: int
    chat_id: int
    name: str
    words: str
    now: datetime
    update_id: int
    message_id: int | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """The rooms that the stories use, built once."""

    database: Database
    shelf: Shelf
    places: Places
    admins: frozenset[int] = frozenset()
    answered: Callable[[str], None] = lambda _kind: None

    @property
    def content(self) -> Content:
        return self.shelf.content

    @property
    def texts(self) -> Texts:
        return self.shelf.content.texts

    def say(self, template: str, /, **facts: object) -> Message:
        return self.texts.message(template, **facts)

    @asynccontextmanager
    async def effect(self, asked: Asked) -> AsyncIterator[Unit]:
        """A writing transaction that carries the update's id: its effect happens once."""
        async with self.database.writing() as unit:
            if not await unit.updates.first_time(asked.update_id, asked.now):
                raise AlreadyDone
            await heard_of(unit, asked)
            yield unit

    async def person(self, asked: Asked) -> Person:
        """The person as stored; raises NotSignedUp."""
        async with self.database.reading() as unit:
            person = await known(unit, asked)
        return await self._heard(person, asked)

    async def visitor_or_person(self, asked: Asked) -> tuple[Person, bool]:
        """The person, or a stranger with the defaults (nothing is stored); and which it is."""
        async with self.database.reading() as unit:
            person = await unit.people.get(asked.person_id)
        if person is None:
            return self.newcomer(asked), True
        return await self._heard(person, asked), False

    async def _heard(self, person: Person, asked: Asked) -> Person:
        """A sign of the person, kept now and then; what changed about them meanwhile counts."""
        if _lately(person, asked.now):
            return person
        seen = _seen(person, asked.now)
        async with self.database.writing() as unit:
            if not await unit.people.see(person, seen):
                await heard_of(unit, asked)
                return await known(unit, asked)
        return seen

    def newcomer(self, asked: Asked) -> Person:
        """Sensible defaults: a beginner's days, the clock time of the sign-up."""
        person = Person(
            id=asked.person_id,
            chat_id=asked.chat_id,
            name=asked.name,
            signed_up=asked.now,
            started_on=asked.now.date(),
            last_seen=asked.now,
        )
        days = self.content.rules.plan.levels[person.level].days
        return replace(person, days=days, served=person.started_on)


async def heard_of(unit: Unit, asked: Asked) -> None:
    """Whoever gives a sign is not silent; after a long silence the daily messages are back."""
    person = await unit.people.get(asked.person_id)
    if person is not None and not _lately(person, asked.now):
        await keep(unit, person, asked.now)


def _lately(person: Person, now: datetime) -> bool:
    return person.last_seen is not None and now - person.last_seen < SIGN_EVERY


async def known(unit: Unit, asked: Asked) -> Person:
    person = await unit.people.get(asked.person_id)
    if person is None:
        raise NotSignedUp
    return person


async def keep(unit: Unit, person: Person, now: datetime) -> Person:
    """Save a changed person together with the push that the change brings next.

    A push that is due already stays due: the next tick decides about it.
    """
    person = _seen(person, now)
    await unit.people.save(person)
    return person


def _seen(person: Person, now: datetime) -> Person:
    person = replace(at_home(person, now), last_seen=now)
    coming = coming_push(person, now)
    overdue = person.next_push is not None and person.next_push <= now
    if overdue and coming is not None:
        return person
    return replace(person, next_push=coming)


def first_day(person: Person, now: datetime) -> bool:
    """Whether it is still the date of the sign-up on the person's calendar."""
    return today_of(person, now) <= today_of(person, person.signed_up)
