"""The shape of a session over time: a bar for each piece, as wide as the root of its length.

The root lets a sprint of ten seconds be seen beside a warm-up of fifteen minutes; four times as
long is twice as wide. Height and colour tell the effort, a rising top the gradient, and the
repetitions are numbered.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite

from bot.pictures.canvas import Box, Canvas
from bot.pictures.cards import Block
from bot.pictures.lettering import Style, measure, set_text
from bot.pictures.palette import SOFT, effort_colour

ROOT = 0.5
_MOST_REPEATS = 60
_MOST_BARS = 240
_MOST_EFFORT = 10.0
_STEEPEST = 15.0
_RISE = 0.45
_GAP = 2
_WIDE_ENOUGH = 8
_NUMBER = Style(30, 26)
_NUMBERS = 48
_EVERY, _BETWEEN = (1, 2, 5, 10, 20), 8


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece from `left` to `right` in pixels; `number` counts the repetitions from 1."""

    left: float
    right: float
    effort: float
    gradient: float = 0.0
    number: int = 0

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class _Piece:
    seconds: float
    effort: float
    gradient: float = 0.0
    number: int = 0


def bars(
    blocks: tuple[Block, ...], left: float, right: float, power: float = ROOT
) -> tuple[Bar, ...]:
    """The pieces side by side; their widths go by seconds to the power (1: by time itself)."""
    pieces = [piece for block in blocks for piece in _pieces(block)][:_MOST_BARS]
    weights = [piece.seconds**power for piece in pieces]
    one = (right - left) / sum(weights) if weights else 0.0
    placed = []
    for piece, weight in zip(pieces, weights, strict=True):
        end = left + weight * one
        placed.append(Bar(left, end, piece.effort, piece.gradient, piece.number))
        left = end
    return tuple(placed)


def draw_profile(canvas: Canvas, box: Box, blocks: tuple[Block, ...]) -> None:
    """The bars on their ground line; the full height is an effort of 10."""
    left, top, right, bottom = box
    head = top + _NUMBER.size
    placed = bars(blocks, left, right)
    for bar in placed:
        _draw_bar(canvas, bar, head, bottom)
    canvas.rect((left, bottom, right, bottom + 3), SOFT)
    for bar in _told(placed):
        y = bottom - (bottom - head) * _high(bar) - _NUMBER.size * 1.35
        number = set_text(str(bar.number), _NUMBERS, _NUMBER)
        canvas.text((bar.middle, y), number, SOFT, "m")


def _pieces(block: Block) -> Iterator[_Piece]:
    times = max(1, min(_MOST_REPEATS, block.repeats))
    seconds, rest = _positive(block.seconds), _positive(block.rest_seconds)
    first = block.first or int(times > 1)
    for number in range(first, first + times):
        if seconds:
            gradient = min(_STEEPEST, _positive(block.gradient))
            yield _Piece(seconds, _effort(block.effort), gradient, number if first else 0)
        if rest:
            yield _Piece(rest, _effort(block.rest_effort))


def _positive(value: float) -> float:
    return value if isfinite(value) and value > 0 else 0.0


def _effort(value: float) -> float:
    return min(_MOST_EFFORT, _positive(value))


def _draw_bar(canvas: Canvas, bar: Bar, head: float, bottom: float) -> None:
    gap = _GAP if bar.right - bar.left > _WIDE_ENOUGH else 0
    left, right = bar.left, bar.right - gap
    colour, high = effort_colour(bar.effort), bottom - head
    if bar.gradient:
        top = bottom - high * _high(bar)
        low = top + min(high * _high(bar) * _RISE, (right - left) * _tilt(bar.gradient))
        canvas.polygon([(left, bottom), (left, low), (right, top), (right, bottom)], colour)
    else:
        canvas.rect((left, bottom - high * _high(bar), max(right, left + 1), bottom), colour, 4)
        canvas.rect((left, bottom - 4, max(right, left + 1), bottom), colour)


def _high(bar: Bar) -> float:
    """The bar's highest point, as a share of the height for an effort of 10."""
    return max(0.04, bar.effort / _MOST_EFFORT)


def _tilt(gradient: float) -> float:
    """The rise of a bar's top over its width: some ten times the hill's own, so that it shows."""
    return 0.5 + gradient / 10


def _told(placed: tuple[Bar, ...]) -> list[Bar]:
    """The bars whose numbers are written: all of them, or where there is no room for that, the
    first of each run and every second, fifth or tenth."""
    numbered = [bar for bar in placed if bar.number]
    for step in _EVERY:
        told = [bar for bar in numbered if bar.number == 1 or bar.number % step == 0]
        if all(_apart(one, two) for one, two in pairwise(told)):
            return told
    return numbered[:1]


def _apart(one: Bar, two: Bar) -> bool:
    widths = [measure(str(bar.number), _NUMBER.size) for bar in (one, two)]
    return two.middle - one.middle >= sum(widths) / 2 + _BETWEEN
