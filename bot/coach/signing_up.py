"""The sign-up: acts at once with defaults, then a few questions, each of which can be skipped.

Where the questions stand is in the database: they can be taken up again tomorrow.
"""

from dataclasses import replace
from datetime import timedelta

from bot.coach import settings
from bot.coach.desk import Asked, Desk, keep
from bot.coach.settings import facts_of
from bot.domain.dialogue import Dialogue
from bot.domain.messages import Message
from bot.domain.person import Screening

STEPS = ("level", "days", "zone", "time", "lift", "terrain", "minutes", "age")
NAME = "sign-up"
OPEN_FOR = timedelta(days=7)


async def start(desk: Desk, asked: Asked) -> Message:
    """Sign up at once; a second /start loses nothing and goes on where pushes were stopped."""
    async with desk.effect(asked) as unit:
        known = await unit.people.get(asked.person_id)
        person = known or desk.newcomer(asked)
        person = replace(
            person, stopped=False, reachable=True, chat_id=asked.chat_id, name=asked.name
        )
        person = await keep(unit, person, asked.now)
    facts = facts_of(person, asked.now)
    return desk.say("welcome", back=known is not None, zone_known=person.zone is not None, **facts)


async def begin(desk: Desk, asked: Asked) -> Message:
    """The first of the questions."""
    await desk.person(asked)
    return await _ask(desk, asked, STEPS[0])


async def answer(desk: Desk, asked: Asked, step: str, value: str) -> tuple[Message, ...]:
    """Take the answer to one question, say what was set, and ask the next if that one was open."""
    if step == "age" and value == "under13":
        return (await _too_young(desk, asked),)
    waiting = await open_step(desk, asked)
    saved = await _save(desk, replace(asked, words=value), step)
    if waiting != step or (step == "zone" and (await desk.person(asked)).zone is None):
        return (saved,)  # asked from the settings; or which of several places it is was asked
    return (saved, await skip(desk, asked, step))


async def locate(
    desk: Desk, asked: Asked, latitude: float, longitude: float
) -> tuple[Message, ...]:
    """A shared place; where the sign-up had asked for it, on to the next question."""
    waiting = await open_step(desk, asked)
    saved = await settings.locate(desk, asked, latitude, longitude)
    if waiting != "zone" or (await desk.person(asked)).zone is None:
        return (saved,)
    return (saved, await skip(desk, asked, "zone"))


async def pass_over(desk: Desk, asked: Asked, step: str) -> Message:
    """Skipped: the next question, or the settings where nothing was being asked in order."""
    if await open_step(desk, asked) != step:
        return await settings.show(desk, asked)
    return await skip(desk, asked, step)


async def skip(desk: Desk, asked: Asked, step: str) -> Message:
    """On to the question after `step`, or to the end."""
    coming = STEPS.index(step) + 1
    if coming == len(STEPS):
        return await end(desk, asked)
    return await _ask(desk, asked, STEPS[coming])


async def end(desk: Desk, asked: Asked) -> Message:
    """All asked: what the plan is now, and when it begins."""
    async with desk.database.writing() as unit:
        await unit.dialogues.clear(asked.chat_id, asked.person_id)
    person = await desk.person(asked)
    unscreened = person.screening is Screening.UNASKED
    return desk.say("ask/done", unscreened=unscreened, **facts_of(person, asked.now))


async def open_step(desk: Desk, asked: Asked) -> str | None:
    """The question that waits for a typed answer, if one does."""
    async with desk.database.reading() as unit:
        dialogue = await unit.dialogues.get(asked.chat_id, asked.person_id, asked.now)
    return dialogue.step if dialogue and dialogue.name == NAME else None


async def _ask(desk: Desk, asked: Asked, step: str) -> Message:
    dialogue = Dialogue(asked.chat_id, asked.person_id, NAME, step, asked.now + OPEN_FOR)
    async with desk.database.writing() as unit:
        await unit.dialogues.put(dialogue)
    return settings.question(desk, step)


async def _save(desk: Desk, asked: Asked, step: str) -> Message:
    if step == "zone":
        return await settings.change_zone(desk, asked)
    return await settings.change(desk, asked, step)


async def _too_young(desk: Desk, asked: Asked) -> Message:
    async with desk.effect(asked) as unit:
        await unit.people.delete(asked.person_id)
    return desk.say("too_young")
