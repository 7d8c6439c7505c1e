"""The part of the body that hurts, and what the plan leaves out for it."""

from bot.coach.changing import change_of, make
from bot.coach.desk import Asked, Desk, known
from bot.coach.records import Opened, opened
from bot.coach.stock import Content
from bot.domain.library import Contraindication
from bot.domain.messages import Message
from bot.domain.parts import part_of, spared
from bot.domain.record import Record

_A_ROW = 3


def places(content: Content) -> list[list[str]]:
    """The parts that may be named, in rows of buttons."""
    known_ = sorted({part for row in content.books.care for part in row.parts})
    return [known_[n : n + _A_ROW] for n in range(0, len(known_), _A_ROW)]


def named(content: Content, place: str) -> Contraindication | None:
    """The row of what somebody calls the place, such as "left heel cord"."""
    said = f" {place.lower()} "
    names = content.wishes.names.get("where", {})
    found = (names[name] for name in sorted(names, key=len, reverse=True) if f" {name} " in said)
    return part_of(next(found, place.lower()), content.books.care)


def with_part(found: Opened, record: Record, row: Contraindication | None, **sign: bool) -> Record:
    """The record with what the part leaves; without consent it is not kept, and the number alone
    acts."""
    if row is None or not found.person.consent:
        return record
    return spared(record, row, found.open_from, **sign)


def words_of(found: Opened, row: Contraindication | None) -> str:
    """What is left out, and what can be done in its place."""
    if row is None or not found.person.consent:
        return ""
    lines = (row.hill.words, row.interval.words, row.drill.words, row.offer)
    return " ".join(dict.fromkeys(lines))


async def tell(desk: Desk, asked: Asked, place: str) -> Message:
    """After the health questions: which part it is."""
    content = desk.content
    async with desk.effect(asked) as unit:
        found = await opened(content, unit, await known(unit, asked), asked.now)
        row = named(content, place)
        if row is None or not found.person.consent:
            return desk.say("too_late")
        record = with_part(found, found.record, row)
        change = change_of(asked, found.today, "pain", safe=True)
        await make(content, unit, found, record, change)
    return desk.say("screening/part", words=words_of(found, row))
