"""The tables of `content/rules/` decide safely whatever numbers stand in them."""

import json
import shutil
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.documents import read
from bot.content.tables import Tables, load_tables
from bot.content.workouts import load_workouts
from bot.domain.absence import Cause, Restart, holds, way_back
from bot.domain.adapting import after_session, earns_bonus, pattern_of, ready_for_next
from bot.domain.health_tables import Follow, Now, Running, Sign, Zone
from bot.domain.journal import Outcome, Report
from bot.domain.library import Library
from bot.domain.person import AgeBand, Screening
from bot.domain.plan import HARDNESS
from bot.domain.readiness import (
    Feeling,
    Hurt,
    may_start,
    readiness,
    score,
    soreness_row,
    stage_after,
    zone_of,
    zone_row,
)
from bot.domain.screening import (
    STRICTNESS,
    all_no,
    follows,
    lasting,
    limited_weeks,
    outcome,
    remembered,
)
from bot.domain.selftest import as_good, due, raises_wanted, trials, usual_raises
from bot.domain.tables import Decision, Turn, Verdict
from bot.domain.workouts import Grade, Kind, Level

ROOT = Path(__file__).parents[2] / "content"
TODAY = date(2026, 3, 2)
QUESTIONS = [f"Q{number}" for number in range(1, 14)]
SCALE = range(11)
DAYS = range(401)


def _library() -> Library:
    workouts, faults = load_workouts(ROOT)
    assert workouts is not None, faults
    return workouts.library


def _tables() -> Tables:
    tables, faults = load_tables(ROOT, LIBRARY)
    assert tables is not None, faults
    assert faults == []
    return tables


LIBRARY = _library()
TABLES = _tables()
anyone = settings(max_examples=60, deadline=None, derandomize=True)
answers = st.fixed_dictionaries({code: st.booleans() for code in QUESTIONS})


def yes_to(*codes: str) -> dict[str, bool]:
    return all_no(TABLES.screening) | dict.fromkeys(codes, True)


def allowed(*codes: str, cleared: bool = False, age: AgeBand | None = None) -> Screening:
    return outcome(yes_to(*codes), cleared, TABLES.screening, age)


def strictness(screening: Screening) -> int:
    return STRICTNESS.index(screening)


def report(**told: object) -> Report:
    usual: dict[str, object] = {
        "person_id": 1,
        "local_date": TODAY,
        "session_id": "HILL-B-01",
        "kind": Kind.HILL,
        "grade": Grade.HARD,
        "x": False,
        "outcome": Outcome.DONE,
        "at": datetime(2026, 3, 2, 19, tzinfo=UTC),
        "srpe": 6.0,
        "expected_low": 6.0,
        "expected_high": 7.0,
        "pain": 0,
    }
    return Report(**(usual | told))  # type: ignore[arg-type]


def decided(**told: object) -> Decision:
    row = after_session(report(**told), TABLES.adaptation)
    assert row is not None
    return row.decision


def goodness(decision: Decision) -> int:
    return tuple(Decision).index(decision)


# Screening


def test_every_question_of_the_reference_is_asked() -> None:
    assert list(TABLES.screening.questions) == QUESTIONS


def test_no_to_all_opens_the_whole_plan() -> None:
    assert allowed() is Screening.CLEAR
    assert limited_weeks(all_no(TABLES.screening), TABLES.screening) == 0


@pytest.mark.parametrize("code", QUESTIONS)
def test_any_yes_takes_something_away(code: str) -> None:
    assert strictness(allowed(code)) > strictness(Screening.CLEAR)


@pytest.mark.parametrize("code", ["Q2", "Q3", "Q7"])
@anyone
@given(others=answers)
def test_a_yes_about_chest_fainting_or_supervision_stops(
    code: str, others: dict[str, bool]
) -> None:
    assert outcome(others | {code: True}, False, TABLES.screening) is Screening.STOP


@pytest.mark.parametrize("code", ["Q1", "Q4", "Q5", "Q8"])
def test_a_heart_an_illness_or_a_medicine_leaves_walks_until_a_clinician_agrees(code: str) -> None:
    assert allowed(code) is Screening.WALKS
    assert allowed(code, cleared=True) is Screening.NO_X


