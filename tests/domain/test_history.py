"""Whatever a person does or leaves, the plan keeps its rules, and its past stays what it was."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.content.tables import load_tables
from bot.domain.books import Books
from bot.domain.feeling_well import easier, sick, well
from bot.domain.health_tables import Zone
from bot.domain.history import begun, brought_to, forecast, replanned, seen
from bot.domain.hurting import eased_off, healed, pained
from bot.domain.journal import Outcome, Report
from bot.domain.offers import frame_of
from bot.domain.plan import HARDNESS, Athlete, Placed, PlanDay
from bot.domain.reacting import Reaction, reacted, trained
from bot.domain.record import Record
from bot.domain.season import build, course_of
from bot.domain.shifting import lifted, moved, repeated
from bot.domain.softening import Softener, softened
from bot.domain.spacing import broken
from bot.domain.standing import RUNS, Easing
from bot.domain.weeks import DAYS
from bot.domain.workouts import Grade, Kind, Level
from tests.domain.test_plan import LIBRARY, PLAN, ROOT, athletes, someone

MONDAY = date(2026, 1, 5)
DAY = timedelta(days=1)
lives = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def _books() -> Books:
    tables, faults = load_tables(ROOT, LIBRARY)
    assert tables is not None, faults
    return Books(
        LIBRARY, PLAN, tables.adaptation, tables.absence, tables.pain, tables.illness,
        tables.readiness,
    )  # fmt: skip


BOOKS = _books()


@dataclass
class Life:
    """A person day by day: what was planned each morning, and what they told of it."""

    record: Record
    today: date = MONDAY
    lived: list[tuple[PlanDay, Athlete, frozenset[date]]] = field(default_factory=list)
    reactions: list[Reaction] = field(default_factory=list)

    def wake(self) -> PlanDay:
        """The next morning's day, as the message shows it."""
        self.record = brought_to(self.record, self.today, BOOKS)
        day = next(d for d in seen(self.record, BOOKS) if d.date == self.today)
        self.lived.append((day, self.record.athlete, frozenset(self.record.standing.legs)))
        self.today += DAY
        return day

    def tells(self, day: PlanDay, placed: Placed, **told: Any) -> Reaction | None:
        """A report in the evening; with all three numbers it is reacted to."""
        report = _report(day, placed, len(self.record.reports) + 1, **told)
        self.record = replace(self.record, reports=(*self.record.reports, report))
        if not report.trained:
            return None
        self.record = trained(self.record, report, BOOKS)
        reaction = reacted(self.record, report, self.today, BOOKS)
        decision = reaction.row.decision.value if reaction.row else None
        reports = (*self.record.reports[:-1], replace(report, decision=decision))
        self.record = replace(reaction.record, reports=reports)
        self.reactions.append(reaction)
        return reaction

    def does_all(self, days: int, **told: Any) -> None:
        """Some days on which everything is done as meant."""
        for _ in range(days):
            day = self.wake()
            for placed in day.sessions:
                if placed.kind is not Kind.REST:
                    self.tells(day, placed, **told)

    def rests(self, days: int) -> None:
        for _ in range(days):
            self.wake()

    def coming(self, kind: Kind) -> PlanDay:
        """The next day, from today on, that the plan had a session of that kind for."""
        self.record = brought_to(self.record, self.today, BOOKS)
        return next(
            d for d in forecast(self.record, 3, BOOKS) if d.date >= self.today and kind in d.kinds
        )


def _report(day: PlanDay, placed: Placed, number: int, **told: Any) -> Report:
    told = {"srpe": placed.session.srpe.high, "pain": 0, "soreness": 0, **told}
    return Report(
        person_id=1,
        local_date=day.date,
        session_id=placed.session.id,
        kind=placed.kind,
        grade=placed.grade,
        x=placed.x,
        outcome=told.pop("outcome", Outcome.DONE),
        at=datetime.combine(day.date, time(18), UTC),
        expected_low=placed.session.srpe.low,
        expected_high=placed.session.srpe.high,
        minutes=placed.minutes,
        run_minutes=placed.run_minutes,
        eased=placed.eased,
        id=number,
        **told,
    )


def a_life(athlete: Athlete) -> Life:
    return Life(begun(athlete, MONDAY, BOOKS))


