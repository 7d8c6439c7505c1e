"""What must hold from row to row of a level's table: steps not too large, deloads that cut."""

import itertools
from collections.abc import Iterator, Sequence

from bot.content.documents import Fault
from bot.content.placed import Placed
from bot.domain import dose
from bot.domain.library import Library, first_code
from bot.domain.workouts import Kind, Level, Session

_TABLES = (Kind.HILL, Kind.INTERVAL, Kind.DRILL)
_PLAIN_STEPS = 2

Row = Placed[Session]


def check_progression(library: Library, shelf: Sequence[Row]) -> Iterator[Fault]:
    """Every fault between the rows of one kind and level."""
    for kind in _TABLES:
        for level in Level:
            rows = sorted(_table(shelf, kind, level), key=lambda row: row.value.week or 0)
            yield from _complete(shelf[0], rows, f"{kind.value}, {level.value}", library)
            yield from _deloads(rows, library)
            if kind is Kind.DRILL:
                yield from _contact_steps(rows, library)
            else:
                yield from _work_steps(rows, library)


def _table(shelf: Sequence[Row], kind: Kind, level: Level) -> list[Row]:
    found: list[Row] = []
    for row in shelf:
        session = row.value
        if session.kind is kind and session.level is level and session.week and not session.retired:
            found.append(row)
    return found


def _complete(any_row: Row, rows: list[Row], table: str, library: Library) -> Iterator[Fault]:
    weeks = {row.value.week for row in rows}
    missing = [str(w) for w in range(1, library.caps.weeks + 1) if w not in weeks]
    if missing:
        place = rows[0] if rows else any_row
        yield place.fault(f"{table}: week {', '.join(missing)} has no row")


def _deloads(rows: list[Row], library: Library) -> Iterator[Fault]:
    for before, row in itertools.pairwise(rows):
        due = row.value.week in library.caps.deload_weeks
        if row.value.deload is not due:
            word = "is" if due else "is not"
            yield row.fault(f"week {row.value.week} {word} a deload", ["deload"])
        if not row.value.deload:
            continue
        less, more = _volume(row.value, library), _volume(before.value, library)
        if less > more * (1 - library.caps.cut.low):
            cut = 1 - less / more
            yield row.fault(
                f"cuts by {cut:.0%} against {before.value.id}: at least "
                f"{library.caps.cut.low:.0%} is due",
                ["blocks"],
            )


def _volume(session: Session, library: Library) -> float:
    """Contacts for drills, seconds of work for the rest."""
    if session.kind is Kind.DRILL:
        return float(dose.main_contacts(session, library))
    return dose.work_seconds(session, library)


def _contact_steps(rows: list[Row], library: Library) -> Iterator[Fault]:
    caps = library.caps
    steps = [row for row in rows if not row.value.deload]
    for before, row in itertools.pairwise(steps):
        if row.value.level is Level.BEGINNER and (row.value.week or 0) <= caps.contact_free_weeks:
            continue
        old = dose.main_contacts(before.value, library)
        new = dose.main_contacts(row.value, library)
        if new > old * (1 + caps.contact_step):
            yield row.fault(
                f"{new} contacts after {old} in {before.value.id}: a step is at most "
                f"{caps.contact_step:.0%}",
                ["blocks"],
            )


def _work_steps(rows: list[Row], library: Library) -> Iterator[Fault]:
    """Each code against its own last row: sprints by repetitions, other work by seconds."""
    last: dict[str, Session] = {}
    for row in rows:
        session = row.value
        code = first_code(session)
        if session.deload or code is None:
            continue
        before, last[code] = last.get(code), session
        if before is None:
            continue
        if code in library.caps.sprint_codes:
            yield from _rep_step(row, before, library)
        elif not _in_blocks(session):
            yield from _second_step(row, before, library)
        elif _most_sets(session) > _most_sets(before) + 1:
            yield row.fault(f"more than one block over {before.id}", ["blocks"])


def _rep_step(row: Row, before: Session, library: Library) -> Iterator[Fault]:
    old, new = dose.reps(before), dose.reps(row.value)
    if new > old + library.caps.sprint_step:
        yield row.fault(
            f"{new} fast repetitions after {old} in {before.id}: a step is at most "
            f"{library.caps.sprint_step}",
            ["blocks"],
        )


def _second_step(row: Row, before: Session, library: Library) -> Iterator[Fault]:
    old, new = dose.work_seconds(before, library), dose.work_seconds(row.value, library)
    if new > old * (1 + library.caps.work_step):
        yield row.fault(
            f"{new:.0f} s of work after {old:.0f} s in {before.id}: a step is at most "
            f"{library.caps.work_step:.0%}",
            ["blocks"],
        )


def _in_blocks(session: Session) -> bool:
    """10-20-30 and its like: several steps in a repetition, moved up in whole blocks."""
    return any(len(block.steps) > _PLAIN_STEPS for block in session.blocks)


def _most_sets(session: Session) -> int:
    return max(block.sets for block in session.blocks)
