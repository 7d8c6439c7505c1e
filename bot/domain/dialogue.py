"""Where a conversation stands, and what it was last about."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

BEHIND = "behind"


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The open question of one person in one chat.

    `version` counts the steps, so that a button of an earlier step can be told from the present
    one. `data` holds what the steps have gathered (JSON values), and under BEHIND the dialogue
    that goes on when this one is over. After `expires_at` it is over.
    """

    chat_id: int
    user_id: int
    name: str
    step: str
    expires_at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)
    version: int = 0


def named(top: Dialogue | None, name: str) -> Dialogue | None:
    """The dialogue of that name, the open one or one that waits behind it."""
    return next((one for one in _chain(top) if one.name == name), None)


def before(top: Dialogue | None, step: Dialogue) -> Dialogue:
    """`step` as the open one: others wait behind it, its own step of before is over."""
    step = replace(step, version=step.version + 1)
    return _linked([step, *(one for one in _chain(top) if one.name != step.name)])


def without(top: Dialogue | None, name: str) -> Dialogue | None:
    """What stays open when the dialogue of that name is over."""
    left = [one for one in _chain(top) if one.name != name]
    return _linked(left) if left else None


def lasting(top: Dialogue | None, now: datetime) -> Dialogue | None:
    """What is open still: without those that have expired."""
    left = [one for one in _chain(top) if one.expires_at > now]
    return _linked(left) if left else None


def _chain(top: Dialogue | None) -> list[Dialogue]:
    """The open one and those behind it, each by itself."""
    found: list[Dialogue] = []
    while top is not None:
        data = dict(top.data)
        waits = data.pop(BEHIND, None)
        found.append(replace(top, data=data))
        if waits is not None:
            waits = {**waits, "expires_at": datetime.fromisoformat(waits["expires_at"])}
        top = replace(top, **waits) if waits else None
    return found


def _linked(chain: list[Dialogue]) -> Dialogue:
    top, *others = chain
    if not others:
        return top
    waits = _linked(others)
    kept = {
        "name": waits.name,
        "step": waits.step,
        "data": dict(waits.data),
        "version": waits.version,
        "expires_at": waits.expires_at.isoformat(),
    }
    return replace(top, data={**top.data, BEHIND: kept})


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
