"""A legend: coloured marks and their words in one row."""

from bot.pictures.canvas import Canvas, Point
from bot.pictures.lettering import Style, set_text
from bot.pictures.palette import BAND, INK, SOFT, Colour

_WORD = Style(32, 24)
_MARK, _GAP, _NEXT = 26, 14, 40


def draw_legend(
    canvas: Canvas, at: Point, width: float, entries: tuple[tuple[Colour, str], ...]
) -> None:
    """The marks with their words from `at` on; no word is given more than its share of `width`."""
    x, top = at
    share = (width + _NEXT) / max(1, len(entries)) - _MARK - _GAP - _NEXT
    texts = [set_text(word, width, _WORD) for _, word in entries]
    if sum(text.width + _MARK + _GAP + _NEXT for text in texts) - _NEXT > width:
        texts = [set_text(word, share, _WORD) for _, word in entries]
    for (colour, _), text in zip(entries, texts, strict=True):
        middle = top + text.height / 2
        box = (x, middle - _MARK / 2, x + _MARK, middle + _MARK / 2)
        canvas.frame(box, SOFT if colour == BAND else colour, colour, (6, 3))
        canvas.text((x + _MARK + _GAP, top), text, INK)
        x += _MARK + _GAP + text.width + _NEXT
