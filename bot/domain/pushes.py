"""A push: one message that goes out by itself, and what became of it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


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
