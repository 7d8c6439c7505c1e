"""The people who are coached."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, func, or_, select, update

from bot.domain.person import Person
from bot.storage.gaps import Gaps
from bot.storage.link import Link, Shape, batches
from bot.storage.rows import (
    CHANGES,
    DIALOGUES,
    PEOPLE,
    PLAN_DAYS,
    PUSHES,
    REPORTS,
    RESULTS,
    STANDINGS,
    TALK,
)

PERSON = Shape(Person, PEOPLE)

_BY_ID = select(*PERSON.columns).where(PEOPLE.c.id == bindparam("id"))
_BY_IDS = select(*PERSON.columns).where(PEOPLE.c.id.in_(bindparam("ids", expanding=True)))
_SIGNS = ("last_seen", "next_push", "away_zone", "away_until")
_SEE = (
    update(PEOPLE)
    .where(
        PEOPLE.c.id == bindparam("person_id"),
        PEOPLE.c.last_seen.is_not_distinct_from(bindparam("was_seen")),
        PEOPLE.c.next_push.is_not_distinct_from(bindparam("was_coming")),
    )
    .values({name: bindparam(name) for name in _SIGNS})
)


class People:
    __slots__ = ("_link",)

    def __init__(self, link: Link) -> None:
        self._link = link

    async def get(self, person_id: int) -> Person | None:
        found = await self._link.row(self._link.held(_BY_ID), {"id": person_id})
        return PERSON.value(found) if found else None

    async def get_many(self, person_ids: Iterable[int]) -> dict[int, Person]:
        """Those that are there, by their id; to look at, not held."""
        found: dict[int, Person] = {}
        for ids in batches(person_ids):
            for row in await self._link.rows(_BY_IDS, {"ids": ids}):
                person = PERSON.value(row)
                found[person.id] = person
        return found

    async def by_chat(self, chat_id: int) -> Person | None:
        found = await self._link.row(
            self._link.held(select(*PERSON.columns).where(PEOPLE.c.chat_id == chat_id).limit(1))
        )
        return PERSON.value(found) if found else None

    async def after(self, person_id: int, limit: int) -> tuple[Person, ...]:
        """The next ones by id, to walk through all of them page by page (begin with 0)."""
        page = select(*PERSON.columns).where(PEOPLE.c.id > person_id)
        found = await self._link.rows(page.order_by(PEOPLE.c.id).limit(limit))
        return tuple(PERSON.value(row) for row in found)

    async def in_zones(
        self, zones: Sequence[str], person_id: int, limit: int
    ) -> tuple[Person, ...]:
        """The next ones by id (begin with 0) who live or stay in one of these zones and have a next
        push; in a writing transaction they are held until its end."""
        page = select(*PERSON.columns).where(
            PEOPLE.c.id > person_id,
            or_(PEOPLE.c.zone.in_(zones), PEOPLE.c.away_zone.in_(zones)),
            PEOPLE.c.next_push.is_not(None),
        )
        found = await self._link.rows(self._link.held(page.order_by(PEOPLE.c.id).limit(limit)))
        return tuple(PERSON.value(row) for row in found)

    async def save(self, person: Person) -> None:
        """Store a new person, or all that has changed about a known one."""
        await self.save_many([person])

    async def save_many(self, people: Iterable[Person]) -> None:
        values = [PERSON.parameters(person) for person in people]
        if values:
            await self._link.put(PEOPLE, values)

    async def see(self, before: Person, after: Person) -> bool:
        """Store a sign of the person: when, the next push, a trip that is over. False where they
        have changed since `before`: every change is a sign itself, or moves the next push."""
        signs = {name: getattr(after, name) for name in _SIGNS}
        was = {"was_seen": before.last_seen, "was_coming": before.next_push}
        return await self._link.run(_SEE, {"person_id": before.id, **was, **signs}) == 1

    async def set_next_push(self, person_id: int, at: datetime | None) -> None:
        moved = update(PEOPLE).where(PEOPLE.c.id == person_id)
        await self._link.run(moved.values(next_push=at))

    async def delete(self, person_id: int) -> bool:
        """Everything that is stored about a person, in every table; whether there was anyone."""
        person = await self.get(person_id)
        chats = {person_id} if person is None else {person_id, person.chat_id}
        await Gaps(self._link).forget(person_id)
        await self._link.run(delete(TALK).where(TALK.c.chat_id.in_(chats)))
        await self._link.run(
            delete(DIALOGUES).where(
                or_(DIALOGUES.c.user_id == person_id, DIALOGUES.c.chat_id.in_(chats))
            )
        )
        await self._link.run(delete(PUSHES).where(PUSHES.c.person_id == person_id))
        for table in (REPORTS, RESULTS, STANDINGS, PLAN_DAYS, CHANGES):
            await self._link.run(delete(table).where(table.c.person_id == person_id))
        return await self._link.run(delete(PEOPLE).where(PEOPLE.c.id == person_id)) == 1

    async def migrate_chat(self, old: int, new: int) -> None:
        """Telegram gave a chat a new id: everything follows."""
        await self._link.run(update(PEOPLE).where(PEOPLE.c.chat_id == old).values(chat_id=new))
        for table in (TALK, DIALOGUES):
            await self._link.run(delete(table).where(table.c.chat_id == new))
            await self._link.run(update(table).where(table.c.chat_id == old).values(chat_id=new))

    async def count(self) -> int:
        return await self._count()

    async def count_active(self) -> int:
        """Those who get messages."""
        return await self._count(PEOPLE.c.reachable.is_(True), PEOPLE.c.stopped.is_(False))

    async def _count(self, *conditions: object) -> int:
        wanted = select(func.count()).select_from(PEOPLE).where(*conditions)  # type: ignore[arg-type]
        return int((await self._link.rows(wanted))[0][0])
