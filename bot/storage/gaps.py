"""Questions without an answer, for those who write the content."""

import hashlib
import hmac
import secrets
from datetime import datetime

from sqlalchemy import delete, distinct, func, insert, select

from bot.domain.dialogue import Gap, GapCount
from bot.storage.link import Link, Shape
from bot.storage.notes import Meta
from bot.storage.rows import GAPS

SALT = "gap_salt"

_GAP = Shape(Gap, GAPS)


class Gaps:
    """The text comes in scrubbed; a person is kept as a mark that leads back to nobody."""

    __slots__ = ("_link",)

    def __init__(self, link: Link) -> None:
        self._link = link

    async def add(self, person_id: int, text: str, at: datetime) -> None:
        mark = await mark_of(self._link, person_id)
        await self._link.run(insert(GAPS), {"text": text, "mark": mark, "at": at})

    async def latest(self, limit: int) -> tuple[Gap, ...]:
        """The last ones, newest first."""
        found = await self._link.rows(select(*_GAP.columns).order_by(GAPS.c.id.desc()).limit(limit))
        return tuple(_GAP.value(row) for row in found)

    async def commonest(self, limit: int) -> tuple[GapCount, ...]:
        """What was asked in vain, the most often met first."""
        times, last = func.count(), func.max(GAPS.c.at)
        found = await self._link.rows(
            select(GAPS.c.text, times, func.count(distinct(GAPS.c.mark)), last)
            .group_by(GAPS.c.text)
            .order_by(times.desc(), last.desc())
            .limit(limit)
        )
        return tuple(GapCount(*row) for row in found)

    async def count(self) -> int:
        found = await self._link.rows(select(func.count()).select_from(GAPS))
        return int(found[0][0])

    async def forget(self, person_id: int) -> None:
        mark = await mark_of(self._link, person_id)
        await self._link.run(delete(GAPS).where(GAPS.c.mark == mark))

    async def prune(self, before: datetime) -> int:
        return await self._link.run(delete(GAPS).where(GAPS.c.at < before))


async def mark_of(link: Link, person_id: int) -> str:
    """The same for the same person, by a salt that this database alone has."""
    meta = Meta(link)
    salt = await meta.get(SALT)
    if salt is None and not link.writing:
        return ""  # nobody has been marked yet
    salt = salt or await meta.put_first(SALT, secrets.token_hex())
    return hmac.new(salt.encode(), str(person_id).encode(), hashlib.sha256).hexdigest()[:32]
