"""What would ask more of somebody is offered, never done; Accept or Keep until the next push."""

from collections.abc import Mapping
from dataclasses import replace

from bot.coach.changing import change_of, differences, make
from bot.coach.desk import Asked, Desk, known
from bot.coach.records import Opened, opened
from bot.coach.stock import Content
from bot.domain.changes import Change, ChangeState
from bot.domain.messages import Message
from bot.domain.record import Record
from bot.domain.workouts import Kind, Level
from bot.storage.unit import Unit

_AHEAD = 21  # days in which more shows itself: past a lighter week
_SHOWN = 2  # days before and after: enough to see what is meant


async def offer_more(
    desk: Desk, asked: Asked, unit: Unit, found: Opened, kind: Kind
) -> Mapping[str, object] | None:
    """A repetition more of that kind: the number of the offer, and the days that it would change;
    None where it would change none."""
    content, reps = desk.content, desk.content.books.adaptation.bonus.reps
    after = _more(content, found.record, kind, reps)
    days = differences(content, found.record, after, found.first, _AHEAD)
    if not days:
        return None
    data = {"kind": kind.value, "reps": reps, "served": str(found.person.served)}
    change = Change(asked.person_id, asked.now, found.today, "more", ChangeState.OFFERED, data)
    return {"number": (await unit.changes.add(change)).id, "days": days[:_SHOWN]}


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
        kind = Kind(offer.data["kind"])
        record = _more(content, found.record, kind, offer.data["reps"])
        await make(content, unit, found, record, change_of(asked, found.today, "more"))
    name = content.library.measures.words.kinds[kind].lower()
    return desk.say("offer/taken", kind=name, reps=offer.data["reps"])


def _more(content: Content, record: Record, kind: Kind, reps: int) -> Record:
    """So many repetitions more in each session of the kind, up to the most that may be added."""
    standing = record.standing
    more = min(standing.more.get(kind, 0) + reps, content.books.plan.most_reps)
    return replace(record, standing=replace(standing, more={**standing.more, kind: more}))
