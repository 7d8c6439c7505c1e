"""Letters: one typeface, what it can show, and text made to fit a box.

Inter 4.001 by The Inter Project Authors (SIL Open Font License 1.1, `INTER-LICENSE`), as the
package fontpkg-inter 4.1.post1 ships it: Latin, Greek and Cyrillic. Sizes and widths in pixels.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

Font = ImageFont.FreeTypeFont

REGULAR, STRONG = 430, 640
LEADING = 1.24
_FILE = Path(__file__).with_name("Inter.ttf")
_UNKNOWN, _MORE = "·", "…"
_NOWHERE = "\uffff"
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Style:
    """How a text may be set: the size in pixels to begin with, the least size, the weight."""

    size: int
    least: int
    weight: int = REGULAR
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Setting:
    """A text made to fit: its lines, the font, a line's height and the widest one's width."""

    lines: tuple[str, ...]
    font: Font
    line_height: int
    width: float

    @property
    def height(self) -> int:
        return self.line_height * len(self.lines)


@lru_cache(maxsize=64)
def face(size: int, weight: int = REGULAR) -> Font:
    """The typeface at that size; the basic layout draws the same on every machine."""
    font = ImageFont.truetype(_FILE, size, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([min(32, max(14, size / 2)), weight])
    return font


def clean(text: str) -> str:
    """The text on one line, with a dot for each run of what the typeface cannot show."""
    shown = ""
    for char in unicodedata.normalize("NFC", text[:_LONGEST]):
        if char.isspace():
            shown += " "
        elif unicodedata.category(char)[0] == "M":
            continue
        elif _shows(char):
            shown += char
        elif not shown.endswith(_UNKNOWN):
            shown += _UNKNOWN
    return " ".join(shown.split())


def set_text(text: str, width: float, style: Style) -> Setting:
    """The text in at most `style.lines` lines: first smaller, then cut short with an ellipsis."""
    words = clean(text)
    for size in range(style.size, style.least, -2):
        if measure(words, size, style.weight) > width * style.lines:
            continue
        lines = _wrap(words, width, size, style.weight)
        whole = all(measure(line, size, style.weight) <= width for line in lines)
        if whole and len(lines) <= style.lines:
            return _setting(lines, size, style.weight)
    return _setting(_cut_to_fit(words, width, style), style.least, style.weight)


def measure(text: str, size: int, weight: int = REGULAR) -> float:
    """The width of a line in pixels: in the basic layout each letter has its own, alone."""
    return sum(_advance(char, size, weight) for char in text)


def _setting(lines: tuple[str, ...], size: int, weight: int) -> Setting:
    wide = max((measure(line, size, weight) for line in lines), default=0.0)
    return Setting(lines, face(size, weight), round(size * LEADING), wide)


@lru_cache(maxsize=16384)
def _advance(char: str, size: int, weight: int) -> float:
    return face(size, weight).getlength(char)


@lru_cache(maxsize=4096)
def _shows(char: str) -> bool:
    if unicodedata.category(char)[0] == "C":
        return False
    font = face(20)
    return font.getmask(char).getbbox() is not None and _drawn(char) != _drawn(_NOWHERE)


def _drawn(char: str) -> bytes:
    return bytes(face(20).getmask(char))


def _wrap(text: str, width: float, size: int, weight: int) -> tuple[str, ...]:
    lines: list[str] = []
    used, space = 0.0, _advance(" ", size, weight)
    for word in text.split():
        wide = measure(word, size, weight)
        if lines and used + space + wide <= width:
            lines[-1] = f"{lines[-1]} {word}"
            used += space + wide
        else:
            lines.append(word)
            used = wide
    return tuple(lines)


def _cut_to_fit(text: str, width: float, style: Style) -> tuple[str, ...]:
    """The text at its least size; words wider than a line are broken, the last line ends in …"""
    size, weight = style.least, style.weight
    pieces = [piece for word in text.split() for piece in _pieces(word, width, size, weight)]
    lines = _wrap(" ".join(pieces), width, size, weight)
    if len(lines) <= style.lines:
        return lines
    room = width - _advance(_MORE, size, weight)
    last = _pieces(" ".join(lines[style.lines - 1 :]), room, size, weight)[0]
    return (*lines[: style.lines - 1], f"{last.rstrip()}{_MORE}")


def _pieces(text: str, width: float, size: int, weight: int) -> list[str]:
    """The text broken into pieces no wider than `width`."""
    pieces, used = [""], 0.0
    for char in text:
        wide = _advance(char, size, weight)
        if pieces[-1] and used + wide > width:
            pieces.append("")
            used = 0.0
        pieces[-1] += char
        used += wide
    return pieces