@pytest.mark.parametrize("code", QUESTIONS)
def test_no_yes_is_ever_cleared_for_bounds_and_all_out_work_at_once(code: str) -> None:
    assert strictness(allowed(code, cleared=True)) >= strictness(Screening.NO_X)


@anyone
@given(answers)
def test_clearance_never_makes_it_stricter(told: dict[str, bool]) -> None:
    with_it = outcome(told, True, TABLES.screening)

    assert strictness(with_it) <= strictness(outcome(told, False, TABLES.screening))


@anyone
@given(answers, st.sampled_from(QUESTIONS), st.booleans(), st.sampled_from([None, *AgeBand]))
def test_another_yes_never_makes_it_milder(
    told: dict[str, bool], code: str, cleared: bool, age: AgeBand | None
) -> None:
    fewer = outcome(told | {code: False}, cleared, TABLES.screening, age)
    more = outcome(told | {code: True}, cleared, TABLES.screening, age)

    assert strictness(more) >= strictness(fewer)


@pytest.mark.parametrize("code", QUESTIONS)
def test_a_question_left_out_is_not_taken_for_a_no(code: str) -> None:
    told = all_no(TABLES.screening)
    del told[code]

    assert outcome(told, True, TABLES.screening) is Screening.UNASKED


def test_an_answer_to_no_question_is_refused() -> None:
    with pytest.raises(KeyError):
        outcome({"Q99": False}, False, TABLES.screening)


def test_an_illness_of_these_days_passes_and_all_else_stays() -> None:
    told = yes_to("Q1", "Q11")

    assert outcome(told, True, TABLES.screening) is Screening.STOP
    assert lasting(told, TABLES.screening) == yes_to("Q1")


def test_the_most_pressing_word_comes_first() -> None:
    assert follows(yes_to("Q1", "Q2", "Q11"), TABLES.screening)[0] is Follow.NOW


def test_serious_events_of_the_past_are_remembered() -> None:
    assert remembered(yes_to("Q11", "Q12"), TABLES.screening) == ("Q12",)


def test_a_limit_without_an_end_outlasts_one_with_an_end() -> None:
    assert limited_weeks(yes_to("Q1", "Q12"), TABLES.screening) is None


def test_every_minor_needs_a_guardian_and_no_adult_does() -> None:
    assert set(TABLES.screening.guardian.ages) == {AgeBand.CHILD, AgeBand.TEEN}


# Pain, soreness, illness


def test_more_pain_never_gives_a_milder_zone() -> None:
    for agreed in (False, True):
        zones = [zone_of(Hurt(pain, agreed=agreed), TABLES.pain) for pain in SCALE]

        assert zones == sorted(zones, key=tuple(Zone).index)
        assert (zones[0], zones[-1]) == (Zone.GREEN, Zone.RED)


@pytest.mark.parametrize("pain", SCALE)
def test_pain_that_is_worse_in_the_morning_is_red(pain: int) -> None:
    assert all(
        zone_of(Hurt(pain, morning), TABLES.pain) is Zone.RED for morning in SCALE if morning > pain
    )


@pytest.mark.parametrize("sign", Sign)
@pytest.mark.parametrize("agreed", [False, True])
def test_any_sign_is_red_at_any_number(sign: Sign, agreed: bool) -> None:
    assert all(
        zone_of(Hurt(p, signs=frozenset({sign}), agreed=agreed), TABLES.pain) is Zone.RED
        for p in SCALE
    )


def test_pain_of_four_stops_the_session_even_when_agreed_to() -> None:
    for pain in range(4, 11):
        for agreed in (False, True):
            row = zone_row(zone_of(Hurt(pain, agreed=agreed), TABLES.pain), TABLES.pain)

            assert row.now is Now.STOP
            assert row.running in (Running.AGREED, Running.NONE)


def test_only_the_green_zone_progresses() -> None:
    assert [zone for zone in Zone if zone_row(zone, TABLES.pain).progress] == [Zone.GREEN]


