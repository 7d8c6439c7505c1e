"""The pump: takes what is due out of the database, hands it to Telegram, settles what became of it.

The claim is committed before the call and settled after it, fenced by owner and attempt: a
process that dies in between leaves a claim that its lease turns into "unknown".
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.coach import broadcasting
from bot.coach.desk import Desk
from bot.coach.extras import extras_of
from bot.coach.showing import push_message
from bot.domain.calendar import still_sensible
from bot.domain.due import clock_of, decide
from bot.domain.messages import Delivery, Fate, Message
from bot.domain.person import Person
from bot.domain.pushes import Hold, Push, PushKind, PushState, Settlement
from bot.storage.unit import Unit

IN_FLIGHT = 16
LEASE = timedelta(seconds=90)
REVOKED_PAUSE = timedelta(minutes=1)
AT_LEAST_ONCE = (PushKind.SESSION, PushKind.SNOOZED)
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Carrier:
    """How a push leaves: the wire, the clock, who we are, and whom to tell what went wrong."""

    send: Callable[[int, Message], Awaitable[Delivery]]
    clock: Callable[[], datetime]
    owner: str
    alarm: Callable[[str], None]
    sent: Callable[[Push, Delivery, datetime], None]


class Pump:
    """`ring` says that time has passed; `run` works until it is cancelled after `drain`."""

    def __init__(self, desk: Desk, carrier: Carrier) -> None:
        self._desk = desk
        self._carrier = carrier
        self._bell = asyncio.Event()
        self._flying: set[asyncio.Task[None]] = set()
        self._settled: list[Settlement] = []
        self._news = asyncio.Event()
        self._closing = False
        self._launching = asyncio.Lock()

    def ring(self) -> None:
        self._bell.set()

    async def run(self) -> None:
        """Claim whatever is due while there is room in flight, for ever."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._settle_for_ever())
            while not self._closing:
                await self._bell.wait()
                self._bell.clear()
                await self._launch(group)
            await self._wait_for_flights()
            self._news.set()

    def close(self) -> None:
        """Claim nothing more; what is in flight is waited for, never cancelled."""
        self._closing = True
        self._bell.set()

    async def once(self) -> None:
        """Everything that is due now, to the end: what a test or the demo calls a minute."""
        async with asyncio.TaskGroup() as group:
            while await self._launch(group) or self._flying:
                await self._wait_for_flights()
                await self._settle()

    async def _launch(self, group: asyncio.TaskGroup) -> int:
        async with self._launching:  # `once` beside `run` waits for what the other has claimed
            room = IN_FLIGHT - len(self._flying)
            if room <= 0 or self._closing:
                return 0
            claimed = await self._claim(room)
            for push in claimed:
                task = group.create_task(self._carry(push))
                self._flying.add(task)
                task.add_done_callback(self._landed)
            return len(claimed)

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._flying.discard(task)
        self._bell.set()

    async def _claim(self, room: int) -> list[Push]:
        now = self._carrier.clock()
        hold = Hold(self._carrier.owner, now + LEASE)
        async with self._desk.database.reading() as unit:
            waiting = await unit.pushes.anything_due(now)
        if not waiting:
            return []
        async with self._desk.database.writing() as unit:
            due = await unit.pushes.due(now, room)
            # One more than there is room for: neither sessions nor retries starve each other.
            again = await unit.pushes.retryable(now, max(room - len(due), 1), hold)
            fresh = await unit.pushes.claim_due([decide(p, now) for p in due], hold)
        return [*again, *fresh]

    async def _carry(self, push: Push) -> None:
        """One push from its words to its fate; nothing that goes wrong here stops the others."""
        try:
            settlement = await self._hand_over(push)
        except Exception:
            log.exception("push.failed", push=push.id, person=push.person_id)
            self._carrier.alarm("push")
            settlement = Settlement(push, PushState.DEAD, reason="failed before it was sent")
        self._settled.append(settlement)
        self._news.set()

    async def _hand_over(self, push: Push) -> Settlement:
        now = self._carrier.clock()
        if push.state is PushState.UNKNOWN and push.kind not in AT_LEAST_ONCE:
            return Settlement(push, PushState.UNKNOWN, reason="the process ended while it was sent")
        async with self._desk.database.reading() as unit:
            person = await unit.people.get(push.person_id)
        if person is not None and push.kind is PushKind.BROADCAST:
            until = broadcasting.quiet_until(person, now)
            if until is not None:
                return _later(push, until, "quiet hours")
        message = None if person is None else await self._message(person, push, now)
        if person is None or message is None or not _helps(person, push, now):
            return Settlement(push, PushState.DROPPED, reason="pointless by now")
        delivery = await self._carrier.send(push.chat_id, message)
        self._carrier.sent(push, delivery, self._carrier.clock())
        return await self._judge(push, person, delivery)

    async def _message(self, person: Person, push: Push, now: datetime) -> Message | None:
        person, extras = await extras_of(self._desk, person, push, now)
        return await push_message(self._desk, person, push, now, extras)

    async def _judge(self, push: Push, person: Person, delivery: Delivery) -> Settlement:
        now = self._carrier.clock()
        again = now + timedelta(seconds=delivery.wait)
        match delivery.fate:
            case Fate.SENT:
                return Settlement(push, PushState.SENT, message_id=delivery.message_id)
            case Fate.RETRY:
                return _later(push, again, delivery.reason)
            case Fate.MIGRATED if delivery.chat_id is not None:
                async with self._desk.database.writing() as unit:
                    await unit.people.migrate_chat(push.chat_id, delivery.chat_id)
                return _later(push, now, delivery.reason)
            case Fate.GONE:
                await self._leave_alone(person)
                return Settlement(push, PushState.DEAD, reason=delivery.reason)
            case Fate.REVOKED:
                self._carrier.alarm("token")
                return _later(push, now + REVOKED_PAUSE, delivery.reason)
            case Fate.UNKNOWN if push.kind in AT_LEAST_ONCE:
                return _later(push, again, delivery.reason)
            case Fate.UNKNOWN:
                return Settlement(push, PushState.UNKNOWN, reason=delivery.reason)
            case _:
                self._carrier.alarm("dead letter")
                return Settlement(push, PushState.DEAD, reason=delivery.reason)

    async def _leave_alone(self, person: Person) -> None:
        """Blocked or gone: nothing more until the person returns; the settings stay."""
        async with self._desk.database.writing() as unit:
            await _unreachable(unit, person.id)

    async def _wait_for_flights(self) -> None:
        if self._flying:
            await asyncio.wait(self._flying)

    async def _settle_for_ever(self) -> None:
        while not (self._closing and not self._flying and not self._settled):
            await self._news.wait()
            self._news.clear()
            await self._settle()

    async def _settle(self) -> None:
        """Together with those that came in meanwhile: one transaction."""
        batch, self._settled = self._settled, []
        if batch:
            async with self._desk.database.writing() as unit:
                await unit.pushes.settle_many(batch)


async def _unreachable(unit: Unit, person_id: int) -> None:
    person = await unit.people.get(person_id)
    if person is not None:
        await unit.people.save(replace(person, reachable=False, next_push=None))
        await unit.pushes.cancel(person_id)


def _later(push: Push, not_before: datetime, reason: str) -> Settlement:
    return Settlement(push, PushState.RETRY, not_before=not_before, reason=reason)


def _helps(person: Person, push: Push, now: datetime) -> bool:
    if push.kind is PushKind.BROADCAST:
        return broadcasting.wanted(person, push, now)
    if person.stopped or not person.reachable:
        return False
    at, zone = clock_of(person)
    return still_sensible(push.due, now, zone, at)
