"""The pictures of the sessions: drawn once, kept for reuse, from the library's own data."""

import hashlib
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import replace
from threading import Lock

from bot.domain import dose
from bot.domain.library import Library
from bot.domain.messages import Picture
from bot.domain.plan import Placed
from bot.domain.workouts import Block, Drill, Kind, Rest, Session, Step
from bot.pictures import Block as Bar
from bot.pictures import Card, DrillCard, Figure, drill_card, session_card

_KEPT = 200  # of some 30 kB each
_LAST = 2_000
_A_MINUTE = 60
_STANDING = 1.0
_STILL = (Kind.REST,)


class Gallery:
    """Safe to ask from several threads; a session that comes again is not drawn again."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._kept: OrderedDict[str, Picture] = OrderedDict()
        self._last: OrderedDict[int, tuple[Placed, str]] = OrderedDict()
        self._lock = Lock()

    def session(self, placed: Placed) -> Picture | None:
        """The card of a session as it is planned; None for rest, where words say it all."""
        if placed.kind in _STILL:
            return None
        card = card_of(placed.session, placed.minutes, self._library)
        key = f"{placed.session.id}-{hashlib.sha256(repr(card).encode()).hexdigest()[:16]}"
        with self._lock:
            known = self._kept.get(key)
            if known is None:
                known = self._kept[key] = Picture(key, session_card(card), lasting=True)
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            self._last[id(placed)] = placed, key
            while len(self._last) > _LAST:
                self._last.popitem(last=False)
        return known

    def kept(self, placed: Placed) -> Picture | None:
        """The card of this very session, where it was asked for before; at once."""
        last = self._last.get(id(placed))
        return self._kept.get(last[1]) if last is not None and last[0] is placed else None


def card_of(session: Session, minutes: int, library: Library) -> Card:
    """What the picture of a session says; the message beside it says the same in words."""
    words = library.measures.words
    level = [words.levels[session.level]] if session.level else []
    week = [f"{words.week} {session.week}"] if session.week else []
    return Card(
        title=session.title,
        where=" · ".join([words.kinds[session.kind], *level, *week]),
        length=f"{minutes} {words.minutes}",
        grade=session.grade,
        grade_word=words.grades[session.grade],
        blocks=tuple(_bars(session, library)),
        cues=session.cues[:2],
        figures=tuple(_figures(session, library)),
    )


def _bars(session: Session, library: Library) -> Iterator[Bar]:
    words = library.measures.words
    yield from _routine(session.warm_up, words.warm_up, library)
    for block in session.blocks:
        yield from _main(block, library)
    yield from _routine(session.cool_down, words.cool_down, library)


def _routine(id_: str | None, label: str, library: Library) -> Iterator[Bar]:
    if id_ is None:
        return
    minutes = dose.routine_minutes(id_, library)
    effort = library.pace(library.routine(id_).blocks[0].steps[0].effort).rpe
    amount = f"{round(minutes)} {library.measures.words.minutes}"
    yield Bar(label, minutes * _A_MINUTE, effort, amount)


def _main(block: Block, library: Library) -> Iterator[Bar]:
    """Set by set: one bar a step; where a block has several steps, each round of them in its
    order, numbered at the hardest."""
    for number in range(block.sets if block.between_sets else 1):
        if number and block.between_sets:
            yield _pause(block.between_sets, library)
        if len(block.steps) == 1:
            repeats = block.reps * (1 if block.between_sets else block.sets)
            yield _bar(block.steps[0], block, library, repeats=repeats, named=number == 0)
        else:
            yield from _rounds(block, library, named=number == 0)


def _rounds(block: Block, library: Library, *, named: bool) -> Iterator[Bar]:
    rounds = block.reps * (1 if block.between_sets else block.sets)
    hardest = max(range(len(block.steps)), key=lambda n: _effort(block.steps[n], library))
    for round_ in range(rounds):
        for place, step in enumerate(block.steps):
            bar = _bar(step, block, library, named=named and round_ == 0)
            numbered = place == hardest and rounds > 1
            yield replace(bar, first=round_ + 1) if numbered else bar


def _pause(rest: Rest, library: Library) -> Bar:
    effort = library.pace(rest.effort).rpe if rest.effort else _STANDING
    return Bar("", rest.seconds.middle, effort)


def _bar(
    step: Step, block: Block, library: Library, *, repeats: int = 1, named: bool = True
) -> Bar:
    rest = step.rest
    return Bar(
        label=_capital(step.do) if named else "",
        seconds=dose.step_seconds(step, library),
        effort=_effort(step, library),
        amount=dose.amount(block, step, library) if named else "",
        gradient=step.gradient.middle if step.gradient else 0.0,
        repeats=repeats,
        rest_seconds=rest.seconds.middle if rest else 0.0,
        rest_effort=library.pace(rest.effort).rpe if rest and rest.effort else _STANDING,
    )


def _effort(step: Step, library: Library) -> float:
    return step.rpe.middle if step.rpe else library.pace(step.effort).rpe


def drill_picture(drill: Drill, library: Library) -> bytes:
    """A drill with its telling positions."""
    words = library.measures.words
    return drill_card(
        DrillCard(
            title=drill.name,
            where=words.kinds[Kind.DRILL],
            drill=drill.id,
            positions=drill.positions,
            cues=drill.cues,
            doses=tuple((words.levels[level], much) for level, much in drill.dose.items()),
        )
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _figures(session: Session, library: Library) -> Iterator[Figure]:
    """The drills of a drill session, each once."""
    if session.kind is not Kind.DRILL:
        return
    drills = [step.drill for block in session.blocks for step in block.steps if step.drill]
    for drill in dict.fromkeys(drills):
        yield Figure(drill, library.drill(drill).name)
