"""All messages share one budget: `rate` a second, smooth, replies first.

The budget is a virtual clock (GCRA): a message may go when the clock is not ahead of now, and
moves it on by one interval. Replies may run ahead of it by twenty intervals; pushes stand in one
line, reserve nothing, and so yield to every reply that comes while they wait. What a late wake-up
cost is made up for, but with pushes no second gets more than the rate.
"""

import asyncio
from bisect import bisect_right, insort
from collections import deque
from dataclasses import dataclass, field
from math import ceil, inf

REPLY_LEAD = 20
CHAT_INTERVAL = 1.0
GROUP_MESSAGES = 20
GROUP_SECONDS = 60.0
STORM_CHATS = 3
STORM_SECONDS = 5.0
CATCH_UP = 0.1  # s; a loop wakes late: so much of a delay is made up for, never more
A_WHILE = 1.01  # s in which pushes never make it more than a second's messages
LEARNT = 0.01  # s of a longer way that are believed with each second's messages
_PRUNE_AT = 10_000


@dataclass(slots=True)
class Limiter:
    """Seconds are the loop's own (monotonic); nothing here knows the wall clock."""

    rate: float
    _tat: float = 0.0
    _chats: dict[int, tuple[float, float]] = field(default_factory=dict)  # its clock, its last
    _groups: dict[int, deque[float]] = field(default_factory=dict)
    _holds: dict[int, float] = field(default_factory=dict)
    _held_all: float = 0.0
    _refused: dict[int, float] = field(default_factory=dict)
    _gone: list[float] = field(default_factory=list)  # when the last second's messages went
    _quickest: float = 0.0  # the shortest way there and back of late, as far as it is known
    _line: asyncio.Lock = field(default_factory=asyncio.Lock)
    _waiting: int = 0

    async def turn(self, chat_id: int, *, reply: bool, patience: float = inf) -> float:
        """Wait until a message to this chat may go; `reply`: it answers a person.

        0 where it may go now. Where that would take more than `patience` seconds: at once, the
        seconds to wait, and it may not go.
        """
        until = _now() + patience
        left = await self._turn_of_chat(chat_id, REPLY_LEAD - 1 if reply else 0, until)
        if left > 0:
            return left
        if reply:
            await _until(self._reserve(_now(), REPLY_LEAD - 1))
            return 0.0
        return await self._stand_in_line(until)

    def refused(self, chat_id: int, seconds: float) -> None:
        """A 429: hold this chat, or everything where several chats are refused at once."""
        now = _now()
        self._holds[chat_id] = max(self._holds.get(chat_id, 0.0), now + seconds)
        self._refused[chat_id] = now
        self._refused = {c: t for c, t in self._refused.items() if now - t < STORM_SECONDS}
        if len(self._refused) >= STORM_CHATS:
            self._held_all = max(self._held_all, now + seconds)

    def passed(self, seconds: float) -> None:
        """So much time has gone by on another clock, as in the demo: every budget has filled."""
        self._tat -= seconds
        self._held_all -= seconds
        self._gone = [at - seconds for at in self._gone]
        self._chats = {chat: (c - seconds, t - seconds) for chat, (c, t) in self._chats.items()}
        self._groups = {
            chat: deque((t - seconds for t in last), maxlen=GROUP_MESSAGES)
            for chat, last in self._groups.items()
        }
        self._holds = {chat: until - seconds for chat, until in self._holds.items()}

    async def _turn_of_chat(self, chat_id: int, lead: int, until: float) -> float:
        """The chat's own turn comes first: one that must wait takes no slot of the others."""
        start = max(_now(), self._group_start(chat_id), self._chat_start(chat_id, lead))
        if (first := max(start, self._held_until(chat_id))) > until:
            return first - _now()
        self._take_chat(chat_id, start)
        await _until(start)
        while (held := self._held_until(chat_id)) > _now():
            if held > until:
                return held - _now()
            await _until(held)
        return 0.0

    async def _stand_in_line(self, until: float) -> float:
        step = 1 / self.rate
        if (ahead := max(self._tat, _now()) + self._waiting * step) > until:
            return ahead - _now()
        self._waiting += 1
        try:
            async with self._line:
                while (start := max(self._tat, self._held_all, self._full())) > (now := _now()):
                    if start > until:
                        return start - now
                    await _until(start)
                self._tat = max(self._tat, now - CATCH_UP) + step
                self._went(now)
        finally:
            self._waiting -= 1
        return 0.0

    def _reserve(self, now: float, lead: int) -> float:
        step = 1 / self.rate
        start = max(now, self._tat - lead * step)
        self._tat = max(self._tat, start - CATCH_UP) + step
        self._went(start)
        return start

    def landed(self, went: float) -> None:
        """An answer to what went then: what took longer than the quickest came later by so much,
        and counts for the second in which it came."""
        took = _now() - went
        self._quickest = min(took, self._quickest + LEARNT / self.rate)
        place = bisect_right(self._gone, went) - 1
        if place >= 0:
            insort(self._gone, self._gone.pop(place) + took - self._quickest)

    def _went(self, at: float) -> None:
        insort(self._gone, at)
        if len(self._gone) > ceil(self.rate):
            self._gone.pop(0)

    def _full(self) -> float:
        """Catching up makes no second fuller than the limit has it: when the next may go."""
        most = ceil(self.rate)
        return self._gone[0] + A_WHILE * most / self.rate if len(self._gone) == most else 0.0

    def _held_until(self, chat_id: int) -> float:
        return max(self._held_all, self._holds.get(chat_id, 0.0))

    def _chat_start(self, chat_id: int, lead: int) -> float:
        """A reply may run ahead of the chat's clock; a push comes a second after the last."""
        clock, last = self._chats.get(chat_id, (0.0, 0.0))
        return clock - lead * CHAT_INTERVAL if lead else last + CHAT_INTERVAL

    def _group_start(self, chat_id: int) -> float:
        """Of any minute a group gets twenty: the next goes a minute after the one twenty before."""
        last = self._groups.get(chat_id)
        full = last is not None and len(last) == GROUP_MESSAGES
        return last[0] + GROUP_SECONDS if last and full else 0.0

    def _take_chat(self, chat_id: int, start: float) -> None:
        if len(self._chats) + len(self._groups) > _PRUNE_AT:
            self._prune(_now())
        if chat_id < 0:
            self._groups.setdefault(chat_id, deque(maxlen=GROUP_MESSAGES)).append(start)
        clock, _ = self._chats.get(chat_id, (0.0, 0.0))
        self._chats[chat_id] = (max(clock, start) + CHAT_INTERVAL, start)

    def _prune(self, now: float) -> None:
        self._chats = {c: t for c, t in self._chats.items() if t[0] > now}
        self._holds = {c: t for c, t in self._holds.items() if t > now}
        self._groups = {c: ts for c, ts in self._groups.items() if ts[-1] + GROUP_SECONDS > now}


def _now() -> float:
    return asyncio.get_running_loop().time()


async def _until(start: float) -> None:
    if (wait := start - _now()) > 0:
        await asyncio.sleep(wait)
