"""`bot plan`: the plan of such a person, as text and as JSON."""

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.shell.conftest import Called

DAY = {"date", "week", "deload", "class", "load", "minutes", "sessions", "reasons"}
SESSION = {"kind", "session", "variant", "class", "x", "minutes", "load"}


def test_twelve_weeks_of_a_beginner_hold_every_date_once(bot: Callable[..., Called]) -> None:
    code, out, _ = bot(
        "plan", "--level", "beginner", "--weeks", "12", "--start", "2026-01-05", "--json"
    )
    days = json.loads(out)["days"]
    first = date(2026, 1, 5)

    assert code == 0
    assert [day["date"] for day in days] == [
        (first + timedelta(days=n)).isoformat() for n in range(84)
    ]
    assert all(set(day) == DAY for day in days)
    assert all(set(session) == SESSION for day in days for session in day["sessions"])


def test_a_days_figures_are_those_of_its_sessions(bot: Callable[..., Called]) -> None:
    _, out, _ = bot(
        "plan", "--level", "advanced", "--days", "all", "--start", "2026-01-05", "--json"
    )
    order = "RLMH"
    for day in json.loads(out)["days"]:
        sessions = day["sessions"]

        assert day["minutes"] == sum(s["minutes"] for s in sessions)
        assert day["load"] == sum(s["load"] for s in sessions)
        assert day["class"] == max((s["class"] for s in sessions), key=order.index)


def test_without_a_hill_a_session_keeps_its_id_and_names_its_variant(
    bot: Callable[..., Called],
) -> None:
    _, out, _ = bot("plan", "--level", "intermediate", "--terrain", "stairs", "--json")
    hills = [s for d in json.loads(out)["days"] for s in d["sessions"] if s["kind"] == "hill"]

    assert hills
    assert {s["variant"] for s in hills} == {"stairs"}
    assert all(s["session"].startswith("HILL-I-") for s in hills)


def test_wishes_that_cannot_all_be_had_say_which_gave_way(bot: Callable[..., Called]) -> None:
    code, out, _ = bot(
        "plan", "--level", "beginner", "--days", "mon,tue", "--lift", "mon,tue", "--json"
    )
    reasons = [r for day in json.loads(out)["days"] for r in day["reasons"]]

    assert code == 0
    assert any("leg day" in reason or "gave way" in reason for reason in reasons)


def test_as_text_each_week_has_its_lines(bot: Callable[..., Called]) -> None:
    code, out, _ = bot("plan", "--weeks", "2")

    assert code == 0
    assert out.count("Week") >= 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--level", "expert"), "beginner"),
        (("--days", "someday"), "mon wed fri"),
        (("--terrain", "moon"), "hill"),
        (("--minutes", "lots"), "40"),
        (("--weeks", "0"), "--weeks 0"),
        (("--start", "soon"), "2026"),
        (("--age", "old"), "18-49"),
    ],
)
def test_a_wrong_argument_is_one_line_that_says_what_would_work(
    bot: Callable[..., Called], arguments: tuple[str, ...], words: str
) -> None:
    code, out, errors = bot("plan", *arguments)

    assert code == 2
    assert out == ""
    assert words in errors
    assert len(errors.strip().splitlines()) == 1
