"""When the next message comes, and what a tick does with one that is due, late or missed."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.due import OPEN_END, coming_push, coming_pushes, decide, today_of
from bot.domain.person import Person
from bot.domain.pushes import PushKind

BERLIN_SEVEN = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
SIGN_UP = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)


@pytest.fixture
def ada() -> Person:
    """Signed up in Berlin; Tuesdays, Thursdays and Saturdays at the default time."""
    return Person(
        id=1,
        chat_id=1,
        name="Ada",
        signed_up=SIGN_UP,
        started_on=date(2026, 11, 20),
        days=frozenset({1, 3, 5}),
        zone="Europe/Berlin",
        next_push=BERLIN_SEVEN,
    )


def test_the_default_time_is_seven_on_the_persons_own_clock(ada: Person) -> None:
    assert coming_push(ada, SIGN_UP + timedelta(days=2)) == BERLIN_SEVEN


def test_until_the_zone_is_known_the_clock_time_of_the_sign_up_counts(ada: Person) -> None:
    stranger = replace(ada, zone=None, next_push=None, days=frozenset(range(7)))

    assert coming_push(stranger, SIGN_UP) == SIGN_UP + timedelta(days=1)


def test_a_due_person_is_claimed_once_and_moved_to_the_next_day_of_theirs(ada: Person) -> None:
    move = decide(ada, BERLIN_SEVEN)

    assert move.occasion is not None
    assert (move.occasion.kind, move.occasion.local_date) == (PushKind.SESSION, date(2026, 11, 24))
    assert move.person.next_push == BERLIN_SEVEN + timedelta(days=2)


def test_of_several_missed_messages_the_newest_alone_goes_out(ada: Person) -> None:
    move = decide(ada, BERLIN_SEVEN + timedelta(days=4, hours=5))

    assert move.occasion is not None
    assert move.occasion.local_date == date(2026, 11, 28)


def test_a_message_of_yesterday_is_pointless_and_dropped(ada: Person) -> None:
    move = decide(ada, BERLIN_SEVEN + timedelta(days=1))

    assert move.occasion is None
    assert move.person.next_push == BERLIN_SEVEN + timedelta(days=2)


def test_a_late_message_keeps_out_of_the_quiet_hours(ada: Person) -> None:
    move = decide(ada, BERLIN_SEVEN + timedelta(hours=15))

    assert move.occasion is None


def test_notes_come_on_the_other_days_as_notes(ada: Person) -> None:
    noted = replace(ada, notes=True)
    wednesday = BERLIN_SEVEN + timedelta(days=1)

    move = decide(replace(noted, next_push=wednesday), wednesday)

    assert move.occasion is not None
    assert move.occasion.kind is PushKind.NOTE


def test_a_pause_moves_the_next_message_behind_it(ada: Person) -> None:
    away = replace(ada, paused_until=date(2027, 1, 10))

    assert coming_push(away, BERLIN_SEVEN) == datetime(2027, 1, 12, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "quiet", [{"stopped": True}, {"reachable": False}, {"paused_until": OPEN_END}]
)
def test_who_stopped_blocked_or_paused_gets_nothing(ada: Person, quiet: dict[str, object]) -> None:
    assert coming_push(replace(ada, **quiet), BERLIN_SEVEN) is None  # type: ignore[arg-type]  # one field by name


def test_a_later_time_does_not_bring_the_same_date_twice(ada: Person) -> None:
    served = replace(ada, served=date(2026, 11, 24), at=time(20, 0))

    assert coming_push(served, BERLIN_SEVEN) == datetime(2026, 11, 26, 19, 0, tzinfo=UTC)


def test_the_next_three_are_on_the_persons_days(ada: Person) -> None:
    three = coming_pushes(ada, SIGN_UP, 3)

    assert [at.date() for at in three] == [
        date(2026, 11, 24),
        date(2026, 11, 26),
        date(2026, 11, 28),
    ]


def test_today_is_the_date_on_the_persons_own_calendar(ada: Person) -> None:
    kathmandu = replace(ada, zone="Asia/Kathmandu")

    assert today_of(kathmandu, datetime(2026, 11, 23, 18, 30, tzinfo=UTC)) == date(2026, 11, 24)
