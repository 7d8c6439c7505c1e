"""Troubles on demand: what goes wrong with the next calls, and for how long."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.demo.refusals import Json, Refused

_USUAL = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


class Trouble(StrEnum):
    """`ERROR`: answered with an error, not carried out. `REFUSE`: cut off, not carried out.
    `LOSE`: carried out, then cut off. `HANG`: carried out, the answer comes late or never."""

    ERROR = "error"
    REFUSE = "refuse"
    LOSE = "lose"
    HANG = "hang"


@dataclass(frozen=True, slots=True)
class Fault:
    """One trouble, for `times` calls (None: until lifted) of a method and a chat (None: any)."""

    trouble: Trouble
    method: str | None = None
    chat_id: int | None = None
    times: int | None = 1
    refusal: Refused | None = None
    seconds: float = 0.0
    drop: bool = False

    def meets(self, method: str, chat_id: object) -> bool:
        if self.method is None and method in ("getUpdates", "getMe"):
            return False
        return self.method in (None, method) and self.chat_id in (None, chat_id)

    def as_json(self) -> Json:
        return {
            "trouble": self.trouble,
            "method": self.method,
            "chat_id": self.chat_id,
            "times": self.times,
            "seconds": self.seconds,
            "drop": self.drop,
            "error": self.refusal.body() if self.refusal else None,
        }


class Faults:
    """The troubles that are ordered, oldest first. A fault without a method spares getUpdates
    and getMe; an outage spares nothing."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self.out = False
        self.began: Callable[[], None] = lambda: None
        self.ended: Callable[[], None] = lambda: None

    def error(
        self, method: str | None, code: int, text: str = "", *, chat_id: int | None = None,
        times: int | None = 1, **parameters: int,
    ) -> None:  # fmt: skip
        """The next calls are answered with this code; `parameters`: retry_after and the like."""
        refusal = Refused(code, text or _USUAL.get(code, "Error"), **parameters)
        self.order(Fault(Trouble.ERROR, method, chat_id, times, refusal))

    def flood(
        self, method: str | None = None, *, retry_after: int = 1, chat_id: int | None = None,
        times: int | None = 1,
    ) -> None:  # fmt: skip
        """The next calls are answered with 429: a storm, where `method` and `chat_id` are None."""
        words = f"Too Many Requests: retry after {retry_after}"
        refusal = Refused(429, words, retry_after=retry_after)
        self.order(Fault(Trouble.ERROR, method, chat_id, times, refusal))

    def refuse(
        self, method: str | None, *, chat_id: int | None = None, times: int | None = 1
    ) -> None:
        """The connection is closed before anything is carried out."""
        self.order(Fault(Trouble.REFUSE, method, chat_id, times))

    def lose_answer(
        self, method: str | None, *, chat_id: int | None = None, times: int | None = 1
    ) -> None:
        """Carried out and recorded; then the connection is closed without an answer."""
        self.order(Fault(Trouble.LOSE, method, chat_id, times))

    def hang(
        self, method: str | None, seconds: float, *, drop: bool = False,
        chat_id: int | None = None, times: int | None = 1,
    ) -> None:  # fmt: skip
        """Carried out; the answer comes after these seconds, or (`drop`) never."""
        fault = Fault(Trouble.HANG, method, chat_id, times, seconds=seconds, drop=drop)
        self.order(fault)

    def order(self, fault: Fault) -> None:
        self._faults.append(fault)

    def outage(self) -> None:
        """Every connection is cut, polls too, until `lift`."""
        self.out = True
        self.began()

    def lift(self) -> None:
        """All is well again."""
        self._faults.clear()
        if self.out:
            self.out = False
            self.ended()

    def ordered(self) -> Iterable[Fault]:
        return tuple(self._faults)

    def take(self, method: str, chat_id: object) -> Fault | None:
        """The trouble that meets this call, if any; it is used up by one."""
        for at, fault in enumerate(self._faults):
            if fault.meets(method, chat_id):
                if fault.times == 1:
                    del self._faults[at]
                elif fault.times is not None:
                    self._faults[at] = replace(fault, times=fault.times - 1)
                return fault
        return None
