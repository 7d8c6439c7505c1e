"""A push: one message that goes out by itself, and what became of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.person import Person

_FIRST_PAUSE = timedelta(seconds=2)
_LONGEST_PAUSE = timedelta(minutes=5)


class PushKind(StrEnum):
    SESSION = "session"
    SNOOZED = "snoozed"
    NOTE = "note"
    BROADCAST = "broadcast"


class PushState(StrEnum):
    """claimed: on its way · retry: not before `not_before` · the others are final."""

    CLAIMED = "claimed"
    RETRY = "retry"
    SENT = "sent"
    UNKNOWN = "unknown"
    DEAD = "dead"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Push:
    """Its key is (person_id, kind, local_date, slot); `owner` and `attempt` fence the settling."""

    id: int
    person_id: int
    chat_id: int
    kind: PushKind
    local_date: date
    slot: int
    due: datetime
    state: PushState
    owner: str
    attempt: int
    lease_until: datetime
    not_before: datetime | None = None
    message_id: int | None = None
    sessions: tuple[str, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Occasion:
    """A message that is to go out to one person: its key, its instant, the sessions it bears.

    `slot` counts the snoozes of that date.
    """

    kind: PushKind
    local_date: date
    due: datetime
    slot: int = 0
    sessions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hold:
    """Who claims, and until when nobody else may."""

    owner: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Move:
    """The tick's verdict on a due person: `next_push` and `served` as they become, and a claim.

    `seen` is the next push as it was read: where it has changed since, nothing is done.
    """

    person: Person
    seen: datetime | None
    occasion: Occasion | None = None


@dataclass(frozen=True, slots=True)
class Settlement:
    """What became of a claimed push."""

    push: Push
    state: PushState
    message_id: int | None = None
    not_before: datetime | None = None
    reason: str | None = None


def backoff(attempt: int) -> timedelta:
    """How long to wait after the attempt of this number (from 1) before the next."""
    return min(_FIRST_PAUSE * float(4 ** min(max(attempt - 1, 0), 5)), _LONGEST_PAUSE)
