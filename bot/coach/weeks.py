"""The weeks behind a person, read from the plan, the journal and the messages that went out."""

from datetime import datetime, timedelta

from bot.coach.desk import Desk
from bot.coach.records import days_seen, view
from bot.domain import ledger
from bot.domain.due import today_of
from bot.domain.ledger import DAYS, Past, Week
from bot.domain.person import Person
from bot.domain.pushes import PushKind, PushState

_PUSHES = 120  # more than a message a day for as long as they are kept
_DAILY = (PushKind.SESSION, PushKind.NOTE, PushKind.SNOOZED)


async def weeks_of(desk: Desk, person: Person, now: datetime) -> tuple[Week, ...]:
    """Up to the running week, oldest first; a few more than are shown, so that means have a past.

    Empty before the plan begins.
    """
    today, content = today_of(person, now), desk.content
    table = content.tables.ledger
    most = table.weeks + table.trend - 1
    found = await view(desk, person, now, back=timedelta(days=most * DAYS))
    days = {day.date: day for day in days_seen(content, found)}
    async with desk.database.reading() as unit:
        reports = await unit.journal.since(person.id, today - timedelta(days=most * DAYS))
        pushes = await unit.pushes.latest(person.id, _PUSHES)
    sent = {p.local_date for p in pushes if p.state is PushState.SENT and p.kind in _DAILY}
    past = Past(days.get, reports, frozenset(sent))
    return ledger.weeks(person.started_on, today, past, content.library, most)
