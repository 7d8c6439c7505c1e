"""An open red flag: what it stops, and what ends it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.coach.alarms import still_open
from bot.coach.desk import Asked, Desk, keep, known
from bot.coach.figures import ANSWERS
from bot.coach.stock import Content
from bot.domain import fitting
from bot.domain.messages import Message
from bot.domain.offers import placed
from bot.domain.person import Person
from bot.domain.plan import Placed, PlanDay, Reason
from bot.domain.safety import Course, Flag
from bot.domain.travel import zone_of
from bot.domain.workouts import Kind, Muscle

_ALWAYS = (Kind.REST,)


async def cleared(desk: Desk, asked: Asked) -> Message:
    """A professional has seen it: asked once more in plain words, then the flag ends."""
    person = await desk.person(asked)
    if person.flag is None:
        return desk.say("flag/none")
    if asked.words.strip() != "yes":
        return desk.say("flag/sure")
    await _end(desk, asked)
    return desk.say("flag/cleared")


async def not_me(desk: Desk, asked: Asked) -> Message:
    """A false alarm is undone at once, and counted."""
    person = await desk.person(asked)
    if person.flag is None:
        return desk.say("flag/none")
    await _end(desk, asked)
    async with desk.database.writing() as unit:
        await unit.meta.count(f"{ANSWERS}not_about_me")
    return desk.say("flag/not_me")


async def wait(desk: Desk) -> Message:
    """Not seen yet: the sessions wait."""
    return desk.say("flag/wait")


def words_of(content: Content, person: Person, now: datetime) -> Message | None:
    """What an open flag says again; None where none is open."""
    flag = Flag.of_key(person.flag)
    country = content.safety.numbers.code_of(zone_of(person, now))
    again = still_open(content, flag, country)
    return again.message if again is not None else None


def stops(content: Content, person: Person, now: datetime) -> Message | None:
    """What an open flag says again, where it stops all training."""
    flag = Flag.of_key(person.flag)
    row = content.safety.flag(flag.id) if flag is not None else None
    grading = row.grading(flag.urgency) if row is not None and flag is not None else None
    if grading is None or grading.follows.course is not Course.STOP:
        return None
    return words_of(content, person, now)


def held(content: Content, person: Person, day: PlanDay) -> PlanDay | None:
    """The day without what an open flag holds; None where nothing of it is left."""
    flag = Flag.of_key(person.flag)
    row = content.safety.flag(flag.id) if flag is not None else None
    if flag is None or row is None:
        return day
    grading = row.grading(flag.urgency)
    if grading is None or grading.follows.course is Course.STOP:
        return None
    follows = grading.follows
    kinds = (*follows.holds, *_ALWAYS)
    spared = (_spared(content, s, follows.parts) for s in day.sessions if s.kind not in kinds)
    left = tuple(session for session in spared if session is not None)
    if not left:
        return None
    cut = any(session not in day.sessions for session in left)
    reasons = (Reason("flag_part"), *day.reasons) if cut else day.reasons
    return replace(day, sessions=left, reasons=reasons)


def _spared(content: Content, session: Placed, parts: Sequence[Muscle]) -> Placed | None:
    """Lifting without what serves the parts that are to be seen; None where nothing is left."""
    if session.kind is not Kind.STRENGTH or not parts:
        return session
    left = fitting.without_parts(session.session, parts, content.library)
    if left is None or left == session.session:
        return None if left is None else session
    return replace(placed(left, content.library, session.reasons), eased=True)


def check_in(desk: Desk, person: Person) -> Message | None:
    """The one short line on the person's days; None where nothing unasked is right."""
    flag = Flag.of_key(person.flag)
    row = desk.content.safety.flag(flag.id) if flag is not None else None
    grading = row.grading(flag.urgency) if row is not None and flag is not None else None
    if grading is None or not grading.follows.asks:
        return None
    return desk.say("flag/check", until=grading.follows.until, urgency=grading.urgency)


async def _end(desk: Desk, asked: Asked) -> None:
    async with desk.effect(asked) as unit:
        person = await known(unit, asked)
        await keep(unit, replace(person, flag=None), asked.now)