def broken_rules(life: Life) -> list[tuple[date, str]]:
    found = []
    for number, (day, athlete, legs) in enumerate(life.lived):
        course = replace(course_of(athlete, LIBRARY, PLAN, MONDAY), legs=legs)
        before = [earlier for earlier, _, _ in life.lived[max(number - 8, 0) : number]]
        frame = frame_of(athlete, PLAN, 0)
        # a move is a wish of its own: it may lie on a day that is none of the person's
        rules = (rule for rule in broken(course, frame, day, before) if rule != "weekday")
        found += [(day.date, rule) for rule in rules]
    return found + outgrown(life)


def outgrown(life: Life) -> list[tuple[date, str]]:
    """Runs longer than a tenth more than the longest that was really run in the month before."""
    ran = [(r.local_date, (r.run_minutes or 0) * r.share) for r in life.record.reports if r.ran]
    found = []
    for day, athlete, _ in life.lived:
        recent = [minutes for on, minutes in ran if 0 < (day.date - on).days <= PLAN.growth.days]
        if (day.date - MONDAY).days < PLAN.growth.days:
            told = athlete.longest
            recent.append(PLAN.levels[athlete.level].longest if told is None else told)
        top = max(PLAN.growth.factor * max(recent, default=0.0), PLAN.growth.free)
        found += [(day.date, "longest run") for s in day.sessions if s.run_minutes > top + 1e-6]
    return found


events = st.one_of(
    st.just({}),
    st.just({}),
    st.just({}),
    st.just(None),
    st.builds(dict, srpe=st.integers(0, 10).map(float)),
    st.builds(dict, pain=st.sampled_from([0, 1, 2, 3])),
    st.builds(dict, soreness=st.integers(0, 10)),
    st.builds(dict, outcome=st.just(Outcome.PARTLY), share=st.sampled_from([0.3, 0.5, 0.75, 0.9])),
    st.builds(dict, outcome=st.just(Outcome.SKIPPED), share=st.just(0.0)),
    st.builds(lambda days: {"gone": days}, st.sampled_from([2, 5, 9, 13, 20, 40, 70, 100])),
    st.builds(lambda athlete: {"becomes": athlete}, athletes),
    st.just({"lifted": True}),
    st.just({"repeats": True}),
    st.just({"easier": True}),
    st.builds(lambda days: {"moves": days}, st.integers(0, 5)),
    st.builds(lambda days: {"ill": days}, st.integers(1, 12)),
    st.builds(lambda zone: {"hurts": zone}, st.sampled_from(Zone)),
)
QUICK = (Phase.generate,)  # a life takes long to live again: a failure is not made smaller


def live(athlete: Athlete, told: Sequence[Any]) -> Life:
    life = a_life(athlete)
    for event in told:
        day = life.wake()
        if event is None:
            continue
        if "gone" in event:
            life.rests(event["gone"])
        elif "becomes" in event:
            life.record = replanned(
                replace(life.record, athlete=event["becomes"]), life.today, BOOKS
            )
        elif not _one_off(life, day, event):
            for placed in day.sessions:
                if placed.kind is not Kind.REST:
                    life.tells(day, placed, **event)
    return life


def keeps_all(life: Life) -> None:
    """No rule is broken, and the past is as it was lived."""
    life.wake()
    past = {day.date: day for day in seen(life.record, BOOKS)}

    assert broken_rules(life) == []
    assert all(past[day.date].sessions == day.sessions for day, _, _ in life.lived)


def _one_off(life: Life, day: PlanDay, event: dict[str, Any]) -> bool:
    """What is said on a day beside reports; whether the event was such a thing."""
    record = brought_to(life.record, life.today, BOOKS)
    match event:
        case {"lifted": _}:
            life.record = lifted(record, day.date, BOOKS)
        case {"repeats": _}:
            life.record = repeated(record)
        case {"easier": _}:
            life.record = easier(record, life.today, BOOKS)
        case {"moves": ahead}:
            life.record, _ = moved(record, life.today, life.today + ahead * DAY, BOOKS)
        case {"ill": days}:
            situation = BOOKS.illness.situations["whole_body"]
            life.record = sick(record, situation, life.today)
            life.rests(days)
            record = brought_to(life.record, life.today, BOOKS)
            life.record = well(record, situation, day.date, life.today, BOOKS)
        case {"hurts": zone}:
            life.record = pained(record, zone, life.today, BOOKS)
            life.rests(2)
            record = brought_to(life.record, life.today, BOOKS)
            record = eased_off(record, life.today, BOOKS)
            life.record = healed(record, life.today, BOOKS)
        case _:
            return False
    return True


@settings(lives, max_examples=10, phases=QUICK)
@given(athletes, st.lists(events, min_size=20, max_size=50))
def test_no_life_breaks_a_rule_or_rewrites_its_past(athlete: Athlete, told: list[Any]) -> None:
    keeps_all(live(athlete, told))


