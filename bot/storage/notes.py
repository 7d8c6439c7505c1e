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
        await self._link.put(FILES, {"key": key, "file_id": file_id})

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
        await self._link.put(META, {"key": key, "value": value})

    async def put_first(self, key: str, value: str) -> str:
        """The value that is kept: `value` only where there was none."""
        await self._link.put_new(META, {"key": key, "value": value})
        return await self.get(key) or value

    async def count(self, key: str) -> None:
        """One more of this."""
        await self.put(key, str(int(await self.get(key) or 0) + 1))

    async def counts(self, prefix: str) -> dict[str, int]:
        """What was counted under keys that begin so, by the rest of the key."""
        begins = META.c.key.startswith(prefix, autoescape=True)
        found = await self._link.rows(select(META.c.key, META.c.value).where(begins))
        return {key.removeprefix(prefix): int(value) for key, value in sorted(map(tuple, found))}

    async def forget(self, key: str) -> None:
        await self._link.run(delete(META).where(META.c.key == key))
