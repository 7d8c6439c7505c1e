"""The head of a picture: a small line, the class as a coloured word, the title."""

from bot.domain.workouts import Grade
from bot.pictures.canvas import Canvas
from bot.pictures.lettering import STRONG, Style, set_text
from bot.pictures.palette import GRADES, INK, SOFT, on

MARGIN = 64
_WHERE = Style(36, 30)
_TITLE = Style(84, 56, STRONG, lines=2)
_PILL = Style(38, 30, STRONG)
_HIGH = 66


def draw_heading(
    canvas: Canvas, title: str, where: str, grade: tuple[Grade, str] | None = None
) -> float:
    """From the top margin down. Returns where the title ends, in pixels."""
    left, right = MARGIN, canvas.width - MARGIN
    end = _draw_pill(canvas, grade, right) if grade and grade[1].strip() else right
    small = set_text(where, end - left - 24, _WHERE)
    canvas.text((left, MARGIN + (_HIGH - small.height) / 2), small, SOFT)
    big = set_text(title, right - left, _TITLE)
    return canvas.text((left, MARGIN + _HIGH + 18), big, INK) + 14


def _draw_pill(canvas: Canvas, grade: tuple[Grade, str], right: float) -> float:
    """The class in its colour and in words. Returns its left side."""
    kind, word = grade
    text = set_text(word, 360, _PILL)
    wide = text.width + 56
    left = right - wide
    canvas.rect((left, MARGIN, right, MARGIN + _HIGH), GRADES[kind], _HIGH // 2)
    top = MARGIN + (_HIGH - text.height) / 2
    canvas.text((left + wide / 2, top), text, on(GRADES[kind]), "m")
    return left