@pytest.mark.soak
@settings(lives, max_examples=400, phases=QUICK)
@given(athletes, st.lists(events, min_size=20, max_size=200))
def test_no_long_life_breaks_a_rule_either(athlete: Athlete, told: list[Any]) -> None:
    keeps_all(live(athlete, told))


def test_who_does_all_as_meant_gets_the_plan_of_the_tables() -> None:
    life = a_life(someone(Level.INTERMEDIATE))
    life.does_all(12 * DAYS)
    plan = build(someone(Level.INTERMEDIATE), LIBRARY, PLAN, MONDAY, 12)

    assert [day.sessions for day, _, _ in life.lived] == [day.sessions for day in plan]


def test_the_next_cycle_goes_on_with_a_repetition_more() -> None:
    life = a_life(someone(Level.INTERMEDIATE))
    life.does_all(13 * DAYS)
    first = {s.session.id: s for day, _, _ in life.lived[4 * DAYS : 5 * DAYS] for s in day.sessions}
    again = {s.session.id: s for day, _, _ in life.lived[12 * DAYS :] for s in day.sessions}

    assert again["HILL-I-05"].session.blocks[0].reps == (
        first["HILL-I-05"].session.blocks[0].reps + PLAN.cycle_reps
    )


def a_hill(life: Life, **told: Any) -> tuple[PlanDay, Reaction]:
    """Everything as meant up to the next hill session, which is reported so."""
    while True:
        day = life.wake()
        reaction = None
        for placed in day.sessions:
            hill = placed.kind is Kind.HILL
            found = life.tells(day, placed, **(told if hill else {}))
            reaction = found if hill else reaction
        if reaction is not None:
            return day, reaction


def the_hill(day: PlanDay) -> Placed:
    return next(s for s in day.sessions if s.kind is Kind.HILL)


def in_week(number: int) -> Life:
    life = a_life(someone(Level.INTERMEDIATE))
    life.does_all((number - 1) * DAYS)
    return life


def test_a_hill_as_meant_is_followed_by_the_next_row() -> None:
    life = in_week(5)
    day, _ = a_hill(life)

    assert the_hill(day).session.id == "HILL-I-05"
    assert the_hill(life.coming(Kind.HILL)).session.id == "HILL-I-06"


def test_a_little_harder_than_meant_repeats_the_row() -> None:
    life = in_week(5)
    day, _ = a_hill(life, srpe=the_hill(life.coming(Kind.HILL)).session.srpe.high + 1)
    coming = the_hill(life.coming(Kind.HILL))

    assert coming.session.blocks == the_hill(day).session.blocks


@pytest.mark.parametrize("told", [{"soreness": 6}, {"outcome": Outcome.PARTLY, "share": 0.8}])
def test_too_hard_repeats_the_row_a_fifth_shorter(told: dict[str, Any]) -> None:
    life = in_week(5)
    day, _ = a_hill(life, **told)
    coming = the_hill(life.coming(Kind.HILL))
    reps = the_hill(day).session.blocks[0].reps

    assert coming.session.id == the_hill(day).session.id
    assert coming.session.blocks[0].reps == reps * 8 // 10


def test_far_too_hard_goes_a_row_back_with_an_easy_day() -> None:
    life = in_week(6)
    _, reaction = a_hill(life, srpe=10.0)
    easings = [e.code for e in life.record.standing.easings]

    assert the_hill(life.coming(Kind.HILL)).session.id == "HILL-I-05"
    assert reaction.row is not None
    assert "easy_day" in easings


def test_pain_of_three_makes_two_hills_light_and_leaves_bounds_out() -> None:
    life = in_week(5)
    a_hill(life, pain=3)
    first = life.coming(Kind.HILL)
    life.does_all((first.date - life.today).days + 1)
    second = life.coming(Kind.HILL)
    life.does_all((second.date - life.today).days + 1)
    third = life.coming(Kind.HILL)

    assert Kind.HILL in first.dropped
    assert Kind.HILL in second.dropped
    assert Kind.HILL not in third.dropped


def test_two_steps_back_in_two_weeks_bring_a_lighter_week_now() -> None:
    life = in_week(5)
    a_hill(life, srpe=10.0)
    _, reaction = a_hill(life, outcome=Outcome.PARTLY, share=0.5)
    life.record = brought_to(life.record, life.today, BOOKS)
    week = [d for d in forecast(life.record, 2, BOOKS) if 0 <= (d.date - life.today).days < DAYS]

    assert reaction.pattern is not None
    assert not any(day.hard for day in week)


