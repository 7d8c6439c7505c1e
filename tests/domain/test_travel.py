"""A trip to another zone: each date has one message, on the way there and on the way back."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.calendar import local_date
from bot.domain.due import arriving, coming_push, coming_pushes, decide, today_of
from bot.domain.errors import BadInput
from bot.domain.person import Person
from bot.domain.travel import at_home, last_day, returns_at, split_trip, zone_of

DAY = timedelta(days=1)
NOON = datetime(2026, 4, 20, 12, 0, tzinfo=UTC)
ZONES = st.sampled_from(sorted(name for name in available_timezones() if "/" in name))
TIMES = st.builds(time, st.integers(6, 20), st.sampled_from((0, 30)))  # none of them quiet


def ada(home: str | None = "America/New_York", **changes: Any) -> Person:
    person = Person(
        id=1,
        chat_id=1,
        name="Ada",
        signed_up=NOON - 30 * DAY,
        started_on=(NOON - 30 * DAY).date(),
        days=frozenset(range(7)),
        zone=home,
        last_seen=NOON,
    )
    return replace(person, **changes)


def sent_until(person: Person, now: datetime) -> Person:
    """With the last message of before `now` as served."""
    zone, at = ZoneInfo(person.zone or "UTC"), person.at or time(7)
    local = now.astimezone(zone)
    served = local.date() if local.time() >= at else local.date() - DAY
    return replace(person, served=served)


def gone(person: Person, zone: str, until: date, now: datetime) -> Person:
    person = replace(person, away_zone=zone, away_until=until)
    return replace(person, next_push=arriving(person, now) or coming_push(person, now))


def lived(person: Person, now: datetime, days: int) -> list[tuple[date, str | None]]:
    """The dates of the messages that go out, and the zone by which each came."""
    found = []
    for _ in range(days):
        assert person.next_push is not None
        now = max(now, person.next_push)
        move = decide(person, now)
        if move.occasion is not None:
            found.append((move.occasion.local_date, zone_of(person, move.occasion.due)))
        person = move.person
    return found


@given(ZONES, ZONES, TIMES, st.integers(0, 23), st.integers(1, 9))
@example("Pacific/Kiritimati", "Pacific/Pago_Pago", time(7), 0, 3)
@example("Pacific/Pago_Pago", "Pacific/Kiritimati", time(7), 0, 3)
@example("America/New_York", "Asia/Tokyo", time(18), 6, 2)
@example("Asia/Tokyo", "America/New_York", time(18), 6, 2)
def test_no_date_comes_twice_and_none_is_left_out(
    home: str, away: str, at: time, hour: int, days: int
) -> None:
    now = NOON.replace(hour=hour)
    person = sent_until(ada(home, at=at), now)
    assert person.served is not None
    there = local_date(now, ZoneInfo(away))
    until = there + days * DAY
    arrived = gone(person, away, until, now)
    dates = [date_ for date_, _ in lived(arrived, now, days + 5)]

    first = max(person.served + DAY, there)
    assert dates == [first + n * DAY for n in range(len(dates))]
    assert dates[-1] > until


@given(ZONES, ZONES, TIMES, st.integers(1, 9))
def test_up_to_the_last_day_the_clock_there_counts_and_from_the_day_after_that_of_home(
    home: str, away: str, at: time, days: int
) -> None:
    person = sent_until(ada(home, at=at), NOON)
    until = local_date(NOON, ZoneInfo(away)) + days * DAY
    sent = lived(gone(person, away, until, NOON), NOON, days + 5)

    assert {zone for day, zone in sent if day <= until} <= {away}
    assert {zone for day, zone in sent if day > until} == {home}


@given(ZONES, ZONES, TIMES, st.integers(1, 3))
def test_the_persons_date_never_goes_back_when_they_come_home(
    home: str, away: str, at: time, days: int
) -> None:
    until = local_date(NOON, ZoneInfo(away)) + days * DAY
    person = ada(home, at=at, away_zone=away, away_until=until)
    back = returns_at(person)
    assert back is not None
    eve, morning = today_of(person, back - timedelta(seconds=1)), today_of(person, back)

    assert eve <= morning <= until + DAY
    assert at_home(person, back) == replace(person, away_zone=None, away_until=None)


def test_who_lands_after_the_time_of_the_day_gets_the_message_at_once() -> None:
    morning = datetime(2026, 4, 20, 10, 0, tzinfo=UTC)  # six o'clock in New York
    person = sent_until(ada(), morning)
    arrived = gone(person, "Asia/Tokyo", date(2026, 5, 3), morning)

    assert arrived.next_push == datetime(2026, 4, 19, 22, 0, tzinfo=UTC)
    assert lived(arrived, morning, 1) == [(date(2026, 4, 20), "Asia/Tokyo")]


def test_who_lands_late_at_night_is_left_to_sleep() -> None:
    afternoon = datetime(2026, 4, 20, 14, 30, tzinfo=UTC)
    person = replace(ada(at=time(18)), served=date(2026, 4, 19))
    arrived = gone(person, "Asia/Tokyo", date(2026, 5, 3), afternoon)

    assert arrived.next_push == datetime(2026, 4, 21, 9, 0, tzinfo=UTC)


def test_what_comes_next_goes_on_at_home() -> None:
    person = replace(sent_until(ada(), NOON), days=frozenset({5, 6, 0}))
    person = gone(person, "Asia/Tokyo", date(2026, 5, 3), NOON + 11 * DAY)
    coming = coming_pushes(person, NOON + 11 * DAY, 3)

    assert coming == (
        datetime(2026, 5, 1, 22, 0, tzinfo=UTC),
        datetime(2026, 5, 2, 22, 0, tzinfo=UTC),
        datetime(2026, 5, 4, 11, 0, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("3 May", date(2026, 5, 3)),
        ("friday", date(2026, 4, 24)),
        ("May 3rd", date(2026, 5, 3)),
        ("2 weeks", date(2026, 5, 4)),
        ("2027-04-01", date(2027, 4, 1)),
    ],
)
def test_the_last_day_is_read_as_people_write_it(said: str, day: date) -> None:
    assert last_day(said, NOON.date()) == day


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("2026-04-19", "away_past"),
        ("19 April", "away_past"),
        ("3 May 2028", "away_far"),
        ("the cows come home", "away_unclear"),
    ],
)
def test_a_last_day_that_cannot_be_is_refused(said: str, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        last_day(said, NOON.date())

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("Asia/Tokyo until 3 May", ("Asia/Tokyo", "3 May")),
        ("New York, USA till friday", ("New York, USA", "friday")),
        ("Tokyo for two weeks", ("Tokyo", "two weeks")),
        ("Tokyo", ("Tokyo", None)),
    ],
)
def test_the_place_is_told_from_the_last_day(said: str, parts: tuple[str, str | None]) -> None:
    assert split_trip(said) == parts
