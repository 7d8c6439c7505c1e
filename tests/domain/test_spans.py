"""Lengths of time and last days as people write them. Today is Friday 10 April 2026."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.clocktimes import parse_duration, parse_minutes, parse_until
from bot.domain.errors import BadInput

TODAY = date(2026, 4, 10)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)

MINUTES = {
    "40": 40, "40 min": 40, "40m": 40, "45'": 45, "about 40": 40, "max 90 minutes": 90,
    "forty-five minutes": 45, "1h": 60, "an hour": 60, "half an hour": 30, "1h30": 90,
    "1 h 15 min": 75, "one hour thirty": 90, "an hour and 15 minutes": 75, "1.5 hours": 90,
    "1,5 h": 90, "hour and a half": 90, "an hour and a half": 90, "one and a half hours": 90,
    "2 hours and a half": 150, "three quarters of an hour": 45, "a quarter of an hour": 15,
    "forty minuts": 40,
}  # fmt: skip
NO_MINUTES = ("0", "-5", "lots", "", "2 days", "99999999999", "40 apples", "1:30", "9" * 5000)
LENGTHS = {
    "2h": 2 * HOUR, "90 min": 1.5 * HOUR, "half a day": DAY / 2, "3": 3 * DAY, "10 days": 10 * DAY,
    "10d": 10 * DAY, "a week": 7 * DAY, "week": 7 * DAY, "two weeks": 14 * DAY,
    "for a fortnight": 14 * DAY, "a couple of days": 2 * DAY, "a few days": 3 * DAY,
    "one month": 30 * DAY, "2 weeks and 3 days": 17 * DAY, "the next 4 days": 4 * DAY,
    "a week off": 7 * DAY, "10-day break": 10 * DAY,
}  # fmt: skip
NO_LENGTHS = (
    "evening",
    "",
    "for ever",
    "2 weeks 3",
    "0 days",
    "100 years",
    "999999 days",
    "-2 days",
)
LAST_DAYS = {
    "until 3 May": "2026-05-03", "until may 3rd": "2026-05-03", "3rd of May": "2026-05-03",
    "until 3 May please": "2026-05-03", "till Sun 3 May": "2026-05-03", "2026-05-03": "2026-05-03",
    "3.5.": "2026-05-03", "3.5.2026": "2026-05-03", "May 3, 2027": "2027-05-03",
    "3 April": "2027-04-03", "10 April": "2027-04-10", "25/12": "2026-12-25", "12/25": "2026-12-25",
    "5/5": "2026-05-05", "29 feb": "2028-02-29", "Sept 1": "2026-09-01", "until june": "2026-06-01",
    "the 15th": "2026-04-15", "the 9th": "2026-05-09", "the 31st": "2026-05-31",
    "tomorrow": "2026-04-11", "until tomorow": "2026-04-11", "until monday": "2026-04-13",
    "friday": "2026-04-17", "next friday": "2026-04-17", "the weekend": "2026-04-11",
    "next week": "2026-04-13", "next month": "2026-05-01", "end of the month": "2026-04-30",
    "a week": "2026-04-17", "10 days": "2026-04-20", "for a fortnight": "2026-04-24",
    "7": "2026-04-17",
}  # fmt: skip
NO_DAYS = (
    "", "2h", "until 30 feb", "5/3", "until further notice", "13/13", "31.2.", "0 may", "2026-13-01",
    "2026-02-30", "0000-01-01", "9999-01-01", "until then",
)  # fmt: skip


def code_of_until(said: str) -> str:
    with pytest.raises(BadInput) as refused:
        parse_until(said, TODAY)
    return refused.value.code


@pytest.mark.parametrize(("said", "meant"), MINUTES.items())
def test_minutes_are_read(said: str, meant: int) -> None:
    assert parse_minutes(said) == meant


@pytest.mark.parametrize("said", NO_MINUTES)
def test_what_is_no_number_of_minutes_of_a_day_is_refused(said: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_minutes(said)

    assert (refused.value.code, refused.value.facts) == ("minutes_unclear", {"text": said})


@pytest.mark.parametrize(("said", "meant"), LENGTHS.items())
def test_a_length_of_time_is_read(said: str, meant: timedelta) -> None:
    assert parse_duration(said) == meant


def test_a_number_alone_takes_the_unit_that_the_asker_gives() -> None:
    assert parse_duration("3", bare=HOUR) == 3 * HOUR


@pytest.mark.parametrize("said", NO_LENGTHS)
def test_what_is_no_length_of_time_is_refused(said: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_duration(said)

    assert (refused.value.code, refused.value.facts) == ("span_unclear", {"text": said})


@pytest.mark.parametrize(("said", "meant"), LAST_DAYS.items())
def test_a_day_to_come_is_read(said: str, meant: str) -> None:
    assert parse_until(said, TODAY) == date.fromisoformat(meant)


@pytest.mark.parametrize("said", NO_DAYS)
def test_what_is_no_day_is_refused(said: str) -> None:
    assert code_of_until(said) == "span_unclear"


@pytest.mark.parametrize("said", ["3 May 2025", "2026-04-10", "1.1.2026"])
def test_a_day_gone_by_is_refused_as_such(said: str) -> None:
    assert code_of_until(said) == "span_past"


@given(st.dates(TODAY + DAY, date(2035, 12, 31)))
def test_each_date_is_read_back_in_each_way_of_writing_it(day: date) -> None:
    assert parse_until(day.isoformat(), TODAY) == day
    assert parse_until(day.strftime("%d.%m.%Y"), TODAY) == day
    assert parse_until(day.strftime("until %d %B %Y"), TODAY) == day
    assert parse_until(day.strftime("%b %d, %Y"), TODAY) == day


@given(st.text(max_size=150))
def test_any_text_is_a_day_to_come_or_refused(said: str) -> None:
    try:
        found = parse_until(said, TODAY)
    except BadInput:
        return

    assert found > TODAY