def test_more_soreness_never_allows_harder_work() -> None:
    hardness = [HARDNESS[soreness_row(s, TABLES.pain).hardest] for s in SCALE]

    assert hardness == sorted(hardness, reverse=True)
    assert hardness[-1] == HARDNESS[Grade.REST]


def test_no_illness_allows_more_than_a_light_day() -> None:
    assert all(
        HARDNESS[s.hardest] <= HARDNESS[Grade.LIGHT] for s in TABLES.illness.situations.values()
    )


def test_the_way_back_from_an_illness_waits_for_days_and_for_hours_without_symptoms() -> None:
    for situation in TABLES.illness.situations.values():
        assert may_start(situation, situation.rest_days, situation.free_hours)
        if situation.free_hours:
            assert not may_start(situation, 99, situation.free_hours - 1)
        if situation.rest_days:
            assert not may_start(situation, situation.rest_days - 1, 999)


def test_the_stages_back_come_one_by_one_and_end_with_hard_work() -> None:
    stages, table = len(TABLES.illness.stages), TABLES.illness
    path = [stage_after(n, True, table.stage_days, table) for n in range(stages + 1)]

    assert path == list(range(1, stages + 2))
    assert table.stages[-1].hardest is Grade.HARD
    assert all(stage_after(n, True, 0, table) == n for n in range(stages))


def test_symptoms_that_return_lead_a_stage_back() -> None:
    for stage in range(1, len(TABLES.illness.stages) + 1):
        assert stage_after(stage, False, 9, TABLES.illness) < stage


# Readiness

feelings = st.builds(
    Feeling,
    tap=st.sampled_from([None, *TABLES.readiness.taps]),
    sleep=st.one_of(st.none(), st.integers(0, 10)),
    hours=st.one_of(st.none(), st.floats(0, 12)),
    soreness=st.one_of(st.none(), st.integers(0, 9)),
    stress=st.one_of(st.none(), st.integers(0, 10)),
    pain=st.one_of(st.none(), st.integers(0, 10)),
    ill=st.booleans(),
    gap_short=st.booleans(),
    legs_yesterday=st.booleans(),
)


def softness(feeling: Feeling) -> int:
    return tuple(Verdict).index(readiness(feeling, TABLES.readiness).verdict)


def test_a_fit_person_trains_as_planned() -> None:
    assert readiness(Feeling("fit"), TABLES.readiness).verdict is Verdict.AS_PLANNED


def test_one_tap_without_details_is_enough_for_a_milder_day() -> None:
    assert softness(Feeling("tired")) > softness(Feeling("fit"))
    assert softness(Feeling("sore_ill")) > softness(Feeling("fit"))


@anyone
@given(feelings)
def test_feeling_worse_never_makes_the_day_harder(feeling: Feeling) -> None:
    told = {name: getattr(feeling, name) for name in Feeling.__slots__}
    worse = [
        Feeling(**(told | {"soreness": (feeling.soreness or 0) + 1})),
        Feeling(**(told | {"hours": 3.0})),
        Feeling(**(told | {"ill": True})),
        Feeling(**(told | {"gap_short": True})),
        Feeling(**(told | {"legs_yesterday": True})),
        Feeling(**(told | {"pain": 10})),
        Feeling(**(told | {"fever": True})),
    ]

    assert all(softness(other) >= softness(feeling) for other in worse)
    assert score(feeling, TABLES.readiness) >= 0


@anyone
@given(feelings)
def test_a_fever_is_rest_and_pain_of_three_never_hard(feeling: Feeling) -> None:
    told = {name: getattr(feeling, name) for name in Feeling.__slots__}
    feverish, hurting = Feeling(**(told | {"fever": True})), Feeling(**(told | {"pain": 3}))

    assert readiness(feverish, TABLES.readiness).verdict is Verdict.REST
    assert softness(hurting) >= tuple(Verdict).index(Verdict.LIGHT)


# After a session


def test_a_session_as_expected_leads_one_step_on() -> None:
    row = after_session(report(), TABLES.adaptation)

    assert row is not None
    assert (row.decision, row.step) == (Decision.ADVANCE, 1)


