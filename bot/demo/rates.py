"""How fast the bot sends: counted always, held to Telegram's limits where that is asked for."""

import math
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field

from bot.demo.refusals import Json, flood

COUNTED = frozenset(
    {
        "sendMessage", "sendPhoto", "sendDocument", "sendMediaGroup", "editMessageText",
        "editMessageCaption", "editMessageMedia", "editMessageReplyMarkup",
    }
)  # fmt: skip
_SECOND = 1.0


@dataclass(slots=True)
class Limits:
    """Messages a second in total, seconds between two of one chat; None: not held to it."""

    total: int | None = None
    chat_pause: float | None = None
    chat_burst: int = 1


@dataclass(slots=True)
class Rates:
    """Times are the loop's own seconds. `peak`: the most within any one second so far."""

    limits: Limits = field(default_factory=Limits)
    by_second: Counter[int] = field(default_factory=Counter)
    by_chat: Counter[object] = field(default_factory=Counter)
    peak: int = 0
    chat_peak: int = 0
    refused: int = 0
    _window: deque[float] = field(default_factory=deque)
    _chats: defaultdict[object, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def enforce(
        self, total: int | None = 30, chat_pause: float | None = 1.0, chat_burst: int = 1
    ) -> None:
        """From now on 429 for what is faster; `chat_burst` may run together in one chat."""
        self.limits = Limits(total, chat_pause, chat_burst)

    def relax(self) -> None:
        """Count only."""
        self.limits = Limits()

    def count(self, method: str, chat_id: object, now: float) -> None:
        """One more call. Raises Refused (429) where a limit is enforced and passed."""
        if method not in COUNTED:
            return
        self._slide(self._window, now - _SECOND)
        pause = self.limits.chat_pause or _SECOND
        chat = self._chats[chat_id]
        self._slide(chat, now - pause)
        waits = [self._wait_in_total(now), self._wait_in_chat(chat, now)]
        if max(waits) > 0:
            self.refused += 1
            raise flood(max(1, math.ceil(max(waits))))
        self._window.append(now)
        chat.append(now)
        self.by_second[int(now)] += 1
        self.by_chat[chat_id] += 1
        self.peak = max(self.peak, len(self._window))
        self.chat_peak = max(self.chat_peak, len(chat))

    def as_json(self) -> Json:
        return {"peak": self.peak, "chat_peak": self.chat_peak, "refused": self.refused,
                "total": sum(self.by_second.values())}  # fmt: skip

    def _wait_in_total(self, now: float) -> float:
        limit = self.limits.total
        if limit is None or len(self._window) < limit:
            return 0.0
        return self._window[0] + _SECOND - now

    def _wait_in_chat(self, chat: deque[float], now: float) -> float:
        pause = self.limits.chat_pause
        if pause is None or len(chat) < self.limits.chat_burst:
            return 0.0
        return chat[0] + pause - now

    @staticmethod
    def _slide(window: deque[float], since: float) -> None:
        while window and window[0] <= since:
            window.popleft()
