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
_UNKNOWN = "·"
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
    """A text made to fit: its lines, the font, and the height of a line in pixels."""

    lines: tuple[str, ...]
    font: Font
    line_height: int

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
        font = face(size, style.weight)
        lines = _wrap(words, font, width)
        whole = all(font.getlength(line) <= width for line in lines)
        if whole and len(lines) <= style.lines:
            return Setting(lines, font, round(size * LEADING))
    font = face(style.least, style.weight)
    lines = _wrap(_broken(words, font, width), font, width)
    if len(lines) > style.lines:
        rest = " ".join(lines[style.lines - 1 :])
        lines = (*lines[: style.lines - 1], _cut(rest, font, width))
    return Setting(lines, font, round(style.least * LEADING))


@lru_cache(maxsize=4096)
def _shows(char: str) -> bool:
    if unicodedata.category(char)[0] == "C":
        return False
    font = face(20)
    return font.getmask(char).getbbox() is not None and _drawn(char) != _drawn(_NOWHERE)


def _drawn(char: str) -> bytes:
    return bytes(face(20).getmask(char))


def _wrap(text: str, font: Font, width: float) -> tuple[str, ...]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _broken(text: str, font: Font, width: float) -> str:
    """The words, those that are wider than a line broken into pieces."""
    pieces: list[str] = []
    for word in text.split():
        piece = ""
        for char in word:
            if piece and font.getlength(piece + char) > width:
                pieces.append(piece)
                piece = ""
            piece += char
        pieces.append(piece)
    return " ".join(pieces)


def _cut(text: str, font: Font, width: float) -> str:
    while text and font.getlength(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip()}…"