@pytest.mark.parametrize(
    ("key", "worsening"),
    [
        ("pain", list(SCALE)),
        ("soreness", list(SCALE)),
        ("srpe", [n / 2 for n in range(21)]),
        ("share", [1 - n / 20 for n in range(21)]),
    ],
)
def test_a_worse_report_never_brings_a_better_decision(key: str, worsening: list[float]) -> None:
    decisions = [goodness(decided(**{key: value})) for value in worsening]

    assert decisions == sorted(decisions, reverse=True)
    assert decisions[0] > decisions[-1]


@pytest.mark.parametrize("grade", list(Grade))
def test_pain_of_four_and_red_flags_stop_whatever_the_session_was(grade: Grade) -> None:
    for outcome_ in Outcome:
        hurting = report(grade=grade, outcome=outcome_, pain=4)
        flagged = report(grade=grade, outcome=outcome_)
        rows = [
            after_session(hurting, TABLES.adaptation),
            after_session(flagged, TABLES.adaptation, flag=True),
        ]

        assert [row.decision for row in rows if row] == [Decision.STOP] * 2


@pytest.mark.parametrize("pain", SCALE)
def test_pain_that_grew_overnight_never_advances(pain: int) -> None:
    row = after_session(report(pain=pain), TABLES.adaptation, worse=True)

    assert row is not None
    assert row.decision in (Decision.STOP, Decision.REGRESS)


def test_an_easy_run_without_pain_changes_nothing() -> None:
    assert after_session(report(grade=Grade.LIGHT, srpe=9), TABLES.adaptation) is None


def test_a_session_that_was_not_trained_changes_no_step() -> None:
    skipped = report(outcome=Outcome.SKIPPED, share=0, srpe=None)

    assert after_session(skipped, TABLES.adaptation) is None


def test_effort_counts_from_the_upper_end_of_its_range() -> None:
    assert decided(srpe=7) is Decision.ADVANCE
    assert decided(srpe=7.5) is Decision.REPEAT


def test_regresses_that_pile_up_bring_a_lighter_week_and_then_a_lower_level() -> None:
    few, many = (
        pattern_of([TODAY - timedelta(days=5 * n) for n in range(count)], TODAY, TABLES.adaptation)
        for count in (2, 5)
    )

    assert few is not None
    assert few.then is Turn.DELOAD
    assert many is not None
    assert many.then is Turn.LEVEL_DOWN


def test_regresses_of_long_ago_are_forgotten() -> None:
    assert pattern_of([TODAY - timedelta(days=90)] * 5, TODAY, TABLES.adaptation) is None
    assert pattern_of([TODAY], TODAY, TABLES.adaptation) is None


def test_one_easy_session_earns_no_bonus_and_two_running_do() -> None:
    light, as_meant = report(srpe=3), report()

    assert earns_bonus([as_meant, light, light], Level.INTERMEDIATE, TABLES.adaptation)
    assert not earns_bonus([light], Level.INTERMEDIATE, TABLES.adaptation)
    assert not earns_bonus([light, light, as_meant], Level.INTERMEDIATE, TABLES.adaptation)
    assert not earns_bonus([report(srpe=None)] * 2, Level.INTERMEDIATE, TABLES.adaptation)


def test_a_level_up_needs_training_calm_legs_and_tests() -> None:
    assert ready_for_next(1, 0, True, TABLES.adaptation)
    assert not ready_for_next(0.5, 0, True, TABLES.adaptation)
    assert not ready_for_next(1, 5, True, TABLES.adaptation)
    assert not ready_for_next(1, 0, False, TABLES.adaptation)


# Absence


def test_every_number_of_days_has_exactly_one_row() -> None:
    for days in DAYS:
        assert sum(holds(row, days) for row in TABLES.absence.rows) == 1


@pytest.mark.parametrize("cause", Cause)
def test_a_longer_absence_never_comes_back_harder(cause: Cause) -> None:
    ways = [way_back(days, TABLES.absence, cause) for days in DAYS]

    for shorter, longer in pairwise(ways):
        assert HARDNESS[longer.hardest] <= HARDNESS[shorter.hardest]
        assert longer.share.high <= shorter.share.high
        assert longer.load.high <= shorter.load.high
        assert longer.reps <= shorter.reps
        assert longer.x_days >= shorter.x_days
        assert longer.easy_days >= shorter.easy_days
        assert tuple(Restart).index(longer.restart) >= tuple(Restart).index(shorter.restart)
        if longer.restart is Restart.STEP:
            assert longer.step <= shorter.step


