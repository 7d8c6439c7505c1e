"""Ids that are never used again, and entries that are kept for the past alone.

A session, drill or exercise with `retired: true` can still be read in a person's history; an
entry that was taken out leaves its id in a list `retired`.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

from bot.content.documents import Fault
from bot.content.placed import Placed
from bot.domain.workouts import Session

Shelves = Mapping[str, Sequence[Placed[Any]]]


def check_retired(shelves: Shelves, retired: Set[str]) -> Iterator[Fault]:
    """An id of the list that stands in the library again, and retired entries still in use."""
    for key, shelf in shelves.items():
        for placed in shelf if key != "equivalents" else ():
            if placed.value.id in retired:
                message = f"the id {placed.value.id!r} is retired, and never used again"
                yield placed.fault(message, ["id"])
    gone = {
        key: {p.value.id for p in shelves[shelf] if p.value.retired}
        for key, shelf in (("drill", "drills"), ("exercise", "exercises"))
    }
    for placed in (*shelves["sessions"], *shelves["routines"]):
        if not (isinstance(placed.value, Session) and placed.value.retired):
            yield from _leaning(placed, gone)


def _leaning(placed: Placed[Any], gone: Mapping[str, set[str]]) -> Iterator[Fault]:
    """A fault for each step that names a retired drill or exercise."""
    for number, block in enumerate(placed.value.blocks):
        for place, step in enumerate(block.steps):
            for key, ids in gone.items():
                if getattr(step, key) in ids:
                    message = f"the {key} {getattr(step, key)!r} is retired"
                    yield placed.fault(message, ["blocks", number, "steps", place, key])
