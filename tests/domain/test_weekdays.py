"""Weekdays as people write them; `UNSEEN` was written before the reader and not tuned for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.clocktimes import parse_days
from bot.domain.errors import BadInput

KNOWN = """
mon wed fri => 0 2 4
Monday, Wednesday => 0 2
mon-fri => 0 1 2 3 4
mon – fri => 0 1 2 3 4
weekdays => 0 1 2 3 4
work days => 0 1 2 3 4
weekends => 5 6
all => 0 1 2 3 4 5 6
every day => 0 1 2 3 4 5 6
the whole week => 0 1 2 3 4 5 6
m w f => 0 2 4
mwf => 0 2 4
M T W Th F => 0 1 2 3 4
tue/thu => 1 3
TTh => 1 3
MonWedFri => 0 2 4
mon-wed-fri => 0 2 4
mon, tue and thu. => 0 1 3
fri-mon => 0 4 5 6
sun-mon => 0 6
not sunday => 0 1 2 3 4 5
mon to fri except wed => 0 1 3 4
weekdays and sat => 0 1 2 3 4 5
tuesdays => 1
"""
UNSEEN = """
mon wed fri => 0 2 4
Tuesday and Thursday => 1 3
sat, sun => 5 6
weekdays => 0 1 2 3 4
on weekends => 5 6
everyday => 0 1 2 3 4 5 6
daily => 0 1 2 3 4 5 6
mon-sat => 0 1 2 3 4 5
fri to mon => 0 4 5 6
tu th sa => 1 3 5
Mondays, Wednesdays & Saturdays => 0 2 5
weds/fri => 2 4
mon through thu => 0 1 2 3
every day except sunday => 0 1 2 3 4 5
tues thurs => 1 3
all days => 0 1 2 3 4 5 6
m/w/f => 0 2 4
mon;tue => 0 1
monday to friday => 0 1 2 3 4
sun => 6
"""
UNSEEN_NONSENSE = ("wednsday", "mon wed funday", "blursday", "8", "")


def table(wordings: str) -> list[tuple[str, frozenset[int]]]:
    rows = (line.split(" => ") for line in wordings.strip().splitlines())
    return [(said, frozenset(int(day) for day in days.split())) for said, days in rows]


def understood(said: str) -> frozenset[int]:
    try:
        return parse_days(said)
    except BadInput:
        return frozenset()


def refusal(said: str) -> BadInput:
    with pytest.raises(BadInput) as refused:
        parse_days(said)
    return refused.value


@pytest.mark.parametrize(("said", "meant"), table(KNOWN))
def test_a_known_wording_means_its_days(said: str, meant: frozenset[int]) -> None:
    assert parse_days(said) == meant


def test_the_wordings_that_were_not_tuned_for_are_understood() -> None:
    assert [said for said, meant in table(UNSEEN) if understood(said) != meant] == []


@pytest.mark.parametrize("said", UNSEEN_NONSENSE)
def test_nonsense_is_refused(said: str) -> None:
    assert refusal(said).code == "days_unclear"


@pytest.mark.parametrize(
    ("said", "word", "guess"),
    [
        ("mon wendsday fri", "wendsday", "wednesday"),
        ("mondey", "mondey", "monday"),
        ("every other day", "other", ""),
        ("3 days", "3", ""),
        ("mon-frj", "frj", ""),
        ("t", "t", ""),
        ("", "", ""),
        ("mon " * 5000, "…", ""),
    ],
)
def test_the_word_that_is_no_day_is_named_with_the_day_it_nearly_is(
    said: str, word: str, guess: str
) -> None:
    assert refusal(said).facts == {"text": said, "word": word, "guess": guess}


def test_days_that_leave_nothing_are_refused() -> None:
    assert refusal("all except every day").code == "days_none"


@given(st.text(max_size=150))
def test_any_text_names_days_or_is_refused(said: str) -> None:
    assert understood(said) <= frozenset(range(7))
