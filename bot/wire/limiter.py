"""All messages share one budget: `rate` a second, smooth, replies first.

Each budget is a virtual clock (GCRA): a message may go when the clock is not ahead of now by
more than its tolerance, and moves the clock on by one interval. Replies tolerate a lead, so
they run ahead of the pushes, which then wait until the lead is used up.
"""

import asyncio
from dataclasses import dataclass, field

REPLY_LEAD = 20
CHAT_INTERVAL = 1.0
GROUP_INTERVAL = 3.0
STORM_CHATS = 3
STORM_SECONDS = 5.0
_PRUNE_AT = 10_000


@dataclass(slots=True)
class Limiter:
    """Seconds are the loop's own (monotonic); nothing here knows the wall clock."""

    rate: float
    _tat: float = 0.0
    _chats: dict[int, float] = field(default_factory=dict)
    _holds: dict[int, float] = field(default_factory=dict)
    _held_all: float = 0.0
    _refused: dict[int, float] = field(default_factory=dict)

    async def turn(self, chat_id: int, *, reply: bool) -> None:
        """Wait until a message to this chat may go; `reply`: it answers a person.

        The chat's own turn comes first: one that must wait takes no slot of the others.
        """
        lead = REPLY_LEAD - 1 if reply else 0
        await _until(self._reserve_chat(chat_id, _now(), lead))
        while (held := max(self._held_all, self._holds.get(chat_id, 0.0))) > _now():
            await _until(held)
        await _until(self._reserve(_now(), lead))

    def refused(self, chat_id: int, seconds: float) -> None:
        """A 429: hold this chat, or everything where several chats are refused at once."""
        now = _now()
        self._holds[chat_id] = now + seconds
        self._refused[chat_id] = now
        self._refused = {c: t for c, t in self._refused.items() if now - t < STORM_SECONDS}
        if len(self._refused) >= STORM_CHATS:
            self._held_all = max(self._held_all, now + seconds)

    def passed(self, seconds: float) -> None:
        """So much time has gone by on another clock, as in the demo: every budget has filled."""
        self._tat -= seconds
        self._held_all -= seconds
        self._chats = {chat: free - seconds for chat, free in self._chats.items()}
        self._holds = {chat: until - seconds for chat, until in self._holds.items()}

    def _reserve(self, now: float, lead: int) -> float:
        step = 1 / self.rate
        start = max(now, self._tat - lead * step)
        self._tat = max(self._tat, start) + step
        return start

    def _reserve_chat(self, chat_id: int, now: float, lead: int) -> float:
        if len(self._chats) > _PRUNE_AT:
            self._chats = {c: t for c, t in self._chats.items() if t > now}
            self._holds = {c: t for c, t in self._holds.items() if t > now}
        gap = GROUP_INTERVAL if chat_id < 0 else CHAT_INTERVAL
        next_free = self._chats.get(chat_id, 0.0)
        start = max(now, next_free - lead * gap)
        self._chats[chat_id] = max(next_free, start) + gap
        return start


def _now() -> float:
    return asyncio.get_running_loop().time()


async def _until(start: float) -> None:
    if (wait := start - _now()) > 0:
        await asyncio.sleep(wait)
