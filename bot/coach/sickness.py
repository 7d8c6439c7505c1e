"""/sick: which kind of illness; what it stops, and the stages back once it is over."""

from datetime import date

from bot.coach.changing import change_of, make
from bot.coach.desk import Asked, Desk, known
from bot.coach.records import opened
from bot.domain.feeling_well import ILL, sick, well
from bot.domain.messages import Message
from bot.domain.standing import Easing

_WELL = ("well", "better", "healthy", "over", "fine")


async def tell(desk: Desk, asked: Asked) -> Message:
    """`/sick`: asks what it is; `/sick neck_up` and the like act at once; `/sick well` ends it."""
    table = desk.content.books.illness
    word = asked.words.strip().lower()
    if word in _WELL:
        return await _over(desk, asked)
    async with desk.effect(asked) as unit:
        found = await opened(desk.content, unit, await known(unit, asked), asked.now)
        ill = found.record.standing.has(ILL)
        if word not in table.situations:
            return desk.say("sick/which", situations=table.situations, ill=ill)
        situation = table.situations[word]
        record = sick(found.record, situation, found.at_once)
        change = change_of(asked, found.today, f"sick/{word}", safe=True)
        await make(desk.content, unit, found, record, change)
    return desk.say("sick/noted", words=situation.words, clinician=situation.clinician)


async def _over(desk: Desk, asked: Asked) -> Message:
    content, table = desk.content, desk.content.books.illness
    async with desk.effect(asked) as unit:
        found = await opened(content, unit, await known(unit, asked), asked.now)
        easing = next((e for e in found.record.standing.easings if e.code == ILL), None)
        if easing is None:
            return desk.say("sick/not_ill")
        situation = next(
            (s for s in table.situations.values() if s.words == easing.facts.get("words")),
            next(iter(table.situations.values())),
        )
        since = _since(easing, found.today)
        record = well(found.record, situation, since, found.at_once, content.books)
        change = change_of(asked, found.today, "well", safe=True)
        await make(content, unit, found, record, change)
    rest = next((e.last for e in record.standing.easings if e.code == ILL and e.last), None)
    return desk.say("sick/over", until=rest, stages=situation.stages)


def _since(easing: Easing, today: date) -> date:
    return min(easing.first, today)
