"""Quiet: pause, resume, stop. None of them loses anything."""

from dataclasses import replace

from bot.coach.desk import Asked, Desk, keep, known
from bot.coach.records import keep_record, opened
from bot.coach.settings import facts_of
from bot.domain.due import OPEN_END, today_of
from bot.domain.messages import Message
from bot.domain.person import Person
from bot.domain.spans import parse_until
from bot.domain.untold import told_away
from bot.storage.unit import Unit


async def pause(desk: Desk, asked: Asked) -> Message:
    """No messages for so many days, or until /resume; what was snoozed does not come either."""
    person = await desk.person(asked)
    until = OPEN_END
    if asked.words.strip():
        until = parse_until(asked.words, today_of(person, asked.now))
    async with desk.effect(asked) as unit:
        person = replace(await _away(desk, unit, asked), paused_until=until)
        await unit.pushes.drop_snoozed(person.id, today_of(person, asked.now))
        person = await keep(unit, person, asked.now)
    shown = None if until == OPEN_END else until
    return desk.say("saved/pause", until=shown, **facts_of(person, asked.now))


async def resume(desk: Desk, asked: Asked) -> Message:
    """On from where the person stands, from the next of the days."""
    async with desk.effect(asked) as unit:
        person = replace(await known(unit, asked), paused_until=None, stopped=False)
        person = await keep(unit, person, asked.now)
    return desk.say("saved/resume", **facts_of(person, asked.now))


async def stop(desk: Desk, asked: Asked) -> Message:
    """No more pushes; the history stays."""
    async with desk.effect(asked) as unit:
        person = replace(await _away(desk, unit, asked), stopped=True)
        person = await keep(unit, person, asked.now)
    return desk.say("saved/stop", **facts_of(person, asked.now))


async def _away(desk: Desk, unit: Unit, asked: Asked) -> Person:
    """The person; the plan knows that no training goes on unreported from now on."""
    found = await opened(desk.content, unit, await known(unit, asked), asked.now)
    return await keep_record(desk.content, unit, found, told_away(found.record))
