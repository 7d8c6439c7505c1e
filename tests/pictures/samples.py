"""Values to draw, and what the tests read out of a picture."""

from io import BytesIO

from PIL import Image, ImageChops

from bot.domain.workouts import Grade, Muscle
from bot.pictures import (
    Block,
    Card,
    DrillCard,
    Figure,
    MuscleBar,
    PlanChart,
    PlanWeek,
    ProgressChart,
    ProgressWeek,
    TrialChart,
    TrialPanel,
)
from bot.pictures.palette import PAPER

BLOCKS = (
    Block("Full warm-up", 900, 3, "15 min"),
    Block("Climb, 5–6 %", 75, 8, "8 × 75 s", 5.5, 8, 120, 3),
    Block("Easy jog", 600, 3, "10 min"),
)
FIGURES = (Figure("a-march", "A-march"), Figure("carioca", "Carioca"), Figure("pogo", "Pogo hops"))
CLOSE = 8  # levels of 255 from which a pixel counts as ink


def card(title: str = "Long climbs", blocks: tuple[Block, ...] = BLOCKS, text: str = "") -> Card:
    """A session; `text` takes the place of every other word."""
    return Card(
        title=title,
        where=text or "Advanced · week 6 of 12",
        length=text or "61 min",
        grade=Grade.HARD,
        grade_word=text or "Hard",
        blocks=blocks,
        cues=(text or "Open chest, low shoulders", text or "Hips forward", "one too many"),
        summary=text or "8 × 75 s climb",
    )


def drill(drill_id: str, text: str = "") -> DrillCard:
    return DrillCard(
        title=text or "A drill",
        where=text or "Drill · all levels",
        drill=drill_id,
        positions=(text or "thigh level, toes up", "low hop", "soft landing, legs switching"),
        cues=tuple(text or f"cue {number}" for number in range(5)),
        doses=(
            (text or "Beginner", text or "2 to 3 × 10–20 m"),
            (text or "Advanced", text or "no"),
        ),
    )


def plan(text: str = "", minutes: float = 60.0, weeks: int = 12) -> PlanChart:
    return PlanChart(
        title=text or "Twelve weeks",
        where=text or "Intermediate",
        subtitle=text or "Minutes a week",
        weeks=tuple(
            PlanWeek(
                text or str(number + 1),
                {Grade.HARD: minutes, Grade.LIGHT: 50.0},
                deload=number % 4 == 3,
                current=number == 4,
            )
            for number in range(weeks)
        ),
        words={Grade.HARD: text or "Hard", Grade.LIGHT: text or "Light"},
        deload=text or "Lighter week",
    )


def progress(text: str = "", load: float = 400.0, weeks: int = 9) -> ProgressChart:
    return ProgressChart(
        title=text or "Your weeks",
        where=text or "Intermediate",
        weeks=tuple(
            ProgressWeek(text or str(number), load + number, 4, 5) for number in range(weeks)
        ),
        muscles=tuple(MuscleBar(m, text or m.value, load / 5, 60.0) for m in Muscle),
        load=text or "Load",
        load_value=text or "mean of four weeks",
        kept=text or "Sessions kept",
        kept_value=text or "36 of 45",
        stimulus=text or "Stimulus",
        usual=text or "Usual week",
    )


def trials(text: str = "", value: float = 21.0, times: int = 4) -> TrialChart:
    one = tuple((text or f"week {4 * n}", (value + n, value - n)) for n in range(times))
    single = tuple((label, values[:1]) for label, values in one)
    return TrialChart(
        title=text or "Self-test",
        where=text or "Beginner",
        panels=(
            TrialPanel(text or "Heel raises on one leg", text or "raises", one),
            TrialPanel(text or "Five times up from a chair", text or "seconds", single),
            TrialPanel(text or "Standing long jump", text or "cm", single),
            TrialPanel(text or "Eight seconds up your hill", text or "m", single),
        ),
    )


def opened(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png)).convert("RGB")


def ink_box(png: bytes) -> tuple[int, int, int, int]:
    """The box around all that is not paper: left, top, right, bottom in pixels."""
    picture = opened(png)
    paper = Image.new("RGB", picture.size, PAPER)
    apart = [
        Image.eval(one, lambda value: 255 if value > CLOSE else 0)
        for one in _difference(picture, paper)
    ]
    boxes = [box for one in apart if (box := one.getbbox()) is not None]
    if not boxes:
        return (picture.width // 2, picture.height // 2, picture.width // 2, picture.height // 2)
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def _difference(one: Image.Image, other: Image.Image) -> tuple[Image.Image, ...]:
    return ImageChops.difference(one, other).split()
