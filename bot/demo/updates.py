"""Updates that wait for the bot: rising ids, kept for a while, gone once they are confirmed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.demo.bell import Bell
from bot.demo.refusals import Json

DAY = timedelta(hours=24)
CALLBACK_LIFE = timedelta(seconds=150)
FIRST_ID = 100_000_001
_ONLY_BY_NAME = ("chat_member", "message_reaction", "message_reaction_count")

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Kept:
    """An update on Telegram's side. `queue`: what must be delivered in order."""

    update_id: int
    kind: str
    body: Json
    queue: str
    expires: datetime

    def as_json(self) -> Json:
        return {"update_id": self.update_id, self.kind: self.body}


class UpdateQueue:
    """All updates that the bot has not confirmed. `expired` counts the ones nobody fetched."""

    def __init__(self, clock: Clock, bell: Bell, kinds: Sequence[str]) -> None:
        self._clock = clock
        self._bell = bell
        self._kinds = tuple(kinds)
        self._kept: dict[int, Kept] = {}
        self._lines: dict[str, dict[int, Kept]] = {}
        self._next = FIRST_ID
        self.arrived: Callable[[str], None] = lambda _queue: None
        self.expired = 0
        self.allowed = tuple(kind for kind in kinds if kind not in _ONLY_BY_NAME)

    def allow(self, kinds: Sequence[str] | None) -> None:
        """The kinds from now on; None leaves the last choice, an empty list is the default."""
        if kinds is not None:
            default = tuple(k for k in self._kinds if k not in _ONLY_BY_NAME)
            self.allowed = tuple(kinds) or default

    def put(self, kind: str, body: Json, queue: str, life: timedelta = DAY) -> int | None:
        """Keep an update for the bot; its id, or None where the bot does not want the kind."""
        if kind not in self.allowed:
            return None
        number = self._next
        self._next += 1
        kept = Kept(number, kind, body, queue, self._clock() + life)
        self._kept[number] = kept
        self._lines.setdefault(queue, {})[number] = kept
        self._bell.ring()
        self.arrived(queue)
        return number

    def queues(self) -> tuple[str, ...]:
        """The queues in which something waits."""
        return tuple(self._lines)

    def first(self, queue: str) -> Kept | None:
        """What comes next in this queue; what has outlived its time is gone."""
        now = self._clock()
        for kept in list(self._lines.get(queue, {}).values()):
            if kept.expires >= now:
                return kept
            self._drop(kept.update_id)
            self.expired += 1
        return None

    def pending(self, offset: int = 0) -> tuple[Kept, ...]:
        """Updates from `offset` on; what has outlived its time is gone."""
        now = self._clock()
        for number in [n for n, kept in self._kept.items() if kept.expires < now]:
            self._drop(number)
            self.expired += 1
        return tuple(kept for number, kept in self._kept.items() if number >= offset)

    def confirm(self, offset: int) -> None:
        """Forget what lies before `offset`; a negative one keeps that many of the last."""
        if offset < 0:
            numbers = [kept.update_id for kept in self.pending()]
            offset = numbers[offset] if len(numbers) >= -offset else 0
        for number in [n for n in self._kept if n < offset]:
            self._drop(number)

    def forget(self, update_id: int) -> None:
        if update_id in self._kept:
            self._drop(update_id)
            self._bell.ring()

    def forget_all(self) -> None:
        self._kept.clear()
        self._lines.clear()
        self._bell.ring()

    def _drop(self, update_id: int) -> None:
        kept = self._kept.pop(update_id)
        line = self._lines[kept.queue]
        del line[update_id]
        if not line:
            del self._lines[kept.queue]

    def outlives(self, kept: Kept, pause: timedelta) -> bool:
        """Whether the update is still worth something after the pause."""
        return self._clock() + pause <= kept.expires

    def now_unix(self) -> int:
        return int(self._clock().timestamp())

    def number_on(self, update_id: int) -> None:
        """The next id, as after a week of silence: Telegram then begins anywhere."""
        self._next = update_id
