"""No word about a planned run: the way back begins to be safe, and its message asks once."""

from dataclasses import replace
from datetime import date, datetime

from bot.coach.changing import differences
from bot.coach.desk import Asked, Desk, known
from bot.coach.records import CYCLE_BACK, keep_record, once, opened, view
from bot.coach.reporting import report_of
from bot.domain.history import brought_to, replanned
from bot.domain.journal import Outcome
from bot.domain.messages import Message
from bot.domain.person import Person
from bot.domain.pushes import Push
from bot.domain.reacting import trained
from bot.domain.standing import RUNS
from bot.domain.untold import done_after_all, key_of, unheard, untold_day

_SAID = {"did": Outcome.DONE, "skipped": Outcome.SKIPPED}


async def asked_about(desk: Desk, person: Person, push: Push, now: datetime) -> date | None:
    """The run that this message asks about: once for each row of the table, and not again while
    there was no sign since it was asked about."""
    found = await view(desk, person, now)
    day, key = untold_day(found.record, push.local_date), key_of(found.record.standing)
    asked = found.record.standing.offers.get(key, push.local_date)
    if day is None or asked != push.local_date or unheard(found.record, push.local_date):
        return None
    await once(desk, person, key, push.local_date, now)
    return day


async def answer(desk: Desk, asked: Asked, day: str, word: str) -> Message:
    """Done after all: the plan goes on where it stood. Skipped: the way back stays."""
    content = desk.content
    async with desk.effect(asked) as unit:
        found = await opened(content, unit, await known(unit, asked), asked.now, CYCLE_BACK)
        record, today = found.record, found.today
        planned = record.day(untold_day(record, today) or date.min)
        if planned is None or planned.date.isoformat() != day or word not in _SAID:
            return desk.say("too_late")
        for placed in planned.sessions:
            if placed.kind not in RUNS:
                continue
            share = float(word == "did")
            report = report_of(found, planned, placed, _SAID[word], asked)
            report = await unit.journal.add(replace(report, share=share))
            record = replace(record, reports=(*record.reports, report))
            record = trained(record, report, content.books) if report.trained else record
        if word == "did":
            standing = found.record.standing
            record = done_after_all(record, standing, today, content.books.absence)
            record = replanned(record, found.first, content.books)
        record = brought_to(record, today, content.books)
        await keep_record(content, unit, found, record)
    days = differences(content, found.record, record, found.first)
    return desk.say(
        "untold", day=planned.date, did=word == "did", days=days, next=untold_day(record, today)
    )
