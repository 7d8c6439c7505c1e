"""Limits of the health answers end when they may, and the questions come again in time."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.content.tables import load_tables
from bot.domain.person import Person, Screening
from bot.domain.screening import as_of
from tests.house import ROOT
from tests.storage.makers import a_person

TABLES, _ = load_tables(ROOT / "content")
assert TABLES is not None
TABLE = TABLES.screening
ASKED = date(2026, 3, 2)
YEAR = date(2027, 3, 2)
DAY = timedelta(days=1)


def screened(screening: Screening, until: date | None = None) -> Person:
    return a_person(screening=screening, screened_on=ASKED, limited_until=until)


def test_a_limit_ends_on_its_day_and_no_earlier() -> None:
    until = ASKED + 28 * DAY
    person = screened(Screening.NO_X, until)

    assert as_of(person, until - DAY, TABLE) == person
    assert as_of(person, until, TABLE) == replace(
        person, screening=Screening.CLEAR, limited_until=None
    )


@pytest.mark.parametrize("screening", [Screening.CLEAR, Screening.NO_X, Screening.LIGHT])
def test_after_twelve_months_the_questions_are_open_again(screening: Screening) -> None:
    person = screened(screening)

    assert as_of(person, YEAR - DAY, TABLE) == person
    assert as_of(person, YEAR, TABLE).screening is Screening.UNASKED


@pytest.mark.parametrize("screening", [Screening.WALKS, Screening.STOP, Screening.UNASKED])
def test_time_alone_never_opens_what_is_closed(screening: Screening) -> None:
    person = screened(screening)

    assert as_of(person, YEAR + 400 * DAY, TABLE) == person
