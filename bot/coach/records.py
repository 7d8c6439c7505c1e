"""A person's record out of the database and back: the plan with its past.

Every story that changes something opens the record first, which fixes what is over by the
settings of until now; so no change can reach the past.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.coach.desk import Desk, first_day
from bot.coach.planning import athlete_of
from bot.coach.stock import Content
from bot.domain.calendar import local_date
from bot.domain.due import today_of
from bot.domain.filing import filed, stood
from bot.domain.history import begun, brought_to, forecast, replanned, seen
from bot.domain.person import Person
from bot.domain.plan import Placed, PlanDay
from bot.domain.reacting import left_half, reacted
from bot.domain.record import DAY, Record
from bot.domain.steps import aged
from bot.domain.travel import clock_of
from bot.domain.workouts import Level
from bot.storage.unit import Unit

_DAYS_BACK = timedelta(days=50)  # more than the longest run looks back
CYCLE_BACK = timedelta(days=100)  # more than the twelve weeks
_OFTEN = timedelta(days=7)  # the last sign is kept no less often
_RANK = {level: rank for rank, level in enumerate(Level)}
_REPORTS_BACK = timedelta(days=60)  # with the days more than a cycle


@dataclass(frozen=True, slots=True)
class Opened:
    """A record as it was stored, and as it is today; `first` is the first date that may still
    change."""

    person: Person
    today: date
    stored: Record | None
    record: Record
    first: date

    @property
    def open_from(self) -> date:
        """The first date of which something may be made safer: today, until all is reported."""
        return self.today if self.record.left_open(self.today) else self.at_once

    @property
    def at_once(self) -> date:
        """The first date that may be planned anew to be safer: today, until a report of it."""
        told = any(report.local_date == self.today for report in self.record.reports)
        return self.today + DAY if told else max(self.today, self.record.started)

    def with_record(self, record: Record) -> "Opened":
        return replace(self, record=record)


async def opened(
    content: Content, unit: Unit, person: Person, now: datetime, back: timedelta = _DAYS_BACK
) -> Opened:
    """The person's record, brought to today, with the planned days of `back`."""
    today = today_of(person, now)
    stored = await _stored(content, unit, person, today - back)
    record = stored or begun(athlete_of(person), person.started_on, content.books)
    if stored is None:
        since = person.started_on - _REPORTS_BACK
        record = replace(record, reports=await unit.journal.since(person.id, since))
    if person.last_seen is not None:
        record = replace(record, heard=local_date(person.last_seen, clock_of(person, now)[1]))
    before = record.athlete.level
    record = brought_to(record, today, content.books)
    if record.athlete.level is not before:  # a long absence
        person = replace(person, level=record.athlete.level)
    first = first_open(person, record, now)
    return Opened(person, today, stored, settled(content, record, person, first), first)


def settled(content: Content, record: Record, person: Person, first: date) -> Record:
    """The record with the person's settings, planned anew from `first` where they have changed.

    A higher level begins with its first week; a lower one goes on in the week of the person.
    """
    athlete, old = athlete_of(person), record.athlete
    if athlete == old:
        return record
    record = replace(record, athlete=athlete)
    if athlete.age is not old.age:
        standing = aged(record.standing, athlete.level, athlete.age, content.books.plan)
        record = replace(record, standing=standing)
    if athlete.level is not old.level:
        up = _RANK[athlete.level] > _RANK[old.level]
        week = 1 if up else record.standing.week
        standing = replace(record.standing, week=week, repeat=0, lags={}, more={})
        record = replace(record, standing=standing)
    return replanned(record, first, content.books)


def first_open(person: Person, record: Record, now: datetime) -> date:
    """Today while nothing of it was sent or told, else tomorrow; never before the plan begins."""
    today = today_of(person, now)
    told = any(report.local_date == today for report in record.reports)
    sent = person.served == today and not first_day(person, now)
    return max(today + DAY if told or sent else today, record.started)


