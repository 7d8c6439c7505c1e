"""What a session amounts to: minutes, load, contacts, running, fast and uphill work, stimulus.

Nothing here is written down in the library: it all follows from the blocks and the tables in
`content/workouts/stimulus.yaml`. A range counts with its middle.
"""

from collections.abc import Callable, Iterator, Mapping
from math import ceil
from typing import NamedTuple

from bot.domain.library import Library, StimulusRow, Unit
from bot.domain.workouts import Block, Effort, Kind, Muscle, Rest, Session, Step

RUNNING = frozenset(
    {Effort.JOG, Effort.STEADY, Effort.STRIDE, Effort.HARD, Effort.SPRINT, Effort.ALL_OUT}
)
FAST = frozenset({Effort.STRIDE, Effort.HARD, Effort.SPRINT, Effort.ALL_OUT})
_HEADLINE = 60
_A_MINUTE = 60
_SLACK = 1e-6


class Piece(NamedTuple):
    """A step and how often it comes in the session."""

    step: Step
    times: int


def minutes(session: Session, library: Library) -> int:
    """The whole session in minutes, rounded up: warm-up, work, recoveries, cool-down."""
    return ceil(_seconds(whole(session, library), library) / _A_MINUTE - _SLACK)


def routine_minutes(routine_id: str, library: Library) -> float:
    """A warm-up's or a cool-down's length in minutes."""
    return _seconds(library.routine(routine_id).blocks, library) / _A_MINUTE


def load(session: Session, library: Library) -> int:
    """Expected load: the middle of the expected session RPE times minutes."""
    return round(session.srpe.middle * minutes(session, library))


def contacts(session: Session, library: Library) -> int:
    """Counted foot contacts of hops and bounds, those of the warm-up among them, rounded up."""
    return _contacts(whole(session, library), library)


def main_contacts(session: Session, library: Library) -> int:
    """Counted foot contacts without warm-up and cool-down."""
    return _contacts(session.blocks, library)


def run_minutes(session: Session, library: Library) -> float:
    """Planned running in minutes: jogging counts, in the warm-up too; walking and drills do not."""
    blocks = whole(session, library)
    work = sum(
        step_seconds(step, library) * times
        for step, times in pieces(blocks)
        if step.effort in RUNNING
    )
    rests = sum(
        rest.seconds.middle * times for rest, times in _rests(blocks) if rest.effort in RUNNING
    )
    return (work + rests) / _A_MINUTE


def fast_seconds(session: Session, library: Library) -> float:
    """Seconds at stride pace or faster, on the flat or uphill."""
    return _sum(session, library, lambda step: step.effort in FAST)


def uphill_seconds(session: Session, library: Library) -> float:
    """Seconds of work against the slope, stairs among them."""
    return _sum(session, library, lambda step: is_uphill(step, library))


def work_seconds(session: Session, library: Library) -> float:
    """Seconds of the main set's work, without recoveries, warm-up and cool-down."""
    return sum(step_seconds(step, library) * times for step, times in pieces(session.blocks))


def reps(session: Session) -> int:
    """Repetitions of the main set: each passage through a block counts once."""
    return sum(block.reps * block.sets for block in session.blocks)


def stimulus(session: Session, library: Library) -> dict[Muscle, float]:
    """Points for each muscle group, by the table of `content/workouts/stimulus.yaml`."""
    points = dict.fromkeys(Muscle, 0.0)
    for step, times in pieces(whole(session, library)):
        for row in library.measures.stimulus:
            amount = _amount(step, row, library) * times
            for muscle, given in row.gives.items():
                points[muscle] += given * amount * _share(step, row, muscle, library)
    return {muscle: round(value, 1) for muscle, value in points.items()}


def whole(session: Session, library: Library) -> tuple[Block, ...]:
    """Every block of the session: warm-up, main set, cool-down."""
    before = library.routine(session.warm_up).blocks if session.warm_up else ()
    after = library.routine(session.cool_down).blocks if session.cool_down else ()
    return (*before, *session.blocks, *after)


def pieces(blocks: tuple[Block, ...]) -> Iterator[Piece]:
    """Each step with the number of times it comes."""
    for block in blocks:
        for step in block.steps:
            yield Piece(step, block.reps * block.sets)


def step_seconds(step: Step, library: Library) -> float:
    """How long one step takes; metres and counts go through the pace table."""
    sides = 2 if step.per_side else 1
    if step.seconds is not None:
        return step.seconds.middle * sides
    pace = library.pace(step.effort)
    if step.metres is not None:
        drill = library.drill(step.drill) if step.drill else None
        own = drill.seconds_per_metre if drill else None
        return step.metres * (own or pace.seconds_per_metre) * sides
    return step.count.middle * pace.seconds_per_count * sides if step.count else 0.0


def is_uphill(step: Step, library: Library) -> bool:
    if step.effort is Effort.CLIMB:
        return True
    return step.gradient is not None and step.gradient.middle >= library.measures.uphill_from


