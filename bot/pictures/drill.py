"""A drill on one card: its three moments side by side, its cues, how much of it."""

from bot.pictures.canvas import Box, Canvas
from bot.pictures.cards import DrillCard, Figure
from bot.pictures.figures import draw_figure, draw_ground, reach
from bot.pictures.heading import MARGIN, draw_heading
from bot.pictures.lettering import STRONG, Style, set_text
from bot.pictures.palette import ACCENT, INK, PANEL, SOFT, on
from bot.pictures.poses import ground_of, moments

WIDTH, HEIGHT, SHORT = 1080, 1350, 1080
_LEFT, _RIGHT = MARGIN, WIDTH - MARGIN
_GAP = 24
_FLIES = 0.05
_PANELS = 3
_TALL, _CLEAR = 318, 16  # a body's height, and what stays free at a panel's sides, in pixels
_CUES = 4
_CAPTION, _WORDS = Style(36, 28, lines=4), Style(44, 34, lines=3)
_CUE = Style(40, 32, lines=2)
_WHO, _DOSE = Style(30, 24), Style(34, 26, lines=3)
_NAME = Style(30, 24, lines=2)
_NUMBER = Style(32, 28, STRONG)


def drill_card(card: DrillCard) -> bytes:
    """A PNG of 1080 × 1350 pixels; where no figure teaches the drill, words on 1080 × 1080."""
    canvas = Canvas(WIDTH, HEIGHT if moments(card.drill) else SHORT)
    top = draw_heading(canvas, card.title, card.where) + 20
    if moments(card.drill):
        top = _draw_moments(canvas, card, top)
    else:
        top = _draw_words(canvas, card, top)
    foot = _draw_doses(canvas, card.doses[:_PANELS])
    _draw_cues(canvas, card.cues[:_CUES], top + 36, foot - 20)
    return canvas.png()


def draw_figures(canvas: Canvas, box: Box, figures: tuple[Figure, ...]) -> None:
    """One telling moment of each drill in a row, its name below; without poses the name only."""
    left, top, right, bottom = box
    wide = (right - left) / len(figures)
    names = [set_text(figure.label, wide - 16, _NAME) for figure in figures]
    foot = bottom - max(name.height for name in names) - 14
    for number, (figure, name) in enumerate(zip(figures, names, strict=True)):
        x = left + (number + 0.5) * wide
        poses, ground = moments(figure.drill), ground_of(figure.drill)
        if poses:
            draw_ground(canvas, (x, foot), wide * 0.32, ground)
            telling = max(poses, key=lambda pose: pose.lift if pose.lift > _FLIES else 0.0)
            draw_figure(canvas, (x, foot), (foot - top) / 1.16, telling, ground)
        canvas.text((x, foot + 14), name, INK, "m")


def _draw_moments(canvas: Canvas, card: DrillCard, top: float) -> float:
    poses, ground = moments(card.drill) or (), ground_of(card.drill)
    wide = (_RIGHT - _LEFT - _GAP * (_PANELS - 1)) / _PANELS
    captions = [set_text(words, wide - 8, _CAPTION) for words in card.positions[:_PANELS]]
    bottom = top + 440
    tall = min(_TALL, *((wide / 2 - _CLEAR) / reach(pose) for pose in poses))
    for number, pose in enumerate(poses):
        left = _LEFT + number * (wide + _GAP)
        canvas.rect((left, top, left + wide, bottom), PANEL, 24)
        foot = (left + wide / 2, bottom - 48)
        draw_ground(canvas, foot, wide * 0.38, ground)
        draw_figure(canvas, foot, tall, pose, ground)
        _draw_number(canvas, (left + 40, top + 40), number + 1)
        if number < len(captions):
            canvas.text((left + 4, bottom + 18), captions[number], INK)
    return bottom + 18 + max((caption.height for caption in captions), default=0)


def _draw_words(canvas: Canvas, card: DrillCard, top: float) -> float:
    """The positions as three numbered lines."""
    settings = [set_text(words, _RIGHT - _LEFT - 160, _WORDS) for words in card.positions[:_PANELS]]
    bottom = top + 40 + sum(max(56, one.height) + 36 for one in settings)
    canvas.rect((_LEFT, top, _RIGHT, bottom), PANEL, 28)
    y = top + 40
    for number, one in enumerate(settings, 1):
        _draw_number(canvas, (_LEFT + 64, y + max(56, one.height) / 2), number)
        canvas.text((_LEFT + 120, y + (max(56, one.height) - one.height) / 2), one)
        y += max(56, one.height) + 36
    return bottom


def _draw_doses(canvas: Canvas, doses: tuple[tuple[str, str], ...]) -> float:
    """For whom and how much, side by side at the foot of the card. Returns where they begin."""
    wide = (_RIGHT - _LEFT - _GAP * (_PANELS - 1)) / _PANELS
    settings = [(set_text(who, wide, _WHO), set_text(much, wide, _DOSE)) for who, much in doses]
    high = max((who.height + much.height for who, much in settings), default=0)
    top = canvas.height - MARGIN - high
    for number, (who, much) in enumerate(settings):
        left = _LEFT + number * (wide + _GAP) + 4
        canvas.text((left, top), who, SOFT)
        canvas.text((left, top + who.height), much, INK)
    return top


def _draw_number(canvas: Canvas, centre: tuple[float, float], number: int) -> None:
    canvas.disc(centre, 26, ACCENT)
    text = set_text(str(number), 60, _NUMBER)
    canvas.text((centre[0], centre[1] - text.height / 2), text, on(ACCENT), "m")


def _draw_cues(canvas: Canvas, cues: tuple[str, ...], top: float, bottom: float) -> None:
    """As many cues as there is room for."""
    y = top
    for cue in cues:
        text = set_text(cue, _RIGHT - _LEFT - 36, _CUE)
        if y + text.height > bottom:
            return
        canvas.rect((_LEFT, y + 6, _LEFT + 8, y + text.height - 6), ACCENT, 4)
        y = canvas.text((_LEFT + 36, y), text) + 18
