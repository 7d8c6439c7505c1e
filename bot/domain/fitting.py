"""A session made to fit: fewer repetitions, milder, another terrain, without its bounds.

Each function returns a new session; the library's own row is never changed. The warm-up and
the recoveries are never cut.
"""

from collections.abc import Collection
from dataclasses import replace
from math import ceil, floor

from bot.domain.library import Library, first_code
from bot.domain.workouts import (
    Block,
    Effort,
    Equivalent,
    Grade,
    Kind,
    Muscle,
    Rest,
    Session,
    Span,
    Step,
    Terrain,
)

_SLACK = 1e-9
_HALF_MINUTE = 30


def scaled(session: Session, share: float, library: Library) -> Session:
    """`share` (0 to 1) of the repetitions, rounded down, yet not under the caps' `fewest`.

    Work in one piece (an easy run) is shortened in time, to half minutes. Blocks of several
    steps, such as 10-20-30, keep their inside and come fewer times.
    """
    least = library.caps.fewest
    return replace(
        session, blocks=tuple(_fewer(b, max(share, least), least) for b in session.blocks)
    )


def eased(session: Session, library: Library, share: float, rpe_less: float) -> Session:
    """Milder: fewer repetitions, each `rpe_less` points easier; hard becomes moderate."""
    shorter = scaled(session, share, library)
    blocks = tuple(
        replace(block, steps=tuple(_easier(step, rpe_less) for step in block.steps))
        for block in shorter.blocks
    )
    grade = Grade.MODERATE if session.grade is Grade.HARD else session.grade
    srpe = _lower(session.srpe, rpe_less)
    if grade is not session.grade:
        srpe = _capped(srpe, library.caps.srpe[grade])
    return replace(shorter, blocks=blocks, grade=grade, srpe=srpe)


def more(session: Session, by: int) -> Session:
    """`by` repetitions more of the main set, where it is made of repetitions."""
    first = session.blocks[0]
    if by <= 0 or first.reps < 2 or session.deload:
        return session
    return replace(session, blocks=(replace(first, reps=first.reps + by), *session.blocks[1:]))


def fewer_sets(session: Session, by: int) -> Session:
    """A strength session with `by` sets fewer of each exercise, and at least one left."""
    blocks = tuple(replace(block, reps=max(block.reps - by, 1)) for block in session.blocks)
    return replace(session, blocks=blocks)


