"""A changed setting and what it does to the plan: from the first open day on, never before."""

from collections.abc import Callable
from dataclasses import replace

from bot.coach.changing import change_of, differences, make
from bot.coach.desk import Asked, keep, known
from bot.coach.planning import athlete_of
from bot.coach.records import Opened, keep_record, opened, settled
from bot.coach.stock import Content
from bot.domain.history import begun, brought_to
from bot.domain.offers import limit_of
from bot.domain.person import Person
from bot.storage.unit import Unit

Days = list[dict[str, object]]
_NOT_UNDONE = ("screening",)  # health answers are given anew, never taken back


async def resettle(
    content: Content, unit: Unit, asked: Asked, apply: Callable[[Person], Person], code: str
) -> tuple[Person, Days]:
    """Store the person as changed, and the plan; the coming days that are now others."""
    before = await known(unit, asked)
    was = await opened(content, unit, before, asked.now)
    person = await keep(unit, apply(was.person), asked.now)
    if person.started_on != before.started_on:
        return await _anew(content, unit, was, person), []
    first = was.at_once if _safer(content, was.person, person) else was.first
    record = settled(content, was.record, person, first)
    told = {"safe": True} if code in _NOT_UNDONE else {}
    change = change_of(asked, was.today, f"setting/{code}", **told)
    person = await make(content, unit, was, record, change)
    return person, differences(content, was.record, record, first)


def _safer(content: Content, before: Person, after: Person) -> bool:
    """Whether age or health answers leave less than before: that counts from today on."""
    old, new = (limit_of(athlete_of(person), content.books.plan) for person in (before, after))
    return new != old and replace(new.joined(old), without=new.without) == new


async def _anew(content: Content, unit: Unit, was: Opened, person: Person) -> Person:
    """The first day is another date: the plan begins there."""
    await unit.plans.forget(person.id)
    record = begun(athlete_of(person), person.started_on, content.books, was.record.reports)
    record = brought_to(record, person.started_on, content.books)
    fresh = replace(was, person=person, stored=None, record=record)
    return await keep_record(content, unit, fresh, record)
