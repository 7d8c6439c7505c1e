"""Long polling: an update is confirmed to Telegram only after it was handled.

`python-telegram-bot`'s own updater moves its offset when updates enter a queue in memory: a kill
would lose them. Here the offset of a fetch is that of the oldest update that is still being
handled. Each chat in order, chats side by side; a slow one holds up only its own chat.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

import structlog
from telegram import Bot
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.domain.errors import NotReady, SettingWrong
from bot.handlers.inbox import Inbox, chat_of
from bot.handlers.routes import ALLOWED_UPDATES
from bot.pulse import Pulse

POLL_SECONDS = 50
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
SIDE_BY_SIDE = 32
MOST_OPEN = 100  # as many as Telegram hands out at once
LOOK_AGAIN_SECONDS = 1.0
DEAD_SECONDS = 120.0
MAY_SECONDS = 0.5
REFUSED = "TELEGRAM_BOT_TOKEN is refused by Telegram: copy it again from @BotFather"
log = structlog.get_logger()


class Poller:
    """Fetch, handle, confirm; the pulse keeps when Telegram answered last.

    `may`: whether it is sure that no other process polls. Telegram lets two of them end each
    other's polls for ever.
    """

    def __init__(
        self,
        bot: Bot,
        inbox: Inbox,
        pulse: Pulse,
        clock: Callable[[], datetime],
        may: Callable[[], bool] = lambda: True,
    ) -> None:
        self._bot = bot
        self._inbox = inbox
        self._pulse = pulse
        self._clock = clock
        self._may = may
        self._closing = asyncio.Event()
        self._slots = asyncio.Semaphore(SIDE_BY_SIDE)
        self._lines: dict[int, deque[dict[str, Any]]] = {}
        self._working: set[asyncio.Task[None]] = set()
        self._open: set[int] = set()
        self._handled: set[int] = set()
        self._next: int | None = None
        self._idle = asyncio.Event()
        self.answered = 0.0  # the loop's seconds at which Telegram last said anything to a poll

    async def run(self) -> None:
        """Until `close`; an unreachable Telegram is one line and a growing pause.

        Raises SettingWrong where Telegram refuses the token.
        """
        pause = FIRST_PAUSE
        self.answered = _loop_time()
        try:
            while not self._closing.is_set():
                if not self._may():
                    await self._rest()
                    continue
                try:
                    batch = await self._fetch_or_close()
                except InvalidToken:
                    raise SettingWrong(REFUSED) from None
                except TelegramError as error:
                    pause = await self._after(error, pause)
                else:
                    pause = FIRST_PAUSE
                    await self._take(batch)
            await self._at_most(None)
        finally:
            for work in self._working:
                work.cancel()
        await self._confirm()

    def close(self) -> None:
        """Fetch nothing more; the updates at hand are handled to their end and confirmed."""
        self._closing.set()

    async def closed_within(self, seconds: float) -> bool:
        """Wait so long, or until `close`; whether it was closed."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._closing.wait(), seconds)
        return self._closing.is_set()

    async def _after(self, error: TelegramError, pause: float) -> float:
        """Wait as long as the trouble asks for; the next pause."""
        if isinstance(error, RetryAfter):
            self.answered = _loop_time()
            await self.closed_within(_seconds(error))
            return pause
        refused = isinstance(error, Conflict) or not isinstance(error, NetworkError)
        if refused:
            self.answered = _loop_time()  # but heard: another one polls
        event = "poll.refused" if refused else "telegram.unreachable"
        log.warning(event, reason=error.message, again_in=pause)
        await self.closed_within(pause)
        return min(pause * 2, LONGEST_PAUSE)

    async def _fetch_or_close(self) -> list[dict[str, Any]]:
        """The next batch; empty where the poller was closed, or may not go on, while it waited."""
        waiting = 0 if self._open else POLL_SECONDS
        fetch = asyncio.ensure_future(self._fetch(waiting))
        closing = asyncio.ensure_future(self._closing.wait())
        try:
            waits = (fetch, closing)
            while not (fetch.done() or closing.done()) and self._may():
                await asyncio.wait(waits, timeout=MAY_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            return fetch.result() if fetch.done() else []
        finally:
            fetch.cancel()
            closing.cancel()

    async def _rest(self) -> None:
        """Another may poll: look again in a moment."""
        self.answered = _loop_time()
        await self.closed_within(MAY_SECONDS)

    async def _confirm(self) -> None:
        """Tell Telegram what was handled, so that the next process does not see it again."""
        if self._next is not None and self._may():
            with suppress(TelegramError):
                await self._fetch(0)

    async def _fetch(self, seconds: int) -> list[dict[str, Any]]:
        # The raw call: one update that cannot be read must not spoil its whole batch. Spelt so,
        # the library does not point to its own method, which would read the batch as one.
        answer: list[dict[str, Any]] = await self._bot.do_api_request(
            "get_Updates",
            api_kwargs={
                "offset": min(self._open) if self._open else self._next,
                "timeout": seconds,
                "limit": MOST_OPEN,
                "allowed_updates": list(ALLOWED_UPDATES),
            },
        )
        return answer

    async def _take(self, batch: list[dict[str, Any]]) -> None:
        """Begin what is new, and wait: until all is handled, or only a little where some lasts."""
        self._pulse.last_poll = self._clock()
        self.answered = _loop_time()
        for raw in batch:
            number = raw["update_id"]
            if number in self._open or number in self._handled:
                continue
            self._open.add(number)
            self._next = number + 1
            self._idle.clear()
            self._put_in_line(raw)
        await self._at_most(LOOK_AGAIN_SECONDS)
        # The next fetch confirms all that came before the oldest that is open.
        oldest = min(self._open, default=None)
        later = {number for number in self._handled if oldest is not None and number > oldest}
        self._handled = later

    def _put_in_line(self, raw: dict[str, Any]) -> None:
        chat = chat_of(raw)
        line = self._lines.get(chat)
        if line is not None:
            line.append(raw)
            return
        self._lines[chat] = deque([raw])
        work = asyncio.get_running_loop().create_task(self._work_off(chat))
        self._working.add(work)
        work.add_done_callback(self._working.discard)

    async def _work_off(self, chat: int) -> None:
        line = self._lines[chat]
        async with self._slots:
            while line:
                raw = line.popleft()
                await self._inbox.take(raw)
                self._handled.add(raw["update_id"])
                self._open.discard(raw["update_id"])
            del self._lines[chat]
        if not self._open:
            self._idle.set()

    async def _at_most(self, seconds: float | None) -> None:
        """Until everything at hand is handled, for at most so long."""
        if self._open:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._idle.wait(), seconds)


async def watch(
    poller: Poller, reach: Callable[[], Awaitable[object]], dead_after: float = DEAD_SECONDS
) -> None:
    """Raises NotReady where polling has been dead for so long although Telegram is reachable.

    A pool of connections can get stuck for good; a process that begins anew is well again.
    """
    while not await poller.closed_within(dead_after / 12):
        if _loop_time() - poller.answered < dead_after:
            continue
        try:
            await reach()
        except TelegramError:
            continue
        raise NotReady(
            f"no poll was answered for {dead_after:.0f} s while Telegram can be reached: "
            "start the process anew"
        )


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()


def _loop_time() -> float:
    return asyncio.get_running_loop().time()
