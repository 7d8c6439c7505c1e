"""/when: the messages that come next, those of the days and what was snoozed or moved."""

from collections.abc import Iterator
from datetime import datetime

from bot.coach.desk import Asked, Desk
from bot.coach.mornings import needless
from bot.coach.records import Opened, day_seen, opened
from bot.coach.settings import facts_of
from bot.domain.due import coming_pushes, message_days
from bot.domain.messages import Message
from bot.domain.person import Person
from bot.domain.pushes import Push
from bot.domain.travel import clock_of

_SHOWN = 3
Coming = tuple[datetime, str]  # its instant, and what it is beside the messages of the days


async def when(desk: Desk, asked: Asked) -> Message:
    """The next three messages in the person's own time."""
    person, now = await desk.person(asked), asked.now
    coming = [(at, "") for at in coming_pushes(person, now, _SHOWN)]
    coming = sorted([*coming, *await _once_more(desk, person, now)])[:_SHOWN]
    rows = [{"at": at.astimezone(clock_of(person, at)[1]), "what": what} for at, what in coming]
    return desk.say("when", **{**facts_of(person, now), "coming": rows})


async def _once_more(desk: Desk, person: Person, now: datetime) -> list[Coming]:
    """What was snoozed, or moved to a day without messages, and will still be sent."""
    if person.stopped or not person.reachable:
        return []
    async with desk.database.reading() as unit:
        waiting = [push for push in await unit.pushes.snoozed(person.id) if push.due > now]
        if not waiting:
            return []
        found = await opened(desk.content, unit, person, now)
    return list(_wanted(desk, found, waiting))


def _wanted(desk: Desk, found: Opened, waiting: list[Push]) -> Iterator[Coming]:
    for push in waiting:
        day = day_seen(desk.content, found, push.local_date)
        if day is None or needless(found.person, day, found.record.reports):
            continue
        own_day = push.local_date.weekday() in message_days(found.person)
        yield push.due, "snoozed" if own_day else "moved"
