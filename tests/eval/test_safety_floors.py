"""Floors of the red-flag scan. They hold what was measured, with room for one line."""

import pytest

from tests.eval.safety import Rates, catalogue, lines, rates


@pytest.fixture(scope="module")
def measured() -> dict[str, Rates]:
    return {part.part: part for part in rates(catalogue())}


def test_no_red_flag_of_the_tuned_part_is_missed(measured: dict[str, Rates]) -> None:
    assert [line.text for line in measured["tuned"].missed] == []


def test_look_alikes_of_the_tuned_part_are_left_alone(measured: dict[str, Rates]) -> None:
    assert measured["tuned"].alarms <= 0.03


def test_the_part_kept_aside_holds_its_floor(measured: dict[str, Rates]) -> None:
    assert measured["aside"].caught >= 0.95
    assert measured["aside"].alarms <= 0.03


def test_the_lines_are_many_and_of_several_hands() -> None:
    both = [line for part in ("tuned", "aside") for line in lines(part)]

    assert len(both) >= 400
    assert len({line.style for line in both}) >= 3
    assert 0.3 <= sum(line.flag is None for line in both) / len(both) <= 0.6


def test_no_line_stands_in_both_parts() -> None:
    assert not {line.text for line in lines("tuned")} & {line.text for line in lines("aside")}
