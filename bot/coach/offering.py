"""What would ask more of somebody is offered, never done; Accept or Keep until the next push."""

from dataclasses import replace

from bot.coach.changing import change_of, make
from bot.coach.desk import Asked, Desk, known
from bot.coach.records import Opened, opened
from bot.domain.changes import Change, ChangeState
from bot.domain.messages import Message
from bot.domain.workouts import Kind, Level
from bot.storage.unit import Unit


async def offer_more(desk: Desk, asked: Asked, unit: Unit, found: Opened, kind: Kind) -> int:
    """A repetition more of that kind; the number of the offer."""
    reps = desk.content.books.adaptation.bonus.reps
    data = {"kind": kind.value, "reps": reps, "served": str(found.person.served)}
    change = Change(asked.person_id, asked.now, found.today, "more", ChangeState.OFFERED, data)
    return (await unit.changes.add(change)).id


async def answer(desk: Desk, asked: Asked, number: int, word: str) -> Message:
    """Accepted, or kept as it was; unanswered by the next message the easier holds. For a higher
    level its gate is asked first."""
    content = desk.content
    async with desk.effect(asked) as unit:
        offer = await unit.changes.get(number)
        person = await known(unit, asked)
        if offer is None or offer.person_id != person.id or offer.state is not ChangeState.OFFERED:
            return desk.say("too_late")
        await unit.changes.set_state(offer, ChangeState.KEPT)
        if word != "yes":
            return desk.say("offer/kept")
        if offer.data["served"] != str(person.served):
            return desk.say("offer/late")
        if "level" in offer.data:
            level = offer.data["level"]
            gate = content.rules.plan.levels[Level(level)].gate
            return desk.say("level_gate", level=level, gate=gate)
        found = await opened(content, unit, person, asked.now)
        standing, kind = found.record.standing, Kind(offer.data["kind"])
        reps = min(standing.more.get(kind, 0) + offer.data["reps"], content.books.plan.most_reps)
        standing = replace(standing, more={**standing.more, kind: reps})
        record = replace(found.record, standing=standing)
        await make(content, unit, found, record, change_of(asked, found.today, "more"))
    name = content.library.measures.words.kinds[kind].lower()
    return desk.say("offer/taken", kind=name, reps=offer.data["reps"])
