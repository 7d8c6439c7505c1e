"""Floors of the red-flag scan. They hold what was measured, with room for a line or two."""

import pytest

from bot.retrieval.alarm import fingerprint, read_alarm
from bot.retrieval.encoder import Encoder
from tests.eval.alarm import told
from tests.eval.safety import ASIDE, PARTS, Rates, catalogue, lines, rates


@pytest.fixture(scope="module")
def signs() -> dict[str, Rates]:
    return {part.part: part for part in rates(catalogue())}


@pytest.fixture(scope="module")
def both() -> dict[str, Rates]:
    return {part.part: part for part in rates(catalogue(), Encoder.open(), ASIDE)}


def test_the_signs_alone_catch_most_of_the_tuned_part(signs: dict[str, Rates]) -> None:
    """Many of its lines are there for the second opinion, and no sign was written for them."""
    assert signs["tuned"].caught >= 0.9
    assert signs["tuned"].alarms <= 0.012


def test_the_signs_alone_hold_their_floor_on_the_parts_kept_aside(signs: dict[str, Rates]) -> None:
    assert signs["aside"].caught >= 0.97
    assert signs["fresh"].caught >= 0.87


def test_with_the_second_opinion_the_parts_kept_aside_hold_their_floor(
    both: dict[str, Rates],
) -> None:
    assert both["aside"].caught >= 0.99
    assert both["aside"].alarms <= 0.03
    assert both["fresh"].caught >= 0.95
    assert both["fresh"].alarms <= 0.06


def test_the_second_opinion_only_adds(signs: dict[str, Rates], both: dict[str, Rates]) -> None:
    for part in ASIDE:
        assert set(both[part].missed) <= set(signs[part].missed)


def test_the_second_opinion_was_learnt_from_the_tuned_part_as_it_stands() -> None:
    assert read_alarm().learnt == fingerprint(told())


def test_the_lines_are_many_and_of_several_hands() -> None:
    every = [line for part in PARTS for line in lines(part)]

    assert len(every) >= 2500
    assert len({line.style for line in every}) >= 9
    assert 0.3 <= sum(line.flag is None for line in every) / len(every) <= 0.6


def test_no_line_stands_in_two_parts() -> None:
    every = [line.text for part in PARTS for line in lines(part)]

    assert len(every) == len(set(every))
