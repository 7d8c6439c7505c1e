"""Who of several processes polls and pushes: a row with a heartbeat, on both databases.

Why no advisory lock on PostgreSQL: it tells of a connection, not of a process. A machine that
froze or lost its power keeps the lock until TCP gives up, by default after two hours; here its
beat stops, and 12 s later another goes on. A restart of the server or a pooler takes the lock from
a process that is well (behind PgBouncer's transactions it holds nothing at all); here it beats on.
And a lock cannot say who holds it, which `bot doctor` and the standby's line tell.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update

from bot.domain.lease import Holder, Lease
from bot.storage.link import Found, Link
from bot.storage.rows import LEASES


class Leases:
    __slots__ = ("_link",)

    def __init__(self, link: Link) -> None:
        self._link = link

    async def clock(self) -> datetime | None:
        """The server's clock, on which all machines agree; None on SQLite: use your own."""
        if self._link.sqlite:
            return None
        found = await self._link.rows(select(func.clock_timestamp()))
        moment: datetime = found[0][0]
        return moment

    async def get(self, name: str) -> Lease | None:
        found = await self._link.row(self._link.held(select(LEASES).where(LEASES.c.name == name)))
        return _lease(found) if found else None

    async def take(
        self, name: str, mine: Holder, now: datetime, ttl: timedelta | None = None
    ) -> Lease:
        """Who holds it now: `mine` where it was free, had ended (no beat for `ttl`) or was mine.

        Without `ttl` it is held until it is released.
        """
        fresh = Lease(name, mine, beat_at=now, started_at=now)
        if await self._link.put_new(LEASES, _values(fresh)):
            return fresh
        held = await self.get(name)
        if held is None or held.holder.owner == mine.owner:
            return held or fresh
        if ttl is None or not held.ended(now, ttl):
            return held
        await self._link.put(LEASES, _values(fresh))
        return fresh

    async def beat(self, name: str, owner: str, now: datetime) -> bool:
        """A sign of life; False where somebody else holds it by now."""
        mine = update(LEASES).where(LEASES.c.name == name, LEASES.c.owner == owner)
        return await self._link.run(mine.values(beat_at=now)) == 1

    async def release(self, name: str, owner: str) -> bool:
        """Give it up, or take it from a process that is known to be gone."""
        mine = delete(LEASES).where(LEASES.c.name == name, LEASES.c.owner == owner)
        return await self._link.run(mine) == 1


def _values(lease: Lease) -> dict[str, object]:
    return {
        "name": lease.name,
        "owner": lease.holder.owner,
        "pid": lease.holder.pid,
        "host": lease.holder.host,
        "beat_at": lease.beat_at,
        "started_at": lease.started_at,
    }


def _lease(row: Found) -> Lease:
    name, owner, pid, host, beat_at, started_at = row
    return Lease(name, Holder(owner, pid, host), beat_at, started_at)
