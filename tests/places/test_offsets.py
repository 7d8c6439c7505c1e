"""Offsets from UTC, typed, and the zones that stand for them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.places.offsets import offset_of, shown, zone_of

JANUARY = datetime(2026, 1, 15, tzinfo=UTC)
JULY = datetime(2026, 7, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("UTC+2", 120), ("utc +2", 120), ("UTC + 02:00", 120), ("GMT+2h", 120), ("+2", 120),
        ("+2 hours", 120), ("gmt-3", -180), ("−3", -180), ("UTC–3", -180), ("-0330", -210),
        ("+0530", 330), ("GMT+5:45", 345), ("utc+5.30", 330), ("+12:45", 765), ("utc+0", 0),
        ("+14", 840), ("-12", -720),
    ],
)  # fmt: skip
def test_an_offset_is_read(said: str, minutes: int) -> None:
    assert offset_of(said) == minutes


@pytest.mark.parametrize(
    "said",
    ["2", "UTC", "+15", "-13", "UTC+99", "+5:17", "+5:75", "++5", "5+", "", "Berlin+2", "+1234567"],
)
def test_what_no_clock_on_earth_is_off_by_is_refused(said: str) -> None:
    assert offset_of(said) is None


@pytest.mark.parametrize("hours", range(-12, 15))
def test_whole_hours_have_a_zone_without_clock_changes(hours: int) -> None:
    zone = ZoneInfo(zone_of(hours * 60) or "")

    assert JANUARY.astimezone(zone).utcoffset() == timedelta(hours=hours)
    assert JULY.astimezone(zone).utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize(
    "offset", [-570, -210, -150, 210, 270, 330, 345, 390, 525, 570, 630, 765, 825]
)
def test_a_broken_offset_has_a_real_zone_that_keeps_it_for_a_part_of_the_year(offset: int) -> None:
    zone = ZoneInfo(zone_of(offset) or "")
    kept = {JANUARY.astimezone(zone).utcoffset(), JULY.astimezone(zone).utcoffset()}

    assert timedelta(minutes=offset) in kept


@pytest.mark.parametrize(
    ("offset", "text"), [(0, "UTC"), (120, "UTC+2"), (345, "UTC+5:45"), (-210, "UTC-3:30")]
)
def test_an_offset_is_shown_as_people_write_it(offset: int, text: str) -> None:
    assert shown(offset) == text
