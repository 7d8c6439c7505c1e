"""Whether a cycle has earned the next level: what was done, pain, the self-test, what limits."""

from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

import pytest

from bot.content.tables import load_tables
from bot.domain.history import brought_to
from bot.domain.journal import Outcome
from bot.domain.moving_up import Earned, cycle_over, earned
from bot.domain.person import AgeBand, Person, Screening, Sex
from bot.domain.record import Record
from bot.domain.selftest import Result, Side
from bot.domain.weeks import DAYS
from bot.domain.workouts import Level
from tests.domain.test_history import BOOKS, MONDAY, a_life
from tests.domain.test_plan import LIBRARY, PLAN, ROOT, someone
from tests.storage.makers import a_person

TABLES = load_tables(ROOT, LIBRARY)[0]
LAST = 12 * DAYS
RAISES = ("heel_raises", 22.0, 24.0)


@cache
def lived(level: Level) -> Record:
    """All of twelve weeks done as meant."""
    life = a_life(someone(level))
    life.does_all(LAST)
    return brought_to(life.record, MONDAY + timedelta(days=LAST), BOOKS)


def results(item: str, first: float, last: float) -> list[Result]:
    return [
        Result(1, MONDAY + timedelta(weeks=week), item, side, week, number)
        for week, number in ((3, first), (11, last))
        for side in (Side.LEFT, Side.RIGHT)
    ]


def judged(record: Record, tests: list[Result], **person: Any) -> Earned:
    assert TABLES is not None
    who: Person = a_person(level=record.athlete.level, screening=Screening.CLEAR, **person)
    return earned(record, who, tests, PLAN, (BOOKS.adaptation, TABLES.selftest))


def told(record: Record, share: float, **about: Any) -> Record:
    """The first of so many sessions done, the others skipped; and this about each."""
    most = round(share * len(record.reports))
    reports = tuple(
        replace(r, outcome=Outcome.DONE if n < most else Outcome.SKIPPED, **about)
        for n, r in enumerate(record.reports)
    )
    return replace(record, reports=reports)


def test_all_done_without_pain_and_the_legs_as_strong_earns_the_next_level() -> None:
    for level, higher, raises in (
        (Level.BEGINNER, Level.INTERMEDIATE, RAISES),
        (Level.INTERMEDIATE, Level.ADVANCED, ("heel_raises", 26.0, 26.0)),
    ):
        record = lived(level)
        found = judged(record, results(*raises))

        assert cycle_over(record, PLAN)
        assert found.done == found.planned == len(record.reports)
        assert found.level is higher


def test_nobody_is_offered_more_than_the_highest_level() -> None:
    assert judged(lived(Level.ADVANCED), results("heel_raises", 30, 40)).level is None


@pytest.mark.parametrize(
    ("share", "earns"), [(BOOKS.adaptation.level_up.share, True), (0.7, False)]
)
def test_too_few_sessions_earn_nothing(share: float, earns: bool) -> None:
    record = told(lived(Level.BEGINNER), share + 0.01)

    assert (judged(record, results(*RAISES)).level is not None) is earns


def test_pain_in_the_last_block_earns_nothing() -> None:
    fine = BOOKS.adaptation.level_up.pain
    record = lived(Level.BEGINNER)

    assert judged(told(record, 1, pain=fine), results(*RAISES)).level is not None
    assert judged(told(record, 1, pain=fine + 1), results(*RAISES)).level is None


@pytest.mark.parametrize(
    "tests",
    [
        [],
        results("heel_raises", 24, 22),
        results("heel_raises", 15, 17),
        results("heel_raises", 22, 24)[:2],
        results("heel_raises", 22, 24) + results("chair_stand", 9, 11),
        results("chair_stand", 11, 9),
    ],
)
def test_a_test_that_is_missing_worse_or_below_the_gate_earns_nothing(tests: list[Result]) -> None:
    assert judged(lived(Level.BEGINNER), tests).level is None


def test_nine_tenths_of_what_is_usual_at_an_age_are_enough() -> None:
    record, tests = lived(Level.BEGINNER), results("heel_raises", 15, 16)

    assert judged(record, tests, age=AgeBand.SENIOR, sex=Sex.WOMAN).level is not None
    assert judged(record, tests, age=AgeBand.ADULT, sex=Sex.WOMAN).level is None


@pytest.mark.parametrize(
    "limits",
    [{"screening": Screening.LIGHT}, {"screening": Screening.NO_X}, {"age": AgeBand.CHILD}],
)
def test_who_has_a_limit_is_offered_nothing(limits: dict[str, Any]) -> None:
    record = lived(Level.BEGINNER)
    limited = replace(record, athlete=replace(record.athlete, **limits))

    assert judged(limited, results(*RAISES)).level is None
