"""/lifted, /move, /snooze and /repeat: one-offs, none of which moves the series."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from bot.coach import flags
from bot.coach.changing import change_of, differences, make
from bot.coach.desk import Asked, Desk, known
from bot.coach.records import Opened, day_seen, left_today, opened
from bot.domain.calendar import instant
from bot.domain.due import message_days
from bot.domain.errors import BadInput
from bot.domain.later import due_later, parse_later
from bot.domain.messages import Message
from bot.domain.person import Person
from bot.domain.pushes import Occasion, Push, PushKind, PushState
from bot.domain.shifting import lifted, moved, repeated
from bot.domain.travel import clock_of
from bot.domain.weekdays import parse_days
from bot.storage.unit import Unit

_WEEK = 7
_LATEST = 40  # pushes of one person that are looked through for today's snoozes
DAY = timedelta(days=1)
_NEAR = {"today": timedelta(), "tomorrow": DAY}


async def leg_day(desk: Desk, asked: Asked) -> Message:
    """Legs were lifted today: tomorrow is placed anew at once, and the rule is named."""
    content = desk.content
    async with desk.effect(asked) as unit:
        found = await opened(content, unit, await known(unit, asked), asked.now)
        if stopped := flags.stops(content, found.person, asked.now):
            return stopped
        record = lifted(found.record, found.today, content.books)
        change = change_of(asked, found.today, "lifted")
        await make(content, unit, found, record, change)
    days = differences(content, found.record, record, found.today + DAY)
    gap = content.rules.plan.levels[record.athlete.level].lift_gap
    return desk.say("lifted", days=days, hours=(gap - 1) * 24)


async def repeat(desk: Desk, asked: Asked) -> Message:
    """This week once more before the next one."""
    content = desk.content
    async with desk.effect(asked) as unit:
        found = await opened(content, unit, await known(unit, asked), asked.now)
        if stopped := flags.stops(content, found.person, asked.now):
            return stopped
        record = repeated(found.record)
        await make(content, unit, found, record, change_of(asked, found.today, "repeat"))
    return desk.say("repeated", week=record.standing.week, first=record.end + DAY)


async def move(desk: Desk, asked: Asked) -> Message:
    """Today's session, or the next one, on another day of the week, if the gaps hold."""
    wanted = _day_wanted(asked.words.strip().lower())
    async with desk.effect(asked) as unit:
        found = await opened(desk.content, unit, await known(unit, asked), asked.now)
        if stopped := flags.stops(desk.content, found.person, asked.now):
            return stopped
        from_ = _next_open(found)
        return await _moved(desk, asked, unit, found, (from_, wanted(found.today)))


async def snooze(desk: Desk, asked: Asked) -> Message:
    """The day's message once more later; "tomorrow" moves the session, if the gaps hold."""
    wish = parse_later(asked.words or "2h")
    async with desk.effect(asked) as unit:
        person = await known(unit, asked)
        found = await opened(desk.content, unit, person, asked.now)
        if stopped := flags.stops(desk.content, found.person, asked.now):
            return stopped
        day = day_seen(desk.content, found, found.today)
        if day is None or not day.training:
            return desk.say("easier/free")
        if not left_today(desk.content, found):
            return desk.say("easier/told")
        at, zone = clock_of(person, asked.now)
        due = due_later(wish, asked.now, at, zone)
        if wish.tomorrow or due.astimezone(zone).date() != found.today:
            return await _moved(desk, asked, unit, found, (found.today, found.today + DAY))
        slot = len(await _extra(unit, person, found.today))
        await unit.pushes.plan(person, Occasion(PushKind.SNOOZED, found.today, due, slot))
    return desk.say("snoozed", at=due.astimezone(zone))


def _day_wanted(words: str) -> Callable[[date], date]:
    """The day that is meant, counted from today; a weekday is the next of its name."""
    if words in _NEAR:
        return lambda today: today + _NEAR[words]
    try:
        days = parse_days(words)
    except BadInput as error:
        raise BadInput("move_unclear", text=words) from error
    if len(days) != 1:
        raise BadInput("move_unclear", text=words)
    (weekday,) = days
    return lambda today: today + timedelta(days=(weekday - today.weekday()) % _WEEK)


async def _moved(
    desk: Desk, asked: Asked, unit: Unit, found: Opened, way: tuple[date | None, date]
) -> Message:
    content, (from_, to) = desk.content, way
    if from_ is None or from_ == to:
        return desk.say("move/same")
    if any(report.local_date == from_ for report in found.record.reports):
        return desk.say("move/no", to=to, rule="half")
    record, rules = moved(found.record, from_, to, content.books)
    if rules:
        return desk.say("move/no", to=to, rule=rules[0])
    await make(content, unit, found, record, change_of(asked, found.today, "move"))
    comes = await _announced(unit, found.person, to, asked.now)
    days = differences(content, found.record, record, found.today)
    return desk.say("move/done", days=days, comes=comes)


async def _announced(unit: Unit, person: Person, day: date, now: datetime) -> datetime | None:
    """Where no message would come on a day, one is planned for it, this once; its instant."""
    at, zone = clock_of(person, now)
    due = instant(day, at, zone)
    if day.weekday() in message_days(person) or due <= now:
        return None
    extra = await _extra(unit, person, day)
    if all(push.state is not PushState.RETRY for push in extra):
        await unit.pushes.plan(person, Occasion(PushKind.SNOOZED, day, due, len(extra)))
    return due.astimezone(zone)


async def _extra(unit: Unit, person: Person, day: date) -> list[Push]:
    """What of a day was snoozed or moved there, come or not."""
    pushes = await unit.pushes.latest(person.id, _LATEST)
    return [p for p in pushes if p.kind is PushKind.SNOOZED and p.local_date == day]


def _next_open(found: Opened) -> date | None:
    """The day whose session is moved: today's, if it has one without a report, else the next."""
    told = {report.local_date for report in found.record.reports}
    days = found.record.days
    return next(
        (d.date for d in days if d.date >= found.today and d.training and d.date not in told), None
    )
