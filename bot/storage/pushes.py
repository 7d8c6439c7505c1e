"""The messages that go out by themselves: who is due, who claims, what became of each.

The database is the schedule. A claim is committed before the call to Telegram and settled after
it; `owner` and `attempt` are the fence: a process whose lease has ended settles nothing.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    delete,
    func,
    literal,
    select,
    text,
    update,
)

from bot.domain.person import Person
from bot.domain.pushes import Hold, Move, Occasion, Push, PushKind, PushState, Settlement
from bot.storage.link import Link, batches
from bot.storage.people import PERSON
from bot.storage.push_rows import (
    ANYTHING,
    COMING,
    DUE,
    KEY,
    MOVE,
    NEWEST,
    PUSH,
    RECLAIM,
    SETTLE,
    SNOOZED,
    key_of,
    moved,
    new_row,
    reclaimed,
    settled,
    taken_over,
)
from bot.storage.rows import IN_FLIGHT, IN_RETRY, PEOPLE, PUSHES, WAITING

# Nobody claims for longer: a lease that ends later was given before the clock was set back.
LONGEST_LEASE = timedelta(seconds=100)


class Pushes:
    __slots__ = ("_link",)

    def __init__(self, link: Link) -> None:
        self._link = link

    # --- who is due

    async def due(self, now: datetime, limit: int) -> tuple[Person, ...]:
        """The people whose next push has come, the longest waiting first.

        In a writing transaction on PostgreSQL they are held until its end, and those that
        another pusher holds are left to it.
        """
        wanted = self._link.held(DUE, skip=True)
        found = await self._link.rows(wanted, {"now": now, "limit": limit})
        return tuple(PERSON.value(row) for row in found)

    async def coming(
        self, after: tuple[datetime, int], until: datetime, limit: int
    ) -> tuple[Person, ...]:
        """To look at: the next people by instant and id whose next push comes up to an instant."""
        since, number = after
        given = {"since": since, "number": number, "until": until, "limit": limit}
        return tuple(PERSON.value(row) for row in await self._link.rows(COMING, given))

    async def anything_due(self, now: datetime, leased: datetime | None = None) -> bool:
        """Whether a claim would find something."""
        return any(await self.due_now(now, leased))

    async def due_now(self, now: datetime, leased: datetime | None = None) -> tuple[bool, bool]:
        """Whether people are due, and whether claims are: the idle tick asks no more than this.

        `leased`: now on the clock of the claims' leases, where that is another one.
        """
        leased = leased or now
        given = {"now": now, "leased": leased, "beyond": leased + LONGEST_LEASE}
        ((people, again),) = await self._link.rows(ANYTHING, given)
        return bool(people), bool(again)

    async def next_due(self) -> datetime | None:
        """When the next push of anybody comes, planned for a day or put off."""
        days = select(func.min(PEOPLE.c.next_push)).where(text(WAITING))
        put_off = select(func.min(PUSHES.c.not_before)).where(text(IN_RETRY))
        found = [(await self._link.rows(wanted))[0][0] for wanted in (days, put_off)]
        return min((moment for moment in found if moment is not None), default=None)

    # --- claiming

    async def claim(self, person: Person, occasion: Occasion, hold: Hold) -> Push | None:
        """The claimed push; None where its key exists, that is, somebody has claimed it before."""
        claimed = await self._claim([(person, occasion)], hold)
        return claimed[0] if claimed else None

    async def claim_due(
        self, moves: Sequence[Move], hold: Hold, *, held: bool = False
    ) -> tuple[Push, ...]:
        """Move many people's next pushes and claim what is to go out now, in one go.

        A person whose next push was changed since it was read is left as is, for the next tick;
        `held`: they were read by `due` in this very transaction, so that nobody can have.
        """
        unchanged = None if held else await self._unchanged(moves)
        valid = [move for move in moves if unchanged is None or move.person.id in unchanged]
        if valid:
            await self._link.run(MOVE, [moved(move.person) for move in valid])
        claims = [(move.person, move.occasion) for move in valid if move.occasion]
        return await self._claim(claims, hold)

    async def plan(self, person: Person, occasion: Occasion) -> bool:
        """A push for later, such as a snoozed one: `retryable` hands it out when it is due."""
        rows = [new_row(person, occasion, PushState.RETRY, Hold("", occasion.due))]
        return bool(await self._insert(rows))

    async def plan_all(self, occasion: Occasion) -> int:
        """The same for everyone who gets messages; how many that are."""
        planned = new_row(None, occasion, PushState.RETRY, Hold("", occasion.due))
        del planned["person_id"]
        everyone = select(
            PEOPLE.c.id, *(literal(value, PUSHES.c[name].type) for name, value in planned.items())
        ).where(PEOPLE.c.reachable.is_(True), PEOPLE.c.stopped.is_(False))
        keep = self._link.insert(PUSHES).from_select(["person_id", *planned], everyone)
        return await self._link.run(keep.on_conflict_do_nothing())

    async def retryable(
        self,
        now: datetime,
        limit: int,
        hold: Hold,
        mine: Collection[int] = (),
        leased: datetime | None = None,
    ) -> tuple[Push, ...]:
        """Claim again what waits for another attempt, and what a lost process had claimed.

        The state says which: RETRY was not handed over; UNKNOWN may have been, and follows the
        rule of its kind. In the database both are claimed by `hold`. `mine` are on their way in
        this very process: they are left to it, whatever the clock says. `leased`: now on the
        clock of the leases, where that is another one.
        """
        leased = leased or now
        waiting = await self._waiting(PUSHES.c.not_before <= now, IN_RETRY, limit)
        lapsed: list[Push] = []
        for over in (PUSHES.c.lease_until <= leased, PUSHES.c.lease_until > leased + LONGEST_LEASE):
            left = limit - len(waiting) - len(lapsed)
            not_mine = and_(over, PUSHES.c.id.not_in(list(mine)))
            lapsed += await self._waiting(not_mine, IN_FLIGHT, left)
        taken = [
            *(taken_over(push, hold, PushState.RETRY) for push in waiting),
            *(taken_over(push, hold, PushState.UNKNOWN) for push in lapsed),
        ]
        if taken:
            await self._link.run(RECLAIM, [reclaimed(push) for push in taken])
        return tuple(taken)

    # --- settling

    async def settle(
        self,
        push: Push,
        state: PushState,
        message_id: int | None = None,
        not_before: datetime | None = None,
        reason: str | None = None,
    ) -> bool:
        """Write down what became of a push; False where the fence keeps this process out."""
        settlement = Settlement(push, state, message_id, not_before, reason)
        return bool(await self.settle_many([settlement]))

    async def settle_many(self, settlements: Sequence[Settlement]) -> frozenset[int]:
        """The same for many; the ids of the pushes that were settled."""
        mine = await self._mine([settlement.push for settlement in settlements])
        valid = [settlement for settlement in settlements if settlement.push.id in mine]
        if valid:
            await self._link.run(SETTLE, [settled(settlement) for settlement in valid])
        return mine

    async def cancel(self, person_id: int) -> int:
        """Drop what waits for a person (stopped, or gone); what is on its way is not recalled."""
        waiting = update(PUSHES).where(PUSHES.c.person_id == person_id, text(IN_RETRY))
        return await self._link.run(
            waiting.values(state=PushState.DROPPED, not_before=None, reason="cancelled")
        )

    async def drop_snoozed(self, person_id: int, day: date) -> int:
        """Drop what of a day was put off and has not left."""
        mine = (PUSHES.c.person_id == person_id, PUSHES.c.local_date == day)
        put_off = update(PUSHES).where(*mine, PUSHES.c.kind == PushKind.SNOOZED, text(IN_RETRY))
        return await self._link.run(
            put_off.values(state=PushState.DROPPED, not_before=None, reason="paused")
        )

    async def stop_broadcast(self, day: date, number: int) -> int:
        """Drop what of a broadcast has not left."""
        waiting = update(PUSHES).where(*_broadcast(day, number), text(IN_RETRY))
        return await self._link.run(
            waiting.values(state=PushState.DROPPED, not_before=None, reason="stopped")
        )

    # --- looking back

    async def of_broadcast(self, day: date, number: int) -> dict[PushState, int]:
        """How many of its pushes are in which state."""
        mine = select(PUSHES.c.state, func.count()).where(*_broadcast(day, number))
        return dict(await self._link.rows(mine.group_by(PUSHES.c.state)))

    async def latest(self, person_id: int, limit: int) -> tuple[Push, ...]:
        """A person's last pushes, newest first."""
        newest_first = PUSH.order_by(PUSHES.c.local_date.desc(), PUSHES.c.id.desc()).limit(limit)
        found = await self._link.rows(newest_first.where(PUSHES.c.person_id == person_id))
        return tuple(Push(*row) for row in found)

    async def snoozed(self, person_id: int) -> tuple[Push, ...]:
        """What was put off and has not left."""
        return tuple(Push(*row) for row in await self._link.rows(SNOOZED, {"id": person_id}))

    async def newest(self, person_ids: Iterable[int], before: date) -> dict[int, date]:
        """The local date of each one's last push before a date."""
        found: dict[int, date] = {}
        for ids in batches(person_ids):
            rows = await self._link.rows(NEWEST, {"ids": ids, "before": before})
            found |= dict(map(tuple, rows))
        return found

    async def count(self) -> dict[PushState, int]:
        found = await self._link.rows(select(PUSHES.c.state, func.count()).group_by(PUSHES.c.state))
        return dict(found)

    async def prune(self, before: date) -> int:
        """Forget the final ones of earlier dates: a local date never comes again."""
        over = PUSHES.c.state.not_in([PushState.CLAIMED, PushState.RETRY])
        return await self._link.run(delete(PUSHES).where(PUSHES.c.local_date < before, over))

    # --- the statements behind

    async def _unchanged(self, moves: Iterable[Move]) -> frozenset[int]:
        seen = {move.person.id: move.seen for move in moves}
        same: set[int] = set()
        for ids in batches(seen):
            now_there = select(PEOPLE.c.id, PEOPLE.c.next_push).where(
                PEOPLE.c.id.in_(ids), text(WAITING)
            )
            for person_id, at in await self._link.rows(self._link.held(now_there, skip=True)):
                if at == seen[person_id]:
                    same.add(person_id)
        return frozenset(same)

    async def _claim(
        self, claims: Sequence[tuple[Person, Occasion]], hold: Hold
    ) -> tuple[Push, ...]:
        rows = [new_row(person, occasion, PushState.CLAIMED, hold) for person, occasion in claims]
        chats = {person.id: person.chat_id for person, _ in claims}
        new = await self._insert(rows)
        return tuple(
            Push(id=new[key], chat_id=chats[row["person_id"]], **row)
            for row in rows
            if (key := key_of(row)) in new
        )

    async def _insert(self, rows: Sequence[dict[str, Any]]) -> dict[tuple[Any, ...], int]:
        """The ids of those that were new, by their key."""
        if not rows:
            return {}
        keep = self._link.insert(PUSHES).on_conflict_do_nothing().returning(*KEY, PUSHES.c.id)
        return {tuple(row[:-1]): row[-1] for row in await self._link.rows(keep, rows)}

    async def _waiting(self, over: ColumnElement[bool], condition: str, limit: int) -> list[Push]:
        if limit <= 0:
            return []
        since = PUSHES.c.not_before if condition == IN_RETRY else PUSHES.c.lease_until
        wanted: Select[Any] = PUSH.where(over, text(f"pushes.{condition}"))
        wanted = self._link.held(wanted.order_by(since).limit(limit), skip=True, of=PUSHES)
        return [Push(*row) for row in await self._link.rows(wanted)]

    async def _mine(self, pushes: Iterable[Push]) -> frozenset[int]:
        fences = {push.id: (push.owner, push.attempt) for push in pushes}
        mine: set[int] = set()
        for ids in batches(fences):
            there: Select[Any] = select(PUSHES.c.id, PUSHES.c.owner, PUSHES.c.attempt).where(
                PUSHES.c.id.in_(ids), text(IN_FLIGHT)
            )
            for push_id, owner, attempt in await self._link.rows(self._link.held(there)):
                if (owner, attempt) == fences[push_id]:
                    mine.add(push_id)
        return frozenset(mine)


def _broadcast(day: date, number: int) -> tuple[ColumnElement[bool], ...]:
    kind = PUSHES.c.kind == PushKind.BROADCAST
    return PUSHES.c.local_date == day, kind, PUSHES.c.slot == number
