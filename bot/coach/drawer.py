"""What is computed again and again on a morning, kept: plans read back from their words, and what
follows from them. Equal words are read once, whoever they belong to, and an equal day is told once.
"""

import json
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import date
from functools import lru_cache, partial
from typing import Generic, TypeVar

from bot.domain.answers import Reply, ReplyKind
from bot.domain.filing import unfiled, unstood
from bot.domain.library import Library
from bot.domain.messages import Message
from bot.domain.plan import Athlete, PlanDay
from bot.domain.record import Record
from bot.domain.standing import Standing

T = TypeVar("T")
_DAYS = 4_000  # of some kilobytes each; a crowd of like people has a few hundred
_STANDINGS = 2_000
_KEPT = 2_000
_REPLIES = 1_000
_POPULAR = (ReplyKind.ANSWER, ReplyKind.CLARIFY, ReplyKind.SMALLTALK)


class Remembered(Generic[T]):
    """What was made of these very values (the same objects) and facts; the oldest goes first."""

    def __init__(self, most: int = _KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[object, ...], tuple[tuple[object, ...], T]] = OrderedDict()

    def get(self, of: tuple[object, ...], facts: tuple[object, ...], make: Callable[[], T]) -> T:
        key = (*map(id, of), *facts)
        known = self._kept.get(key)
        if known is None:  # what is kept holds its values: none of their ids can come again
            known = self._kept[key] = (of, make())
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return known[1]


class Popular:
    """Replies to the knowledge base's own wordings, asked afresh: nothing in them is anybody's."""

    def __init__(self, most: int = _REPLIES) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Reply] = OrderedDict()

    def get(self, words: str, context: Hashable) -> Reply | None:
        key = (words, context)
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def keep(self, words: str, context: Hashable, reply: Reply) -> None:
        if reply.kind not in _POPULAR:
            return
        self._kept[words, context] = reply
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)


class Drawer:
    """Bounded. `day` and `standing` read what `bot.domain.filing` wrote; values are shared."""

    def __init__(self, library: Library) -> None:
        self.day: Callable[[date, str], PlanDay] = lru_cache(_DAYS)(partial(_day, library))
        self.standing: Callable[[str], tuple[Standing, Athlete]] = lru_cache(_STANDINGS)(_standing)
        self.told: Remembered[Message] = Remembered()
        self.replies = Popular()
        self.seen: Remembered[Seen | None] = Remembered()


Seen = tuple[Record, tuple[PlanDay, ...]]  # a record brought to a day, and its days as seen


def _day(library: Library, day: date, words: str) -> PlanDay:
    return unfiled(day, json.loads(words), library)


def _standing(words: str) -> tuple[Standing, Athlete]:
    return unstood(json.loads(words))
