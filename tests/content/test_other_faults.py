"""Wrong rules, wishes, small talk and red flags are refused, with file and line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.content.answering import load_answering
from bot.content.rules import load_rules
from bot.content.safety import load_safety
from bot.content.workouts import load_workouts
from bot.domain.library import Library

Edit = Callable[[str, str, str], int]
PLAN, REASONS = "rules/plan.yaml", "rules/reasons.yaml"
WISHES, SMALL = "answering/wishes.yaml", "answering/small_talk.yaml"
FLAGS, CATALOGUE = "safety/flags/heat.yaml", "safety/catalogue.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (PLAN, "walks: [", "walks: [REC-FLY, ", "no session has the id 'REC-FLY'"),
        (PLAN, "\nweeks:", "\nweeks: 11 #", "weeks differ from those of rules/caps.yaml"),
        (PLAN, "run_gap:", "run_gap: two #", "run_gap"),
        (PLAN, "run_gap:", "run_gaps: 2\nrun_gap:", "'run_gaps' is not known here"),
        (REASONS, "passage: ", "passage: about.plan#moon # ", "no passage has the id"),
    ],
)
def test_a_wrong_rule(
    content: Path,
    edit: Edit,
    library: Library,
    passages: frozenset[str],
    file: str,
    old: str,
    new: str,
    says: str,
) -> None:
    line = edit(file, old, new)

    (fault,) = load_rules(content, library, passages)[1]

    assert fault.file == file
    assert line <= fault.line <= line + new.count("\n")
    assert says in fault.message


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (WISHES, "    says:\n", "    says:\n      - at {moment}\n", "moment"),
        (WISHES, "    command:", "    order:", "is missing"),
        (
            SMALL,
            "small_talk:\n",
            "small_talk:\n  - {id: sky, examples: [a, b, c, d, e]}\n",
            "there is no templates/small/sky.j2",
        ),
    ],
)
def test_a_wrong_wish_or_small_talk(
    content: Path, edit: Edit, file: str, old: str, new: str, says: str
) -> None:
    edit(file, old, new)

    loaded, faults = load_answering(content)

    assert loaded is None
    assert {fault.file for fault in faults} == {file}
    assert any(says in fault.message for fault in faults)


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (FLAGS, "- id: heat_exhaustion", "- id: heat_stroke", "is taken or retired"),
        (FLAGS, "any:\n", 'any:\n            - "{confuzed}"\n', "no concept confuzed"),
        (FLAGS, "{emergency}", "{number}", "only {emergency} stands in braces"),
        (FLAGS, "          es:", "          eo:", "'es' is missing"),
        (CATALOGUE, "retired: [", "retired: [heat_stroke, ", "is taken or retired"),
        ("safety/numbers.yaml", "    source: https://", "    source: http://", "no https address"),
    ],
)
def test_a_wrong_red_flag_and_nothing_of_the_catalogue_is_used(
    content: Path, edit: Edit, file: str, old: str, new: str, says: str
) -> None:
    edit(file, old, new)

    loaded, faults = load_safety(content)

    assert loaded is None
    assert any(says in fault.message for fault in faults)
    assert all(fault.line > 1 for fault in faults)
    assert {fault.file for fault in faults} == {FLAGS if file == CATALOGUE else file}


def test_a_retired_session_is_named_by_no_rule(content: Path, edit: Edit) -> None:
    edit("workouts/recovery.yaml", "- id: REC-WALK-30\n", "- id: REC-WALK-30\n    retired: true\n")
    workouts, _ = load_workouts(content)
    assert workouts is not None

    faults = load_rules(content, workouts.library)[1]

    assert {fault.file for fault in faults} == {PLAN}
    assert "this session is retired: 'REC-WALK-30'" in faults[0].message
