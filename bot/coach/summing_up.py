"""The week that is over in a few lines: done, learned, what comes, one fact that fits."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.coach.desk import Desk
from bot.coach.records import days_seen, view
from bot.coach.stock import Content
from bot.coach.weeks import weeks_of
from bot.domain.answers import quoted
from bot.domain.due import today_of
from bot.domain.history import forecast
from bot.domain.ledger import DAYS, Week, surprises
from bot.domain.person import Person
from bot.domain.plan import PlanDay
from bot.domain.pushes import Push, PushKind
from bot.domain.workouts import Kind

_APART = 1.0  # steps of effort that are worth a word
_DAILY = (PushKind.SESSION, PushKind.NOTE)
_AS_MANY = DAYS + 1  # messages of one week, and the one before


async def head(desk: Desk, person: Person, push: Push, now: datetime) -> dict[str, object] | None:
    """The summary for the first message of a week; None for every other one."""
    first = week_begin(person, push.local_date)
    if push.kind not in _DAILY or first <= person.started_on:
        return None
    async with desk.database.reading() as unit:
        before = await unit.pushes.latest(person.id, _AS_MANY)
    if any(first <= p.local_date < push.local_date for p in before):
        return None
    return await summary(desk, person, now)


async def summary(desk: Desk, person: Person, now: datetime) -> dict[str, object] | None:
    """Plain facts for the template; None while no week is over."""
    weeks = [week for week in await weeks_of(desk, person, now) if week.over]
    if not weeks:
        return None
    content, past = desk.content, weeks[-1]
    begin = week_begin(person, today_of(person, now))
    found = await view(desk, person, now)
    whole = found.record.end >= begin + timedelta(days=DAYS - 1)
    ahead = days_seen(content, found) if whole else forecast(found.record, 1, content.books)
    days = [day for day in ahead if 0 <= (day.date - begin).days < DAYS]
    before = found.record.day(begin - timedelta(days=1))
    number = days[0].week if days else past.number + 1
    return {
        "done": past.done,
        "planned": past.planned,
        "minutes": round(past.minutes),
        "learned": _learned(content, past),
        "number": number,
        "again": before is not None and before.week == number,
        "coming": sum(s.kind is not Kind.REST for day in days for s in day.sessions),
        "coming_minutes": sum(day.minutes for day in days),
        "hard": sum(day.hard for day in days),
        "lighter": any(day.deload for day in days),
        **_fact(content, weeks, days),
    }


def week_begin(person: Person, day: date) -> date:
    return day - timedelta(days=(day - person.started_on).days % DAYS)


def _learned(content: Content, week: Week) -> tuple[str, str]:
    """What felt most unlike its plan: harder, easier or as_meant, and of which kind; or nothing."""
    apart = surprises(week)
    if not apart:
        return "", ""
    kind = max(apart, key=lambda k: abs(apart[k]))
    name = content.library.measures.words.kinds[kind]
    if abs(apart[kind]) < _APART:
        return "as_meant", name
    return ("harder" if apart[kind] > 0 else "easier"), name


def _fact(content: Content, weeks: Sequence[Week], days: Sequence[PlanDay]) -> dict[str, str]:
    """About the group that got least, which is named; in a lighter week about rest; a new one
    each week."""
    table, past = content.tables.ledger, weeks[-1]
    least = ""
    if any(day.deload for day in days):
        names = table.lighter
    elif not past.done:
        names = table.unknown
    else:
        muscle = min(table.judged, key=past.given.__getitem__)
        names, least = table.facts[muscle], table.names[muscle].lower()
    passage = content.knowledge.passage(names[past.number % len(names)])
    return {"fact": quoted(passage, ()).text if passage else "", "least": least}
