"""What Telegram calls the pictures that it already has: each goes up once, across restarts too."""

import asyncio
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Protocol

from bot.domain.messages import Picture

_UPLOAD_PATIENCE = 3.0


class Store(Protocol):
    """Where ids outlast the process. It never fails: what it cannot do it leaves."""

    async def get(self, key: str) -> str | None: ...
    async def put(self, key: str, file_id: str) -> None: ...
    async def forget(self, key: str) -> None: ...


class FileIds:
    """Bounded in memory; lasting pictures are in the store besides, by the hash of their bytes, so
    that one that is drawn anew in another way goes up anew."""

    def __init__(self, store: Store | None = None, most: int = 4096) -> None:
        self._ids: dict[str, str] = {}
        self._uploads: dict[str, asyncio.Event] = {}
        self._store = store
        self._most = most

    async def get(self, picture: Picture) -> str | None:
        """The id; None: the picture must go up. Waits a little for an upload that is under way."""
        key = picture.key
        if key not in self._ids and (upload := self._uploads.get(key)) is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(upload.wait(), _UPLOAD_PATIENCE)
        if key not in self._ids and self._store is not None and picture.lasting:
            known = await self._store.get(_mark(picture))
            if known is not None:
                self._remember(key, known)
        return self._ids.get(key)

    @contextmanager
    def upload(self, picture: Picture) -> Iterator[None]:
        """Meanwhile others who need this picture wait for its id."""
        done = self._uploads.setdefault(picture.key, asyncio.Event())
        try:
            yield
        finally:
            self._uploads.pop(picture.key, None)
            done.set()

    async def forget(self, picture: Picture) -> None:
        self._ids.pop(picture.key, None)
        if self._store is not None and picture.lasting:
            await self._store.forget(_mark(picture))

    async def keep(self, picture: Picture, file_id: str) -> None:
        self._remember(picture.key, file_id)
        if self._store is not None and picture.lasting:
            await self._store.put(_mark(picture), file_id)

    def _remember(self, key: str, file_id: str) -> None:
        if len(self._ids) >= self._most:
            self._ids.pop(next(iter(self._ids)))
        self._ids[key] = file_id


def _mark(picture: Picture) -> str:
    return hashlib.sha256(picture.png).hexdigest()[:32]
