"""What the pictures are drawn from: plain values, every word given by the caller."""

from dataclasses import dataclass

from bot.domain.workouts import Grade, Muscle


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a session, `repeats` times, each followed by its rest.

    `effort` and `rest_effort` from 0 to 10, `gradient` in per cent. `label` and `amount` make a
    row of the list below the profile; a block without a label is drawn and not listed. `first` is
    the number of its first repetition; 0: from 1 on, and a single one has none.
    """

    label: str
    seconds: float
    effort: float
    amount: str = ""
    gradient: float = 0.0
    repeats: int = 1
    rest_seconds: float = 0.0
    rest_effort: float = 1.0
    first: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """A drill by its id, and its name."""

    drill: str
    label: str


@dataclass(frozen=True, slots=True)
class Card:
    """A session: `length` such as "47 min", `where` such as the level and the week."""

    title: str
    where: str
    length: str
    grade: Grade
    grade_word: str
    blocks: tuple[Block, ...] = ()
    cues: tuple[str, ...] = ()
    summary: str = ""
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class DrillCard:
    """A drill: what its three positions show, its cues; `doses`: for whom, and how much."""

    title: str
    where: str
    drill: str
    positions: tuple[str, ...]
    cues: tuple[str, ...]
    doses: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PlanWeek:
    """A week's minutes by class."""

    label: str
    minutes: dict[Grade, float]
    deload: bool = False
    current: bool = False


@dataclass(frozen=True, slots=True)
class PlanChart:
    """The weeks of a plan; `words` and `deload` name what the legend shows."""

    title: str
    where: str
    subtitle: str
    weeks: tuple[PlanWeek, ...]
    words: dict[Grade, str]
    deload: str


@dataclass(frozen=True, slots=True)
class TrialPanel:
    """A trial of the self-test: for each time its label and one number, or left and right."""

    label: str
    unit: str
    columns: tuple[tuple[str, tuple[float, ...]], ...]


@dataclass(frozen=True, slots=True)
class TrialChart:
    """The self-test over time, a panel for each trial."""

    title: str
    where: str
    panels: tuple[TrialPanel, ...]


@dataclass(frozen=True, slots=True)
class ProgressWeek:
    """A week with the mean load of the weeks up to it (effort times minutes; None: not over yet),
    and its sessions: done of planned."""

    label: str
    load: float | None
    done: int = 0
    planned: int = 0


@dataclass(frozen=True, slots=True)
class MuscleBar:
    """Points of stimulus for a muscle group, and its usual week (None: not known yet)."""

    muscle: Muscle
    label: str
    points: float
    usual: float | None = None


@dataclass(frozen=True, slots=True)
class ProgressChart:
    """The weeks behind a person. `load` to `usual` are the words of headings and legends."""

    title: str
    where: str
    weeks: tuple[ProgressWeek, ...]
    muscles: tuple[MuscleBar, ...]
    load: str
    load_value: str
    kept: str
    kept_value: str
    stimulus: str
    usual: str
