"""Moves the time: everything that falls due on the way happens at its own moment."""

import asyncio
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.app.assembly import App
from bot.app.life import forget
from bot.demo.clock import MovableClock, next_change
from bot.demo.people import Impossible
from bot.demo.refusals import Json
from bot.demo.standin import StandIn
from bot.domain.due import coming_pushes
from bot.domain.person import Person
from bot.domain.pushes import PushState
from bot.domain.travel import clock_of

DAY = timedelta(days=1)
BEFORE_CHANGE = timedelta(hours=1)
SHOWN_PUSHES = 3
_MOST_MOMENTS = 5_000
_LATEST_PUSHES = 20


class Journey:
    """The bot's clock is put to each due moment in turn; no data is touched."""

    def __init__(self, app: App, telegram: StandIn, clock: MovableClock) -> None:
        self._app = app
        self._telegram = telegram
        self._clock = clock
        self._moving = asyncio.Lock()

    async def move(self, person_id: int, where: str) -> int:
        """Go to "push", "day", "week" or "change" as this person sees them; how many messages
        came to this person. Raises Impossible where there is no such moment."""
        async with self._moving:
            goal = await self._goal(person_id, where)
            before = len(self._telegram.people.get(person_id).reads())
            await self._telegram.until(lambda: not self._telegram.updates.pending())
            await self._play(goal)
            await forget(self._app)
            return len(self._telegram.people.get(person_id).reads()) - before

    async def view(self, person_id: int) -> Json:
        """The person's time and zone, what comes next, and the next change of the clocks."""
        now = self._clock()
        person = await self._person(person_id)
        zone = clock_of(person, now)[1] if person else ZoneInfo("UTC")
        change = next_change(zone, now)
        return {
            "now": now.isoformat(),
            "zone": zone.key,
            "known": bool(person and person.zone),
            "level": person.level.value if person else None,
            "next": [moment.isoformat() for moment in await self._coming(person, now)],
            "change": change.isoformat() if change else None,
        }

    async def _play(self, goal: datetime) -> None:
        for _ in range(_MOST_MOMENTS):
            async with self._app.desk.database.reading() as unit:
                due = await unit.pushes.next_due()
            if due is None or due > goal:
                break
            await self._arrive(due)
        await self._arrive(goal)

    async def _arrive(self, moment: datetime) -> None:
        before = self._clock()
        self._clock.move_to(moment)
        self._app.guard.believe()
        self._app.limiter.passed((self._clock() - before).total_seconds())
        self._app.pulse.last_tick = self._clock()  # a tick is not late because time was moved
        await self._app.pump.once()

    async def _goal(self, person_id: int, where: str) -> datetime:
        now = self._clock()
        person = await self._person(person_id)
        if where == "day":
            return now + DAY
        if where == "week":
            return now + 7 * DAY
        if where == "push":
            coming = await self._coming(person, now)
            if not coming:
                raise Impossible("no message is planned: /start or /resume plans them")
            return coming[0]
        if where == "change":
            return self._before_change(person, now)
        raise Impossible("move to push, day, week or change")

    def _before_change(self, person: Person | None, now: datetime) -> datetime:
        """An hour before the clocks change; where that has begun, the change after it."""
        zone = clock_of(person, now)[1] if person else ZoneInfo("UTC")
        change = next_change(zone, now + BEFORE_CHANGE)
        if change is None:
            raise Impossible(f"clocks do not change in {zone.key}: share another place first")
        return change - BEFORE_CHANGE

    async def _person(self, person_id: int) -> Person | None:
        async with self._app.desk.database.reading() as unit:
            return await unit.people.get(person_id)

    async def _coming(self, person: Person | None, now: datetime) -> list[datetime]:
        """The next messages that come by themselves, the put-off ones among them."""
        if person is None:
            return []
        async with self._app.desk.database.reading() as unit:
            latest = await unit.pushes.latest(person.id, _LATEST_PUSHES)
        put_off = [p.not_before for p in latest if p.state is PushState.RETRY and p.not_before]
        return sorted([*put_off, *coming_pushes(person, now, SHOWN_PUSHES)])[:SHOWN_PUSHES]
