"""What must hold in the library: each row by itself, and every reference between entries.

The rules between rows (progression, deloads) live in `bot.content.progression`. Every rule
gives a fault with file and line, and says what would be right.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.content.documents import Fault
from bot.content.placed import Placed
from bot.content.progression import check_progression
from bot.domain import dose
from bot.domain.library import Library
from bot.domain.workouts import Block, Effort, Grade, Kind, Level, Session, Span, Step, Terrain

_ID = re.compile(r"[A-Z]{2,}(-[A-Z0-9]+)+")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SOURCE = re.compile(r"S\d{2,3}|CP|DD|ART")
_PREFIX = {Kind.HILL: "HILL", Kind.INTERVAL: "INT", Kind.DRILL: "DRILL", Kind.EASY: "EASY"}
_LETTER = {Level.BEGINNER: "B", Level.INTERMEDIATE: "I", Level.ADVANCED: "A"}
_BECAUSE = 160
_TITLE = 40
_CUES = range(2, 5)

Shelves = Mapping[str, Sequence[Placed[Any]]]


def check(library: Library, shelves: Shelves, passages: frozenset[str] | None) -> list[Fault]:
    """Every fault of the library; `passages` None: the passages are not checked."""
    faults = list(_ids(shelves))
    faults += _references(library, shelves)
    if faults:
        return faults  # what follows looks references up, and would stumble
    faults += _tables(library, shelves)
    for placed in shelves["sessions"]:
        faults += _session(placed, library)
        faults += _why(placed, passages)
    for placed in shelves["routines"]:
        faults += _routine(placed, library)
    faults += check_progression(library, shelves["sessions"])
    return faults


def _ids(shelves: Shelves) -> Iterator[Fault]:
    for key, shelf in shelves.items():
        seen: set[object] = set()
        for placed in shelf:
            value = placed.value
            found = (value.code, value.terrain) if key == "equivalents" else value.id
            if found in seen:
                yield placed.fault(f"{found} stands here twice; an id is never used again", ["id"])
            seen.add(found)
            if key not in ("equivalents", "sessions", "routines") and not _SLUG.fullmatch(value.id):
                yield placed.fault(f"the id {value.id!r} wants small letters and dashes", ["id"])
            yield from _sources(placed)
    for placed in shelves["sessions"]:
        yield from _session_id(placed)


def _session_id(placed: Placed[Session]) -> Iterator[Fault]:
    session = placed.value
    if not _ID.fullmatch(session.id):
        yield placed.fault(f"the id {session.id!r} wants capitals and dashes: HILL-B-01", ["id"])
    if session.week is None or session.level is None or session.kind not in _PREFIX:
        return
    due = f"{_PREFIX[session.kind]}-{_LETTER[session.level]}-{session.week:02}"
    if session.id != due:
        yield placed.fault(f"{session.id} does not fit its level and week: {due}", ["id"])


def _sources(placed: Placed[Any]) -> Iterator[Fault]:
    sources = getattr(placed.value, "sources", ())
    if not sources:
        yield placed.fault("names no source: an S number, CP or DD", ["sources"])
    for number, source in enumerate(sources):
        if not _SOURCE.fullmatch(source):
            yield placed.fault(f"{source!r} is no source: S27, CP, DD or ART", ["sources", number])


def _references(library: Library, shelves: Shelves) -> Iterator[Fault]:
    known = {
        "drill": {drill.id for drill in library.drills},
        "exercise": {exercise.id for exercise in library.exercises},
        "warm_up": {routine.id for routine in library.routines},
        "cool_down": {routine.id for routine in library.routines},
    }
    for placed in (*shelves["sessions"], *shelves["routines"]):
        for path, step in _steps(placed.value.blocks):
            yield from _unknown(placed, step, ("drill", "exercise"), known, path)
    for placed in shelves["sessions"]:
        yield from _unknown(placed, placed.value, ("warm_up", "cool_down"), known)
    for placed in shelves["equivalents"]:
        yield from _unknown(placed, placed.value, ("drill",), known)
        if placed.value.then:
            yield from _unknown(placed, placed.value.then, ("drill", "exercise"), known, ["then"])


def _unknown(
    placed: Placed[Any],
    value: object,
    keys: tuple[str, ...],
    known: Mapping[str, set[str]],
    path: Sequence[str | int] = (),
) -> Iterator[Fault]:
    """A fault for each of the keys that names what there is not."""
    for key in keys:
        wanted = getattr(value, key)
        if wanted is not None and wanted not in known[key]:
            yield placed.fault(f"there is no {key} {wanted!r}", [*path, key])


def _tables(library: Library, shelves: Shelves) -> Iterator[Fault]:
    """Paces and words for every effort; an equivalent for every hill code on every terrain."""
    first = shelves["sessions"][0]
    paced = [pace.effort for pace in library.measures.paces]
    for effort in Effort:
        if effort not in paced or effort not in library.measures.words.efforts:
            yield first.fault(f"the tables in stimulus.yaml have no row for {effort.value!r}")
    for kind in set(Kind) - set(library.measures.words.kinds):
        yield first.fault(f"the words in stimulus.yaml have no name for {kind.value!r}")
    for placed in shelves["sessions"]:
        yield from _unequalled(placed, library)


def _unequalled(placed: Placed[Session], library: Library) -> Iterator[Fault]:
    for code in _hill_codes(placed.value):
        for terrain in set(Terrain) - {Terrain.HILL}:
            if library.equivalent(code, terrain) is None:
                message = f"{code} has no equivalent for {terrain.value} in equivalents.yaml"
                yield placed.fault(message, ["code"])


def _hill_codes(session: Session) -> list[str]:
    if session.kind is not Kind.HILL or session.code is None:
        return []
    codes = {session.code.split("+")[0]} | {block.code for block in session.blocks if block.code}
    return sorted(codes)


def _why(placed: Placed[Session], passages: frozenset[str] | None) -> Iterator[Fault]:
    if "#" not in placed.value.why:
        yield placed.fault("names a passage as topic#passage", ["why"])
    elif passages is not None and placed.value.why not in passages:
        yield placed.fault(f"there is no passage {placed.value.why!r}", ["why"])


def _session(placed: Placed[Session], library: Library) -> Iterator[Fault]:
    session = placed.value
    yield from _said(placed)
    for path, step in _steps(session.blocks):
        yield from (placed.fault(message, path) for message in _step(step, library))
    yield from _graded(placed, library)
    if _is_x(session, library) is not session.x:
        right = "true" if not session.x else "false"
        yield placed.fault(f"bounding or all-out work decides x: it should be {right}", ["x"])
    if session.level is not None:
        cap, counted = library.caps.contacts[session.level], dose.contacts(session, library)
        if counted > cap:
            yield placed.fault(f"{counted} contacts with the warm-up; the cap is {cap}", ["blocks"])
    if bool(session.blocks) is (session.kind is Kind.REST):
        yield placed.fault("training needs blocks, and a rest card has none", ["blocks"])


def _said(placed: Placed[Session]) -> Iterator[Fault]:
    session = placed.value
    if len(session.because) > _BECAUSE:
        yield placed.fault(f"the reason is one line of at most {_BECAUSE} characters", ["because"])
    if len(session.title) > _TITLE:
        yield placed.fault(f"a title has at most {_TITLE} characters", ["title"])
    if len(session.cues) not in _CUES:
        yield placed.fault("two to four cues: more are not read", ["cues"])
    if session.kind is not Kind.REST and not session.fault:
        yield placed.fault("names no common fault", ["fault"])


def _step(step: Step, library: Library) -> Iterator[str]:
    caps = library.caps
    if sum(value is not None for value in (step.seconds, step.metres, step.count)) != 1:
        yield "a step is measured by exactly one of seconds, metres and count"
    for name, span, bounds in (
        ("RPE", step.rpe, caps.rpe),
        ("gradient", step.gradient, caps.gradient),
    ):
        if span is not None and not _inside(span, bounds):
            yield f"the {name} has to rise from {bounds.low:g} to {bounds.high:g} at most"
    for span in (step.seconds, step.count, step.rest.seconds if step.rest else None):
        if span is not None and not 0 < span.low <= span.high:
            yield "a range rises, and starts above nought"


def _inside(span: Span, bounds: Span) -> bool:
    return bounds.low <= span.low <= span.high <= bounds.high


def _graded(placed: Placed[Session], library: Library) -> Iterator[Fault]:
    """Gross faults alone: a row's own grade may differ by a point from what its numbers say."""
    session, caps = placed.value, library.caps
    if not _inside(session.srpe, caps.rpe):
        yield placed.fault("the session RPE is a range from 0 to 10", ["srpe"])
    bounds = caps.srpe[session.grade]
    hard_steps = session.kind in (Kind.HILL, Kind.INTERVAL) and any(
        step.rpe is not None and step.rpe.low >= caps.hard_rpe for _, step in _steps(session.blocks)
    )
    excused = session.grade is Grade.HARD and hard_steps
    if not excused and not bounds.low - 1 <= session.srpe.middle <= bounds.high + 1:
        message = f"class {session.grade.value} does not go with this session RPE"
        yield placed.fault(message, ["grade"])
    if session.grade is Grade.LIGHT and hard_steps:
        yield placed.fault("work at this RPE is never light", ["grade"])
    if session.deload and session.grade is Grade.HARD:
        yield placed.fault("a deload is never hard", ["grade"])
    if session.grade is Grade.MODERATE and hard_steps and not session.deload:
        yield placed.fault("a main set at this RPE is hard", ["grade"])


def _is_x(session: Session, library: Library) -> bool:
    codes = set((session.code or "").split("+"))
    if codes & set(library.caps.x_codes):
        return True
    return any(
        step.effort is Effort.ALL_OUT or (step.drill is not None and library.drill(step.drill).x)
        for _, step in _steps(session.blocks)
    )


def _routine(placed: Placed[Any], library: Library) -> Iterator[Fault]:
    routine, ranges = placed.value, library.caps.warm_up_minutes
    for path, step in _steps(routine.blocks):
        yield from (placed.fault(message, path) for message in _step(step, library))
    if routine.stage not in ranges:
        yield placed.fault(f"stage is one of {', '.join(ranges)}", ["stage"])
        return
    minutes, bounds = dose.routine_minutes(routine.id, library), ranges[routine.stage]
    if not bounds.low <= minutes <= bounds.high:
        span = f"{bounds.low:g} to {bounds.high:g}"
        yield placed.fault(f"takes {minutes:.1f} minutes; this stage takes {span}", ["blocks"])


def _steps(blocks: tuple[Block, ...]) -> Iterator[tuple[list[str | int], Step]]:
    for number, block in enumerate(blocks):
        for place, step in enumerate(block.steps):
            yield ["blocks", number, "steps", place], step
