"""What the answers reach on the parts kept aside, held by floors; the figures are in CARD.md."""

import hashlib

import pytest

from tests.eval.questions import FOLDER, cases, judged
from tests.eval.said import last
from tests.house import shelf

FLOORS = {
    "in_scope": (0.8, 0.9),
    "far": (0.95, 0.95),
    "near": (0.92, 0.92),
    "follow_ups": (0.8, 0.85),
    "commands": (0.88, 0.88),
    "small_talk": (0.88, 0.88),
}
SEALS = {
    "commands": "db3fb3b8",
    "far": "df6e1e8e",
    "follow_ups": "bb028f64",
    "in_scope": "a7e7e61d",
    "near": "e35bd1ef",
    "small_talk": "023c6f78",
}


@pytest.mark.parametrize("name", FLOORS)
def test_what_was_kept_aside_goes_right_often_enough(name: str) -> None:
    score = judged(shelf().content, cases(name, "aside"), last)
    first, three = FLOORS[name]

    assert score.first / score.of >= first
    assert score.three / score.of >= three


@pytest.mark.parametrize("name", SEALS)
def test_what_was_kept_aside_is_as_it_was_sealed(name: str) -> None:
    content = (FOLDER / f"{name}_aside.jsonl").read_bytes()

    assert hashlib.sha256(content).hexdigest().startswith(SEALS[name])
