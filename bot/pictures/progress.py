"""The weeks behind a person: the trend of the load, sessions kept, stimulus by muscle group."""

from math import isfinite

from bot.pictures.canvas import Box, Canvas
from bot.pictures.cards import MuscleBar, ProgressChart, ProgressWeek
from bot.pictures.heading import MARGIN, draw_heading
from bot.pictures.lettering import STRONG, Setting, Style, set_text
from bot.pictures.palette import ACCENT, BAND, INK, PANEL, SOFT, Colour, effort_colour

WIDTH, HEIGHT = 1080, 1350
_LEFT, _RIGHT = MARGIN, WIDTH - MARGIN
_HEADING, _KEY, _SMALL = Style(34, 28, STRONG), Style(30, 24), Style(30, 22)
_NAME, _VALUE = Style(34, 26), Style(34, 26, STRONG)
_PAD = 30
_MOST_WEEKS, _MOST_MUSCLES, _MOST_MARKS = 16, 6, 7
_BAR: Colour = effort_colour(4)


def progress_chart(chart: ProgressChart) -> bytes:
    """A PNG of 1080 × 1350 pixels; at most the last 16 weeks and 6 muscle groups."""
    canvas = Canvas(WIDTH, HEIGHT)
    top = draw_heading(canvas, chart.title, chart.where) + 10
    room = HEIGHT - MARGIN - top - 40
    weeks = chart.weeks[-_MOST_WEEKS:]
    y = top
    for share, draw in ((0.38, _draw_load), (0.25, _draw_kept), (0.37, _draw_muscles)):
        box = (_LEFT, y, _RIGHT, y + room * share)
        canvas.rect(box, PANEL, 28)
        draw(canvas, box, chart, weeks)
        y = box[3] + 20
    return canvas.png()


def _draw_load(
    canvas: Canvas, box: Box, chart: ProgressChart, weeks: tuple[ProgressWeek, ...]
) -> None:
    """A bar for each week that is over: the mean up to it, as one week alone says little."""
    left, top, right, bottom = _inside(box)
    top = _draw_head(canvas, (left, top, right), chart.load, None, chart.load_value) + 24
    loads = [None if week.load is None else _known(week.load) for week in weeks]
    one = (bottom - top - 46) / (max((load or 0.0 for load in loads), default=0.0) or 1.0)
    wide = (right - left) / max(1, len(weeks))
    floor = bottom - 46
    for number, (week, load) in enumerate(zip(weeks, loads, strict=True)):
        x = left + (number + 0.5) * wide
        half = min(28.0, wide * 0.31)
        if load is not None:
            canvas.rect((x - half, floor - load * one, x + half, floor), _BAR, 5)
        _centred(canvas, x, bottom - 36, set_text(week.label, wide - 6, _SMALL))
    canvas.rect((left, floor, right, floor + 3), SOFT)


def _draw_kept(
    canvas: Canvas, box: Box, chart: ProgressChart, weeks: tuple[ProgressWeek, ...]
) -> None:
    """A dot for each planned session of a week, filled where it was done."""
    left, top, right, bottom = _inside(box)
    top = _draw_head(canvas, (left, top, right), chart.kept, None, chart.kept_value) + 8
    wide = (right - left) / max(1, len(weeks))
    most = max((min(_MOST_MARKS, max(week.planned, 1)) for week in weeks), default=1)
    step = min(30.0, (bottom - top) / most)
    for number, week in enumerate(weeks):
        x = left + (number + 0.5) * wide
        for mark in range(max(0, min(_MOST_MARKS, week.planned))):
            centre = (x, bottom - (mark + 0.5) * step)
            radius = min(step * 0.42, wide * 0.3)
            canvas.disc(centre, radius, ACCENT)
            if mark >= week.done:
                canvas.disc(centre, radius - 3, PANEL)


def _draw_muscles(
    canvas: Canvas, box: Box, chart: ProgressChart, _: tuple[ProgressWeek, ...]
) -> None:
    left, top, right, bottom = _inside(box)
    top = _draw_head(canvas, (left, top, right), chart.stimulus, (INK, chart.usual)) + 10
    muscles = chart.muscles[:_MOST_MUSCLES]
    most = max((max(_known(m.points), _known(m.usual or 0.0)) for m in muscles), default=0.0)
    row = (bottom - top) / max(1, len(muscles))
    for number, muscle in enumerate(muscles):
        _draw_muscle(canvas, (left, top + number * row, right, row), muscle, most or 1.0)


def _draw_muscle(canvas: Canvas, at: Box, muscle: MuscleBar, most: float) -> None:
    """A row: name, bar and its points, a tick at the usual week."""
    left, top, right, row = at
    middle = top + row / 2
    name = set_text(muscle.label, 220, _NAME)
    canvas.text((left, middle - name.height / 2), name)
    start, end = left + 240, right - 100
    one, half = (end - start) / most, min(16.0, row * 0.3)
    canvas.rect((start, middle - half, end, middle + half), BAND, 8)
    canvas.rect((start, middle - half, start + _known(muscle.points) * one, middle + half), _BAR, 8)
    if muscle.usual is not None:
        x = start + _known(muscle.usual) * one
        canvas.rect((x - 3, middle - half - 5, x + 3, middle + half + 5), INK)
    value = set_text(f"{_known(muscle.points):.0f}", 84, _VALUE)
    canvas.text((right, middle - value.height / 2), value, INK, "r")


def _draw_head(
    canvas: Canvas,
    at: tuple[float, float, float],
    heading: str,
    key: tuple[Colour, str] | None,
    value: str = "",
) -> float:
    """A panel's heading at the left; the key of a line, or a value, at the right."""
    left, top, right = at
    text = set_text(heading, (right - left) * 0.55, _HEADING)
    bottom = canvas.text((left, top), text)
    told = set_text(key[1] if key else value, (right - left) * 0.36, _KEY if key else _HEADING)
    canvas.text((right, top + (text.height - told.height) / 2), told, INK if key else ACCENT, "r")
    if key and told.lines:
        x = right - told.width - 60
        y = top + text.height / 2
        canvas.rect((x, y - 3, x + 44, y + 3), key[0])
    return bottom


def _inside(box: Box) -> Box:
    return (box[0] + _PAD, box[1] + 24, box[2] - _PAD, box[3] - 24)


def _centred(canvas: Canvas, x: float, y: float, text: Setting) -> None:
    canvas.text((x, y), text, SOFT, "m")


def _known(value: float) -> float:
    return value if isfinite(value) and value > 0 else 0.0
