"""The simulator's own arithmetic: each rule that is broken on purpose is called by its name."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.offers import placed
from bot.domain.person import AgeBand, Person, Screening
from bot.domain.plan import PlanDay
from bot.domain.pushes import Push, PushKind, PushState
from bot.domain.workouts import Level
from bot.simulation.diary import Diary, Shown, Told
from bot.simulation.programme import programme
from bot.simulation.promises import Promises
from bot.simulation.punctual import Punctual
from bot.simulation.rules import Rules
from tests.house import shelf

BOOKS = shelf().content.books
MONDAY = date(2026, 1, 5)
DAY = timedelta(days=1)
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
HARD, HARDER, BOUNDS, FLYING = "HILL-I-03", "INT-I-05", "DRILL-I-09", "INT-I-10"
LIFT, EASY, WALK, REST = "STR-I-A-1", "EASY-I-01", "REC-WALK-20", "REST-01"


def someone(**wishes: object) -> Person:
    person = Person(
        1, 1, "Ann", NOON - 60 * DAY, MONDAY - 60 * DAY, Level.INTERMEDIATE, frozenset(range(7)),
        time(7), "Europe/Berlin", screening=Screening.CLEAR,
    )  # fmt: skip
    return replace(person, **wishes)  # type: ignore[arg-type]  # a field of the person each


def shown(after: int, *ids: str, person: Person | None = None, week: int = 9) -> Shown:
    """The day so many days after Monday, with these rows of the library."""
    day = MONDAY + after * DAY
    sessions = tuple(placed(BOOKS.library.session(name), BOOKS.library) for name in ids)
    deload = week in BOOKS.library.caps.deload_weeks
    planned = PlanDay(day, week, deload, sessions)
    return Shown(planned, person or someone(), NOON + after * DAY, MONDAY)


def broken(*days: Shown, legs: int | None = None) -> set[str]:
    """The rules that the last day breaks after the others."""
    diary = Diary(1, {one.day.date: one for one in days})
    diary.ran = {MONDAY - DAY: 60.0}
    if legs is not None:
        diary.legs.add(MONDAY + legs * DAY)
    last = days[-1]
    rules = [*Rules(BOOKS).broken(diary, last), *programme(BOOKS, diary, last)]
    return {rule for rule, _ in rules}


@pytest.mark.parametrize(
    ("days", "rule"),
    [
        ((shown(0, HARD), shown(1, HARDER)), "hard gap"),
        ((shown(0, HARD), shown(2, HARDER), shown(4, HARD)), "hard days"),
        ((shown(0, BOUNDS), shown(2, FLYING)), "all-out gap"),
        ((shown(0, "HILL-I-04"), shown(1, "INT-I-04")), "runs above light"),
        ((shown(0, "DRILL-I-01"), shown(1, "DRILL-I-02")), "same kind"),
        ((shown(0, LIFT), shown(1, LIFT)), "lifting apart"),
        ((shown(0, LIFT), shown(1, HARD)), "leg day"),
        ((shown(0, LIFT, EASY),), "run before lifting"),
        ((shown(0, HARD, LIFT, person=someone(minutes=40)),), "minutes"),
        ((shown(0, BOUNDS, "DRILL-I-05"),), "contacts"),
        ((shown(0, "EASY-A-11"),), "longest run"),
        ((shown(0, BOUNDS, person=someone(screening=Screening.NO_X)),), "age or health"),
        ((shown(0, HARD, person=someone(age=AgeBand.CHILD)),), "age or health"),
        ((shown(0, EASY, person=someone(screening=Screening.UNASKED)),), "unscreened"),
        ((shown(0, WALK, person=someone(screening=Screening.STOP)),), "unscreened"),
        ((shown(0, HARD, week=4),), "deload"),
        ((shown(0, HARD, week=2),), "row ahead"),
    ],
)
def test_a_rule_that_is_broken_is_called_by_its_name(days: tuple[Shown, ...], rule: str) -> None:
    assert rule in broken(*days)


def test_a_week_of_the_plan_breaks_none() -> None:
    assert broken(shown(0, HARD, LIFT), shown(2, "DRILL-I-01"), shown(3, HARDER)) == set()


def test_a_leg_day_of_ones_own_counts_like_a_planned_one() -> None:
    assert "leg day" in broken(shown(2, HARD), legs=1)
    assert "leg day" not in broken(shown(3, HARD), legs=1)


def test_over_fifties_wait_a_day_longer() -> None:
    days = (shown(0, HARD), shown(2, HARDER))
    older = tuple(replace(one, person=someone(age=AgeBand.MASTER)) for one in days)

    assert "hard gap" not in broken(*days)
    assert "hard gap" in broken(*older)


@pytest.mark.parametrize(
    ("words", "template", "then", "rule"),
    [
        ("/pain 6 knee", "pain/acts.j2", EASY, "pain"),
        ("r:3:pain:5", "log/where.j2", EASY, "pain"),
        ("/sick whole_body", "sick/noted.j2", LIFT, "illness"),
        (f"ready:{MONDAY}:sore_ill", "ready/said.j2", HARD, "tired"),
    ],
)
def test_what_was_told_holds(words: str, template: str, then: str, rule: str) -> None:
    promises, told = Promises(BOOKS), Told()
    before = {name for name, _ in promises.broken(told, shown(0, then))}
    promises.hears(told, words, {template}, MONDAY)

    assert before == set()
    assert {name for name, _ in promises.broken(told, shown(0, then))} == {rule}


def test_more_of_the_same_needs_a_yes() -> None:
    promises = Promises(BOOKS)
    before, after = {"week": 5}, {"week": 5, "more": {"hill": 1}}

    assert [rule for rule, _ in promises.changed(before, after, "/done")] == ["more unasked"]
    assert not list(promises.changed(before, after, "offer:3:yes"))


def _push(day: date, kind: PushKind = PushKind.SESSION) -> Push:
    return Push(1, 1, 1, kind, day, 0, NOON, PushState.CLAIMED, "me", 1, NOON)


def test_a_message_that_did_not_come_is_missed_and_one_that_comes_twice_is_doubled() -> None:
    ann, punctual = someone(last_seen=NOON), Punctual()
    punctual.settles(1, ann, NOON)
    seven = datetime(2026, 1, 6, 6, tzinfo=UTC)  # on the clocks of Berlin
    early = list(punctual.overdue(1, seven - DAY / 24))
    missed = [rule for rule, _, _ in punctual.overdue(1, seven)]
    punctual.settles(1, ann, NOON)
    served = replace(ann, served=seven.date())
    first = list(punctual.came(_push(seven.date()), served, seven, asks=False))
    again = [rule for rule, _, _ in punctual.came(_push(seven.date()), served, seven, asks=False)]

    assert (early, missed) == ([], ["push missed"])
    assert (first, set(again)) == ([], {"push unasked"})


def test_after_a_night_without_power_the_newest_alone_is_wanted_and_only_by_day() -> None:
    ann, punctual = someone(last_seen=NOON), Punctual()
    punctual.settles(1, ann, NOON)
    woken = datetime(2026, 1, 8, 9, tzinfo=UTC)
    punctual.woken(ann, woken)
    served = replace(ann, served=woken.date())

    assert not list(punctual.came(_push(woken.date()), served, woken, asks=False))
    punctual.settles(1, ann, NOON)
    punctual.woken(ann, datetime(2026, 1, 8, 22, tzinfo=UTC))
    assert not list(punctual.overdue(1, datetime(2026, 1, 8, 22, tzinfo=UTC)))


def test_an_illness_told_by_a_tap_is_remembered_as_one_that_was_typed() -> None:
    typed, tapped = Told(), Told()
    Promises(BOOKS).hears(typed, "/sick covid_flu", {"sick/noted.j2"}, MONDAY)
    Promises(BOOKS).hears(tapped, "sick:covid_flu", {"sick/noted.j2"}, MONDAY)

    assert typed.ill
    assert tapped == typed