def test_three_steps_back_in_four_weeks_bring_the_level_below() -> None:
    life = in_week(5)
    for _ in range(3):
        a_hill(life, outcome=Outcome.PARTLY, share=0.5)

    assert life.record.athlete.level is Level.BEGINNER


@pytest.mark.parametrize("days", [5, 8, 12, 20, 40, 70, 100])
def test_after_an_absence_nothing_is_hard_at_first_and_nothing_is_made_up(days: int) -> None:
    life = in_week(7)
    life.rests(days)
    life.does_all(14)
    back = [day for day, _, _ in life.lived[-14:]]
    first = next(day for day in back if any(s.kind in RUNS for s in day.sessions))

    assert HARDNESS[first.grade] <= HARDNESS[Grade.MODERATE]
    assert broken_rules(life) == []


def test_on_the_way_back_no_run_is_longer_than_the_planned_one() -> None:
    """Short ones are free for everybody."""
    athlete = someone(Level.ADVANCED, longest=120)
    days = build(athlete, LIBRARY, PLAN, MONDAY, 12)
    softener = Softener(LIBRARY, PLAN, course_of(athlete, LIBRARY, PLAN, MONDAY).rests)
    names = tuple(dict.fromkeys(name for row in BOOKS.absence.rows for name in row.sessions))
    back = Easing("back", MONDAY, hardest=Grade.LIGHT, run=120.0, sessions=names)
    longer = [
        (old.date, after.session.id)
        for old, new in zip(days, softened(days, (back,), softener), strict=True)
        for after in new.sessions
        if after.run_minutes > max(PLAN.growth.free, *(s.run_minutes for s in old.sessions), 0)
    ]

    assert not longer


def test_a_week_placed_anew_on_leg_day_keeps_clear_of_it() -> None:
    """Leg day was today, and today itself may still change."""
    athlete = someone(days=frozenset(range(7)))
    record = brought_to(begun(athlete, MONDAY, BOOKS), MONDAY, BOOKS)
    gap = PLAN.levels[athlete.level].lift_gap
    for today in (MONDAY + n * DAY for n in range(6)):
        anew = replanned(lifted(record, today, BOOKS), today, BOOKS)
        near = [d for d in anew.days if 0 < (d.date - today).days < gap]

        assert near
        assert not any(day.hard for day in near)


def test_three_days_without_the_planned_runs_bring_a_moderate_one_first() -> None:
    life = in_week(5)
    life.rests(4)
    friday = life.wake()

    assert friday.date.weekday() == 4
    assert friday.grade is Grade.MODERATE


def test_a_longer_absence_comes_back_to_an_earlier_row() -> None:
    rows = []
    for days in (5, 9, 13, 20, 40):
        life = in_week(7)
        life.rests(days)
        life.does_all(60)
        hills = [
            s.session.week or 0
            for d, _, _ in life.lived[-60:]
            for s in d.sessions
            if s.kind is Kind.HILL and s.session.level is Level.INTERMEDIATE
        ]
        rows.append(min(hills))

    assert rows == sorted(rows, reverse=True)


def test_who_trains_once_a_week_is_not_away_for_one_missed_run() -> None:
    life = a_life(someone(Level.INTERMEDIATE, days=frozenset({1})))
    life.does_all(4 * DAYS)
    life.rests(DAYS)
    day = next(d for d in iter(life.wake, None) if d.training)

    assert not any(
        reason.code == "back" and "week away" in str(reason.facts) for reason in day.reasons
    )


def test_a_long_absence_counts_on_when_its_first_missed_runs_are_long_ago() -> None:
    life = in_week(7)
    life.rests(40)
    away = life.record.standing.away
    stored = tuple(day for day in life.record.days if day.date >= life.today - DAY)
    record = replace(life.record, days=stored)
    later = brought_to(record, life.today + 2 * DAY, BOOKS).standing

    assert away > BOOKS.absence.single_days
    assert later.away >= away
    assert later.week == 1


def test_after_an_illness_nothing_above_light_comes_before_the_strides() -> None:
    life = in_week(7)
    situation = BOOKS.illness.situations["whole_body"]
    life.record = sick(life.record, situation, life.today)
    life.rests(3)
    life.record = well(life.record, situation, life.today - 3 * DAY, life.today, BOOKS)
    life.does_all(14)
    back = [s for d, _, _ in life.lived[-14:] for s in d.sessions if s.kind in RUNS]
    above = [s.session.id for s in back if s.grade is not Grade.LIGHT]

    assert above[0] == "BACK-STRIDES"
