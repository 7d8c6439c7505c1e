"""The colours, as (red, green, blue) from 0 to 255, and their contrast.

Text keeps 4.5:1 against what it stands on, shapes 3:1 (WCAG 2.2 AA, 1.4.3 and 1.4.11). The
classes differ in lightness as well as in hue, so that they stay apart for every kind of
colour blindness.
"""

from bot.domain.workouts import Grade

Colour = tuple[int, int, int]

PAPER: Colour = (246, 246, 242)
PANEL: Colour = (255, 255, 255)
INK: Colour = (24, 31, 38)
SOFT: Colour = (88, 99, 109)
LINE: Colour = (223, 226, 225)
BAND: Colour = (234, 237, 236)
ACCENT: Colour = (17, 94, 103)
FAINT: Colour = (116, 150, 154)

GRADES: dict[Grade, Colour] = {
    Grade.HARD: (124, 18, 50),
    Grade.MODERATE: (203, 118, 0),
    Grade.LIGHT: (38, 112, 172),
    Grade.REST: (98, 108, 116),
}

_STEPS: tuple[tuple[float, Colour], ...] = (
    (2.5, (137, 149, 158)),
    (4.5, (84, 143, 190)),
    (6.5, (203, 118, 0)),
    (8.5, (186, 62, 30)),
)
_MOST: Colour = (124, 18, 50)
_LINEAR_BELOW = 0.04045
_SHADES = 8


def inks() -> tuple[Colour, ...]:
    """At most 256 colours: each one, and its edges on panel and on paper."""
    dark = (INK, SOFT, ACCENT, FAINT, *GRADES.values(), *(colour for _, colour in _STEPS))
    shades = [PAPER, PANEL, LINE, BAND]
    for colour in dict.fromkeys(dark):
        shades.append(colour)
        for ground in (PANEL, PAPER):
            shades.extend(_blend(colour, ground, step / _SHADES) for step in range(1, _SHADES))
    edges = (_blend(INK, GRADES[Grade.MODERATE], step / _SHADES) for step in range(1, _SHADES))
    return tuple(dict.fromkeys((*shades, *edges)))


def effort_colour(effort: float) -> Colour:
    """The colour of an effort on the 0 to 10 scale."""
    return next((colour for below, colour in _STEPS if effort < below), _MOST)


def on(ground: Colour) -> Colour:
    """Ink or white, whichever is read better on that ground."""
    return max((INK, PANEL), key=lambda text: contrast(text, ground))


def contrast(one: Colour, other: Colour) -> float:
    """The ratio of WCAG 2.2, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _blend(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return (red, green, blue)


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= _LINEAR_BELOW else ((part + 0.055) / 1.055) ** 2.4
