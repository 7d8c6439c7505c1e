"""The parts of the pictures: the profile's widths, letters that fit, colours told apart."""

from itertools import combinations, pairwise

import pytest
import yaml

from bot.domain.workouts import Grade
from bot.pictures import Block
from bot.pictures.figures import joints
from bot.pictures.lettering import Style, clean, set_text
from bot.pictures.palette import (
    ACCENT,
    FAINT,
    GRADES,
    INK,
    PANEL,
    PAPER,
    SOFT,
    Colour,
    contrast,
    effort_colour,
    inks,
    on,
)
from bot.pictures.poses import moments
from bot.pictures.profile import Bar, bars
from tests.house import ROOT

LINEAR = 1.0
# Machado, Oliveira and Fernandes 2009: what is seen without red or without green cones
WITHOUT = {
    "red": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "green": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
}
APART = 40.0


def _wide(bar: Bar) -> float:
    return bar.right - bar.left


def test_a_block_four_times_as_long_is_drawn_twice_as_wide() -> None:
    short, long = bars((Block("a", 60, 5), Block("b", 240, 5)), 0, 900)

    assert _wide(long) == pytest.approx(2 * _wide(short))


def test_by_time_itself_a_block_twice_as_long_is_drawn_twice_as_wide() -> None:
    short, long = bars((Block("a", 60, 5), Block("b", 120, 5)), 0, 900, LINEAR)

    assert _wide(long) == pytest.approx(2 * _wide(short))


def test_the_bars_fill_the_width_without_a_gap() -> None:
    placed = bars((Block("a", 600, 3), Block("b", 10, 9, "", 8, 5, 150)), 40, 940)

    assert placed[0].left == 40
    assert placed[-1].right == pytest.approx(940)
    assert all(one.right == two.left for one, two in pairwise(placed))


def test_repetitions_are_numbered_and_rests_are_not() -> None:
    placed = bars((Block("warm", 600, 3), Block("b", 10, 9, "", 8, 3, 150)), 0, 900)

    assert [bar.number for bar in placed] == [0, 1, 0, 2, 0, 3, 0]


def test_a_single_piece_may_have_a_number_of_its_own() -> None:
    placed = bars((Block("b", 10, 9, first=3), Block("b", 20, 3)), 0, 900)

    assert [bar.number for bar in placed] == [3, 0]


def test_only_the_work_of_a_hill_is_drawn_as_a_slope() -> None:
    placed = bars((Block("b", 10, 9, "", 8, 2, 150),), 0, 900)

    assert [bar.gradient for bar in placed] == [8, 0, 8, 0]


@pytest.mark.parametrize("text", ["8 × 10 s · 7–8 %, −3 °C…", "Źdźbło", "Ελλάδα", "Привет", "“’”"])
def test_what_the_typeface_has_is_kept(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("run \U0001f3c3\u200d\u2640\ufe0f now", "run · now"),
        ("跑步", "·"),
        ("a\n\t b\u00a0c", "a b c"),
        ("e\u0301", "é"),
        ("x\u0489\u0489", "x"),
    ],
)
def test_what_the_typeface_lacks_is_one_dot(text: str, shown: str) -> None:
    assert clean(text) == shown


@pytest.mark.parametrize("text", ["word " * 40, "w" * 300, "short", ""])
@pytest.mark.parametrize("lines", [1, 2, 3])
def test_a_text_keeps_to_its_width_and_lines(text: str, lines: int) -> None:
    made = set_text(text, 400, Style(80, 40, lines=lines))

    assert len(made.lines) <= lines
    assert all(made.font.getlength(line) <= 400 for line in made.lines)
    assert made.width == max((made.font.getlength(line) for line in made.lines), default=0.0)


def test_a_text_shrinks_before_it_is_cut() -> None:
    style = Style(80, 40)

    assert set_text("Hill", 400, style).font.size == 80
    assert set_text("Hill sprints now", 400, style).lines == ("Hill sprints now",)
    assert set_text("Hill sprints now and for ever", 400, style).lines[0].endswith("…")


@pytest.mark.parametrize("ground", [PAPER, PANEL])
def test_text_and_shapes_keep_the_contrast_of_wcag_aa(ground: Colour) -> None:
    shapes = [*GRADES.values(), *(effort_colour(effort) for effort in range(11)), ACCENT]

    assert min(contrast(text, ground) for text in (INK, SOFT, ACCENT)) >= 4.5
    assert min(contrast(on(colour), colour) for colour in GRADES.values()) >= 4.5
    assert contrast(FAINT, PANEL) >= 3
    assert min(contrast(shape, PANEL) for shape in shapes) >= 3


@pytest.mark.parametrize("cones", WITHOUT)
def test_the_classes_stay_apart_without_red_or_green_cones(cones: str) -> None:
    seen = {
        grade: [sum(w * c for w, c in zip(row, colour, strict=True)) for row in WITHOUT[cones]]
        for grade, colour in GRADES.items()
        if grade is not Grade.REST
    }
    apart = [
        sum((a - b) ** 2 for a, b in zip(one, two, strict=True)) ** 0.5
        for one, two in combinations(seen.values(), 2)
    ]

    assert min(apart) > APART


def test_the_palette_fits_a_png() -> None:
    assert len(inks()) <= 256


def test_every_pose_belongs_to_a_drill_and_stands_upright() -> None:
    """A head above the hip, in each moment; the drills left out are drawn in words."""
    listed = yaml.safe_load((ROOT / "content/workouts/drills.yaml").read_text(encoding="utf-8"))
    ids = {row["id"] for row in listed["drills"]}
    drawn = {name: found for name in ids if (found := moments(name))}

    assert ids - set(drawn) <= {"carioca", "stair-bound"}
    for poses in drawn.values():
        assert all(joints(pose)["head"][0][1] > 0.3 for pose in poses)
