"""The day's messages of many people at once.

What an ordinary morning needs is read for all of them together, and no further back than it
looks: most days begin no week, end no limit and follow no absence. Every other morning goes the
whole way (`extras`, `showing`), with the same result.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.coach import broadcasting, testing
from bot.coach.cards import NO_EXTRAS, Extras, main_of
from bot.coach.desk import Desk
from bot.coach.drawer import Seen
from bot.coach.extras import DAILY, extras_of
from bot.coach.planning import athlete_of
from bot.coach.records import day_seen, moved_on
from bot.coach.showing import day_push, with_picture
from bot.coach.stock import Content
from bot.coach.summing_up import week_begin
from bot.domain.due import asks_to_go_on, message_days, today_of
from bot.domain.history import brought_to, seen
from bot.domain.journal import Outcome, Report
from bot.domain.messages import Message
from bot.domain.person import Person
from bot.domain.plan import Placed, PlanDay
from bot.domain.pushes import Push, PushKind
from bot.domain.reacting import left_half
from bot.domain.record import DAY, Record
from bot.domain.screening import as_of
from bot.domain.travel import at_home
from bot.domain.workouts import Kind
from bot.storage.plans import Kept
from bot.storage.unit import Unit

_BACK = timedelta(days=11)  # a week, what was judged before it, and a day for other zones


@dataclass(frozen=True, slots=True)
class Morning:
    """What is stored of a person since a date; `before`: the date of the last message."""

    person: Person
    since: date
    kept: Kept | None
    reports: tuple[Report, ...]
    before: date | None


async def mornings(unit: Unit, pushes: Collection[Push]) -> Mapping[int, Morning]:
    """By person; who is gone is left out."""
    ids = {push.person_id for push in pushes}
    if not ids:
        return {}
    people = await unit.people.get_many(ids)
    daily = [push for push in pushes if push.kind is not PushKind.BROADCAST]
    ids = {push.person_id for push in daily}
    first = min((push.local_date for push in daily), default=date.max)
    since = first - _BACK
    kept = await unit.plans.recent(ids, since) if ids else {}
    reports = await unit.journal.since_many(ids, since) if ids else {}
    before = await unit.pushes.newest(ids, first) if ids else {}
    return {
        one: Morning(person, since, kept.get(one), reports.get(one, ()), before.get(one))
        for one, person in people.items()
    }


@dataclass(frozen=True, slots=True)
class Told:
    """A day's message and the day whose card belongs to it; `ordinary`: told at a glance."""

    message: Message
    day: PlanDay | None
    ordinary: bool


async def message_for(
    desk: Desk, morning: Morning, push: Push, now: datetime, ready: Told | None = None
) -> Message | None:
    """What a push says, `ready` or not yet; None where there is nothing to send."""
    if push.kind is PushKind.BROADCAST:
        return await broadcasting.message_of(desk, push)
    found = ready or await told(desk, morning, push, now)
    if found is None or found.day is None:
        return found.message if found is not None else None
    return await with_picture(desk.content, found.day, found.message)


async def told(desk: Desk, morning: Morning, push: Push, now: datetime) -> Told | None:
    """The day's message before its picture; None where there is nothing to send."""
    person = morning.person
    glance = _glanced(desk.content, morning, now)
    if glance is not None and not _special(desk, glance[0], morning, push, now):
        day = next((day for day in glance[1] if day.date == push.local_date), None)
        if day is not None and not _measured(day):
            extras = Extras(go_on=push.kind in DAILY and asks_to_go_on(person, now))
            return _told(desk, morning, push, (person, day, extras), ordinary=True)
    person, opened, extras = await extras_of(desk, person, push, now)
    day = day_seen(desk.content, opened, push.local_date)
    if day is None:
        return None
    return _told(desk, morning, push, (person, day, extras), ordinary=False)


def _measured(day: PlanDay) -> bool:
    """Whether a run was cut to what was run before: by how much, the whole month says."""
    return any(reason.code == "longest_run" for reason in day.reasons)


