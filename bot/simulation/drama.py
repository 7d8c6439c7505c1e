"""The year as it is lived: the clock jumps to whatever comes next, a push or a person's act."""

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from bot.coach.preparing import AHEAD
from bot.coach.shelf import Shelf
from bot.simulation.acting import BLOCKS, RETURNS, Act, gets, lives, reads, sign_up
from bot.simulation.cast import Actor
from bot.simulation.stage import Stage, stage
from bot.simulation.tally import Outcome
from bot.simulation.watch import Watch

House = tuple[Shelf, Path, Path, datetime]  # content, its folder, one for the database, the start

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_HOUR = timedelta(hours=1)
_QUIET = timedelta(minutes=3)
_MOMENT = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, order=True)
class _Due:
    at: datetime
    number: int
    actor: int
    words: str
    pressed: bool


class Drama:
    """`watch` hears of everything that happens, and judges it."""

    def __init__(self, stage: Stage, actors: Iterable[Actor], watch: Watch, seed: int = 0) -> None:
        self._stage = stage
        self._actors = {actor.id: actor for actor in actors}
        self._watch = watch
        self._coming: list[_Due] = []
        self._count = 0
        self._naps = _naps(stage.clock(), seed)

    async def play(self, weeks: int) -> None:
        """So many weeks from now on."""
        clock = self._stage.clock
        start = clock()
        end = start + weeks * _WEEK
        for actor in self._actors.values():
            self._plan(actor, sign_up(actor, start))
        midnight, sunday = start + _DAY, start + _WEEK
        while True:
            due = await self._stage.next_due() or end
            act = self._coming[0].at if self._coming else end
            await self._moved(min(due, act, midnight), due)
            if clock.now >= end:
                break
            await self._sleeps()
            if due <= clock.now:
                await self._delivered()
            await self._acted(clock.now)
            if midnight <= clock.now:
                await self._delivered()  # what fell due by an act of this very moment
                await self._day_over(clock.now)
                midnight += _DAY
            if sunday <= clock.now:
                await self._stage.forgets()
                await self._watch.week_over(clock.now)
                sunday += _WEEK
        await self._watch.all_over(end - _MOMENT)

    async def _moved(self, to: datetime, due: datetime) -> None:
        """On to what comes next; before a message there are quiet minutes."""
        clock = self._stage.clock
        if clock.now < to:
            clock.now = max(clock.now, min(to, due - _QUIET))
            if due - clock.now <= AHEAD:
                await self._stage.prepares()
        clock.now = max(clock.now, to)

    async def _sleeps(self) -> None:
        """While the machine is down nothing happens; what people did meanwhile is heard then."""
        clock = self._stage.clock
        for begin, length in self._naps:
            if begin <= clock.now < begin + length:
                clock.now = begin + length
                await self._watch.woken(clock.now)

    async def _day_over(self, now: datetime) -> None:
        self._watch.day_over(now)
        for actor in self._actors.values():
            self._plan(actor, lives(actor, now))

    async def _acted(self, now: datetime) -> None:
        while self._coming and self._coming[0].at <= now:
            await self._done(heapq.heappop(self._coming))

    async def _delivered(self) -> None:
        letters = await self._stage.rings()
        for letter in sorted(letters, key=lambda one: (one.person.id, one.push.kind)):
            await self._watch.sent(letter)
            actor = self._actors[letter.person.id]
            self._plan(actor, gets(actor, letter))

    async def _done(self, due: _Due) -> None:
        actor = self._actors[due.actor]
        await self._watch.about_to(actor)
        if due.pressed:
            said = await self._stage.presses(actor.id, due.words)
        elif due.words in (BLOCKS, RETURNS):
            said = await self._stage.blocks(actor.id, here=due.words == RETURNS)
        else:
            said = await self._stage.says(actor.id, due.words)
        await self._watch.answered(actor, due.words, said)
        for message in said:
            self._plan(actor, reads(actor, message, self._stage.clock.now))

    def _plan(self, actor: Actor, acts: Iterable[Act]) -> None:
        for act in acts:
            self._count += 1
            heapq.heappush(
                self._coming, _Due(act.at, self._count, actor.id, act.words, act.pressed)
            )


async def lived(house: House, actors: Sequence[Actor], weeks: int, seed: int) -> Outcome:
    """The actors live `weeks` weeks; `seed` says when the machine sleeps."""
    async with stage(*house) as built:
        watch = Watch(built, actors)
        await Drama(built, actors, watch, seed).play(weeks)
        return watch.reckoning.outcome(weeks)


def _naps(start: datetime, seed: int) -> list[tuple[datetime, timedelta]]:
    """When the machine is down, and for how long: now and then some hours, rarely days."""
    chance = Random(f"{seed} naps")  # noqa: S311  (no secret)
    begins = [start + week * _WEEK for week in range(2, 520, 5)]
    hours = (0.5, 2, 3, 9, 14, 40)
    return [
        (
            begin + timedelta(minutes=chance.randrange(7 * 24 * 60)),
            timedelta(hours=chance.choice(hours)),
        )
        for begin in begins
    ]
