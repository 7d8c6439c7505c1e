"""What a day's message says beside its session: the week before, the self-test, a limit's end, the
next level where it is earned, and after a long silence whether to go on."""

from dataclasses import replace
from datetime import date, datetime

from bot.coach import doubting, moving_up, summing_up, testing
from bot.coach.cards import Extras
from bot.coach.desk import Desk
from bot.coach.records import Opened, bring_up
from bot.domain.due import asks_to_go_on
from bot.domain.person import Person, Screening
from bot.domain.pushes import Push, PushKind
from bot.domain.screening import as_of
from bot.domain.travel import at_home

DAILY = (PushKind.SESSION, PushKind.NOTE)


async def extras_of(
    desk: Desk, person: Person, push: Push, now: datetime
) -> tuple[Person, Opened, Extras]:
    """The person as of that day, with the record brought up to it, and the extras of the day's
    own message."""
    daily, before = push.kind in DAILY, person.screening
    if daily:
        person = await _renewed(desk, person, push.local_date, now)
    opened = person.screening is Screening.CLEAR is not before
    found, person = await bring_up(desk, person, now)
    if not daily:
        return person, found, Extras()
    up = await moving_up.offered(desk, person, push, now)
    return (
        person,
        found,
        Extras(
            up=up,
            untold=await doubting.asked_about(desk, person, push, now),
            week=None if up else await summing_up.head(desk, person, push, now),
            test=await testing.offered(desk, person, push.local_date, now),
            opened=opened,
            go_on=asks_to_go_on(person, now),
        ),
    )


async def _renewed(desk: Desk, person: Person, day: date, now: datetime) -> Person:
    """A limit or a trip that is over ends, and health answers of long ago are asked for again."""
    table = desk.content.tables.screening
    if as_of(at_home(person, now), day, table) == person:
        return person
    async with desk.database.writing() as unit:
        stored = await unit.people.get(person.id)
        renewed = as_of(at_home(stored or person, now), day, table)
        if stored is not None:
            await unit.people.save(renewed)
    return replace(renewed, next_push=person.next_push)
