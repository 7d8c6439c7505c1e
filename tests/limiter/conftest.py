"""A loop in which waiting takes no time: its clock jumps to whatever is due next."""

import asyncio
import selectors
from collections.abc import Callable


class SwiftLoop(asyncio.SelectorEventLoop):
    """Its seconds begin at 1,000 and pass only while everything waits, or by `busy`."""

    def __init__(self) -> None:
        super().__init__(_Jump(self))
        self._seconds = 1_000.0

    def time(self) -> float:
        return self._seconds

    def busy(self, seconds: float) -> None:
        """So long the loop is held up: nothing else gets its turn meanwhile."""
        self._seconds += seconds


class _Jump(selectors.DefaultSelector):
    def __init__(self, loop: SwiftLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        found: list[tuple[selectors.SelectorKey, int]] = super().select(0)
        if not found and timeout:
            self._loop.busy(timeout)
        return found


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], SwiftLoop]]:
    """Every test beside this file has such a loop."""
    return {"swift": SwiftLoop}
