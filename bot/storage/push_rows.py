"""A push as a row: the statements that change one, and what is filled into them."""

from dataclasses import fields, replace
from typing import Any

from sqlalchemy import Integer, bindparam, func, or_, select, text, update

from bot.domain.person import Person
from bot.domain.pushes import Hold, Occasion, Push, PushKind, PushState, Settlement
from bot.storage.columns import UtcDateTime
from bot.storage.people import PERSON
from bot.storage.rows import IN_FLIGHT, IN_RETRY, PEOPLE, PUSHES, WAITING

# The chat is the person's: a push that waits follows a chat that migrates.
_COLUMNS = tuple(
    PEOPLE.c.chat_id if field.name == "chat_id" else PUSHES.c[field.name] for field in fields(Push)
)
PUSH = select(*_COLUMNS).join(PEOPLE, PEOPLE.c.id == PUSHES.c.person_id)
SNOOZED = PUSH.where(
    PUSHES.c.person_id == bindparam("id"),
    PUSHES.c.kind == PushKind.SNOOZED,
    PUSHES.c.state == PushState.RETRY,
)
_NOW, _LIMIT = bindparam("now", type_=UtcDateTime), bindparam("limit", type_=Integer)
DUE = (
    select(*PERSON.columns)
    .where(PEOPLE.c.next_push <= _NOW, text(WAITING))
    .order_by(PEOPLE.c.next_push)
    .limit(_LIMIT)
)
COMING = (
    select(*PERSON.columns)
    .where(
        PEOPLE.c.next_push >= bindparam("since"),
        PEOPLE.c.next_push <= bindparam("until"),
        or_(PEOPLE.c.next_push > bindparam("since"), PEOPLE.c.id > bindparam("number")),
        text(WAITING),
    )
    .order_by(PEOPLE.c.next_push, PEOPLE.c.id)
    .limit(_LIMIT)
)
# The first of an index, not "is there one up to now": a planner that does not know the instant
# takes a third of all rows to be up to it, and reads the table until it finds one.
_FIRST_PERSON = select(func.min(PEOPLE.c.next_push)).where(text(WAITING)).scalar_subquery()
_FIRST_RETRY = select(func.min(PUSHES.c.not_before)).where(text(IN_RETRY)).scalar_subquery()
_ON_THEIR_WAY = [
    select(end(PUSHES.c.lease_until)).where(text(IN_FLIGHT)).scalar_subquery()
    for end in (func.min, func.max)
]
ANYTHING = select(
    _FIRST_PERSON <= _NOW,
    or_(
        _FIRST_RETRY <= _NOW,
        _ON_THEIR_WAY[0] <= bindparam("leased"),
        _ON_THEIR_WAY[1] > bindparam("beyond"),
    ),
)
SETTLE = (
    update(PUSHES)
    .where(PUSHES.c.id == bindparam("push"))
    .values(
        state=bindparam("state"),
        message_id=bindparam("message_id"),
        not_before=bindparam("not_before"),
        reason=bindparam("reason"),
    )
)
RECLAIM = (
    update(PUSHES)
    .where(PUSHES.c.id == bindparam("push"))
    .values(
        state=PushState.CLAIMED,
        owner=bindparam("owner"),
        attempt=bindparam("attempt"),
        lease_until=bindparam("until"),
    )
)
MOVE = (
    update(PEOPLE)
    .where(PEOPLE.c.id == bindparam("person"))
    .values(next_push=bindparam("next_push"), served=bindparam("served"))
)
NEWEST = (
    select(PUSHES.c.person_id, func.max(PUSHES.c.local_date))
    .where(
        PUSHES.c.person_id.in_(bindparam("ids", expanding=True)),
        PUSHES.c.local_date < bindparam("before"),
    )
    .group_by(PUSHES.c.person_id)
)
KEY = (PUSHES.c.person_id, PUSHES.c.local_date, PUSHES.c.kind, PUSHES.c.slot)


def key_of(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[column.name] for column in KEY)


def new_row(
    person: Person | None, occasion: Occasion, state: PushState, hold: Hold
) -> dict[str, Any]:
    """A row without its id."""
    waits = state is PushState.RETRY
    return {
        "person_id": person.id if person else None,
        "kind": occasion.kind,
        "local_date": occasion.local_date,
        "slot": occasion.slot,
        "due": occasion.due,
        "state": state,
        "owner": hold.owner,
        "attempt": 0 if waits else 1,
        "lease_until": hold.until,
        "not_before": occasion.due if waits else None,
        "message_id": None,
        "sessions": occasion.sessions,
        "reason": None,
    }


def moved(person: Person) -> dict[str, Any]:
    return {"person": person.id, "next_push": person.next_push, "served": person.served}


def taken_over(push: Push, hold: Hold, was: PushState) -> Push:
    return replace(
        push, state=was, owner=hold.owner, attempt=push.attempt + 1, lease_until=hold.until
    )


def reclaimed(push: Push) -> dict[str, Any]:
    return {
        "push": push.id,
        "owner": push.owner,
        "attempt": push.attempt,
        "until": push.lease_until,
    }


def settled(settlement: Settlement) -> dict[str, Any]:
    return {
        "push": settlement.push.id,
        "state": settlement.state,
        "message_id": settlement.message_id,
        "not_before": settlement.not_before,
        "reason": settlement.reason,
    }
