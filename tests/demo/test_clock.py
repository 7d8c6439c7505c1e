"""The demo's clock goes forward only, and knows when clocks change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.demo.clock import MovableClock, next_change

START = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_moved_clock_runs_on_from_there() -> None:
    wall = [START]
    clock = MovableClock(lambda: wall[0])
    clock.move_to(START + 5 * HOUR)
    wall[0] += HOUR

    assert clock() == START + 6 * HOUR


def test_a_moment_that_has_passed_changes_nothing() -> None:
    clock = MovableClock(lambda: START)
    clock.move_to(START - HOUR)

    assert clock() == START


@pytest.mark.parametrize(
    ("zone", "change"),
    [
        ("Europe/Berlin", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        ("America/New_York", datetime(2026, 3, 8, 7, 0, tzinfo=UTC)),
        ("Australia/Lord_Howe", datetime(2026, 4, 4, 15, 0, tzinfo=UTC)),
        ("Asia/Kathmandu", None),
    ],
)
def test_the_next_change_is_found_to_the_minute(zone: str, change: datetime | None) -> None:
    assert next_change(ZoneInfo(zone), START) == change