def _told(
    desk: Desk,
    morning: Morning,
    push: Push,
    said: tuple[Person, PlanDay, Extras],
    *,
    ordinary: bool,
) -> Told | None:
    person, day, extras = said
    once_more = push.kind is PushKind.SNOOZED
    if once_more and needless(person, day, morning.reports):
        return None
    told = _outcomes(day, morning.reports)
    over = not once_more and day.training and main_of(day).kind in told
    if told and not over:
        day = replace(day, sessions=_left(day, morning.reports) or day.sessions)
    message, shown = day_push(desk, person, day, extras)
    if over and shown is not None and replace(extras, week=None) == NO_EXTRAS:
        done = _done_already(desk, shown, morning.reports, extras.week)
        return Told(done, None, False)
    return None if message is None else Told(message, shown, ordinary)


def needless(person: Person, day: PlanDay, reports: Collection[Report]) -> bool:
    """Whether what was snoozed or moved to a day has nothing to say there: all is reported, the
    session is on another day by now, or a pause rests it."""
    elsewhere = day.date.weekday() not in message_days(person)
    if elsewhere and person.paused_until is not None and day.date < person.paused_until:
        return True
    if day.training:
        return not _left(day, reports)
    return elsewhere or not day.dropped


def _left(day: PlanDay, reports: Collection[Report]) -> tuple[Placed, ...]:
    """The sessions without a report."""
    told = _outcomes(day, reports)
    return tuple(s for s in day.sessions if s.kind is not Kind.REST and s.kind not in told)


def _outcomes(day: PlanDay, reports: Collection[Report]) -> Mapping[Kind, Outcome]:
    return {report.kind: report.outcome for report in reports if report.local_date == day.date}


def _done_already(desk: Desk, day: PlanDay, reports: Collection[Report], week: object) -> Message:
    names, told = desk.content.library.measures.words.kinds, _outcomes(day, reports)
    return desk.say(
        "day_over",
        title=main_of(day).session.title,
        skipped=told[main_of(day).kind] is Outcome.SKIPPED,
        left=[names[session.kind] for session in _left(day, reports)],
        week=week,
    )


def _glanced(content: Content, morning: Morning, now: datetime) -> Seen | None:
    """The record brought to today from its last days alone; None where that is not enough:
    nothing is planned yet, or anew, somebody is away or back, a report waits for its decision."""
    person, kept, today = morning.person, morning.kept, today_of(morning.person, now)
    if kept is None:
        return None
    standing, athlete = content.drawer.standing(kept.standing)
    enough = min(standing.judged, standing.settled, standing.week_start - DAY) > morning.since
    plain = standing.stopped is None and not standing.untold
    if not plain or athlete != athlete_of(person) or not enough:
        return None
    days = tuple(content.drawer.day(day, words) for day, words in kept.days)
    stored = Record(athlete, person.started_on, standing, days, morning.reports)
    return content.drawer.seen.get(
        (standing, *days),
        (person.started_on, today, *map(_what_counts, morning.reports)),
        lambda: _brought(content, stored, today),
    )


def _what_counts(report: Report) -> tuple[object, ...]:
    """What of a report an ordinary morning depends on."""
    half = report.decision is None, report.srpe is None, report.soreness is None
    return report.local_date, report.kind, report.outcome, *half


def _brought(content: Content, stored: Record, today: date) -> Seen | None:
    days = stored.days
    if not days or today > stored.end or days[-1].date < stored.end or left_half(stored, today):
        return None
    record = brought_to(stored, today, content.books)
    return None if moved_on(stored, record) else (record, seen(record, content.books))


def _special(desk: Desk, record: Record, morning: Morning, push: Push, now: datetime) -> bool:
    """Whether the day's own message says more than its session."""
    person, day = morning.person, push.local_date
    if push.kind not in DAILY:
        return False
    if as_of(at_home(person, now), day, desk.content.tables.screening) is not person:
        return True
    begin = week_begin(person, day)
    first = begin > person.started_on and (morning.before is None or morning.before < begin)
    return first or testing.week_due(desk, person, day, record.standing) is not None
