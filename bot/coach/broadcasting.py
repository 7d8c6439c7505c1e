"""One message to everyone: shown first, then confirmed, each person at most once.

The database holds all of it: after a restart it goes on where it stood, and the progress is
told in the same message.
"""

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime

from bot.coach.desk import Asked, Desk
from bot.domain.calendar import quiet_end
from bot.domain.due import today_of
from bot.domain.errors import BadInput
from bot.domain.messages import Message
from bot.domain.person import Person
from bot.domain.pushes import Occasion, Push, PushKind, PushState
from bot.domain.retention import KEEPING
from bot.domain.travel import clock_of
from bot.storage.unit import Unit

LONGEST = 3000
_KEY = "broadcast"
_NUMBER = "broadcasts"
_OPEN = (PushState.CLAIMED, PushState.RETRY)


@dataclass(frozen=True, slots=True)
class Broadcast:
    """The one that is being prepared or sent; `chat_id` and `message_id`: where it is told of."""

    number: int
    text: str
    day: str
    chat_id: int
    message_id: int | None = None
    going: bool = False
    told: str = ""


async def prepare(desk: Desk, asked: Asked) -> tuple[Message, ...]:
    """The message as people will get it, and whether to send it."""
    text = asked.words.strip()
    if not 0 < len(text) <= LONGEST:
        raise BadInput("broadcast_length", longest=LONGEST)
    async with desk.effect(asked) as unit:
        running = await _kept(unit)
        if running is not None and running.going:
            return (desk.say("broadcast/running"),)
        await unit.meta.count(_NUMBER)
        number = int(await unit.meta.get(_NUMBER) or 1)
        day = asked.now.astimezone(UTC).date().isoformat()
        await _keep(unit, Broadcast(number, text, day, asked.chat_id))
        people = await unit.people.count_active()
    ask = desk.say("broadcast/ask", number=number, people=people)
    return (desk.say("broadcast/message", text=text), ask)


async def press(desk: Desk, asked: Asked, what: str, number: int) -> Message:
    """Send, forget or stop; a button of another broadcast does nothing."""
    async with desk.effect(asked) as unit:
        kept = await _kept(unit)
        if kept is None or kept.number != number or kept.going is not (what == "stop"):
            return desk.say("too_late")
        if what == "no":
            await unit.meta.forget(_KEY)
            return replace(desk.say("broadcast/dropped"), instead=True)
        if what == "stop":
            await unit.pushes.stop_broadcast(_day(kept), number)
        else:
            day, due = _day(kept), asked.now
            await unit.pushes.plan_all(Occasion(PushKind.BROADCAST, day, due, number))
            kept = replace(kept, going=True, message_id=asked.message_id)
            await _keep(unit, kept)
        counts = await unit.pushes.of_broadcast(_day(kept), number)
    return replace(_told(desk, kept, counts), instead=True)


async def progress(desk: Desk) -> tuple[int, int, Message] | None:
    """Chat, message and its new words where there is something new to tell."""
    async with desk.database.reading() as unit:
        kept = await _kept(unit)
    if kept is None or not kept.going:
        return None
    async with desk.database.writing() as unit:
        counts = await unit.pushes.of_broadcast(_day(kept), kept.number)
        told = json.dumps(counts, sort_keys=True)
        if not _open(counts):
            await unit.meta.forget(_KEY)
        elif told == kept.told:
            return None
        else:
            await _keep(unit, replace(kept, told=told))
    if kept.message_id is None:
        return None
    return kept.chat_id, kept.message_id, _told(desk, kept, counts)


async def message_of(desk: Desk, push: Push) -> Message | None:
    """The words of a broadcast's push; None where it is over."""
    async with desk.database.reading() as unit:
        kept = await _kept(unit)
    if kept is None or kept.number != push.slot:
        return None
    return desk.say("broadcast/message", text=kept.text)


def wanted(person: Person, push: Push, now: datetime) -> bool:
    """Not by who has stopped, paused or gone, and not long after it was meant."""
    paused = person.paused_until is not None and today_of(person, now) < person.paused_until
    return (
        person.reachable
        and not person.stopped
        and not paused
        and now - push.due < KEEPING.broadcasts
    )


def _told(desk: Desk, kept: Broadcast, counts: dict[PushState, int]) -> Message:
    waiting = _open(counts)
    sent = counts.get(PushState.SENT, 0)
    rest = sum(counts.values()) - waiting - sent
    return desk.say(
        "broadcast/progress", number=kept.number, sent=sent, waiting=waiting, failed=rest
    )


def _open(counts: dict[PushState, int]) -> int:
    return sum(counts.get(state, 0) for state in _OPEN)


def _day(kept: Broadcast) -> date:
    return date.fromisoformat(kept.day)


async def _kept(unit: Unit) -> Broadcast | None:
    found = await unit.meta.get(_KEY)
    return Broadcast(**json.loads(found)) if found else None


async def _keep(unit: Unit, broadcast: Broadcast) -> None:
    await unit.meta.put(_KEY, json.dumps(asdict(broadcast)))


def quiet_until(person: Person, now: datetime) -> datetime | None:
    """When the quiet hours end in which it is now for the person; None outside them."""
    at, zone = clock_of(person, now)
    return quiet_end(now, zone, at)
