"""The workout library: complete, inside its caps, with everything that can be computed computed."""

import itertools
from dataclasses import replace

import pytest

from bot.content.workouts import Workouts
from bot.domain import dose
from bot.domain.library import Hold, Library, Scope, first_code
from bot.domain.workouts import (
    Block,
    Effort,
    Grade,
    Kind,
    Level,
    Rest,
    Session,
    Span,
    Step,
    Terrain,
)

TABLES = (Kind.HILL, Kind.INTERVAL, Kind.DRILL)
# No change of the content may go above these.
MOST_CONTACTS = {Level.BEGINNER: 60, Level.INTERMEDIATE: 110, Level.ADVANCED: 150}


def _volume(session: Session, library: Library) -> float:
    if session.kind is Kind.DRILL:
        return dose.main_contacts(session, library)
    return dose.work_seconds(session, library)


def _only(*steps: Step, reps: int = 1, sets: int = 1, between: Rest | None = None) -> Session:
    """A session that has nothing but one block."""
    return Session(
        id="HILL-TEST",
        kind=Kind.HILL,
        title="Test",
        grade=Grade.MODERATE,
        srpe=Span(4, 6),
        blocks=(Block(steps, reps, sets, between),),
        why="",
        because="",
        cues=(),
        sources=(),
    )


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("kind", [*TABLES, Kind.EASY])
def test_each_level_has_a_row_for_each_of_twelve_weeks(
    library: Library, kind: Kind, level: Level
) -> None:
    assert [row.week for row in library.rows(kind, level)] == list(range(1, 13))


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("week", range(1, 13))
@pytest.mark.parametrize("day", ["A", "B"])
def test_each_week_has_two_strength_days(
    library: Library, level: Level, week: int, day: str
) -> None:
    assert library.strength(level, day, week).level is level


def test_there_is_easy_light_and_restful_work_for_every_level(library: Library) -> None:
    for level in Level:
        for kind in (Kind.EASY, Kind.RECOVERY, Kind.REST):
            assert library.of_kind(kind, level)


def test_every_session_names_a_passage_that_exists(
    library: Library, passages: frozenset[str]
) -> None:
    assert {session.id for session in library.sessions if session.why not in passages} == set()


def test_every_hill_code_can_be_done_on_every_terrain(library: Library) -> None:
    codes = {code for s in library.of_kind(Kind.HILL) if (code := first_code(s))}

    for code in codes:
        for terrain in set(Terrain) - {Terrain.HILL}:
            assert library.equivalent(code, terrain), (code, terrain)


def test_nobody_goes_all_out_on_a_belt(library: Library) -> None:
    for session in library.sessions:
        equal = library.equivalent(first_code(session), Terrain.TREADMILL)
        if session.kind in (Kind.HILL, Kind.INTERVAL) and session.x:
            assert equal is not None, session.id
            assert equal.x is False, session.id


def test_hops_and_bounds_stay_below_the_cap_of_the_level_with_the_warm_up(library: Library) -> None:
    for session in library.sessions:
        if session.level is not None:
            most = library.caps.contacts[session.level]
            assert dose.contacts(session, library) <= most, session.id


def test_the_caps_themselves_stay_where_the_reference_has_them(library: Library) -> None:
    caps = library.caps

    assert all(caps.contacts[level] <= most for level, most in MOST_CONTACTS.items())
    assert caps.contact_step <= 0.2
    assert caps.work_step <= 0.35
    assert caps.sprint_step <= 2
    assert caps.cut.low >= 0.3
    assert caps.deload_weeks == (4, 8, 12)


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("kind", TABLES)
def test_a_deload_cuts_its_volume_and_is_never_hard(
    library: Library, kind: Kind, level: Level
) -> None:
    rows = library.rows(kind, level)
    for before, row in itertools.pairwise(rows):
        assert row.deload is (row.week in library.caps.deload_weeks)
        if row.deload:
            assert _volume(row, library) <= 0.7 * _volume(before, library), row.id
            assert row.grade is not Grade.HARD


@pytest.mark.parametrize("level", Level)
def test_a_step_of_contacts_is_a_fifth_at_most(library: Library, level: Level) -> None:
    rows = [row for row in library.rows(Kind.DRILL, level) if not row.deload]
    for before, row in itertools.pairwise(rows):
        if level is Level.BEGINNER and (row.week or 0) <= library.caps.contact_free_weeks:
            continue
        most = 1.2 * dose.main_contacts(before, library)
        assert dose.main_contacts(row, library) <= most, row.id


def test_beginners_neither_bound_nor_go_all_out(library: Library) -> None:
    assert {s.id for s in library.sessions if s.level is Level.BEGINNER and s.x} == set()


def test_minutes_are_computed_from_work_and_recoveries(library: Library) -> None:
    climb = Step("climb", Effort.STRIDE, seconds=Span(15, 15), rest=Rest(Span(60, 120), "walk"))

    assert dose.minutes(_only(climb, reps=6), library) == 11  # 6 × (15 + 90) = 630 seconds
    in_sets = _only(climb, reps=6, sets=2, between=Rest(Span(180, 180), "walk"))
    assert dose.minutes(in_sets, library) == 24  # 2 × 630 + 180 = 1440 seconds


def test_minutes_and_load_grow_with_each_repetition(library: Library) -> None:
    for session in library.of_kind(Kind.HILL):
        first, *others = session.blocks
        longer = replace(session, blocks=(replace(first, reps=first.reps + 10), *others))

        assert dose.minutes(longer, library) > dose.minutes(session, library)
        assert dose.load(longer, library) > dose.load(session, library)


def test_each_side_counts_twice(library: Library) -> None:
    hold = Step("hold", Effort.LIFT, seconds=Span(60, 60))

    assert dose.minutes(_only(hold), library) == 1
    assert dose.minutes(_only(replace(hold, per_side=True)), library) == 2


def test_every_headline_fits_a_notification(library: Library) -> None:
    lines = [dose.headline(session, library) for session in library.sessions]
    mixed = [line for line in lines if "min s" in line or "s min" in line]

    assert [line for line in lines if len(line) > 60] == []
    assert not mixed


def test_every_source_of_a_step_exists(library: Library) -> None:
    drills, lifts = {d.id for d in library.drills}, {e.id for e in library.exercises}
    for session in library.sessions:
        for block in session.blocks:
            for step in block.steps:
                assert step.drill is None or step.drill in drills
                assert step.exercise is None or step.exercise in lifts


def test_lifts_fit_the_level_that_they_are_for(library: Library) -> None:
    for session in library.of_kind(Kind.STRENGTH):
        for block in session.blocks:
            for step in block.steps:
                if session.level is not None and step.exercise is not None:
                    assert session.level in library.exercise(step.exercise).levels, session.id


def test_stop_rules_speak_of_the_repetition_the_set_and_the_session_and_are_short(
    workouts: Workouts,
) -> None:
    assert {rule.scope for rule in workouts.stop_rules} == set(Scope)
    assert [rule.id for rule in workouts.stop_rules if len(rule.short) > 60] == []


def test_every_complaint_holds_something_and_offers_something(workouts: Workouts) -> None:
    assert workouts.contraindications
    for complaint in workouts.contraindications:
        rules = {complaint.hill.rule, complaint.interval.rule, complaint.drill.rule}
        assert rules != {Hold.OK}, complaint.id
        assert complaint.offer


def test_every_kind_of_session_has_advice(workouts: Workouts) -> None:
    assert {kind for advice in workouts.advice for kind in advice.kinds} == set(Kind)
