"""/pain: how much it hurts and where; what that stops, and what starts again."""

import re
from dataclasses import dataclass, replace
from datetime import date

from bot.coach import consent
from bot.coach.asking import about_topic
from bot.coach.changing import change_of, make
from bot.coach.desk import Asked, Desk, known
from bot.coach.records import Opened, opened
from bot.coach.sparing import named, with_part, words_of
from bot.coach.stock import Content
from bot.domain.errors import BadInput
from bot.domain.health_tables import Zone
from bot.domain.hurting import RED, eased_off, healed, held, pain_zone, pained
from bot.domain.journal import Report
from bot.domain.messages import Message
from bot.domain.parts import strained
from bot.domain.readiness import zone_row
from bot.domain.record import Record
from bot.storage.unit import Unit

_RULE = "care.pain"
_MOST = 10
_SUDDEN = "sudden"  # a strain comes all at once
_RECENT = 2  # days in which the last session's report is compared with
_SAID = re.compile(r"\s*(\d+)(?![.,]?\d)\s*(?:/\s*10|of 10|out of 10)?\s*(.*)", re.DOTALL)
_WHERE = 60


@dataclass(frozen=True, slots=True)
class Told:
    """A pain as it is said back; `spared` are the words about its part. `until`: the last day on
    which it acts, where nothing of it is kept."""

    number: int | None = None
    place: str = ""
    worse: bool = False
    spared: str = ""
    until: date | None = None


async def pain(desk: Desk, asked: Asked) -> Message | tuple[Message, ...]:
    """`/pain 4 left knee` acts at once; without a number the rule is told and the number asked."""
    if not asked.words.strip():
        return _rule(desk)
    number, place = _said(asked.words)
    return await told(desk, asked, number, place)


async def told(desk: Desk, asked: Asked, number: int, place: str) -> Message | tuple[Message, ...]:
    """A pain from 0 to 10, at any time; the next morning it counts beside the evening before.
    Whether it may be kept is asked after it has acted."""
    books = desk.content.books
    async with desk.effect(asked) as unit:
        found = await opened(desk.content, unit, await known(unit, asked), asked.now)
        after = _last(found)
        zone = pain_zone(number, after, found.today, frozenset(), books)
        if zone is Zone.GREEN:
            return await _low(desk, asked, unit, found)
        row = named(desk.content, place) if place else None
        record = pained(found.record, zone, found.open_from, books)
        record = with_part(found, record, row)
        if after is not None and place and found.person.consent:
            await unit.journal.update(replace(after, pain_where=place))
        until = await _acts(desk, asked, unit, found, record)
    told_ = Told(number, place, _worse(after, number, found), words_of(found, row), until)
    answer = _answer(desk, zone, told_)
    first = await consent.wanted(desk, asked, f"pain:{number}") if until else None
    return (answer, first) if first is not None else answer


async def sign(desk: Desk, asked: Asked, name: str) -> Message:
    """One of the signs that make any pain grave, or none of them."""
    if name == "none":
        return desk.say("pain/no_sign")
    books = desk.content.books
    async with desk.effect(asked) as unit:
        found = await opened(desk.content, unit, await known(unit, asked), asked.now)
        zone = pain_zone(0, None, found.today, frozenset((name,)), books)
        record = pained(found.record, zone, found.open_from, books)
        if name == _SUDDEN:
            record = strained(record, found.open_from, books.care)
        until = await _acts(desk, asked, unit, found, record)
    return _answer(desk, Zone.RED, Told(until=until))


async def seen(desk: Desk, asked: Asked, word: str) -> Message:
    """Has a professional seen it? Yes: back at half. No: it waits."""
    if word != "yes":
        return desk.say("pain/waits")
    books = desk.content.books
    async with desk.effect(asked) as unit:
        found = await opened(desk.content, unit, await known(unit, asked), asked.now)
        if not found.record.standing.has(RED):
            return desk.say("too_late")
        record = healed(found.record, found.first, books)
        change = change_of(asked, found.today, "healed", safe=True)
        await make(desk.content, unit, found, record, change)
    return desk.say("pain/back", words=books.absence.injury.words)


def pain_words(content: Content, zone: Zone) -> str:
    return zone_row(zone, content.books.pain).words


async def _acts(desk: Desk, asked: Asked, unit: Unit, found: Opened, record: Record) -> date | None:
    """Make the change; the last day of it where nothing of the pain is kept."""
    kept, first = found.person.consent, found.open_from
    record = consent.forgetful(desk.content, found, record, first)
    change = change_of(asked, found.today, "pain" if kept else "easier", safe=True)
    await make(desk.content, unit, found, record, change)
    return None if kept else consent.last_day(desk.content, first)


async def _low(desk: Desk, asked: Asked, unit: Unit, found: Opened) -> Message:
    """Green: nothing changes, or what was stopped begins again."""
    books = desk.content.books
    words = pain_words(desk.content, Zone.GREEN)
    if found.record.standing.has(RED):
        return desk.say("pain/seen")
    if not held(found.record):
        return desk.say("pain/low", words=words)
    record = eased_off(found.record, found.first, books)
    change = change_of(asked, found.today, "pain_over", safe=True)
    await make(desk.content, unit, found, record, change)
    return desk.say("pain/over")


def _answer(desk: Desk, zone: Zone, told: Told) -> Message:
    row = zone_row(zone, desk.content.books.pain)
    signs = {} if zone is Zone.RED else desk.content.books.pain.signs
    facts = {
        "number": told.number,
        "place": told.place,
        "worse": told.worse,
        "see_someone": row.see_someone,
        "signs": {sign.value: label for sign, label in signs.items()},
    }
    if told.until is not None:
        stops = zone is not Zone.AMBER
        return desk.say("pain/once", until=told.until, stops=stops, **facts)
    return desk.say("pain/acts", words=row.words, spared=told.spared, **facts)


def _last(found: Opened) -> Report | None:
    """The report of a session of these days that told a pain."""
    recent = [
        r
        for r in found.record.reports
        if r.trained and r.pain is not None and (found.today - r.local_date).days < _RECENT
    ]
    return recent[-1] if recent else None


def _worse(after: Report | None, number: int, found: Opened) -> bool:
    return (
        after is not None
        and after.local_date < found.today
        and after.pain is not None
        and number > after.pain
    )


def _said(words: str) -> tuple[int, str]:
    found = _SAID.fullmatch(words)
    if found is None or int(found.group(1)[:3]) > _MOST:
        raise BadInput("pain_unclear", text=words.strip())
    return int(found.group(1)), found.group(2).strip(" .,!")[:_WHERE]


def _rule(desk: Desk) -> tuple[Message, ...]:
    asks = desk.say("pain/ask")
    if _RULE not in desk.content.knowledge.topics:
        return (asks,)
    return (about_topic(desk.content, _RULE).message, asks)
