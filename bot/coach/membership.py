"""Whether a person can be reached at all."""

from dataclasses import replace

from bot.coach.desk import Asked, Desk, keep


async def reachable(desk: Desk, asked: Asked, *, here: bool) -> None:
    """Blocked people are marked and left alone; who returns finds everything as it was."""
    async with desk.database.writing() as unit:
        person = await unit.people.get(asked.person_id)
        if person is None:
            return
        await keep(unit, replace(person, reachable=here), asked.now)
        if not here:
            await unit.pushes.cancel(person.id)


async def migrated(desk: Desk, old: int, new: int) -> None:
    """A group became a supergroup: its new id counts from now on."""
    async with desk.database.writing() as unit:
        await unit.people.migrate_chat(old, new)
