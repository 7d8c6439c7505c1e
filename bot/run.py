"""Long polling: an update is confirmed to Telegram only after it was handled.

`python-telegram-bot`'s own updater moves its offset when updates enter a queue in memory: a kill
would lose them. Here a batch is fetched, handled (each chat in order, chats side by side), and
confirmed by the offset of the next fetch.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

import structlog
from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.domain.errors import SettingWrong
from bot.handlers.routes import ALLOWED_UPDATES, AnyApplication
from bot.pulse import Pulse

POLL_SECONDS = 50
UPDATE_SECONDS = 20.0
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
SIDE_BY_SIDE = 32
log = structlog.get_logger()


class Poller:
    """Fetch, handle, confirm; the pulse keeps when Telegram answered last."""

    def __init__(
        self, bot: Bot, application: AnyApplication, pulse: Pulse, clock: Callable[[], datetime]
    ) -> None:
        self._bot = bot
        self._application = application
        self._pulse = pulse
        self._clock = clock
        self._closing = asyncio.Event()
        self._slots = asyncio.Semaphore(SIDE_BY_SIDE)
        self._offset: int | None = None

    async def run(self) -> None:
        """Until `close`; an unreachable Telegram is one line and a growing pause.

        Raises SettingWrong where Telegram refuses the token.
        """
        pause = FIRST_PAUSE
        while not self._closing.is_set():
            try:
                batch = await self._fetch_or_close()
            except InvalidToken:
                raise SettingWrong(REFUSED) from None
            except RetryAfter as error:
                await asyncio.sleep(_seconds(error))
            except (Conflict, NetworkError, TelegramError) as error:
                log.warning("poll.failed", reason=error.message, again_in=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            else:
                pause = FIRST_PAUSE
                self._pulse.last_poll = self._clock()
                await self._handle(batch)
        await self._confirm()

    def close(self) -> None:
        """Fetch nothing more; the updates at hand are handled to their end and confirmed."""
        self._closing.set()

    async def _fetch_or_close(self) -> list[dict[str, Any]]:
        """The next batch; empty where the poller was closed while it waited."""
        fetch = asyncio.ensure_future(self._fetch(POLL_SECONDS))
        closing = asyncio.ensure_future(self._closing.wait())
        await asyncio.wait([fetch, closing], return_when=asyncio.FIRST_COMPLETED)
        closing.cancel()
        if fetch.done():
            return fetch.result()
        fetch.cancel()
        return []

    async def _confirm(self) -> None:
        """Tell Telegram what was handled, so that the next process does not see it again."""
        if self._offset is not None:
            with suppress(TelegramError):
                await self._fetch(0)

    async def _fetch(self, seconds: int) -> list[dict[str, Any]]:
        # The raw call: one update that cannot be read must not spoil its whole batch. Spelt so,
        # the library does not point to its own method, which would read the batch as one.
        answer: list[dict[str, Any]] = await self._bot.do_api_request(
            "get_Updates",
            api_kwargs={
                "offset": self._offset,
                "timeout": seconds,
                "allowed_updates": list(ALLOWED_UPDATES),
            },
        )
        return answer

    async def _handle(self, batch: list[dict[str, Any]]) -> None:
        """Each chat in order, chats side by side; then the batch counts as handled."""
        chats: dict[int, list[Update]] = defaultdict(list)
        for raw in batch:
            self._offset = max(self._offset or 0, raw["update_id"] + 1)
            update = read(raw, self._bot)
            if update is not None:
                chat = update.effective_chat or update.effective_user
                chats[chat.id if chat else 0].append(update)
        await asyncio.gather(*(self._one_chat(updates) for updates in chats.values()))

    async def _one_chat(self, updates: list[Update]) -> None:
        async with self._slots:
            for update in updates:
                await handle(self._application, update)
                self._pulse.updates.labels("handled").inc()


REFUSED = "TELEGRAM_BOT_TOKEN is refused by Telegram: copy it again from @BotFather"


def read(raw: dict[str, Any], bot: Bot) -> Update | None:
    """An update as a value; one that cannot be read is counted in the log and passed over."""
    try:
        return Update.de_json(raw, bot)
    except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError, OSError) as error:
        log.error("update.unreadable", update=raw.get("update_id"), reason=type(error).__name__)
        return None


async def handle(application: AnyApplication, update: Update) -> None:
    """Handle one update within its time; a slow one must not hold the others."""
    try:
        async with asyncio.timeout(UPDATE_SECONDS):
            await application.process_update(update)
    except TimeoutError:
        log.error("update.slow", update=update.update_id)


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()
