"""The weeks of a plan: minutes by class, one bar a week; lighter weeks and this week marked."""

from math import isfinite

from bot.domain.workouts import Grade
from bot.pictures.canvas import Box, Canvas
from bot.pictures.cards import PlanChart, PlanWeek
from bot.pictures.heading import MARGIN, draw_heading
from bot.pictures.legend import draw_legend
from bot.pictures.lettering import STRONG, Style, set_text
from bot.pictures.palette import ACCENT, BAND, GRADES, INK, PANEL, SOFT, on

WIDTH, HEIGHT = 1080, 1080
_LEFT, _RIGHT = MARGIN, WIDTH - MARGIN
_SUBTITLE = Style(38, 30, lines=2)
_TOTAL, _WEEK, _NOW = Style(32, 24), Style(34, 24), Style(30, 22, STRONG)
_STACK = (Grade.LIGHT, Grade.MODERATE, Grade.HARD)
_PAD = 28
_MOST = 16
_FOOT, _HEAD = 62, 52
_SHARE = 0.68


def plan_chart(chart: PlanChart) -> bytes:
    """A PNG of 1080 × 1080 pixels; at most 16 weeks."""
    canvas = Canvas(WIDTH, HEIGHT)
    top = draw_heading(canvas, chart.title, chart.where) - 8
    subtitle = set_text(chart.subtitle, _RIGHT - _LEFT, _SUBTITLE)
    top = canvas.text((_LEFT, top), subtitle, SOFT) + 28
    entries = tuple((GRADES[g], chart.words[g]) for g in reversed(_STACK) if g in chart.words)
    marked = any(week.deload for week in chart.weeks)
    legend = (*entries, *(((BAND, chart.deload),) if marked else ()))
    bottom = HEIGHT - MARGIN - (44 if legend else 0)
    draw_legend(canvas, (_LEFT, bottom + 4), _RIGHT - _LEFT, legend)
    box = (_LEFT, top, _RIGHT, bottom - 24)
    canvas.rect(box, PANEL, 28)
    _draw_weeks(canvas, box, chart)
    return canvas.png()


def _draw_weeks(canvas: Canvas, box: Box, chart: PlanChart) -> None:
    weeks = chart.weeks[:_MOST]
    most = max((_total(week) for week in weeks), default=0.0) or 1.0
    left, top, right, bottom = box[0] + _PAD, box[1] + _PAD, box[2] - _PAD, box[3] - _PAD
    wide = (right - left) / max(1, len(weeks))
    for number, week in enumerate(weeks):
        x = left + number * wide
        column = (x, top, x + wide, bottom)
        if week.deload:
            canvas.frame((x + 2, top, x + wide - 2, bottom), SOFT, BAND, (14, 3))
        _draw_week(canvas, column, week, (bottom - top - _FOOT - _HEAD) / most)


def _draw_week(canvas: Canvas, column: Box, week: PlanWeek, minute: float) -> None:
    """One bar; `minute` is the height of a minute in pixels."""
    left, _, right, bottom = column
    wide, middle, y = right - left, (left + right) / 2, bottom - _FOOT
    half = min(60.0, wide * _SHARE) / 2
    for grade in _STACK:
        high = _known(week.minutes.get(grade, 0.0)) * minute
        canvas.rect((middle - half, y - high, middle + half, y), GRADES[grade])
        y -= high
    total = set_text(f"{_total(week):.0f}", wide - 6, _TOTAL)
    canvas.text((middle, y - total.height - 4), total, INK, "m")
    name = set_text(week.label, wide - 12, _NOW if week.current else _WEEK)
    top = bottom - _FOOT / 2 - name.height / 2
    if week.current:
        ground = min(wide / 2 - 3, 34.0)
        canvas.rect((middle - ground, top - 6, middle + ground, top + name.height + 6), ACCENT, 16)
    canvas.text((middle, top), name, on(ACCENT) if week.current else INK, "m")


def _total(week: PlanWeek) -> float:
    return sum(_known(week.minutes.get(grade, 0.0)) for grade in _STACK)


def _known(value: float) -> float:
    return value if isfinite(value) and value > 0 else 0.0
