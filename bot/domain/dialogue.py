"""Where a conversation stands, and what it was last about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The open question of one person in one chat.

    `version` counts the steps, so that a button of an earlier step can be told from the present
    one. `data` holds what the steps have gathered (JSON values). After `expires_at` it is over.
    """

    chat_id: int
    user_id: int
    name: str
    step: str
    expires_at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)
    version: int = 0


@dataclass(frozen=True, slots=True)
class Talk:
    """The last topic of a chat and what was named, for questions such as "and how often?"."""

    chat_id: int
    topic: str
    at: datetime
    named: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gap:
    """A question without an answer, scrubbed; `mark` tells persons apart without naming them."""

    text: str
    mark: str
    at: datetime


@dataclass(frozen=True, slots=True)
class GapCount:
    """How often a gap was met, by how many people, and when last."""

    text: str
    times: int
    people: int
    last: datetime
