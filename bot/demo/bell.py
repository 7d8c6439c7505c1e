"""Rings at each change, so that whoever waits looks again instead of sleeping and polling."""

import asyncio
from collections.abc import Callable, Coroutine


class Bell:
    """`revision` counts the rings; it orders all that happens in the stand-in."""

    def __init__(self) -> None:
        self.revision = 0
        self._rung = asyncio.Event()

    def ring(self) -> int:
        """Wake everyone who waits; answers with the new revision."""
        self.revision += 1
        rung, self._rung = self._rung, asyncio.Event()
        rung.set()
        return self.revision

    def wait(self) -> Coroutine[None, None, object]:
        """Until the next ring, counted from this very call and not from the first await."""
        return self._rung.wait()

    async def until(self, true: Callable[[], bool], seconds: float) -> bool:
        """Whether `true` came true within these seconds; looked at after each ring."""
        try:
            async with asyncio.timeout(seconds):
                while not true():
                    await self.wait()
        except TimeoutError:
            return true()
        return True