def headline(session: Session, library: Library, length: int | None = None) -> str:
    """The session in at most 60 characters: what, how much, how long.

    `length` in minutes where it is known already. Parts that do not fit are left out from the
    end of the main set; its beginning and the minutes always stand.
    """
    words = library.measures.words
    total = minutes(session, library) if length is None else length
    start = words.kinds[session.kind]
    end = f" · {total} {words.minutes}" if total else ""
    parts = _main(session, library)
    while parts:
        line = f"{start} · {' + '.join(parts)}{end}"
        if len(line) <= _HEADLINE:
            return line
        parts = parts[:-1]
    return f"{start} · {session.title}"[: _HEADLINE - len(end)] + end


def _main(session: Session, library: Library) -> list[str]:
    words = library.measures.words
    if session.kind is Kind.STRENGTH:
        return [f"{len(session.blocks)} {words.lifts}"]
    if session.kind is Kind.DRILL:
        hops = main_contacts(session, library)
        told = [f"{len(session.blocks)} {words.drills}"]
        return [f"{told[0]}, {hops} {words.contacts}"] if hops else told
    named = session.title != words.kinds[session.kind]
    if session.kind in (Kind.EASY, Kind.RECOVERY, Kind.REST) and named:
        return [session.title]
    return [_block_words(block, library) for block in session.blocks]


def _block_words(block: Block, library: Library) -> str:
    run = [step for step in block.steps if step.effort not in (Effort.LIFT, Effort.MOVE)]
    shown = run or list(block.steps)
    measured = [_measure(step, library) for step in shown]
    units = {unit for _, unit in measured}
    if len(units) > 1:
        size = " + ".join(f"{number} {unit}" for number, unit in measured)
        size = f"({size})" if block.reps > 1 else size
    else:
        size = "/".join(number for number, _ in measured) + f" {units.pop()}"
    times = f"{block.reps} × {size}" if block.reps > 1 else size
    if block.sets > 1:
        times = f"{block.sets} × ({times})" if block.reps > 1 else f"{block.sets} × {times}"
    hardest = max(shown, key=lambda step: step.rpe.middle if step.rpe else 0.0)
    return f"{times} {library.measures.words.efforts[hardest.effort]}".strip()


def amount(block: Block, step: Step, library: Library) -> str:
    """How much of a step there is in its block: "6 × 20 s", "3 × (4 × 30 m)"."""
    number, unit = _measure(step, library)
    size = f"{number} {unit}".strip()
    times = f"{block.reps} × {size}" if block.reps > 1 else size
    if block.sets > 1:
        times = f"{block.sets} × ({times})" if block.reps > 1 else f"{block.sets} × {times}"
    return times


def _measure(step: Step, library: Library) -> tuple[str, str]:
    words = library.measures.words
    if step.metres is not None:
        return f"{step.metres:g}", words.metres
    if step.seconds is None:
        return (f"{step.count.low:g}" if step.count else ""), words.each_side * step.per_side
    low, high = step.seconds
    whole_minutes = high >= 2 * _A_MINUTE and low % _A_MINUTE == high % _A_MINUTE == 0
    per, unit = (_A_MINUTE, words.minutes) if whole_minutes else (1, words.seconds)
    return (f"{low / per:g}" if low == high else f"{low / per:g}–{high / per:g}"), unit


def _seconds(blocks: tuple[Block, ...], library: Library) -> float:
    work = sum(step_seconds(step, library) * times for step, times in pieces(blocks))
    return work + sum(rest.seconds.middle * times for rest, times in _rests(blocks))


def _rests(blocks: tuple[Block, ...]) -> Iterator[tuple[Rest, int]]:
    for block in blocks:
        for step in block.steps:
            if step.rest is not None:
                yield step.rest, block.reps * block.sets
        if block.between_sets is not None:
            yield block.between_sets, block.sets - 1


def _contacts(blocks: tuple[Block, ...], library: Library) -> int:
    total = 0.0
    for step, times in pieces(blocks):
        if step.drill is None:
            continue
        drill = library.drill(step.drill)
        count = step.count.middle if step.count else 0.0
        sides = 2 if step.per_side else 1
        one = (step.metres or 0.0) * drill.contacts_per_metre + count * drill.contacts_per_count
        total += one * sides * times
    return ceil(total - _SLACK)


def _sum(session: Session, library: Library, wanted: Callable[[Step], bool]) -> float:
    return sum(
        step_seconds(step, library) * times
        for step, times in pieces(session.blocks)
        if wanted(step)
    )


def _amount(step: Step, row: StimulusRow, library: Library) -> float:
    if row.unit is Unit.SET:
        return 1.0 if step.exercise else 0.0
    if row.unit is Unit.CONTACT:
        return float(_contacts((Block((step,)),), library))
    if step.effort not in row.efforts or row.uphill is not is_uphill(step, library):
        return 0.0
    return step_seconds(step, library) / _A_MINUTE


def _share(step: Step, row: StimulusRow, muscle: Muscle, library: Library) -> float:
    if row.unit is not Unit.SET or step.exercise is None:
        return 1.0
    serves: Mapping[Muscle, float] = library.exercise(step.exercise).serves
    return serves.get(muscle, 0.0)
