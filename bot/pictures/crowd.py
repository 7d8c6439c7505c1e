"""What became of many people: a row for each kind of them, its sessions as one bar."""

from dataclasses import dataclass

from bot.domain.workouts import Grade
from bot.pictures.canvas import Box, Canvas
from bot.pictures.heading import MARGIN, draw_heading
from bot.pictures.lettering import STRONG, Style, set_text
from bot.pictures.palette import ACCENT, BAND, FAINT, GRADES, INK, PANEL, SOFT, Colour

WIDTH, HEIGHT = 1080, 1350
_NAME, _VALUE, _SMALL = Style(27, 20), Style(27, 22, STRONG), Style(27, 20)
_PAD = 30
_NAMES = 290
_NUMBERS = 190
_COLOURS: tuple[Colour, ...] = (ACCENT, FAINT, GRADES[Grade.MODERATE], BAND)


@dataclass(frozen=True, slots=True)
class CrowdRow:
    """`parts` are sessions by what became of them, in the order of the chart's key; `value` is
    said at the right."""

    label: str
    parts: tuple[int, ...]
    value: str


@dataclass(frozen=True, slots=True)
class CrowdChart:
    """`key` names the parts, at most four; `note` stands at the foot, one line a string."""

    title: str
    where: str
    key: tuple[str, ...]
    value: str
    rows: tuple[CrowdRow, ...]
    note: tuple[str, ...] = ()


def crowd_chart(chart: CrowdChart) -> bytes:
    """A PNG of 1080 × 1350 pixels."""
    canvas = Canvas(WIDTH, HEIGHT)
    top = draw_heading(canvas, chart.title, chart.where) + 10
    foot = HEIGHT - MARGIN - len(chart.note) * 40
    canvas.rect((MARGIN, top, WIDTH - MARGIN, foot - 20), PANEL, 28)
    left, right = MARGIN + _PAD, WIDTH - MARGIN - _PAD
    first = _draw_key(canvas, (left, top + 24, right), chart)
    high = (foot - 44 - first) / max(1, len(chart.rows))
    most = max((sum(row.parts) for row in chart.rows), default=0) or 1
    for number, row in enumerate(chart.rows):
        y = first + number * high
        _draw_row(canvas, (left, y, right, y + high), row, most)
    for number, line in enumerate(chart.note):
        canvas.text((MARGIN, foot + number * 40), set_text(line, WIDTH - 2 * MARGIN, _SMALL), SOFT)
    return canvas.png()


def _draw_key(canvas: Canvas, at: tuple[float, float, float], chart: CrowdChart) -> float:
    """A swatch and a word for each part; what the numbers at the right are."""
    left, top, right = at
    x = left
    for word, colour in zip(chart.key, _COLOURS, strict=False):
        canvas.frame((x, top + 4, x + 30, top + 30), SOFT, colour, (8, 2))
        text = set_text(word, 200, _SMALL)
        canvas.text((x + 40, top), text, INK)
        x += 40 + text.width + 34
    value = set_text(chart.value, _NUMBERS, _SMALL)
    canvas.text((right, top), value, SOFT, "r")
    return top + 58


def _draw_row(canvas: Canvas, box: Box, row: CrowdRow, most: int) -> None:
    """The name, the bar as long as its sessions, the value."""
    left, top, right, bottom = box
    middle = (top + bottom) / 2
    name = set_text(row.label, _NAMES - 16, _NAME)
    canvas.text((left, middle - name.height / 2), name)
    value = set_text(row.value, _NUMBERS - 20, _VALUE)
    canvas.text((right, middle - value.height / 2), value, INK, "r")
    start, end = left + _NAMES, right - _NUMBERS
    one, half = (end - start) / most, min(17.0, (bottom - top) * 0.32)
    long = sum(row.parts) * one
    canvas.rect((start - 2, middle - half - 2, start + long + 2, middle + half + 2), SOFT)
    x = start
    for part, colour in zip(row.parts, _COLOURS, strict=False):
        canvas.rect((x, middle - half, x + part * one, middle + half), colour)
        x += part * one