def test_no_absence_leads_forward_or_makes_up_for_missed_work() -> None:
    for days in DAYS:
        way = way_back(days, TABLES.absence)

        assert way.step <= 0
        assert way.share.high <= 1
        assert way.reps <= 1
        assert way.load.high <= 1


@pytest.mark.parametrize("cause", [Cause.ILLNESS, Cause.INJURY])
def test_illness_and_injury_come_back_no_harder_than_a_holiday(cause: Cause) -> None:
    for days in DAYS:
        holiday, other = (way_back(days, TABLES.absence, c) for c in (Cause.LIFE, cause))

        assert other.share.high <= holiday.share.high
        assert other.x_days >= holiday.x_days
        assert HARDNESS[other.hardest] <= HARDNESS[holiday.hardest]


def test_an_injury_waits_for_a_clinician() -> None:
    assert all(way_back(days, TABLES.absence, Cause.INJURY).cleared_first for days in DAYS)
    assert not way_back(30, TABLES.absence).cleared_first


def test_nobody_is_away_before_a_planned_session_was_missed() -> None:
    for cause in (Cause.LIFE, Cause.ILLNESS):
        assert way_back(0, TABLES.absence, cause) == TABLES.absence.rows[0]


# The self-test


def test_a_higher_level_needs_no_fewer_heel_raises() -> None:
    for usual in (None, 10, 20, 40):
        wanted = [raises_wanted(level, TABLES.selftest, usual) for level in Level]

        assert wanted == sorted(wanted)


def test_who_is_usual_for_the_age_opens_every_level() -> None:
    for years in range(20, 80):
        usual = usual_raises(years, None, TABLES.selftest)

        assert usual is not None
        assert all(raises_wanted(level, TABLES.selftest, usual) <= usual for level in Level)
        assert usual <= (usual_raises(years, True, TABLES.selftest) or 0)
        assert usual <= (usual_raises(years, False, TABLES.selftest) or 0)
    assert usual_raises(14, None, TABLES.selftest) is None


def test_without_bounds_and_all_out_work_no_trial_asks_for_them() -> None:
    for level in Level:
        for week in TABLES.selftest.weeks:
            careful = trials(level, week, TABLES.selftest, x=False)

            assert careful
            assert not any(trial.x for trial in careful.values())


def test_the_first_weeks_of_a_beginner_have_no_sprint_up_a_hill() -> None:
    first, last = min(TABLES.selftest.weeks), max(TABLES.selftest.weeks)

    assert "hill_distance" not in trials(Level.BEGINNER, first, TABLES.selftest, x=True)
    assert "hill_distance" in trials(Level.BEGINNER, last, TABLES.selftest, x=True)


def test_the_test_comes_in_its_weeks_alone() -> None:
    weeks = [week for week in range(60) if due(week, TABLES.selftest)]

    assert weeks == list(TABLES.selftest.weeks)


def test_a_result_is_as_good_when_it_goes_the_better_way() -> None:
    raises, chair = (TABLES.selftest.items[code] for code in ("heel_raises", "chair_stand"))

    assert as_good(raises, 20, 20)
    assert as_good(raises, 20, 21)
    assert not as_good(raises, 20, 19)
    assert as_good(chair, 10, 9)
    assert not as_good(chair, 10, 11)


# Faults


def broken(root: Path, name: str, path: list[str | int], value: object) -> tuple[str, range]:
    """A copy of the tables with one value changed; the file, and from its row's line to its own."""
    shutil.copytree(ROOT / "rules", root / "rules")
    file = root / "rules" / f"{name}.yaml"
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    inside = data
    for key in path[:-1]:
        inside = inside[key]
    inside[path[-1]] = value
    file.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    document, _ = read(file, root)
    assert document is not None
    return document.file, range(document.line(path[:-1]), document.line(path) + 2)


