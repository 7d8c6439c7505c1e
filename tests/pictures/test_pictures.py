"""The pictures as files: their size, their sameness, their margins, whatever they are told."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.pictures import (
    Block,
    Card,
    drill_card,
    plan_chart,
    progress_chart,
    session_card,
    trial_chart,
)
from bot.pictures.heading import MARGIN
from tests.pictures.samples import (
    BLOCKS,
    FIGURES,
    card,
    drill,
    ink_box,
    opened,
    plan,
    progress,
    trials,
)

Draw = Callable[[str], bytes]

ALL: dict[str, tuple[Draw, tuple[int, int]]] = {
    "session": (lambda text: session_card(card(text or "Long climbs", text=text)), (1080, 1350)),
    "rest": (lambda text: session_card(card(text or "Rest", (), text)), (1080, 720)),
    "drill": (lambda text: drill_card(drill("bound", text)), (1080, 1350)),
    "words": (lambda text: drill_card(drill("carioca", text)), (1080, 1080)),
    "plan": (lambda text: plan_chart(plan(text)), (1080, 1080)),
    "progress": (lambda text: progress_chart(progress(text)), (1080, 1350)),
    "trials": (lambda text: trial_chart(trials(text)), (1080, 1544)),
}
HOSTILE = {
    "very long": "Donaudampfschifffahrtsgesellschaftskapitän" * 8,
    "many words": "one more word " * 60,
    "emoji": "\U0001f3c3\u200d\u2640\ufe0f go \U0001f4aa\U0001f3fd",
    "marks upon marks": "Z" + "\u0301\u0327\u0489" * 60 + "algo",
    "controls": "a\x00b\x1b[31m\r\n\tc\u202ed\ufeff",
    "lone surrogate": "half \ud83d of a pair",
    "other scripts": "跑步训练 ركض דאר धावन",
    "blank": " \u00a0 \u3000 ",
    "markup": "<b>{{ title }}</b> %s \\N{DASH}",
    "wide signs": "﷽ ௵ 𒐫 ︻╦╤─",
}
LARGEST = 150_000


def _inside(png: bytes) -> bool:
    width, height = opened(png).size
    left, top, right, bottom = ink_box(png)
    edge = MARGIN - 4
    return left >= edge and top >= edge and right <= width - edge and bottom <= height - edge


@pytest.mark.parametrize("name", ALL)
def test_a_picture_is_a_png_of_its_size_and_light_enough(name: str) -> None:
    draw, size = ALL[name]

    png = draw("")

    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert opened(png).size == size
    assert len(png) < LARGEST
    assert _inside(png)


@pytest.mark.parametrize("name", ALL)
def test_the_same_values_give_the_same_bytes(name: str) -> None:
    draw, _ = ALL[name]

    assert draw("") == draw("")
    assert draw("") != draw("other")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("name", ALL)
def test_hostile_text_neither_breaks_a_picture_nor_leaves_its_margins(name: str, text: str) -> None:
    draw, size = ALL[name]

    png = draw(text)

    assert opened(png).size == size
    assert _inside(png)


@pytest.mark.parametrize("name", ALL)
@given(text=st.text(max_size=120))
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_text_at_all_leaves_the_margins(name: str, text: str) -> None:
    draw, _ = ALL[name]

    assert _inside(draw(text))


def test_a_longer_title_stays_inside() -> None:
    short = session_card(card("Hills"))
    long = session_card(card("Half-minute climbs with bounds, strides and a long way home " * 3))

    assert ink_box(long)[2] <= 1080 - MARGIN + 1
    assert short != long


NUMBERS = [0.0, -5.0, 1e-9, 1e12, float("nan"), float("inf")]


@pytest.mark.parametrize("number", NUMBERS)
def test_odd_numbers_are_drawn_within_the_margins(number: float) -> None:
    odd = Block("odd", number, number, "", number, 3, number, number)

    assert _inside(session_card(card(blocks=(*BLOCKS, odd))))
    assert _inside(session_card(card(blocks=(odd,))))
    assert _inside(plan_chart(plan(minutes=number)))
    assert _inside(progress_chart(progress(load=number)))
    assert _inside(trial_chart(trials(value=number)))


@pytest.mark.parametrize("repeats", [-1, 0, 10**6])
def test_any_number_of_repetitions_can_be_drawn(repeats: int) -> None:
    many = Block("many", 10, 9, "many", 8, repeats, 60, 1)

    assert _inside(session_card(card(blocks=(many,) * 12)))


@pytest.mark.parametrize("weeks", [0, 1, 52])
def test_any_number_of_weeks_can_be_drawn(weeks: int) -> None:
    assert _inside(plan_chart(plan(weeks=weeks)))
    assert _inside(progress_chart(progress(weeks=weeks)))
    assert _inside(trial_chart(trials(times=weeks)))


def test_a_card_with_figures_differs_from_the_card_without() -> None:
    plain = card()
    drawn = Card(
        plain.title, plain.where, plain.length, plain.grade, plain.grade_word, BLOCKS,
        figures=FIGURES,
    )  # fmt: skip

    assert _inside(session_card(drawn))
    assert session_card(drawn) != session_card(plain)
