"""The three taps after a session: effort, pain, soreness; then what follows from them, at once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.coach import consent
from bot.coach.changing import change_of, make, next_of
from bot.coach.desk import Asked, Desk, known
from bot.coach.hurting import pain_words
from bot.coach.offering import offer_more
from bot.coach.records import Opened, opened
from bot.coach.reporting import SCALE, open_sessions
from bot.coach.sparing import named, places, with_part, words_of
from bot.coach.stock import Content
from bot.domain.errors import BadInput
from bot.domain.health_tables import Zone
from bot.domain.hurting import pain_zone, pained
from bot.domain.journal import Report
from bot.domain.messages import Message
from bot.domain.reacting import Reaction, reacted, sore
from bot.domain.record import Record
from bot.domain.tables import Decision
from bot.storage.unit import Unit

_OPEN = timedelta(hours=48)  # for the taps of a report
_RATED: dict[str, Callable[[Report, int], Report]] = {
    "effort": lambda report, value: replace(report, srpe=float(value)),
    "pain": lambda report, value: replace(report, pain=value),
    "soreness": lambda report, value: replace(report, soreness=value),
}
_TOLD: dict[str, Callable[[Report], float | None]] = {
    "effort": lambda report: report.srpe,
    "pain": lambda report: report.pain,
    "soreness": lambda report: report.soreness,
}


async def rate(desk: Desk, asked: Asked, report_id: int, field: str, value: int) -> Message:
    """One of the three taps; the next question follows until all are answered."""
    if field not in _RATED or not 0 <= value <= SCALE:
        raise BadInput("rating_unclear", text=str(value))
    async with desk.effect(asked) as unit:
        report = await unit.journal.get(report_id)
        if not _still_open(report, asked) or report is None:
            return desk.say("too_late")
        if _TOLD[field](report) is not None:
            return desk.say("already")
        report = _RATED[field](report, value)
        found = await opened(desk.content, unit, await known(unit, asked), asked.now)
        await _store(unit, found, report)
        match field:
            case "pain":
                return await _pain(desk, asked, unit, found, report)
            case "soreness":
                return await _reaction(desk, asked, unit, found, report)
    return await consent.before_pain(desk, asked, report.id)


async def _store(unit: Unit, found: Opened, report: Report) -> None:
    """Pain and soreness are kept with consent alone; without it they act, and are forgotten, and
    a stop is kept as any step back."""
    if not found.person.consent:
        step = Decision.REGRESS.value if report.decision == Decision.STOP else report.decision
        report = replace(report, pain=None, pain_where=None, soreness=None, decision=step)
    await unit.journal.update(report)


async def where(desk: Desk, asked: Asked, report_id: int, place: str) -> Message:
    """Where it hurts; then the third tap."""
    async with desk.effect(asked) as unit:
        report = await unit.journal.get(report_id)
        if not _still_open(report, asked) or report is None:
            return desk.say("too_late")
        content, row = desk.content, named(desk.content, place)
        found = await opened(content, unit, await known(unit, asked), asked.now)
        if found.person.consent:
            await unit.journal.update(replace(report, pain_where=place))
            record = with_part(found, found.record, row)
            change = change_of(asked, found.today, "pain", safe=True)
            await make(content, unit, found, record, change)
    return desk.say("log/soreness", id=report.id, spared=words_of(found, row))


def _still_open(report: Report | None, asked: Asked) -> bool:
    return (
        report is not None
        and report.person_id == asked.person_id
        and report.trained
        and asked.now - report.at <= _OPEN
    )


async def _pain(desk: Desk, asked: Asked, unit: Unit, found: Opened, report: Report) -> Message:
    """Pain acts at once, whether or not the taps go on."""
    content, books = desk.content, desk.content.books
    zone = pain_zone(report.pain or 0, None, found.today, frozenset(), books)
    if zone is Zone.GREEN:
        return desk.say("log/soreness", id=report.id, spared="")
    first, kept = found.first, found.person.consent
    record = pained(found.record, zone, first, books)
    reaction = reacted(record, replace(report, soreness=None), first, books)
    await _store(unit, found, _decided(report, reaction))
    change = change_of(asked, found.today, "pain" if kept else "easier", safe=True)
    record = consent.forgetful(content, found, reaction.record, first)
    await make(content, unit, found, record, change)
    words = [pain_words(content, zone), *_words(reaction)]
    if not kept:
        until = consent.last_day(content, first)
        return desk.say("log/once", words=words, id=report.id, until=until)
    return desk.say("log/where", words=words, id=report.id, places=places(content))


async def _reaction(desk: Desk, asked: Asked, unit: Unit, found: Opened, report: Report) -> Message:
    """What the whole report leads to, said with the next session before and after."""
    content = desk.content
    if report.decision is None:
        reaction = reacted(found.record, report, found.first, content.books)
        await _store(unit, found, _decided(report, reaction))
    else:
        reaction = sore(found.record, report, found.first, content.books)
    record = consent.forgetful(content, found, reaction.record, found.first)
    reaction = replace(reaction, record=record)
    change = change_of(asked, found.today, "report", report=report.id)
    await make(content, unit, found, reaction.record, change)
    offer = None
    if reaction.bonus:
        after = found.with_record(reaction.record)
        offer = await offer_more(desk, asked, unit, after, report.kind)
    coming = next_of(content, found.record, reaction.record, found.first, report.kind)
    return desk.say(
        "log/thanks",
        effort=None if report.srpe is None else round(report.srpe),
        pain=report.pain,
        soreness=report.soreness,
        words=_words(reaction),
        level=_lowered(found.record, reaction.record),
        coming=coming,
        left=_left(content, found, asked),
        date=found.today,
        offer=offer,
    )


def _left(content: Content, found: Opened, asked: Asked) -> str | None:
    """What else of the same day has no report yet, such as the lifting after a run."""
    open_ = open_sessions(content, found, asked.now, found.today)
    if open_ is None:
        return None
    return open_[1][0].session.title


def _decided(report: Report, reaction: Reaction) -> Report:
    return replace(report, decision=reaction.row.decision.value if reaction.row else None)


def _words(reaction: Reaction) -> list[str]:
    parts = (reaction.row, reaction.pattern, reaction.soreness)
    return [part.words for part in parts if part is not None]


def _lowered(before: Record, after: Record) -> str | None:
    level = after.athlete.level
    return None if level is before.athlete.level else level.value
