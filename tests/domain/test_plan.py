"""A plan of anyone, from any day on, keeps every rule of the tables in `content/rules/`."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.content.rules import Rules, load_rules
from bot.content.workouts import load_workouts
from bot.domain import dose
from bot.domain.library import Library
from bot.domain.offers import frame_of
from bot.domain.person import AgeBand, Screening
from bot.domain.plan import Athlete, PlanDay
from bot.domain.season import build, course_of, longest
from bot.domain.standing import STEPPED
from bot.domain.steps import row_of
from bot.domain.workouts import Grade, Kind, Level, Terrain

ROOT = Path(__file__).parents[2] / "content"
WEEK = 7
RUNS = (Kind.HILL, Kind.INTERVAL)


def _library() -> Library:
    workouts, faults = load_workouts(ROOT)
    assert workouts is not None, faults
    return workouts.library


def _rules() -> Rules:
    rules, faults = load_rules(ROOT, LIBRARY)
    assert rules is not None, faults
    return rules


LIBRARY = _library()
RULES = _rules()
PLAN = RULES.plan

athletes = st.builds(
    Athlete,
    level=st.sampled_from(Level),
    days=st.frozensets(st.integers(0, 6), min_size=1),
    lifts=st.one_of(st.just(frozenset()), st.frozensets(st.integers(0, 6), max_size=4)),
    terrain=st.sampled_from(Terrain),
    minutes=st.one_of(st.none(), st.integers(15, 120)),
    age=st.one_of(st.none(), st.sampled_from(AgeBand)),
    screening=st.one_of(st.just(Screening.CLEAR), st.sampled_from(Screening)),
)
starts = st.dates(date(2026, 1, 1), date(2026, 12, 31))
anyone = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def plan_of(athlete: Athlete, start: date = date(2026, 1, 5), weeks: int = 12) -> list[PlanDay]:
    return list(build(athlete, LIBRARY, PLAN, start, weeks))


def someone(level: Level = Level.INTERMEDIATE, **wishes: object) -> Athlete:
    return Athlete(level, wishes.pop("days", PLAN.levels[level].days), **wishes)  # type: ignore[arg-type]


def kinds(days: list[PlanDay]) -> set[Kind]:
    return {s.kind for day in days for s in day.sessions}


def codes(days: list[PlanDay]) -> set[str]:
    return {reason.code for day in days for reason in day.reasons}


@anyone
@given(athletes, starts)
def test_every_date_of_the_span_comes_once(athlete: Athlete, start: date) -> None:
    days = plan_of(athlete, start, 3)

    assert [day.date for day in days] == [start + timedelta(days=n) for n in range(3 * WEEK)]
    assert all(day.sessions for day in days)


@anyone
@given(athletes, starts)
def test_training_stands_on_the_chosen_days_alone(athlete: Athlete, start: date) -> None:
    days = plan_of(athlete, start)

    assert all(day.date.weekday() in athlete.days for day in days if day.training)


@anyone
@given(athletes, starts)
def test_hard_days_are_few_and_apart(athlete: Athlete, start: date) -> None:
    days = plan_of(athlete, start)
    frame = frame_of(athlete, PLAN, 20)
    level = PLAN.levels[frame.level]
    hard = [n for n, day in enumerate(days) if day.hard]

    for earlier, later in pairwise(hard):
        gap = max(level.hardness(days[later].week).gap, frame.limit.gap)
        assert later - earlier >= gap
    for last in hard:
        most = min(level.hardness(days[last].week).most, frame.limit.most)
        assert sum(last - WEEK < n <= last for n in hard) <= most


@anyone
@given(athletes, starts)
def test_bounds_and_all_out_work_are_days_apart(athlete: Athlete, start: date) -> None:
    x = [n for n, day in enumerate(plan_of(athlete, start)) if day.x]

    assert all(later - earlier >= PLAN.x_gap for earlier, later in pairwise(x))


@anyone
@given(athletes, starts)
def test_no_hard_run_follows_a_leg_day_too_soon(athlete: Athlete, start: date) -> None:
    days = plan_of(athlete, start)
    level = PLAN.levels[frame_of(athlete, PLAN, 20).level]

    for number, day in enumerate(days):
        if day.hard:
            assert not any(d.lifts for d in days[max(number - level.lift_gap + 1, 0) : number])


@anyone
@given(athletes, starts)
def test_a_day_keeps_to_its_minutes_and_its_contacts(athlete: Athlete, start: date) -> None:
    days = plan_of(athlete, start)
    frame = frame_of(athlete, PLAN, 20)

    assert max(day.minutes for day in days) <= frame.minutes
    assert (
        max(sum(s.contacts for s in day.sessions) for day in days)
        <= (LIBRARY.caps.contacts[frame.level])
    )


def test_who_does_not_run_yet_begins_with_short_runs() -> None:
    """No run so far is an answer too, and not the same as none given."""
    for level in Level:
        days = plan_of(someone(level, longest=0), date(2026, 1, 5), 1)
        longest = max(s.run_minutes for day in days for s in day.sessions)

        assert longest <= PLAN.growth.free


def test_a_run_that_is_too_old_by_the_end_of_the_week_does_not_count() -> None:
    start, first = date(2026, 1, 5), date(2026, 3, 2)
    course = course_of(someone(), LIBRARY, PLAN, start)
    days = plan_of(someone(), start, 8)
    for back, counts in ((PLAN.growth.days, False), (PLAN.growth.days - 6, True)):
        ran = {first - timedelta(days=back): 90.0}
        found = longest(replace(course, today=first, ran=ran), first, days)

        assert (found == 90.0) is counts


@anyone
@given(athletes, starts)
def test_no_run_outgrows_the_longest_of_the_last_month(athlete: Athlete, start: date) -> None:
    days = plan_of(athlete, start)
    growth = PLAN.growth

    for number, day in enumerate(days):
        before = days[max(number - growth.days, 0) : number]
        longest = max((s.run_minutes for d in before for s in d.sessions), default=0.0)
        if number < growth.days:
            longest = max(longest, PLAN.levels[athlete.level].longest)
        top = max(longest * growth.factor, growth.free)
        assert all(s.run_minutes <= top + 0.1 for s in day.sessions)


@anyone
@given(athletes, starts)
def test_every_week_has_its_rest(athlete: Athlete, start: date) -> None:
    days = plan_of(athlete, start)
    level = PLAN.levels[frame_of(athlete, PLAN, 20).level]

    for first in range(0, len(days), WEEK):
        week = days[first : first + WEEK]
        assert sum(not day.training for day in week) >= level.least_rest


@anyone
@given(athletes, starts)
def test_a_lighter_week_is_lighter_and_never_hard(athlete: Athlete, start: date) -> None:
    days = plan_of(athlete, start)

    assert not any(day.hard for day in days if day.deload)
    assert all(day.deload == (day.week in LIBRARY.caps.deload_weeks) for day in days)


@anyone
@given(athletes, starts)
def test_a_lighter_week_asks_less_than_the_week_before_it(athlete: Athlete, start: date) -> None:
    days = plan_of(athlete, start)
    loads = [sum(day.load for day in days[n : n + WEEK]) for n in range(0, len(days), WEEK)]

    for number, load in enumerate(loads):
        training = sum(day.training for day in days[number * WEEK : (number + 1) * WEEK])
        if number and days[number * WEEK].deload and training > 1:
            assert load <= loads[number - 1] * PLAN.lighter


@anyone
@given(athletes, starts)
def test_the_same_kind_never_comes_on_two_days_in_a_row(athlete: Athlete, start: date) -> None:
    for earlier, later in pairwise(plan_of(athlete, start)):
        both = {s.kind for s in earlier.sessions} & {s.kind for s in later.sessions}
        assert not both & {*RUNS, Kind.DRILL}


@anyone
@given(athletes, starts)
def test_every_reason_has_its_words(athlete: Athlete, start: date) -> None:
    days = plan_of(athlete, start)

    assert codes(days) <= set(RULES.reasons)


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("day", range(WEEK))
def test_one_day_a_week_still_brings_hills_and_intervals(level: Level, day: int) -> None:
    days = plan_of(someone(level, days=frozenset({day})))

    assert set(RUNS) <= kinds(days)


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("lifts", [{1, 4}, {0, 2, 4}, set(range(WEEK)), {0, 1}])
@pytest.mark.parametrize("chosen", [None, set(range(WEEK)), {0, 2, 5}, {1, 3, 5}, {5, 6}])
def test_hard_sessions_come_whatever_the_leg_days(
    level: Level, lifts: set[int], chosen: set[int] | None
) -> None:
    athlete = someone(level, lifts=frozenset(lifts))
    if chosen:
        athlete = someone(level, lifts=frozenset(lifts), days=frozenset(chosen))
    days = plan_of(athlete)

    assert any(day.hard for day in days)


def test_lifting_stands_on_the_leg_days_that_were_wished() -> None:
    days = plan_of(someone(lifts=frozenset({1, 4})))

    assert {day.date.weekday() for day in days if day.lifts} == {1, 4}


def test_a_wish_that_gave_way_is_named() -> None:
    days = plan_of(someone(lifts=frozenset(range(WEEK)), days=frozenset(range(WEEK))))

    assert codes(days) & {"lift_gave_way", "lift_fewer"}


def test_a_leg_day_without_a_session_is_named_beside_one_that_is_not_sent() -> None:
    """Tuesday has no minutes left after the run, Sunday is none of the days."""
    wishes = {"days": frozenset({1, 3, 4}), "lifts": frozenset({1, 6}), "minutes": 60}
    days = plan_of(someone(Level.ADVANCED, **wishes))
    weeks = [days[first : first + WEEK] for first in range(0, len(days), WEEK)]
    bare = [week for week in weeks if not any(day.lifts for day in week)]

    assert bare
    assert all({"lift_fewer", "lift_not_sent"} <= codes(week) for week in bare)


@anyone
@given(athletes, starts)
@example(someone(days=frozenset({4}), minutes=60), date(2026, 7, 21))
def test_a_day_with_one_session_says_nothing_about_two(athlete: Athlete, start: date) -> None:
    alone = [day for day in plan_of(athlete, start) if len(day.sessions) == 1]

    assert not {"run_then_lift", "drills_first"} & codes(alone)


@pytest.mark.parametrize("level", Level)
def test_below_the_floor_all_is_light_but_lifting(level: Level) -> None:
    few = PLAN.levels[level].floor - 1
    days = plan_of(someone(level, minutes=few))

    runs = [s for day in days for s in day.sessions if s.kind is not Kind.STRENGTH]
    assert {s.grade for s in runs} <= {Grade.LIGHT, Grade.REST}
    assert "below_floor" in codes(days)


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("minutes", [20, 25, 30])
def test_few_minutes_still_bring_hills_drills_and_lifting(level: Level, minutes: int) -> None:
    days = plan_of(someone(level, days=frozenset(range(5)), minutes=minutes))

    weeks = [days[n : n + WEEK] for n in range(0, len(days), WEEK)]
    assert {Kind.HILL, Kind.DRILL, Kind.STRENGTH} <= kinds(days)
    assert all(sum(day.training for day in week) >= 3 for week in weeks)


@pytest.mark.parametrize("level", Level)
def test_lifting_finds_a_day_also_where_days_are_few_and_short(level: Level) -> None:
    days = plan_of(someone(level, days=frozenset({0, 2, 4}), minutes=45))

    for first in range(0, 10 * WEEK, 2 * WEEK):
        assert any(day.lifts for day in days[first : first + 3 * WEEK])


@pytest.mark.parametrize("level", Level)
def test_at_the_floor_hills_and_intervals_fit(level: Level) -> None:
    days = plan_of(someone(level, minutes=PLAN.levels[level].floor))

    assert set(RUNS) <= kinds(days)


@pytest.mark.parametrize("terrain", [t for t in Terrain if t is not Terrain.HILL])
def test_hills_are_moved_to_the_terrain_and_say_so(terrain: Terrain) -> None:
    days = plan_of(someone(terrain=terrain))

    hills = [s for day in days for s in day.sessions if s.kind is Kind.HILL]
    assert hills
    assert all(s.variant is terrain for s in hills)


def test_the_unscreened_walk_move_and_lift_their_own_weight() -> None:
    days = plan_of(someone(screening=Screening.UNASKED))

    assert kinds(days) <= {Kind.RECOVERY, Kind.STRENGTH, Kind.REST}
    assert {s.grade for day in days for s in day.sessions} <= {Grade.LIGHT, Grade.REST}
    assert "unscreened" in codes(days)


def test_a_stop_leaves_rest_alone() -> None:
    assert kinds(plan_of(someone(screening=Screening.STOP))) == {Kind.REST}


def test_without_x_there_are_no_bounds_and_nothing_all_out() -> None:
    days = plan_of(someone(Level.ADVANCED, screening=Screening.NO_X))

    assert not any(day.x for day in days)
    assert any(day.hard for day in days)


def test_sixteen_year_olds_never_sprint_all_out_nor_bound_uphill() -> None:
    days = plan_of(someone(Level.ADVANCED, age=AgeBand.TEEN))

    used = {s.session.code for day in days for s in day.sessions}
    assert not used & set(PLAN.ages[AgeBand.TEEN].without)


def test_newcomers_over_fifty_take_longer() -> None:
    older = someone(Level.BEGINNER, age=AgeBand.MASTER)
    days = plan_of(older)

    assert [days[n * WEEK].week for n in range(5)] == [1, 1, 2, 3, 3]


def test_after_the_last_week_the_next_cycle_begins_higher_up() -> None:
    days = plan_of(someone(), weeks=14)

    assert days[12 * WEEK].week == PLAN.later_cycles_from


def test_a_plan_is_the_same_every_time() -> None:
    athlete = someone(Level.ADVANCED, lifts=frozenset({1, 5}))

    assert plan_of(athlete) == plan_of(athlete)


def test_running_grows_from_the_first_weeks_to_the_last() -> None:
    def minutes(days: list[PlanDay]) -> float:
        return sum(dose.run_minutes(s.session, LIBRARY) for day in days for s in day.sessions)

    for level in Level:
        days = plan_of(someone(level))
        assert minutes(days[70:77]) > minutes(days[:WEEK])


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("kind", STEPPED)
def test_who_is_behind_gets_no_more_in_a_lighter_week_than_the_week_has(
    kind: Kind, level: Level
) -> None:
    for week in LIBRARY.caps.deload_weeks:
        own = LIBRARY.row(kind, level, week)
        behind = row_of(kind, level, week, 1, LIBRARY)

        assert own.x or dose.load(behind, LIBRARY) <= dose.load(own, LIBRARY)
