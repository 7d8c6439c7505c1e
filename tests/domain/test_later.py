"""Wishes to have a session later. Now is Friday 10 April 2026, 10:00 in Berlin; own time 07:00."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import BadInput
from bot.domain.later import due_later, parse_later

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 4, 10, 10, 0, tzinfo=BERLIN)
WISHES = {
    "2h": "Fri 12:00", "for 2 hours": "Fri 12:00", "2": "Fri 12:00", "an hour": "Fri 11:00",
    "30": "Fri 10:30", "in 90 min": "Fri 11:30", "half an hour": "Fri 10:30",
    "noon": "Fri 12:00", "lunch": "Fri 12:00", "this afternoon": "Fri 15:00",
    "evening": "Fri 18:00", "to the evening": "Fri 18:00", "after work": "Fri 18:00",
    "tonight": "Fri 19:00", "6pm": "Fri 18:00", "at 18:30": "Fri 18:30", "until 7pm": "Fri 19:00",
    "half past five pm": "Fri 17:30", "9am": "Sat 09:00", "tomorrow": "Sat 07:00",
    "until tomorrow morning": "Sat 07:00", "tomorrow evening": "Sat 18:00",
    "tomorrow at 8": "Sat 08:00", "8:15 tomorrow": "Sat 08:15",
}  # fmt: skip


@pytest.mark.parametrize(("said", "shown"), WISHES.items())
def test_a_wish_comes_when_it_says(said: str, shown: str) -> None:
    due = due_later(parse_later(said), NOW, time(7), BERLIN)

    assert due.tzinfo is UTC
    assert due.astimezone(BERLIN).strftime("%a %H:%M") == shown


@pytest.mark.parametrize(
    "said", ["", "sometime", "a week", "25:00", "tomorrow never", "99999", "x" * 999]
)
def test_what_is_no_such_wish_is_refused(said: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_later(said)

    assert (refused.value.code, refused.value.facts) == ("later_unclear", {"text": said})


def test_two_hours_are_two_hours_across_a_clock_change() -> None:
    night = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)

    assert due_later(parse_later("2h"), night, time(7), BERLIN) - night == timedelta(hours=2)


@given(st.text(max_size=60))
def test_any_text_is_later_than_now_or_refused(said: str) -> None:
    try:
        wish = parse_later(said)
    except BadInput:
        return

    assert due_later(wish, NOW, time(7), BERLIN) > NOW
