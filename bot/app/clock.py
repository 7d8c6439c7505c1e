"""The wall clock as the pump goes by it: a jump is an alarm, and is not believed at once."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from email.utils import parsedate_to_datetime

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.domain.steady import SteadyClock

ASK_AGAIN_SECONDS = 5.0
log = structlog.get_logger()


class Heard:
    """The date that stood in Telegram's last answer: a clock besides our own."""

    def __init__(self) -> None:
        self._date: str | None = None

    def note(self, date: str | None) -> None:
        self._date = date

    async def ask(self, bot: Bot) -> datetime | None:
        """Telegram's time now; None where its answers bear no date. Raises TelegramError."""
        self._date = None
        await bot.get_me()
        try:
            return parsedate_to_datetime(self._date) if self._date else None
        except ValueError:
            return None


class Guard:
    """`ask` brings a second reading (None: there is no other clock); `alarm` hears of a jump."""

    def __init__(
        self,
        clock: Callable[[], datetime],
        ask: Callable[[], Awaitable[datetime | None]],
        alarm: Callable[[str], None],
    ) -> None:
        self._clock = clock
        self._ask = ask
        self._alarm = alarm
        self._steady = SteadyClock()
        self._asking: asyncio.Task[None] | None = None

    def now(self) -> datetime:
        """The time that pushes go by."""
        return self._steady.now(self._clock(), _seconds())

    def believe(self) -> None:
        """The clock was moved on purpose, as in the demo: no jump."""
        self._steady.believe(self._clock(), _seconds())

    def look(self) -> None:
        """At each tick."""
        if self._steady.look(self._clock(), _seconds()):
            log.error("clock.jumped", to=self._clock().isoformat())
            self._alarm("clock")
        if self._steady.in_doubt and (self._asking is None or self._asking.done()):
            self._asking = asyncio.get_running_loop().create_task(self._second_reading())

    async def _second_reading(self) -> None:
        try:
            other = await self._ask()
        except TelegramError:
            agrees = False  # out of reach: nothing could go out anyway
        else:
            agrees = self._steady.compare(other, self._clock(), _seconds())
        if agrees:
            log.info("clock.believed", now=self._clock().isoformat())
        else:
            await asyncio.sleep(ASK_AGAIN_SECONDS)

    async def close(self) -> None:
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.gather(self._asking, return_exceptions=True)


def _seconds() -> float:
    return asyncio.get_running_loop().time()
