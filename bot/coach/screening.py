"""The health questions before the first session above light: one message, two buttons.

Only what they allow is kept with the settings, never the answers themselves.
"""

from dataclasses import replace
from datetime import timedelta

from bot.coach.desk import Asked, Desk, keep, known
from bot.domain.dialogue import Dialogue
from bot.domain.health_tables import ScreeningTable
from bot.domain.messages import Message
from bot.domain.person import Person, Screening
from bot.domain.screening import all_no, outcome
from bot.storage.unit import Unit

NAME = "screening"
OPEN_FOR = timedelta(days=2)


async def begin(desk: Desk, asked: Asked) -> Message:
    """All questions at once; who is under age is asked for a guardian's word first."""
    person = await desk.person(asked)
    table = desk.content.tables.screening
    if person.age in table.guardian.ages:
        return desk.say("screening/guardian", guardian=table.guardian)
    return _all(desk)


async def agreed(desk: Desk, asked: Asked) -> Message:
    """A parent or guardian knows of the plan."""
    await desk.person(asked)
    return _all(desk)


async def not_agreed(desk: Desk, asked: Asked) -> Message:
    del asked
    return desk.say("screening/refused", guardian=desk.content.tables.screening.guardian)


async def none(desk: Desk, asked: Asked) -> Message:
    """No to all."""
    return await _decided(desk, asked, (), cleared=False)


async def some(desk: Desk, asked: Asked) -> Message:
    """Which ones are a yes: a button a topic, each tap turns it."""
    await desk.person(asked)
    return await _mark(desk, asked, ())


async def turn(desk: Desk, asked: Asked, code: str) -> Message:
    """One topic on or off."""
    marked = await _marked(desk, asked)
    if marked is None or code not in desk.content.tables.screening.questions:
        return desk.say("too_late")
    left = tuple(m for m in marked if m != code)
    return await _mark(desk, asked, left if code in marked else (*marked, code))


async def done(desk: Desk, asked: Asked) -> Message:
    """All yeses are marked: has a clinician agreed?"""
    marked = await _marked(desk, asked)
    if marked is None:
        return desk.say("too_late")
    if not marked:
        return await _decided(desk, asked, (), cleared=False)
    message = desk.say("screening/clearance", table=desk.content.tables.screening)
    return replace(message, instead=True)


async def cleared(desk: Desk, asked: Asked, word: str) -> Message:
    marked = await _marked(desk, asked)
    if marked is None:
        return desk.say("too_late")
    return await _decided(desk, asked, marked, cleared=word == "yes")


def _all(desk: Desk) -> Message:
    return desk.say("screening/ask", table=desk.content.tables.screening)


async def _mark(desk: Desk, asked: Asked, marked: tuple[str, ...]) -> Message:
    dialogue = Dialogue(
        asked.chat_id, asked.person_id, NAME, "which", asked.now + OPEN_FOR, {"yes": list(marked)}
    )
    async with desk.database.writing() as unit:
        await unit.dialogues.put(dialogue)
    table = desk.content.tables.screening
    return replace(desk.say("screening/which", table=table, marked=marked), instead=True)


async def _marked(desk: Desk, asked: Asked) -> tuple[str, ...] | None:
    """The yeses so far; None where the questions are not open any more."""
    async with desk.database.reading() as unit:
        dialogue = await unit.dialogues.get(asked.chat_id, asked.person_id, asked.now)
    if dialogue is None or dialogue.name != NAME:
        return None
    return tuple(str(code) for code in dialogue.data.get("yes", ()))


async def _decided(desk: Desk, asked: Asked, marked: tuple[str, ...], *, cleared: bool) -> Message:
    table = desk.content.tables.screening
    answers = all_no(table) | dict.fromkeys((m for m in marked if m in table.questions), True)
    async with desk.effect(asked) as unit:
        person = await known(unit, asked)
        allowed = outcome(answers, cleared, table, person.age)
        await _save(unit, asked, person, allowed)
    return replace(_outcome(desk, table, marked, allowed), instead=True)


async def _save(unit: Unit, asked: Asked, person: Person, allowed: Screening) -> None:
    await unit.dialogues.clear(asked.chat_id, asked.person_id)
    await keep(unit, replace(person, screening=allowed), asked.now)


def _outcome(
    desk: Desk, table: ScreeningTable, marked: tuple[str, ...], allowed: Screening
) -> Message:
    questions = [table.questions[code] for code in marked if code in table.questions]
    return desk.say("screening/outcome", words=table.outcomes[allowed], questions=questions)
