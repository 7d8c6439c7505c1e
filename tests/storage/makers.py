"""Values with sensible fields, for tests that care about one of them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.journal import Outcome, Report
from bot.domain.person import Person
from bot.domain.pushes import Hold, Move, Occasion, PushKind
from bot.domain.workouts import Grade, Kind

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
TODAY = NOW.date()
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
LEASE = timedelta(seconds=90)


def a_person(number: int = 1, **changes: Any) -> Person:
    person = Person(
        id=number, chat_id=number, name="Ada", signed_up=NOW, started_on=TODAY, next_push=NOW
    )
    return replace(person, **changes)


def an_occasion(**changes: Any) -> Occasion:
    occasion = Occasion(PushKind.SESSION, TODAY, NOW, sessions=("HILL-B-01",))
    return replace(occasion, **changes)


def a_move(person: Person, **changes: Any) -> Move:
    """The person's next push moves on by a day, and today's message is claimed."""
    tomorrow = replace(person, next_push=NOW + DAY, served=TODAY)
    return replace(Move(tomorrow, person.next_push, an_occasion()), **changes)


def a_hold(owner: str = "one", start: datetime = NOW) -> Hold:
    return Hold(owner, start + LEASE)


def a_report(person_id: int = 1, **changes: Any) -> Report:
    report = Report(
        person_id=person_id,
        local_date=TODAY,
        session_id="HILL-B-01",
        kind=Kind.HILL,
        grade=Grade.LIGHT,
        x=False,
        outcome=Outcome.DONE,
        at=NOW,
    )
    return replace(report, **changes)