async def keep_record(content: Content, unit: Unit, was: Opened, record: Record) -> Person:
    """Store what has changed; a level that changed with it goes to the person."""
    before = was.stored
    person = await unit.people.get(was.person.id) or was.person
    await unit.plans.put_standing(person.id, stood(record.standing, record.athlete))
    known = {day.date: day for day in before.days} if before else {}
    fresh = [day for day in record.days if known.get(day.date) != day]
    await unit.plans.put_days(person.id, [(d.date, filed(d, content.library)) for d in fresh])
    if record.days:
        await unit.plans.cut(person.id, record.days[-1].date)
    if person.level is not record.athlete.level:
        person = replace(person, level=record.athlete.level)
        await unit.people.save(person)
    return person


async def bring_up(desk: Desk, person: Person, now: datetime) -> tuple[Opened, Person]:
    """The record on a morning; kept where a new week was planned or somebody's way back began."""
    content = desk.content
    async with desk.database.reading() as unit:
        found = await opened(content, unit, person, now)
    if not moved_on(found.stored, found.record) and not left_half(found.record, found.today):
        return found, found.person
    async with desk.database.writing() as unit:
        again = await unit.people.get(person.id)
        found = await opened(content, unit, again or person, now)
        found = found.with_record(await _decided(content, unit, found))
        return found, await keep_record(content, unit, found, found.record)


async def _decided(content: Content, unit: Unit, found: Opened) -> Record:
    """Reports whose taps were left half way act with what was told."""
    record = found.record
    for report in left_half(record, found.today):
        reaction = reacted(record, report, found.at_once, content.books)
        record = reaction.record
        if reaction.row is not None:
            decision = reaction.row.decision.value
            await unit.journal.update(replace(report, decision=decision))
    return record


async def once(desk: Desk, person: Person, key: str, day: date, now: datetime) -> None:
    """Keep that something was offered or asked in the message of a day."""
    async with desk.database.writing() as unit:
        stored = await unit.people.get(person.id)
        found = await opened(desk.content, unit, stored or person, now)
        standing = found.record.standing
        offers = {**standing.offers, key: day}
        record = replace(found.record, standing=replace(standing, offers=offers))
        await keep_record(desk.content, unit, found, record)


async def view(
    desk: Desk,
    person: Person,
    now: datetime,
    *,
    visitor: bool = False,
    back: timedelta = _DAYS_BACK,
) -> Opened:
    """The record to look at; of a stranger that of a newcomer."""
    if visitor:
        record = begun(athlete_of(person), person.started_on, desk.content.books)
        today = today_of(person, now)
        record = brought_to(record, today, desk.content.books)
        return Opened(person, today, None, record, today)
    async with desk.database.reading() as unit:
        return await opened(desk.content, unit, person, now, back)


def day_seen(content: Content, found: Opened, day: date) -> PlanDay | None:
    """The day as the person sees it; None before the plan begins."""
    weeks = max((day - found.record.end).days + 6, 0) // 7
    days = forecast(found.record, weeks, content.books) if weeks else days_seen(content, found)
    return next((d for d in days if d.date == day), None)


def left_today(content: Content, found: Opened) -> tuple[Placed, ...]:
    """What of today has no report yet."""
    days = tuple(days_seen(content, found))
    return replace(found.record, days=days).left_open(found.today)


def days_seen(content: Content, found: Opened) -> Sequence[PlanDay]:
    return seen(found.record, content.books)


async def _stored(content: Content, unit: Unit, person: Person, since: date) -> Record | None:
    words = await unit.plans.standing_words(person.id)
    if words is None:
        return None
    standing, athlete = content.drawer.standing(words)
    since = min(since, standing.settled - _DAYS_BACK)
    days = await unit.plans.days_words(person.id, since)
    reports = await unit.journal.since(person.id, since - _REPORTS_BACK)
    planned = tuple(content.drawer.day(day, words) for day, words in days.items())
    return Record(athlete, person.started_on, standing, planned, reports)


def moved_on(stored: Record | None, record: Record) -> bool:
    """Whether a new week was planned, or somebody's way back began: worth keeping."""
    if stored is None or record.athlete != stored.athlete:
        return True
    was, is_ = stored.standing, record.standing
    if is_.heard and (was.heard is None or is_.heard - was.heard >= _OFTEN):
        return True
    before, now = (was.week_start, was.away, was.stopped), (is_.week_start, is_.away, is_.stopped)
    return before != now
