"""The ledger as rules: what counts as kept, what a week gave, what a mean is."""

from datetime import date, timedelta

import pytest

from bot.content.rules import load_rules
from bot.content.workouts import load_workouts
from bot.domain import dose, ledger
from bot.domain.journal import Outcome, Report
from bot.domain.ledger import Past, Week, trend
from bot.domain.plan import Athlete, PlanDay
from bot.domain.season import build
from bot.domain.workouts import Kind, Level, Muscle
from tests.house import ROOT
from tests.storage.makers import NOW

START = date(2026, 1, 5)
DAY = timedelta(days=1)
WORKOUTS, _ = load_workouts(ROOT / "content")
assert WORKOUTS is not None
LIBRARY = WORKOUTS.library
RULES, _ = load_rules(ROOT / "content", LIBRARY)
assert RULES is not None
PLAN = RULES.plan
ATHLETE = Athlete(Level.INTERMEDIATE, PLAN.levels[Level.INTERMEDIATE].days)
DAYS = {d.date: d for d in build(ATHLETE, LIBRARY, PLAN, START, 4)}
TRAINING = [d for d in DAYS.values() if d.training]


def reported(day: PlanDay, outcome: Outcome = Outcome.DONE, share: float = 1.0) -> list[Report]:
    return [
        Report(
            1, day.date, s.session.id, s.kind, s.grade, s.x, outcome, NOW, share=share, srpe=5.0,
            expected_low=4.0, expected_high=6.0, minutes=s.minutes,
        )
        for s in day.sessions
    ]  # fmt: skip


def week(today: date, reports: list[Report], told: frozenset[date] | None = None) -> Week:
    told = frozenset(DAYS) if told is None else told
    past = Past(DAYS.get, reports, told)
    return ledger.weeks(START, today, past, LIBRARY, 12)[-1]


def test_a_week_lived_as_planned_is_kept_whole_with_its_rest_days() -> None:
    reports = [r for day in TRAINING for r in reported(day)]

    found = week(START + 6 * DAY, reports)

    assert found.kept == found.counted == 7
    assert found.done == found.planned == sum(len(d.sessions) for d in TRAINING if d.week == 1)


def test_a_missed_day_costs_that_day_and_no_more() -> None:
    first, *others = TRAINING
    reports = [r for day in others for r in reported(day)]

    found = week(START + 6 * DAY, reports)

    assert (found.kept, found.counted) == (6, 7)
    assert first.date < START + 6 * DAY


def test_a_skipped_session_is_no_kept_day() -> None:
    day = TRAINING[0]

    found = week(day.date + DAY, reported(day, Outcome.SKIPPED))

    assert found.done == 0
    assert found.kept == found.counted - 1


def test_a_pause_neither_adds_nor_breaks() -> None:
    """From the first session without a message on, not even the rest days count."""
    second = [DAYS[START + n * DAY] for n in range(7, 14)]
    first_session = next(n for n, day in enumerate(second) if day.training)

    found = week(second[-1].date, [], told=frozenset(d for d in DAYS if d < second[0].date))

    assert (found.kept, found.counted) == (first_session, first_session)


def test_today_counts_once_it_is_reported() -> None:
    day = TRAINING[0]
    before = week(day.date, [])
    after = week(day.date, reported(day))

    assert after.counted == before.counted + 1
    assert after.kept == before.kept + 1


@pytest.mark.parametrize("share", [1.0, 0.5])
def test_what_a_session_gave_goes_by_the_share_that_was_done(share: float) -> None:
    day = TRAINING[0]
    outcome = Outcome.DONE if share == 1.0 else Outcome.PARTLY

    found = week(day.date, reported(day, outcome, share))
    full = [dose.stimulus(s.session, LIBRARY) for s in day.sessions]

    for muscle in Muscle:
        assert found.given[muscle] == pytest.approx(share * sum(one[muscle] for one in full))
    assert found.load == pytest.approx(share * 5.0 * day.minutes)


def test_what_running_gave_alone_leaves_the_lifting_out() -> None:
    reports = [r for day in TRAINING[:4] for r in reported(day)]

    found = week(START + 6 * DAY, reports)

    assert any(r.kind is Kind.STRENGTH for r in reports)
    assert found.lifts == sum(r.kind is Kind.STRENGTH for r in reports)
    assert found.run_given[Muscle.QUADS] < found.given[Muscle.QUADS]


def test_an_effort_outside_what_was_meant_is_told_by_kind() -> None:
    day = TRAINING[0]
    harder = [
        Report(
            1, day.date, "x", Kind.HILL, day.grade, False, Outcome.DONE, NOW, srpe=9.0,
            expected_low=5.0, expected_high=7.0,
        )
    ]  # fmt: skip

    assert ledger.surprises(week(day.date, harder)) == {Kind.HILL: 2.0}
    assert ledger.surprises(week(day.date, [])) == {}


def test_the_trend_is_the_mean_of_the_last_four_weeks() -> None:
    assert trend((10, 20, 30, 40, 50), 4) == (10, 15, 20, 25, 35)
    assert trend((), 4) == ()


def test_before_the_plan_begins_there_is_no_week() -> None:
    assert ledger.weeks(START, START - DAY, Past(DAYS.get, []), LIBRARY, 8) == ()
