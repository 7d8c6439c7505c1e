"""What is due soon, prepared while nothing else is to be done.

A new week is planned, a limit ends, a report is decided about: all of it is as good some minutes
before the message as at its instant, on the same date. The words wait in memory, and are used only
if everything that they rest on is still as it was.
"""

import asyncio
from collections import OrderedDict, deque
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import structlog

from bot.coach.desk import Desk
from bot.coach.mornings import Morning, Told, mornings, told
from bot.coach.showing import with_picture
from bot.coach.stock import Content
from bot.domain.due import decide, today_of
from bot.domain.errors import NotReady
from bot.domain.person import Person
from bot.domain.pushes import Push, PushKind, PushState
from bot.domain.travel import at_home

AHEAD = timedelta(minutes=10)
LOOK_AGAIN = timedelta(seconds=1)
AT_ONCE_SECONDS = 0.05
_TOGETHER = 50
_MOST = 4_000  # messages of some kilobytes
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Prepared:
    """What will be said, and all that it rests on."""

    content: Content
    morning: Morning
    kind: PushKind
    day: date
    told: Told


class Ahead:
    """`step` now and then, while nothing is due; `taken` at the instant."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._ready: OrderedDict[int, Prepared] = OrderedDict()
        self._line: deque[Person] = deque()
        self._reached: tuple[datetime, int] | None = None
        self._again: datetime | None = None

    def taken(self, morning: Morning, push: Push) -> Told | None:
        """The words for this push, where they were prepared from just what is stored now."""
        found = self._ready.pop(push.person_id, None)
        if found is None or found.content is not self._desk.content:
            return None
        same = (found.morning, found.kind, found.day) == (morning, push.kind, push.local_date)
        return found.told if same else None

    async def step(self, now: datetime, seconds: float = AT_ONCE_SECONDS) -> None:
        """So long at most, and no longer than there is something to prepare."""
        clock = asyncio.get_running_loop().time
        until = clock() + seconds
        while clock() < until and await self._someone(now):
            person = self._line.popleft()
            try:
                await self._prepare(person, now)
            except NotReady as error:
                log.warning("prepare.database", reason=str(error))
                return
            except Exception:  # at its instant it fails again, and is told of there
                log.exception("prepare.failed", person=person.id)
            await asyncio.sleep(0)

    async def _someone(self, now: datetime) -> bool:
        if self._line:
            return True
        if self._again is not None and now < self._again < now + 2 * LOOK_AGAIN:
            return False
        if self._reached is None or not now < self._reached[0] <= now + AHEAD:
            self._reached = (now, 0)
        async with self._desk.database.reading() as unit:
            coming = await unit.pushes.coming(self._reached, now + AHEAD, _TOGETHER)
        self._line.extend(coming)
        if coming and coming[-1].next_push is not None:
            self._reached = (coming[-1].next_push, coming[-1].id)
        else:
            self._again = now + LOOK_AGAIN
        return bool(coming)

    async def _prepare(self, person: Person, now: datetime) -> None:
        due = person.next_push
        move = decide(person, due) if due is not None else None
        occasion = move.occasion if move is not None else None
        if due is None or move is None or occasion is None:
            return
        if occasion.local_date != today_of(person, now) or at_home(person, due) is not person:
            return  # until then it is another day, or another clock
        push = _push(person, occasion.kind, occasion.local_date, due)
        found = await self._told(move.person, push)
        if found is None:
            return
        if found.day is not None:
            await with_picture(self._desk.content, found.day, found.message)  # drawn by then
        if found.ordinary:  # said as quickly at its instant
            return
        morning = await self._morning(move.person, push)
        self._ready[person.id] = Prepared(
            self._desk.content, morning, push.kind, push.local_date, found
        )
        while len(self._ready) > _MOST:
            self._ready.popitem(last=False)

    async def _told(self, moved: Person, push: Push) -> Told | None:
        return await told(self._desk, await self._morning(moved, push), push, push.due)

    async def _morning(self, moved: Person, push: Push) -> Morning:
        """As it will be read at the instant, when the person's next push has moved on."""
        async with self._desk.database.reading() as unit:
            found = (await mornings(unit, [push]))[push.person_id]
        return replace(
            found,
            person=replace(found.person, next_push=moved.next_push, served=moved.served),
        )


def _push(person: Person, kind: PushKind, day: date, due: datetime) -> Push:
    return Push(0, person.id, person.chat_id, kind, day, 0, due, PushState.CLAIMED, "", 1, due)
