"""A changed setting and what it does to the plan: from the first open day on, never before."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from bot.coach.cards import reason_words
from bot.coach.changing import change_of, differences, make
from bot.coach.desk import Asked, keep, known
from bot.coach.planning import athlete_of
from bot.coach.records import Opened, keep_record, opened, settled
from bot.coach.stock import Content
from bot.domain.feeling_well import eased_once
from bot.domain.history import begun, brought_to, forecast
from bot.domain.offers import limit_of
from bot.domain.person import Person
from bot.domain.plan_rules import Scope
from bot.domain.record import Record
from bot.domain.season import WISHES
from bot.domain.workouts import Grade
from bot.storage.unit import Unit

_LEFT = {Scope.NONE: Grade.REST, Scope.WALKS: Grade.REST, Scope.GENTLE: Grade.LIGHT}
_NOT_UNDONE = ("screening",)  # health answers are given anew, never taken back
_WISHED = ("days", "lift")  # what gives way is told each time that these are set


@dataclass(frozen=True, slots=True)
class Effect:
    """What a setting does: the coming days that are others now, and which wish gave way."""

    moved: list[dict[str, object]]
    gave_way: list[str]


async def resettle(
    content: Content, unit: Unit, asked: Asked, apply: Callable[[Person], Person], code: str
) -> tuple[Person, Effect]:
    """Store the person as changed, and the plan."""
    before = await known(unit, asked)
    was = await opened(content, unit, before, asked.now)
    person = await keep(unit, apply(was.person), asked.now)
    if person.started_on != before.started_on:
        return await _anew(content, unit, was, person), Effect([], [])
    safer = _safer(content, was.person, person)
    first = was.at_once if safer else was.first
    record = settled(content, was.record, person, first)
    if safer and was.open_from < first:
        record = eased_once(record, _hardest(content, person), was.today)
    told = {"safe": True} if code in _NOT_UNDONE else {}
    change = change_of(asked, was.today, f"setting/{code}", **told)
    person = await make(content, unit, was, record, change)
    moved = differences(content, was.record, record, first)
    gave_way = _gave_way(content, record, first)
    if code not in _WISHED and gave_way:
        known_ = _gave_way(content, was.record, first)
        gave_way = [words for words in gave_way if words not in known_]
    return person, Effect(moved, gave_way)


def _safer(content: Content, before: Person, after: Person) -> bool:
    """Whether age or health answers leave less than before: that counts from today on."""
    old, new = (limit_of(athlete_of(person), content.books.plan) for person in (before, after))
    return new != old and replace(new.joined(old), without=new.without) == new


def _hardest(content: Content, person: Person) -> Grade:
    """What age or health answers leave of a day that is planned already and half over."""
    limit = limit_of(athlete_of(person), content.books.plan)
    return _LEFT.get(limit.scope, limit.hardest)


def _gave_way(content: Content, record: Record, first: date) -> list[str]:
    """The wishes that the days and the week after cannot have, each in its own words."""
    coming = [day for day in forecast(record, 1, content.books) if day.date >= first]
    reasons = [reason for day in coming for reason in day.reasons if reason.code in WISHES]
    found = {reason.code: reason_words(content, reason) for reason in reversed(reasons)}
    return list(found.values())


async def _anew(content: Content, unit: Unit, was: Opened, person: Person) -> Person:
    """The first day is another date: the plan begins there."""
    await unit.plans.forget(person.id)
    record = begun(athlete_of(person), person.started_on, content.books, was.record.reports)
    record = brought_to(record, person.started_on, content.books)
    fresh = replace(was, person=person, stored=None, record=record)
    return await keep_record(content, unit, fresh, record)