@pytest.mark.parametrize(
    ("name", "path", "value", "says"),
    [
        ("screening", ["questions", "Q9", "cleared"], "stop", "stricter than without"),
        ("screening", ["questions", "Q9", "without"], "clear", "has to change something"),
        ("screening", ["questions", "Q9", "cleared_weeks"], 0, "below 1"),
        ("screening", ["questions", "Q9", "ages"], {"70+": "clear"}, "milder than without"),
        ("screening", ["questions", "Q9", "ask"], 9, "string"),
        ("screening", ["questions"], {}, "no question"),
        ("screening", ["outcomes"], {"clear": "Go."}, "'stop' is missing"),
        ("screening", ["none"], "", "a button has"),
        ("pain", ["zones", 1, "most"], 0, "must be above"),
        ("pain", ["zones"], [], "in that order"),
        ("pain", ["zones", 2, "now"], "go_on", "now must not be below"),
        ("pain", ["zones", 3, "progress"], True, "progress must not be below"),
        ("pain", ["zones", 2, "agreed"], 10, "agreed is not from"),
        ("pain", ["soreness", 0, "hardest"], "Z", "hardest"),
        ("pain", ["signs"], {"limp": "I limp"}, "'bone' is missing"),
        ("illness", ["situations", "neck_up", "share"], 1.5, "share is not from 0 to 1"),
        ("illness", ["stages", 1, "minutes"], 1, "minutes must not be below"),
        ("illness", ["stages", 1, "sessions"], ["BACK-NO"], "'BACK-NO'"),
        ("illness", ["stage_days"], 0, "below 1"),
        ("readiness", ["verdicts", 1, "least"], 0, "least must be above"),
        ("readiness", ["verdicts", 3, "verdict"], "light", "'light' stands here twice"),
        ("readiness", ["fever"], 0, "a fever counts less"),
        ("adaptation", ["after", 1, "pain"], 10, "pain must be below"),
        ("adaptation", ["after", 3, "share_below"], 0.0, "share_below must be above"),
        ("adaptation", ["after", 4, "over"], None, "only the last row is without"),
        ("adaptation", ["after", 5, "over"], 0, "the last row has a condition"),
        ("adaptation", ["after", 5, "decision"], "stop", "decision must not be below"),
        ("adaptation", ["after", 1, "id"], "stop", "stands here twice"),
        ("adaptation", ["after", 1, "step"], 1, "step does not fit"),
        ("absence", ["rows", 4, "least"], 999, "is not the day after"),
        ("absence", ["rows", 4, "least"], 0, "is not the day after"),
        ("absence", ["rows", 9, "most"], 400, "the last row has an end"),
        ("absence", ["rows", 8, "x_days"], 0, "x_days is harder"),
        ("absence", ["rows", 8, "share"], [1.0, 1.0], "share is harder"),
        ("absence", ["rows", 8, "share"], [0.2, 0.1], "share is no range"),
        ("absence", ["rows", 5, "step"], 2, "step leads forward"),
        ("selftest", ["heel_raises", "needs"], dict(zip(Level, (9, 8, 7), strict=True)), "fewer"),
        ("selftest", ["heel_raises", "norms", 1, "least"], 99, "is not the year after"),
        ("selftest", ["weeks"], [4, 4], "weeks do not rise"),
        ("selftest", ["section"], "two", "section is no number"),
        ("selftest", ["months"], 3, "is not known here"),
    ],
)
def test_a_broken_table_is_a_fault_with_file_and_line(
    tmp_path: Path, name: str, path: list[str | int], value: object, says: str
) -> None:
    plain = yaml.safe_load(json.dumps(value))
    file, lines = broken(tmp_path, name, path, plain)

    _, faults = load_tables(tmp_path, LIBRARY)
    said = [fault for fault in faults if says in fault.message]

    assert said, faults
    assert said[0].file == file
    assert said[0].line in lines


def test_a_table_that_is_missing_is_a_fault(tmp_path: Path) -> None:
    rules = shutil.copytree(ROOT / "rules", tmp_path / "rules")
    (rules / "pain.yaml").unlink()

    tables, faults = load_tables(tmp_path)

    assert tables is None
    assert [fault.file for fault in faults] == ["rules/pain.yaml"]
