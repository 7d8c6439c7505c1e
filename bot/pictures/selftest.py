"""The self-test over time: a panel for each trial, a group of bars for each time it was done."""

from math import isfinite

from bot.pictures.canvas import Box, Canvas
from bot.pictures.cards import TrialChart, TrialPanel
from bot.pictures.heading import MARGIN, draw_heading
from bot.pictures.lettering import STRONG, Style, set_text
from bot.pictures.palette import ACCENT, FAINT, INK, PANEL, SOFT

WIDTH = 1080
_LEFT, _RIGHT = MARGIN, WIDTH - MARGIN
_HIGH, _GAP, _PAD = 280, 20, 30
_MOST, _TIMES, _BARS = 4, 6, 2
_HEADING, _UNIT = Style(34, 26, STRONG), Style(30, 22)
_VALUE, _TIME = Style(30, 22, STRONG), Style(28, 20)
_WIDEST, _WHOLE = 64.0, 100


def trial_chart(chart: TrialChart) -> bytes:
    """A PNG of 1080 pixels in width, as high as its at most 4 panels ask for."""
    panels = chart.panels[:_MOST]
    canvas = Canvas(WIDTH, 300 + len(panels) * (_HIGH + _GAP) + MARGIN - _GAP)
    draw_heading(canvas, chart.title, chart.where)
    top = 300.0
    for panel in panels:
        _draw_panel(canvas, (_LEFT, top, _RIGHT, top + _HIGH), panel)
        top += _HIGH + _GAP
    return canvas.png()


def _draw_panel(canvas: Canvas, box: Box, panel: TrialPanel) -> None:
    canvas.rect(box, PANEL, 28)
    left, top, right, bottom = box[0] + _PAD, box[1] + 20, box[2] - _PAD, box[3] - 16
    name = set_text(panel.label, (right - left) * 0.7, _HEADING)
    head = canvas.text((left, top), name)
    unit = set_text(panel.unit, max(0.0, right - left - name.width - 24), _UNIT)
    canvas.text((right, top + (name.height - unit.height) / 2), unit, SOFT, "r")
    columns = panel.columns[-_TIMES:]
    floor, ceiling = bottom - 40, head + 44
    most = max((_known(v) for _, values in columns for v in values), default=0.0) or 1.0
    wide = (right - left) / max(1, len(columns))
    for number, (label, values) in enumerate(columns):
        middle = left + (number + 0.5) * wide
        time = set_text(label, wide - 8, _TIME)
        canvas.text((middle, floor + 8), time, SOFT, "m")
        _draw_bars(canvas, (middle, floor, wide), values[:_BARS], (floor - ceiling) / most)
    canvas.rect((left, floor, right, floor + 3), SOFT)


def _draw_bars(
    canvas: Canvas, at: tuple[float, float, float], values: tuple[float, ...], one: float
) -> None:
    """Left beside right, each with its number; `one` is the height of 1 in pixels."""
    middle, floor, wide = at
    half = min(_WIDEST, wide * 0.4 / max(1, len(values)))
    room = wide - 6 if len(values) == 1 else half + 8
    for number, value in enumerate(values):
        x = middle + (number - (len(values) - 1) / 2) * (half + 6)
        top = floor - _known(value) * one
        colour = ACCENT if number == 0 else FAINT
        canvas.rect((x - half / 2, top, x + half / 2, floor), colour, 6)
        text = set_text(_told(value), room, _VALUE)
        canvas.text((x, top - text.height - 2), text, INK, "m")


def _told(value: float) -> str:
    """Of large numbers no decimals."""
    known = _known(value)
    return f"{known:.0f}" if known >= _WHOLE else f"{known:g}"


def _known(value: float) -> float:
    return round(value, 1) if isfinite(value) and value > 0 else 0.0
