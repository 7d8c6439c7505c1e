"""A change of somebody's plan: what it was, what it took away, and whether it can be undone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

UNDO_FOR = timedelta(days=7)


class ChangeState(StrEnum):
    """done: acts · offered: waits for an answer · kept: declined, or the next message came ·
    undone: taken back."""

    DONE = "done"
    OFFERED = "offered"
    KEPT = "kept"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Change:
    """`code` names its words in the templates; `data` is what takes it back, or what it would do.

    `id` is 0 until it is stored.
    """

    person_id: int
    at: datetime
    local_date: date
    code: str
    state: ChangeState = ChangeState.DONE
    data: Mapping[str, Any] = field(default_factory=dict)
    id: int = 0
