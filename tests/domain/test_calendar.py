"""The wall clock of every zone, against an oracle that walks UTC in quarters of an hour."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.calendar import (
    date_of,
    exists,
    in_quiet_hours,
    instant,
    local_date,
    next_push,
    still_sensible,
)
from tests.domain.walking import DAY, turns, walked

ALL = frozenset(range(7))
ZONES = sorted(available_timezones())
BERLIN = ZoneInfo("Europe/Berlin")
APIA = ZoneInfo("Pacific/Apia")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
NUUK = ZoneInfo("America/Nuuk")
SEVEN = time(7)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def pushes(
    after: str, at: time, zone: ZoneInfo, count: int, days: frozenset[int] = ALL
) -> list[str]:
    """The next `count` pushes as the person's wall clock shows them."""
    shown = []
    now: datetime | None = utc(after)
    for _ in range(count):
        assert now is not None
        now = next_push(now, at, days, zone)
        assert now is not None
        shown.append(now.astimezone(zone).strftime("%a %d %b %H:%M"))
    return shown


def agrees_with_the_oracle(around: date, zone: ZoneInfo) -> None:
    seen = walked(around, zone)
    for day in (around - DAY, around, around + DAY):
        for quarter in range(96):
            at = time(quarter // 4, quarter % 4 * 15)
            assert instant(day, at, zone) == seen[datetime.combine(day, at)], (zone, day, at)


def comes_once_a_date(around: date, at: time, days: frozenset[int], zone: ZoneInfo) -> None:
    start = datetime.combine(around, time.min, tzinfo=UTC) - 4 * DAY
    due = next_push(start, at, days, zone)
    dates = []
    while due is not None and due < start + 8 * DAY:
        day = date_of(due, at, zone)
        assert instant(day, at, zone) == due
        dates.append(day)
        later = next_push(due, at, days, zone)
        assert later is not None
        assert later > due
        due = later
    wanted = [local_date(start, zone) + step * DAY for step in range(-1, 10)]
    wanted = [
        day
        for day in wanted
        if day.weekday() in days
        and exists(day, zone)
        and start < instant(day, at, zone) < start + 8 * DAY
    ]
    assert dates == wanted, (zone, at)


zones = st.sampled_from(ZONES)
times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
weekdays = st.frozensets(st.integers(0, 6), min_size=1)


def test_around_every_clock_change_of_ten_years_each_wall_time_is_where_the_walk_finds_it() -> None:
    found = turns()
    for around, name in found:
        agrees_with_the_oracle(around, ZoneInfo(name))

    assert len(found) > 500


@pytest.mark.parametrize("at", [time(0), time(1, 30), time(2, 15), time(7), time(23, 45)])
def test_around_every_clock_change_of_ten_years_each_date_has_one_push(at: time) -> None:
    for around, name in turns():
        comes_once_a_date(around, at, ALL, ZoneInfo(name))


@settings(max_examples=200, deadline=None)
@given(zones, st.dates(date(1972, 1, 1), date(2037, 12, 1)), times, weekdays)
def test_each_chosen_date_of_any_year_has_one_push(
    name: str, around: date, at: time, days: frozenset[int]
) -> None:
    comes_once_a_date(around, at, days, ZoneInfo(name))


@settings(max_examples=200, deadline=None)
@given(zones, st.integers(0, 2_145_000_000), times)
def test_the_next_push_is_after_now_and_within_two_days_and_a_half(
    name: str, epoch: int, at: time
) -> None:
    now = datetime.fromtimestamp(epoch, UTC)
    due = next_push(now, at, ALL, ZoneInfo(name))

    assert due is not None
    assert timedelta(0) < due - now <= timedelta(hours=60)


def test_a_time_in_the_gap_takes_the_offset_before_it() -> None:
    assert instant(date(2026, 3, 29), time(2, 30), BERLIN) == utc("2026-03-29 01:30")
    assert pushes("2026-03-28 12:00", time(2, 30), BERLIN, 2) == [
        "Sun 29 Mar 03:30",
        "Mon 30 Mar 02:30",
    ]


def test_a_doubled_time_comes_the_first_time_only() -> None:
    assert instant(date(2026, 10, 25), time(2, 30), BERLIN) == utc("2026-10-25 00:30")
    assert pushes("2026-10-25 00:30", time(2, 30), BERLIN, 1) == ["Mon 26 Oct 02:30"]


def test_a_time_marked_as_the_second_of_two_counts_as_the_first() -> None:
    second = time(2, 30, fold=1)

    assert instant(date(2026, 10, 25), second, BERLIN) == utc("2026-10-25 00:30")


def test_seven_stays_seven_across_both_clock_changes() -> None:
    spring = pushes("2026-03-27 12:00", SEVEN, BERLIN, 3)
    autumn = pushes("2026-10-23 12:00", SEVEN, BERLIN, 3)

    assert spring == ["Sat 28 Mar 07:00", "Sun 29 Mar 07:00", "Mon 30 Mar 07:00"]
    assert autumn == ["Sat 24 Oct 07:00", "Sun 25 Oct 07:00", "Mon 26 Oct 07:00"]


def test_a_shift_of_half_an_hour_moves_a_gap_time_by_half_an_hour() -> None:
    assert pushes("2026-10-03 00:00", time(2, 15), LORD_HOWE, 1) == ["Sun 04 Oct 02:45"]


def test_a_date_that_the_zone_left_out_has_no_push() -> None:
    shown = pushes("2011-12-28 18:00", SEVEN, APIA, 3)

    assert shown == ["Thu 29 Dec 07:00", "Sat 31 Dec 07:00", "Sun 01 Jan 07:00"]


def test_a_chosen_weekday_that_the_zone_left_out_waits_for_the_next_week() -> None:
    assert pushes("2011-12-27 00:00", SEVEN, APIA, 1, frozenset({4})) == ["Fri 06 Jan 07:00"]


def test_a_push_moved_over_midnight_belongs_to_the_evening_before() -> None:
    late = time(23, 30)
    due = instant(date(2026, 3, 28), late, NUUK)

    assert due.astimezone(NUUK).strftime("%a %H:%M") == "Sun 00:30"
    assert date_of(due, late, NUUK) == date(2026, 3, 28)
    assert pushes("2026-03-28 12:00", late, NUUK, 2) == ["Sun 29 Mar 00:30", "Sun 29 Mar 23:30"]


def test_only_the_chosen_days_have_a_push() -> None:
    shown = pushes("2026-01-01 00:00", SEVEN, BERLIN, 3, frozenset({0, 4}))

    assert shown == ["Fri 02 Jan 07:00", "Mon 05 Jan 07:00", "Fri 09 Jan 07:00"]


def test_without_days_there_is_no_push() -> None:
    assert next_push(utc("2026-01-01 00:00"), SEVEN, frozenset(), BERLIN) is None


def test_the_instant_of_a_push_is_not_its_own_next_one() -> None:
    due = instant(date(2026, 1, 5), SEVEN, BERLIN)

    assert next_push(due, SEVEN, ALL, BERLIN) == due + DAY


def test_a_later_time_does_not_bring_a_served_date_again() -> None:
    today = date(2026, 1, 5)
    due = next_push(instant(today, SEVEN, BERLIN), time(18), ALL, BERLIN, served=today)

    assert due == instant(date(2026, 1, 6), time(18), BERLIN)


def test_a_flight_to_the_west_does_not_bring_a_served_date_again() -> None:
    served = date(2026, 1, 5)
    landed = instant(served, SEVEN, ZoneInfo("Pacific/Auckland")) + timedelta(hours=12)
    due = next_push(landed, SEVEN, ALL, ZoneInfo("America/Los_Angeles"), served=served)

    assert due == instant(date(2026, 1, 6), SEVEN, ZoneInfo("America/Los_Angeles"))


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        local_date(datetime(2026, 1, 1), BERLIN)  # noqa: DTZ001 - the naive value is the point


@pytest.mark.parametrize(
    ("shown", "chosen", "quiet"),
    [
        ("21:29", "07:00", False),
        ("21:30", "07:00", True),
        ("00:00", "07:00", True),
        ("05:29", "07:00", True),
        ("05:30", "07:00", False),
        ("05:00", "05:00", False),
        ("04:59", "05:00", True),
        ("23:29", "22:30", False),
        ("23:30", "22:30", True),
        ("00:10", "23:30", False),
        ("00:30", "23:30", True),
    ],
)
def test_the_night_is_quiet_except_the_chosen_hour(shown: str, chosen: str, quiet: bool) -> None:
    assert in_quiet_hours(time.fromisoformat(shown), time.fromisoformat(chosen)) is quiet


def test_quiet_hours_within_one_day_are_understood() -> None:
    siesta = (time(13), time(15))

    assert in_quiet_hours(time(14), SEVEN, siesta)
    assert not in_quiet_hours(time(15), SEVEN, siesta)


def late(chosen: time, hours: float, zone: ZoneInfo = BERLIN, day: date = date(2026, 1, 5)) -> bool:
    due = instant(day, chosen, zone)
    return still_sensible(due, due + timedelta(hours=hours), zone, chosen)


def test_a_late_push_goes_out_while_its_day_lasts_outside_quiet_hours() -> None:
    assert late(SEVEN, 0)
    assert late(SEVEN, 14)
    assert not late(SEVEN, 15)
    assert not late(SEVEN, 25)


def test_a_push_chosen_for_the_night_has_its_own_hour_and_no_more_of_it() -> None:
    assert late(time(3), 0.9)
    assert not late(time(3), 1.5)
    assert late(time(3), 3)


def test_a_push_of_the_last_hour_does_not_outlive_its_day() -> None:
    assert late(time(23, 30), 0.4)
    assert not late(time(23, 30), 0.6)


def test_a_push_moved_by_a_clock_change_is_on_time_when_it_is_due() -> None:
    assert late(time(2, 30), 0.01, day=date(2026, 3, 29))
    assert late(time(23, 30), 0.01, NUUK, date(2026, 3, 28))


def test_the_own_hour_lasts_through_a_doubled_hour() -> None:
    assert late(time(2, 30), 0.9, day=date(2026, 10, 25))
