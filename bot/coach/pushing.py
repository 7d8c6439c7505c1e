"""The pump: takes what is due out of the database, hands it to Telegram, settles what became of it.

The claim is committed before the call and settled after it, fenced by owner and attempt: a
process that dies in between leaves a claim that its lease turns into "unknown".
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.coach import broadcasting
from bot.coach.desk import Desk
from bot.coach.mornings import Morning, message_for, mornings
from bot.coach.preparing import Ahead
from bot.domain.calendar import still_sensible
from bot.domain.due import decide
from bot.domain.errors import NotReady
from bot.domain.messages import Delivery, Fate, Message
from bot.domain.person import Person
from bot.domain.pushes import Hold, Move, Push, PushKind, PushState, Settlement, backoff
from bot.domain.travel import clock_of
from bot.storage.unit import Unit

TOGETHER = 50  # claimed at once: the first leave while the others are read
IN_FLIGHT = 16  # at the free rate
LEASE = timedelta(seconds=90)  # longer than a push waits for its turn and its answer together
GATHER_SECONDS = 0.02
REST_SECONDS = 5.0
REVOKED_PAUSE = timedelta(minutes=1)
PUT_OFF = timedelta(hours=1)
AT_LEAST_ONCE = (PushKind.SESSION, PushKind.SNOOZED)
Known = Mapping[int, Morning]
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Carrier:
    """How a push leaves: the wire, the clock, who we are, and whom to tell what went wrong.

    `settled` hears of the seconds from an answer to its commit.
    """

    send: Callable[[int, Message], Awaitable[Delivery]]
    clock: Callable[[], datetime]
    owner: str
    alarm: Callable[[str], None]
    sent: Callable[[Push, Delivery, datetime], None]
    in_flight: int = IN_FLIGHT
    settled: Callable[[float], None] = lambda _seconds: None


class Pump:
    """`ring` says that time has passed; `run` works until `close`, and then to the end of what is
    in flight."""

    def __init__(self, desk: Desk, carrier: Carrier) -> None:
        self._desk = desk
        self._carrier = carrier
        self._bell = asyncio.Event()
        self._flying: dict[int, asyncio.Task[None]] = {}
        self._settled: list[tuple[Settlement, float]] = []  # each with the instant of its answer
        self._closing = False
        self._launching = asyncio.Lock()
        self._rest_until = 0.0
        self._ahead = Ahead(desk)

    def ring(self) -> None:
        self._bell.set()

    def open(self) -> None:
        """After a `close`: ready for another `run`."""
        self._closing = False

    async def run(self) -> None:
        """Settle what has come back, claim what is due while there is room in flight, for ever."""
        async with asyncio.TaskGroup() as group:
            while not self._closing or self._flying or self._settled:
                await self._bell.wait()
                self._bell.clear()
                if self._flying:  # what lands meanwhile is settled and replaced together
                    await asyncio.sleep(GATHER_SECONDS)
                try:
                    await self._turn(group, resting=_loop_time() < self._rest_until)
                    if not (self._flying or self._settled or self._bell.is_set()):
                        await self._ahead.step(self._carrier.clock())
                except NotReady as error:
                    log.error("push.database", reason=str(error))
                    self._carrier.alarm("database")
                    await asyncio.sleep(min(REST_SECONDS, 1.0))
                    self._bell.set()

    def close(self) -> None:
        """Claim nothing more; what is in flight is waited for, never cancelled."""
        self._closing = True
        self._bell.set()

    async def prepare(self, seconds: float) -> None:
        """What `run` does in a quiet moment, for so many seconds at most."""
        await self._ahead.step(self._carrier.clock(), seconds)

    async def once(self) -> None:
        """Everything that is due now, to the end: what a test or the demo calls a minute."""
        async with asyncio.TaskGroup() as group:
            while await self._turn(group) or self._flying or self._settled:
                if self._flying:
                    await asyncio.wait(self._flying.values())

    async def _turn(self, group: asyncio.TaskGroup, *, resting: bool = False) -> int:
        """One transaction: settle together what has come back, claim together what is due."""
        async with self._launching:  # `once` beside `run` waits for what the other has claimed
            return await self._exchange(group, resting=resting)

    async def _exchange(self, group: asyncio.TaskGroup, *, resting: bool) -> int:
        now = self._carrier.clock()
        room = 0 if self._closing or resting else self._carrier.in_flight - len(self._flying)
        room = min(room, TOGETHER)
        batch = tuple(settlement for settlement, _ in self._settled)
        due, again = await self._due_now(now) if room > 0 else (False, False)
        if not (batch or due or again):
            return 0
        claimed: list[Push] = []
        async with self._desk.database.writing() as unit:
            if batch:
                await unit.pushes.settle_many(batch)
            if due or again:
                claimed = await self._claim(unit, now, room, again=again)
        for _, answered in self._settled[: len(batch)]:
            self._carrier.settled(_loop_time() - answered)
        del self._settled[: len(batch)]
        await self._launch(group, claimed)
        return len(claimed)

    async def _launch(self, group: asyncio.TaskGroup, claimed: Sequence[Push]) -> None:
        """Read together what they say, and let each go; what cannot be read so is read alone."""
        known: Known | None = None
        if claimed:
            try:
                known = await self._known(claimed)
            except Exception:
                log.exception("push.unread", pushes=len(claimed))
        for push in claimed:
            self._flying[push.id] = group.create_task(self._carry(push, known))

    async def _known(self, pushes: Sequence[Push]) -> Known:
        async with self._desk.database.reading() as unit:
            return await mornings(unit, pushes)

    async def _due_now(self, now: datetime) -> tuple[bool, bool]:
        async with self._desk.database.reading() as unit:
            return await unit.pushes.due_now(now, await unit.leases.clock())

    async def _claim(self, unit: Unit, now: datetime, room: int, *, again: bool) -> list[Push]:
        leased = await unit.leases.clock() or now  # another machine's clock may be far from ours
        hold = Hold(self._carrier.owner, leased + LEASE)
        due = await unit.pushes.due(now, room)
        if len(due) >= room:  # there may be more, and not each of them takes a place in flight
            self._bell.set()
        mine = {*self._flying, *(settlement.push.id for settlement, _ in self._settled)}
        # One more than there is room for: neither sessions nor retries starve each other.
        left = max(room - len(due), 1)
        retried = await unit.pushes.retryable(now, left, hold, mine, leased) if again else ()
        moves = [self._decide(person, now) for person in due]
        return [*retried, *await unit.pushes.claim_due(moves, hold, held=True)]

    def _decide(self, person: Person, now: datetime) -> Move:
        """The tick's verdict; a person about whom none can be found must not stop the others."""
        try:
            return decide(person, now)
        except Exception:
            log.exception("push.undecided", person=person.id)
            self._carrier.alarm("push")
            return Move(replace(person, next_push=now + PUT_OFF), person.next_push)

    async def _carry(self, push: Push, known: Known | None) -> None:
        """One push from its words to its fate; nothing that goes wrong here stops the others."""
        now = self._carrier.clock()
        try:
            settlement = await self._hand_over(push, known, now)
        except NotReady as error:  # it was not handed over: what is known to be sent reads nothing
            settlement = _later(push, now + backoff(push.attempt), str(error))
        except Exception:
            log.exception("push.failed", push=push.id, person=push.person_id)
            self._carrier.alarm("push")
            again = self._carrier.clock() + 10 * backoff(push.attempt)
            settlement = _later(push, again, "failed before it was sent")
        finally:
            del self._flying[push.id]
        self._settled.append((settlement, _loop_time()))
        self._bell.set()

    async def _hand_over(self, push: Push, known: Known | None, now: datetime) -> Settlement:
        if push.state is PushState.UNKNOWN and push.kind not in AT_LEAST_ONCE:
            return Settlement(push, PushState.UNKNOWN, reason="the process ended while it was sent")
        if known is None:
            known = await self._known([push])
        morning = known.get(push.person_id)
        person = morning.person if morning is not None else None
        if person is not None and push.kind is PushKind.BROADCAST:
            until = broadcasting.quiet_until(person, now)
            if until is not None:
                return _later(push, until, "quiet hours")
        message = None
        if morning is not None and _helps(morning.person, push, now):
            ready = self._ahead.taken(morning, push)
            message = await message_for(self._desk, morning, push, now, ready)
        if person is None or message is None:
            return Settlement(push, PushState.DROPPED, reason="pointless by now")
        if self._closing:
            return _later(push, now, "the process ends")
        delivery = await self._carrier.send(push.chat_id, message)
        settlement = await self._judge(push, person, delivery)
        self._note(push, delivery)
        return settlement

    def _note(self, push: Push, delivery: Delivery) -> None:
        """Tell of it; and while Telegram is out of reach for everybody, rest a little.

        What cannot be told changes nothing: a message that is out must not be sent again.
        """
        try:
            self._carrier.sent(push, delivery, self._carrier.clock())
        except Exception:
            log.exception("push.untold", push=push.id)
        if delivery.everyone:
            self._rest_until = _loop_time() + REST_SECONDS
        elif delivery.fate is Fate.SENT:
            self._rest_until = 0.0

    async def _judge(self, push: Push, person: Person, delivery: Delivery) -> Settlement:
        now = self._carrier.clock()
        match delivery.fate:
            case Fate.SENT:
                return Settlement(push, PushState.SENT, message_id=delivery.message_id)
            case Fate.RETRY:
                return _later(push, now + timedelta(seconds=delivery.wait), delivery.reason)
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
                return _later(push, now + backoff(push.attempt), f"in doubt: {delivery.reason}")
            case Fate.UNKNOWN:
                return Settlement(push, PushState.UNKNOWN, reason=delivery.reason)
            case _:
                self._carrier.alarm("dead letter")
                return Settlement(push, PushState.DEAD, reason=delivery.reason)

    async def _leave_alone(self, person: Person) -> None:
        """Blocked or gone: nothing more until the person returns; the settings stay."""
        async with self._desk.database.writing() as unit:
            await _unreachable(unit, person.id)


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
    at, zone = clock_of(person, push.due)
    return still_sensible(push.due, now, zone, at)


def _loop_time() -> float:
    return asyncio.get_running_loop().time()
