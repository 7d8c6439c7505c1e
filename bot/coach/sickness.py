"""/sick: which kind of illness; what it stops, and the stages back once it is over."""

from datetime import date
from math import ceil

from bot.coach import consent
from bot.coach.changing import change_of, make
from bot.coach.desk import Asked, Desk, known
from bot.coach.records import opened
from bot.domain.feeling_well import ILL, STAGE, eased_once, sick, well
from bot.domain.messages import Message
from bot.domain.standing import Easing

_HOURS = 24
_WELL = ("well", "better", "healthy", "over", "fine")


async def tell(desk: Desk, asked: Asked) -> Message | tuple[Message, ...]:
    """`/sick`: asks what it is, after whether it may be kept; `/sick neck_up` and the like act at
    once; `/sick well` ends it."""
    table = desk.content.books.illness
    word = asked.words.strip().lower()
    if word in _WELL:
        return await _over(desk, asked)
    if word in table.situations:
        return await _noted(desk, asked, word)
    first = await consent.wanted(desk, asked, "sick")
    if first is not None:
        return first
    async with desk.effect(asked) as unit:
        found = await opened(desk.content, unit, await known(unit, asked), asked.now)
    ill = found.record.standing.has(ILL)
    return desk.say("sick/which", situations=table.situations, ill=ill)


async def _noted(desk: Desk, asked: Asked, word: str) -> Message | tuple[Message, ...]:
    """Kept until somebody is well; without consent this day is made safer, and no reason kept."""
    situation = desk.content.books.illness.situations[word]
    async with desk.effect(asked) as unit:
        found = await opened(desk.content, unit, await known(unit, asked), asked.now)
        day, kept = found.open_from, found.person.consent
        if kept:
            record = sick(found.record, situation, day)
            change = change_of(asked, found.today, f"sick/{word}", safe=True)
        else:
            record = eased_once(found.record, situation.hardest, day)
            change = change_of(asked, found.today, "easier", safe=True)
        await make(desk.content, unit, found, record, change)
    facts = {"words": situation.words, "clinician": situation.clinician}
    if kept:
        return desk.say("sick/noted", **facts)
    rest = max(ceil(situation.free_hours / _HOURS), situation.rest_days)
    once = desk.say("sick/once", day=day, rest=rest, **facts)
    first = await consent.wanted(desk, asked, f"sick:{word}")
    return (once, first) if first is not None else once


async def _over(desk: Desk, asked: Asked) -> Message:
    content, table = desk.content, desk.content.books.illness
    async with desk.effect(asked) as unit:
        found = await opened(content, unit, await known(unit, asked), asked.now)
        easing = next((e for e in found.record.standing.easings if e.code == ILL), None)
        if easing is None:
            return desk.say("sick/not_ill")
        if easing.last is not None:  # told before: the rest that follows an illness stays
            stages = found.record.standing.has(STAGE)
            return desk.say("sick/over", until=easing.last, stages=stages)
        situation = next(
            (s for s in table.situations.values() if s.words == easing.facts.get("words")),
            next(iter(table.situations.values())),
        )
        since = _since(easing, found.today)
        record = well(found.record, situation, since, found.open_from, content.books)
        change = change_of(asked, found.today, "well", safe=True)
        await make(content, unit, found, record, change)
    rest = next((e.last for e in record.standing.easings if e.code == ILL and e.last), None)
    return desk.say("sick/over", until=rest, stages=situation.stages)


def _since(easing: Easing, today: date) -> date:
    return min(easing.first, today)
