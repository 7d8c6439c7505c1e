"""A legend: coloured marks and their words in a row, wrapped where the row is full."""

from bot.pictures.canvas import Canvas, Point
from bot.pictures.lettering import Style, set_text
from bot.pictures.palette import BAND, INK, SOFT, Colour

_WORD = Style(32, 28)
_MARK, _GAP, _NEXT = 26, 14, 40


def draw_legend(
    canvas: Canvas, at: Point, width: float, entries: tuple[tuple[Colour, str], ...]
) -> float:
    """The marks with their words from `at` on. Returns the bottom, in pixels."""
    left, top = at
    x, bottom = left, top
    for colour, word in entries:
        text = set_text(word, width - _MARK - _GAP, _WORD)
        used = max((text.font.getlength(line) for line in text.lines), default=0.0)
        if x > left and x + _MARK + _GAP + used > left + width:
            x, top = left, top + text.height + 10
        middle = top + text.height / 2
        box = (x, middle - _MARK / 2, x + _MARK, middle + _MARK / 2)
        canvas.frame(box, SOFT if colour == BAND else colour, colour, (6, 3))
        bottom = max(bottom, canvas.text((x + _MARK + _GAP, top), text, INK))
        x += _MARK + _GAP + used + _NEXT
    return bottom
