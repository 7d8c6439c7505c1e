"""A sheet of paper: smooth shapes and text on it, and the PNG in the end. Units: pixels."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from io import BytesIO
from math import ceil, floor

from PIL import Image, ImageDraw

from bot.pictures.lettering import Setting
from bot.pictures.palette import INK, PAPER, Colour, inks

Point = tuple[float, float]
Box = tuple[float, float, float, float]

_FINER = 4


class Canvas:
    """Draws without looking at the clock or at chance: the same calls give the same bytes."""

    def __init__(self, width: int, height: int, paper: Colour = PAPER) -> None:
        self.width = width
        self.height = height
        self._image = Image.new("RGB", (width, height), paper)
        self._draw = ImageDraw.Draw(self._image)

    def rect(self, box: Box, fill: Colour, radius: int = 0) -> None:
        """A filled rectangle; `radius` rounds its corners."""
        left, top, right, bottom = (round(side) for side in box)
        if right <= left or bottom <= top:
            return
        radius = min(radius, (right - left) // 2, (bottom - top) // 2)
        for one in (
            (left + radius, top, right - radius, bottom),
            (left, top + radius, right, bottom - radius),
        ):
            if one[2] > one[0] and one[3] > one[1]:
                self._draw.rectangle((one[0], one[1], one[2] - 1, one[3] - 1), fill)
        for x in (left, right - 2 * radius):
            for y in (top, bottom - 2 * radius):
                self.disc((x + radius, y + radius), radius, fill)

    def frame(self, box: Box, line: Colour, fill: Colour, style: tuple[int, int]) -> None:
        """A rounded rectangle with a border; `style` is its radius and the border's width."""
        radius, width = style
        left, top, right, bottom = box
        self.rect(box, line, radius)
        inner = (left + width, top + width, right - width, bottom - width)
        self.rect(inner, fill, max(0, radius - width))

    def disc(self, centre: Point, radius: float, fill: Colour) -> None:
        if radius <= 0:
            return
        x, y = centre
        box = (x - radius, y - radius, x + radius, y + radius)

        def paint(draw: ImageDraw.ImageDraw, at: Callable[[Point], Point]) -> None:
            (left, top), (right, bottom) = at(box[:2]), at(box[2:])
            draw.ellipse((left, top, right - 1, bottom - 1), 255)

        self._smooth(box, fill, paint)

    def polygon(self, points: Sequence[Point], fill: Colour) -> None:
        self._smooth(
            _around(points, 0), fill, lambda draw, at: draw.polygon([at(p) for p in points], 255)
        )

    def line(self, points: Sequence[Point], fill: Colour, width: float) -> None:
        """A line through the points with round joints and ends."""
        half = width / 2 * _FINER

        def stroke(draw: ImageDraw.ImageDraw, at: Callable[[Point], Point]) -> None:
            fine = [at(point) for point in points]
            draw.line(fine, 255, round(width * _FINER))
            for x, y in fine:
                draw.ellipse((x - half, y - half, x + half, y + half), 255)

        self._smooth(_around(points, width), fill, stroke)

    def text(self, at: Point, setting: Setting, fill: Colour = INK, anchor: str = "l") -> float:
        """Set lines from `at`, the top of the first; `anchor` l, m or r. Returns the bottom."""
        x, y = at
        for number, line in enumerate(setting.lines):
            middle = y + (number + 0.5) * setting.line_height
            shift = _overhang(setting, line, anchor)
            self._draw.text((x + shift, middle), line, fill, setting.font, f"{anchor}m")
        return y + setting.height

    def png(self) -> bytes:
        """The sheet as PNG with a palette; nothing in it depends on when it was made."""
        few = self._image.quantize(palette=_inks(), dither=Image.Dither.NONE)
        held = BytesIO()
        few.save(held, "PNG", compress_level=4)
        return held.getvalue()

    def _smooth(
        self,
        box: Box,
        fill: Colour,
        paint: Callable[[ImageDraw.ImageDraw, Callable[[Point], Point]], None],
    ) -> None:
        """Paint at four times the size into a mask, and lay it down smoothed."""
        left, top = floor(box[0]) - 1, floor(box[1]) - 1
        wide, high = ceil(box[2]) + 1 - left, ceil(box[3]) + 1 - top
        mask = Image.new("L", (wide * _FINER, high * _FINER), 0)
        paint(
            ImageDraw.Draw(mask),
            lambda point: ((point[0] - left) * _FINER, (point[1] - top) * _FINER),
        )
        self._image.paste(fill, (left, top), mask.reduce(_FINER))


def _overhang(setting: Setting, line: str, anchor: str) -> float:
    """How far to move a line so that no letter (an î) reaches beyond where it should begin."""
    left, _, right, _ = setting.font.getbbox(line, anchor=f"{anchor}m")
    return {"l": max(0.0, -left), "r": min(0.0, -right)}.get(anchor, 0.0)


@lru_cache(maxsize=1)
def _inks() -> Image.Image:
    held = Image.new("P", (1, 1))
    held.putpalette([part for colour in inks() for part in colour])
    return held


def _around(points: Sequence[Point], width: float) -> Box:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    half = width / 2
    return (min(xs) - half, min(ys) - half, max(xs) + half, max(ys) + half)
