"""The record of what the bot asked of Telegram, and what it was told."""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from bot.demo.bell import Bell
from bot.demo.refusals import Json

KEPT_CALLS = 50_000


@dataclass(frozen=True, slots=True)
class Call:
    """One call. `second` is the loop's own time; `fate`: answered, late, lost or refused.

    `lost`: carried out, but the answer never left; `refused`: cut before it was carried out.
    """

    number: int
    method: str
    params: Json
    at: datetime
    second: float
    response: Json
    fate: str
    revision: int

    @property
    def ok(self) -> bool:
        return bool(self.response.get("ok"))

    @property
    def chat_id(self) -> int | None:
        chat = self.params.get("chat_id")
        return chat if isinstance(chat, int) else None

    def as_json(self) -> Json:
        return {
            "number": self.number,
            "method": self.method,
            "params": self.params,
            "at": self.at.isoformat(),
            "response": self.response,
            "fate": self.fate,
            "revision": self.revision,
        }


@dataclass(slots=True)
class CallLog:
    """The last calls, bounded; `counts` by method are of all."""

    bell: Bell
    counts: Counter[str] = field(default_factory=Counter)
    _calls: deque[Call] = field(default_factory=lambda: deque(maxlen=KEPT_CALLS))
    _number: int = 0

    def next_number(self) -> int:
        self._number += 1
        return self._number

    @property
    def last(self) -> int:
        """The number of the newest call, under way or answered."""
        return self._number

    def keep(self, call: Call) -> None:
        self.counts[call.method] += 1
        self._calls.append(call)

    def find(
        self, method: str | None = None, chat_id: int | None = None, since: int = 0
    ) -> tuple[Call, ...]:
        """Calls in their order; without a method the long polls are left out."""
        return tuple(self._found(method, chat_id, since))

    def _found(self, method: str | None, chat_id: int | None, since: int) -> Iterator[Call]:
        for call in self._calls:
            if method is None and call.method == "getUpdates":
                continue
            if method is not None and call.method != method:
                continue
            if chat_id is not None and call.chat_id != chat_id:
                continue
            if call.revision > since:
                yield call
