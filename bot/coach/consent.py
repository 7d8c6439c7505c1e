"""Whether health answers may be kept: asked once, before the first of them.

Without it they are used once, where they are given, and not stored.
"""

from dataclasses import replace
from datetime import date, timedelta

from bot.coach.changing import change_of, make
from bot.coach.desk import Asked, Desk, keep, known
from bot.coach.records import Opened, opened, settled
from bot.coach.stock import Content
from bot.domain.due import OPEN_END
from bot.domain.feeling_well import unnamed
from bot.domain.hurting import kept_days
from bot.domain.messages import Message
from bot.domain.person import Person, Screening
from bot.domain.record import Record

HEALTH_ITEMS = ("pain",)
HEALTH_CHANGES = ("pain", "healed", "pain_over", "sick/", "well", "ready")
_WORDS = {"yes": True, "on": True, "no": False, "off": False}


async def wanted(desk: Desk, asked: Asked, then: str) -> Message | None:
    """The question itself, if it was never answered; `then` names what waits for the answer."""
    person = await desk.person(asked)
    return desk.say("consent/ask", then=then) if person.consent_at is None else None


async def before_pain(desk: Desk, asked: Asked, report_id: int) -> Message:
    """The question about pain after a session; before the first of all, whether it may be kept."""
    first = await wanted(desk, asked, f"report:{report_id}")
    return first or desk.say("log/pain", id=report_id)


def forgetful(content: Content, found: Opened, record: Record, first: date) -> Record:
    """What an answer about health did to the record. Without consent it acts for some days from
    `first` on, and neither it nor its reason is kept."""
    if found.person.consent:
        return record
    return unnamed(record, first, kept_days(content.books))


def last_day(content: Content, first: date) -> date:
    """Until when an answer acts that is not kept."""
    return first + timedelta(days=kept_days(content.books) - 1)


async def settle(desk: Desk, asked: Asked, word: str) -> None:
    """Keep the answer. With a no, what was kept goes: the days that it held back stay so as a
    change of the plan with its reason, which /undo leaves, for the answers are gone."""
    content = desk.content
    async with desk.database.writing() as unit:
        before = await known(unit, asked)
        agreed = _WORDS.get(word, False)
        person = replace(before, consent=agreed, consent_at=asked.now)
        if agreed:
            await keep(unit, person, asked.now)
            return
        was = await opened(content, unit, before, asked.now)
        person = await keep(unit, _without_health(person), asked.now)
        record = unnamed(was.record, was.open_from, kept_days(content.books))
        record = settled(content, record, person, was.first)
        await unit.journal.forget_health(person.id)
        await unit.results.forget(person.id, HEALTH_ITEMS)
        await unit.changes.forget(person.id, HEALTH_CHANGES)
        if record != was.record:
            change = change_of(asked, was.today, "consent", safe=True)
            await make(content, unit, was, record, change)


async def change(desk: Desk, asked: Asked) -> Message:
    """`/consent yes` or `no`: what was kept goes with a no. Without a word: the question."""
    word = asked.words.strip().lower()
    person = await desk.person(asked)
    if word not in _WORDS:
        return desk.say("consent/ask", then="settings")
    await settle(desk, asked, word)
    return desk.say("consent/changed", kept=_WORDS[word], before=person.consent)


def _without_health(person: Person) -> Person:
    """Only that the plan is open tells nothing about anybody's health. Who may not train at all
    is paused: the reason goes, the rest stays."""
    if person.screening is Screening.CLEAR:
        return replace(person, limited_until=None)
    if person.screening is Screening.STOP:
        person = replace(person, paused_until=OPEN_END)
    return replace(person, screening=Screening.UNASKED, screened_on=None, limited_until=None)
