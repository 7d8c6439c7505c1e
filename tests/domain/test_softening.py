"""What makes days lighter: each easing once, and a lighter week no more than its share."""

from dataclasses import replace

import pytest

from bot.domain.history import begun, brought_to, forecast, replanned
from bot.domain.person import Screening
from bot.domain.season import build, course_of
from bot.domain.shifting import lifted
from bot.domain.softening import Softener, softened
from bot.domain.standing import ALL, Easing
from bot.domain.weeks import DAYS
from bot.domain.workouts import Grade, Level
from tests.domain.test_history import BOOKS, DAY, MONDAY, Life
from tests.domain.test_plan import LIBRARY, PLAN, someone


@pytest.mark.parametrize(
    "easing",
    [
        Easing("back", MONDAY, kinds=ALL, sets=1),
        Easing("repeat_fewer", MONDAY, kinds=ALL, reps=0.7),
        Easing("lighter_now", MONDAY, kinds=ALL, rpe=1.0, lighter=True),
        Easing("ready", MONDAY, kinds=ALL, hardest=Grade.MODERATE),
        Easing("sore", MONDAY, kinds=ALL, hardest=Grade.LIGHT),
    ],
)
def test_a_day_that_was_eased_already_is_not_eased_by_the_same_once_more(easing: Easing) -> None:
    """Such as one that was fixed with its report, and is open again since that was taken back."""
    athlete = someone(Level.INTERMEDIATE)
    softener = Softener(LIBRARY, PLAN, course_of(athlete, LIBRARY, PLAN, MONDAY).rests)
    days = build(athlete, LIBRARY, PLAN, MONDAY, 6)
    once = softened(days, (easing,), softener)
    again = softened(once, (easing,), softener)

    assert once != days
    assert [day.load for day in again] == [day.load for day in once]
    assert [day.grade for day in again] == [day.grade for day in once]


@pytest.mark.parametrize("told", range(DAYS))
def test_a_lighter_week_planned_anew_in_its_middle_is_no_less_light(told: int) -> None:
    """Whichever day the legs were lifted on."""
    athlete = someone(days=frozenset({1, 3, 5, 6}), lifts=frozenset({2}), minutes=30)
    life = Life(begun(athlete, MONDAY, BOOKS))
    life.does_all(3 * DAYS)
    start = life.today
    life.does_all(told)
    record = lifted(brought_to(life.record, life.today, BOOKS), life.today, BOOKS)
    before = sum(day.load for day in record.days if start - DAYS * DAY <= day.date < start)
    week = [day for day in record.days if day.date >= start]

    assert all(day.deload for day in week)
    assert 0 < sum(day.load for day in week) <= before * PLAN.lighter


def test_who_may_not_run_yet_goes_on_with_the_same_light_week_and_keeps_lifting() -> None:
    """The programme waits, and it may wait in a lighter week."""
    life = Life(begun(someone(Level.INTERMEDIATE), MONDAY, BOOKS))
    life.does_all(3 * DAYS)
    record = brought_to(life.record, life.today, BOOKS)
    limited = replace(record, athlete=replace(record.athlete, screening=Screening.UNASKED))
    days = forecast(replanned(limited, life.today, BOOKS), 5, BOOKS)
    coming = [day for day in days if day.date >= life.today]
    weeks = [coming[first : first + DAYS] for first in range(0, len(coming), DAYS)]

    assert coming[0].week == coming[-1].week == 4
    assert all(any(day.lifts for day in week) for week in weeks)


@pytest.mark.parametrize("trained", range(1, DAYS))
def test_who_is_away_when_a_cycle_ends_comes_back_to_the_next_one_and_never_further(
    trained: int,
) -> None:
    """The last runs of week 12 are missed, then weeks."""
    life = Life(begun(someone(Level.INTERMEDIATE), MONDAY, BOOKS))
    life.does_all(11 * DAYS + trained)
    life.rests(24)
    weeks = [day.week for day, _, _ in life.lived[11 * DAYS :]]
    turned = weeks.index(5) if 5 in weeks else len(weeks)

    assert max(weeks[turned:], default=5) == 5
