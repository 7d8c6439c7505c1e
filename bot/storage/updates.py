"""Which of Telegram's updates have had their effect."""

from datetime import datetime

from sqlalchemy import delete

from bot.storage.link import Link
from bot.storage.rows import UPDATES


class Updates:
    __slots__ = ("_link",)

    def __init__(self, link: Link) -> None:
        self._link = link

    async def first_time(self, update_id: int, now: datetime) -> bool:
        """False where the effect of this update is in the database already.

        The id is kept in the same transaction as the effect: both are there, or neither.
        """
        return await self._link.put_new(UPDATES, {"id": update_id, "at": now})

    async def prune(self, before: datetime) -> int:
        """Forget the ids from before an instant; Telegram keeps an update for a day at most."""
        return await self._link.run(delete(UPDATES).where(UPDATES.c.at < before))
