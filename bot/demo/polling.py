"""getUpdates: one poller at a time waits for what comes next."""

import asyncio

from bot.demo.bell import Bell
from bot.demo.refusals import OTHER_POLLER, WEBHOOK_CAME, Refused
from bot.demo.updates import Kept, UpdateQueue

LONGEST_POLL = 50


class Poller:
    """Not imitated: Telegram's 3 s brake on hasty pollers and on repeated 409s."""

    def __init__(self, queue: UpdateQueue, bell: Bell) -> None:
        self._queue = queue
        self._bell = bell
        self._waiting: asyncio.Future[None] | None = None
        self.polls = 0

    @property
    def waiting(self) -> bool:
        """Whether a poller waits right now."""
        return self._waiting is not None

    async def poll(self, offset: int, limit: int, seconds: float) -> tuple[Kept, ...]:
        """Confirm what is before `offset`, then up to `limit` updates within these seconds.

        Raises Refused (409) in the poller that was there when another one comes.
        """
        self.interrupt(OTHER_POLLER)
        self._queue.confirm(offset)
        self.polls += 1
        mine = asyncio.get_running_loop().create_future()
        self._waiting = mine
        self._bell.ring()
        try:
            return await self._wait(mine, max(offset, 0), limit, min(seconds, LONGEST_POLL))
        finally:
            if self._waiting is mine:
                self._waiting = None
                self._bell.ring()

    def interrupt(self, words: str = WEBHOOK_CAME) -> None:
        """End the waiting poll with a 409."""
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(Refused(409, words))
            self._waiting.exception()  # its poller may have gone: nobody else needs to hear it
        self._waiting = None

    async def _wait(
        self, mine: asyncio.Future[None], offset: int, limit: int, seconds: float
    ) -> tuple[Kept, ...]:
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while True:
            if mine.done():
                mine.result()
            found = self._queue.pending(offset)[:limit]
            left = end - loop.time()
            if found or left <= 0:
                return found
            ring = asyncio.ensure_future(self._bell.wait())
            try:
                await asyncio.wait((ring, mine), timeout=left, return_when="FIRST_COMPLETED")
            finally:
                ring.cancel()
