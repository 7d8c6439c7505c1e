"""The ids of pictures in the database; while it is away, a picture goes up once more."""

from contextlib import suppress

from bot.domain.errors import NotReady
from bot.storage.database import Database


class KeptPictures:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, key: str) -> str | None:
        with suppress(NotReady):
            async with self._database.reading() as unit:
                return await unit.files.get(key)
        return None

    async def put(self, key: str, file_id: str) -> None:
        with suppress(NotReady):
            async with self._database.writing() as unit:
                await unit.files.put(key, file_id)

    async def forget(self, key: str) -> None:
        with suppress(NotReady):
            async with self._database.writing() as unit:
                await unit.files.forget(key)
