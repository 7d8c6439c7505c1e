"""A session on one card: what, how long, how hard, its shape, its pieces, two cues."""

from dataclasses import replace

from bot.pictures.canvas import Canvas
from bot.pictures.cards import Block, Card
from bot.pictures.drill import draw_figures
from bot.pictures.heading import MARGIN, draw_heading
from bot.pictures.lettering import STRONG, Style, set_text
from bot.pictures.palette import ACCENT, INK, LINE, PANEL, SOFT, effort_colour
from bot.pictures.profile import draw_profile

WIDTH, HEIGHT, SHORT = 1080, 1350, 720
_LEFT, _RIGHT = MARGIN, WIDTH - MARGIN
_LENGTH = Style(60, 44, STRONG)
_SUMMARY = Style(40, 32)
_CUE = Style(38, 32, lines=2)
_CUES, _BETWEEN = 2, 18
_LABEL, _AMOUNT = Style(38, 28), Style(38, 28, STRONG)
_ROW, _LEAST_ROW = 62, 42
_PAD = 36
_SMALLEST, _SMALLEST_BELOW, _TALLEST = 250, 120, 500
_FIGURES = 4


def session_card(card: Card) -> bytes:
    """A PNG of 1080 × 1350 pixels; without blocks, as on a day of rest, of 1080 × 720."""
    canvas = Canvas(WIDTH, HEIGHT if card.blocks else SHORT)
    top = draw_heading(canvas, card.title, card.where, (card.grade, card.grade_word))
    top = _draw_length(canvas, card, top) + 28
    bottom = _draw_cues(canvas, card.cues[:_CUES]) - 32
    if card.blocks:
        _draw_panel(canvas, card, top, bottom)
    return canvas.png()


def _draw_length(canvas: Canvas, card: Card, top: float) -> float:
    length = set_text(card.length, (_RIGHT - _LEFT) / 2, _LENGTH)
    bottom = canvas.text((_LEFT, top), length)
    used = length.width
    start = _LEFT + used + (28 if used else 0)
    summary = set_text(card.summary, _RIGHT - start, _SUMMARY)
    canvas.text((start, top + (length.height - summary.height) / 2 + 5), summary, SOFT)
    return max(bottom, top + summary.height)


def _draw_cues(canvas: Canvas, cues: tuple[str, ...]) -> float:
    """The cues at the foot of the card. Returns where they begin."""
    set_cues = [set_text(cue, _RIGHT - _LEFT - 36, _CUE) for cue in cues]
    high = sum(one.height for one in set_cues) + _BETWEEN * max(0, len(set_cues) - 1)
    top = y = float(canvas.height - MARGIN - high)
    for one in set_cues:
        canvas.rect((_LEFT, y + 6, _LEFT + 8, y + one.height - 6), ACCENT, 4)
        y = canvas.text((_LEFT + 36, y), one) + _BETWEEN
    return top


def _draw_panel(canvas: Canvas, card: Card, top: float, bottom: float) -> None:
    """The white panel: figures where there are any, the profile, the list of pieces."""
    listed = [block for block in card.blocks if block.label.strip()]
    figures = card.figures[:_FIGURES]
    room = bottom - top - 2 * _PAD
    strip = min(270.0, room * 0.33) if figures else 0.0
    rest = room - strip - (_SMALLEST_BELOW if figures else _SMALLEST) - _PAD
    row = max(_LEAST_ROW, min(_ROW, rest / max(1, len(listed))))
    fitting = _fitting(listed, int(rest // row))
    rows = len(fitting) * row
    high = min(_TALLEST, room - strip - rows - (_PAD if rows else 0))
    slack = room - strip - rows - high - (_PAD if rows else 0)
    canvas.rect((_LEFT, top, _RIGHT, bottom - slack), PANEL, 28)
    left, right, y = _LEFT + _PAD, _RIGHT - _PAD, top + _PAD
    if figures:
        draw_figures(canvas, (left, y, right, y + strip - 24), figures)
        y += strip
    draw_profile(canvas, (left, y, right, y + high), card.blocks)
    _draw_rows(canvas, (left, y + high + _PAD, right), fitting, row)


def _fitting(listed: list[Block], most: int) -> list[Block]:
    """As many as fit; where some do not, the last row counts them."""
    if len(listed) <= most:
        return listed
    left_out = len(listed) - max(0, most - 1)
    return [*listed[: max(0, most - 1)], Block(f"+ {left_out}", 0, 0)][: max(0, most)]


def _draw_rows(
    canvas: Canvas, at: tuple[float, float, float], blocks: list[Block], row: float
) -> None:
    left, y, right = at
    size = round(min(_LABEL.size, row * 0.72))
    for number, block in enumerate(blocks):
        if number:
            canvas.rect((left, y - 1, right, y + 1), LINE)
        middle = y + row / 2
        if block.seconds:
            colour = effort_colour(block.effort)
            canvas.rect((left, middle - 13, left + 26, middle + 13), colour, 6)
        amount = set_text(block.amount, (right - left) * 0.5, replace(_AMOUNT, size=size))
        used = amount.width
        label = set_text(block.label, right - left - 46 - used - 20, replace(_LABEL, size=size))
        canvas.text((left + 46, middle - label.height / 2), label, INK)
        canvas.text((right, middle - amount.height / 2), amount, INK, "r")
        y += row
