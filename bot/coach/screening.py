"""The health questions before the first session above light: one message, two buttons.

Only what they allow is kept with the settings, never the answers themselves; without consent
they are used once and not kept at all.
"""

from dataclasses import replace
from datetime import date, timedelta

from bot.coach import consent, signing_up
from bot.coach.desk import Asked, Desk, keep, known
from bot.coach.resettling import resettle
from bot.coach.sparing import places
from bot.domain.dialogue import Dialogue
from bot.domain.due import OPEN_END, today_of
from bot.domain.health_tables import Follow, ScreeningTable
from bot.domain.messages import Message
from bot.domain.person import Person, Screening, parse_age
from bot.domain.screening import all_no, limited_weeks, outcome

NAME = "screening"
OPEN_FOR = timedelta(hours=2)  # the yeses wait here until Done, and nowhere else


async def begin(desk: Desk, asked: Asked) -> Message:
    """All questions at once. First, once: may the answers be kept; who is under age is asked for
    a guardian's word."""
    person = await desk.person(asked)
    first = await consent.wanted(desk, asked, "screening")
    if first is not None:
        return first
    table = desk.content.tables.screening
    if person.age in table.guardian.ages:
        return desk.say("screening/guardian", guardian=table.guardian)
    return _all(desk)


async def agreed(desk: Desk, asked: Asked) -> Message:
    """A parent or guardian knows of the plan: on to the questions, or to where they stood."""
    await desk.person(asked)
    if await _marked(desk, asked):
        return _clearance(desk)
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
    table = desk.content.tables.screening
    if (await desk.person(asked)).age is None and Follow.AGE in _follows(table, marked):
        return replace(desk.say("screening/age"), instead=True)
    return _clearance(desk)


async def age(desk: Desk, asked: Asked, band: str) -> Message:
    """Who said yes to the question about age says which; under age a guardian has to agree."""
    if await _marked(desk, asked) is None:
        return desk.say("too_late")
    if band == "under13":
        return await signing_up.too_young(desk, asked)
    told = parse_age(band)
    async with desk.effect(asked) as unit:
        await keep(unit, replace(await known(unit, asked), age=told), asked.now)
    table = desk.content.tables.screening
    if told in table.guardian.ages:
        return replace(desk.say("screening/guardian", guardian=table.guardian), instead=True)
    return _clearance(desk)


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
        dialogue = await unit.dialogues.get(asked.chat_id, asked.person_id, asked.now, NAME)
    if dialogue is None:
        return None
    return tuple(str(code) for code in dialogue.data.get("yes", ()))


async def _decided(desk: Desk, asked: Asked, marked: tuple[str, ...], *, cleared: bool) -> Message:
    """What the answers allow is kept with the settings; without consent only that all is open."""
    table = desk.content.tables.screening
    yes = dict.fromkeys((m for m in marked if m in table.questions), True)
    answers = all_no(table) | yes
    async with desk.effect(asked) as unit:
        person = await known(unit, asked)
        allowed = outcome(answers, cleared, table, person.age)
        await unit.dialogues.clear(asked.chat_id, asked.person_id, NAME)
        if person.consent or allowed is Screening.CLEAR:
            weeks = limited_weeks(answers, table) if cleared else None
            today = today_of(person, asked.now)

            def change(them: Person) -> Person:
                return _allowed(them, allowed, weeks, today)

            person, _ = await resettle(desk.content, unit, asked, change, NAME)
            return _outcome(desk, table, marked, person)
        if allowed is Screening.STOP:
            await keep(unit, replace(person, paused_until=OPEN_END), asked.now)
    questions = [table.questions[code] for code in yes]
    paused = allowed is Screening.STOP
    return replace(desk.say("consent/used_once", paused=paused, questions=questions), instead=True)


def _allowed(person: Person, allowed: Screening, weeks: int | None, today: date) -> Person:
    until = today + timedelta(weeks=weeks) if weeks else None
    return replace(person, screening=allowed, screened_on=today, limited_until=until)


def _clearance(desk: Desk) -> Message:
    message = desk.say("screening/clearance", table=desk.content.tables.screening)
    return replace(message, instead=True)


def _follows(table: ScreeningTable, marked: tuple[str, ...]) -> tuple[Follow, ...]:
    return tuple(table.questions[code].follow for code in marked if code in table.questions)


def _outcome(desk: Desk, table: ScreeningTable, marked: tuple[str, ...], person: Person) -> Message:
    questions = [table.questions[code] for code in marked if code in table.questions]
    said = desk.say(
        "screening/outcome",
        words=table.outcomes[person.screening],
        questions=questions,
        table=table,
        until=person.limited_until,
        places=places(desk.content) if Follow.COMPLAINT in _follows(table, marked) else [],
    )
    return replace(said, instead=True)