def deloaded(session: Session, library: Library) -> Session:
    """Half the sets at the same load (odd numbers alternate, so that the total is halved)."""
    halves: list[Block] = []
    up = True
    for block in session.blocks:
        odd = block.reps % 2 == 1 and block.reps > 1
        keep = ceil(block.reps / 2) if up else max(block.reps // 2, 1)
        up = not up if odd else up
        halves.append(replace(block, reps=keep))
    srpe = _lower(session.srpe, 1.0)
    grade = Grade.LIGHT if srpe.high <= library.caps.srpe[Grade.LIGHT].high else session.grade
    return replace(session, blocks=tuple(halves), deload=True, srpe=srpe, grade=grade)


def without_x(session: Session, library: Library) -> Session | None:
    """The session without its bounding; None where bounding or all-out work is all of it."""
    if not session.x:
        return session
    blocks = tuple(block for block in session.blocks if not _bounds(block, library))
    if not blocks or len(blocks) == len(session.blocks):
        return None
    if session.kind is not Kind.DRILL:
        return replace(session, blocks=blocks, x=False)
    milder = _capped(session.srpe, library.caps.srpe[Grade.MODERATE])
    return replace(session, blocks=blocks, x=False, srpe=milder, grade=Grade.MODERATE)


def without_parts(session: Session, parts: Collection[Muscle], library: Library) -> Session | None:
    """The session without the exercises that serve one of the parts; None where none is left."""
    blocks = tuple(block for block in session.blocks if not _serves(block, parts, library))
    return replace(session, blocks=blocks) if blocks else None


def _serves(block: Block, parts: Collection[Muscle], library: Library) -> bool:
    exercises = (library.exercise(step.exercise) for step in block.steps if step.exercise)
    return any(one.serves.get(part, 0) > 0 for one in exercises for part in parts)


def fewer_bounds(session: Session, library: Library, by: int = 1) -> Session:
    """`by` repetitions fewer of each bounding drill, and at least one left."""
    blocks = tuple(
        replace(block, reps=max(block.reps - by, 1)) if _bounds(block, library) else block
        for block in session.blocks
    )
    return replace(session, blocks=blocks)


def on_terrain(session: Session, terrain: Terrain, library: Library) -> Session:
    """The session as it is done there; blocks whose code has no equivalent stay as written."""
    blocks: list[Block] = []
    x = session.x
    for block in session.blocks:
        found = library.equivalent(block.code or first_code(session), terrain)
        blocks.append(block if found is None else applied(block, found))
        if found is not None and found.x is not None:
            x = x and found.x
    return replace(session, blocks=tuple(blocks), x=x)


def applied(block: Block, equivalent: Equivalent) -> Block:
    """One block on another terrain.

    A block of several steps keeps them where the equivalent brings no measure of its own (a
    belt's gradient); else its hardest step stands for all. A ramp keeps the planned gradient.
    """
    measured = (equivalent.seconds, equivalent.metres, equivalent.count)
    new_work = any(value is not None for value in measured)
    if len(block.steps) > 1 and not new_work:
        steps = tuple(replace(_moved(s, equivalent), do=s.do, pace=s.pace) for s in block.steps)
        return replace(block, steps=steps)
    hardest = max(block.steps, key=lambda step: step.rpe.middle if step.rpe else 0.0)
    rest = next((s.rest for s in reversed(block.steps) if s.rest is not None), None)
    step = _moved(replace(hardest, rest=rest), equivalent)
    if equivalent.then is None:
        return replace(block, steps=(step,))
    return replace(
        block, steps=(replace(step, rest=None), replace(equivalent.then, rest=step.rest))
    )


def _moved(step: Step, to: Equivalent) -> Step:
    moved = replace(
        step,
        do=to.do,
        effort=to.effort or step.effort,
        gradient=to.gradient or (step.gradient if to.terrain is Terrain.RAMP else None),
        rpe=_milder(step.rpe, to.rpe),
        pace=to.pace,
        drill=to.drill,
        rest=_rest(step.rest, to),
    )
    if to.count is not None:
        return replace(moved, count=to.count, seconds=None, metres=None)
    if to.metres is not None:
        return replace(moved, metres=to.metres, seconds=None, count=None)
    if to.seconds is None:
        return moved
    planned = step.seconds or to.seconds
    return replace(moved, seconds=_within(planned, to.seconds), metres=None, count=None)


def _rest(rest: Rest | None, to: Equivalent) -> Rest | None:
    if rest is None:
        return Rest(to.rest_seconds, to.rest_how or "") if to.rest_seconds else None
    return replace(rest, how=to.rest_how or rest.how, seconds=to.rest_seconds or rest.seconds)


def _fewer(block: Block, share: float, least: float) -> Block:
    if block.reps * block.sets == 1:
        return replace(block, steps=tuple(_shorter(step, share) for step in block.steps))
    by_sets = block.sets > 1 and (len(block.steps) > 1 or block.reps == 1)
    count = block.sets if by_sets else block.reps
    kept = max(floor(count * share + _SLACK), ceil(count * least - _SLACK), 1)
    return replace(block, sets=kept) if by_sets else replace(block, reps=kept)


def _shorter(step: Step, share: float) -> Step:
    if step.seconds is None or step.seconds.high <= _HALF_MINUTE:
        return step
    low, high = (floor(end * share / _HALF_MINUTE + _SLACK) * _HALF_MINUTE for end in step.seconds)
    return replace(step, seconds=Span(max(low, _HALF_MINUTE), max(high, _HALF_MINUTE)))


def _easier(step: Step, less: float) -> Step:
    effort = Effort.SPRINT if step.effort is Effort.ALL_OUT else step.effort
    return replace(step, effort=effort, rpe=_lower(step.rpe, less) if step.rpe else None)


def _bounds(block: Block, library: Library) -> bool:
    return any(step.drill is not None and library.drill(step.drill).x for step in block.steps)


def _lower(span: Span, less: float) -> Span:
    return Span(max(span.low - less, 0.0), max(span.high - less, 0.0))


def _capped(span: Span, top: Span) -> Span:
    return Span(min(span.low, top.high), min(span.high, top.high))


def _milder(planned: Span | None, there: Span | None) -> Span | None:
    if planned is None or there is None:
        return planned or there
    return Span(min(planned.low, there.low), min(planned.high, there.high))


def _within(planned: Span, bounds: Span) -> Span:
    low, high = (min(max(end, bounds.low), bounds.high) for end in planned)
    return Span(low, high)
