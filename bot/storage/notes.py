"""Small things by their key: what Telegram calls our pictures, and facts about this database."""

from sqlalchemy import delete, select

from bot.storage.link import Link
from bot.storage.rows import FILES, META


class Files:
    """Telegram's id of a picture that it already has, so that each goes up once."""

    __slots__ = ("_link",)

    def __init__(self, link: Link) -> None:
        self._link = link

    async def get(self, key: str) -> str | None:
        found = await self._link.row(select(FILES.c.file_id).where(FILES.c.key == key))
        return None if found is None else str(found[0])

    async def put(self, key: str, file_id: str) -> None:
        keep = self._link.insert(FILES).values(key=key, file_id=file_id)
        await self._link.run(
            keep.on_conflict_do_update(index_elements=["key"], set_={"file_id": file_id})
        )

    async def forget(self, key: str) -> None:
        """Telegram no longer knows it: the picture goes up again."""
        await self._link.run(delete(FILES).where(FILES.c.key == key))


class Meta:
    """Facts about the database as a whole: a text by its key."""

    __slots__ = ("_link",)

    def __init__(self, link: Link) -> None:
        self._link = link

    async def get(self, key: str) -> str | None:
        found = await self._link.row(self._link.held(select(META.c.value).where(META.c.key == key)))
        return None if found is None else str(found[0])

    async def put(self, key: str, value: str) -> None:
        keep = self._link.insert(META).values(key=key, value=value)
        await self._link.run(
            keep.on_conflict_do_update(index_elements=["key"], set_={"value": value})
        )

    async def put_first(self, key: str, value: str) -> str:
        """The value that is kept: `value` only where there was none."""
        keep = self._link.insert(META).values(key=key, value=value)
        await self._link.run(keep.on_conflict_do_nothing())
        return await self.get(key) or value

    async def forget(self, key: str) -> None:
        await self._link.run(delete(META).where(META.c.key == key))
