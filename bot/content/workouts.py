"""The workout library: every YAML file of `content/workouts/`, and the caps it has to keep.

A file is known by its top-level keys, not by its name, so that a coach may add one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bot.content.documents import Document, Fault, read
from bot.content.placed import Placed
from bot.content.retirement import check_retired
from bot.content.workout_checks import check
from bot.domain.library import (
    Advice,
    Caps,
    Contraindication,
    Library,
    Measures,
    StopRule,
)
from bot.domain.workouts import Drill, Equivalent, Exercise, Routine, Session

_SHAPES: Mapping[str, Any] = {
    "sessions": tuple[Session, ...],
    "drills": tuple[Drill, ...],
    "exercises": tuple[Exercise, ...],
    "routines": tuple[Routine, ...],
    "equivalents": tuple[Equivalent, ...],
    "stop_rules": tuple[StopRule, ...],
    "contraindications": tuple[Contraindication, ...],
    "advice": tuple[Advice, ...],
}
_SPANS = frozenset({"seconds", "count", "gradient", "rpe", "srpe", "rest_seconds"})
_FOLDER = "workouts"
_CAPS = "rules/caps.yaml"


@dataclass(frozen=True, slots=True)
class Workouts:
    """All that `content/workouts/` holds: the library, and the words of care around it."""

    library: Library
    stop_rules: tuple[StopRule, ...]
    contraindications: tuple[Contraindication, ...]
    advice: tuple[Advice, ...]


@dataclass(slots=True)
class _Gathered:
    """What the files gave so far, by their top-level keys."""

    found: dict[str, list[Placed[Any]]] = field(default_factory=lambda: {k: [] for k in _SHAPES})
    measures: list[Measures] = field(default_factory=list)
    retired: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)

    def values(self, key: str) -> tuple[Any, ...]:
        return tuple(placed.value for placed in self.found[key])


def load_workouts(
    root: Path, passages: frozenset[str] | None = None
) -> tuple[Workouts | None, list[Fault]]:
    """Read and check the library below `root`; `passages` are the ids that `why` may name.

    Returns None where a file cannot be understood; faults of the rules come with the value.
    """
    gathered = _Gathered()
    for path in sorted((root / _FOLDER).rglob("*.yaml")):
        document, faults = read(path, root)
        gathered.faults += faults
        if document is not None:
            _gather(document, gathered)
    caps = _caps(root, gathered)
    if gathered.faults or caps is None:
        return None, sorted(gathered.faults)
    if len(gathered.measures) != 1:
        return None, [Fault(_FOLDER, 1, "exactly one file has to hold the key 'measures'")]
    library = Library(
        sessions=gathered.values("sessions"),
        drills=gathered.values("drills"),
        exercises=gathered.values("exercises"),
        routines=gathered.values("routines"),
        equivalents=gathered.values("equivalents"),
        measures=gathered.measures[0],
        caps=caps,
    )
    workouts = Workouts(
        library,
        gathered.values("stop_rules"),
        gathered.values("contraindications"),
        gathered.values("advice"),
    )
    faults = [*check_retired(gathered.found, gathered.retired)]
    faults += check(library, gathered.found, passages)
    return workouts, sorted(faults)


def _gather(document: Document, into: _Gathered) -> None:
    data = document.data
    if not isinstance(data, dict):
        into.faults.append(document.fault("must be a table of keys, such as 'sessions'"))
        return
    for key in data:
        if key == "measures":
            _measures(document, into)
        elif key == "retired":
            _retired(document, into)
        elif key in _SHAPES:
            _shelf(document, key, into)
        elif key != "kind":
            into.faults.append(document.fault(f"the key {key!r} is not known here", [key]))


def _shelf(document: Document, key: str, into: _Gathered) -> None:
    part = document.part(key)
    kind = document.data.get("kind") if key == "sessions" else None
    items = list(_filled(part.data, kind))
    part = replace(part, data=items)
    values, faults = part.into(_SHAPES[key])
    into.faults += faults
    for number, value in enumerate(values or ()):
        into.found[key].append(Placed(value, part, number))


def _measures(document: Document, into: _Gathered) -> None:
    value, faults = document.part("measures").into(Measures)
    into.faults += faults
    if value is not None:
        into.measures.append(value)


def _retired(document: Document, into: _Gathered) -> None:
    value, faults = document.part("retired").into(tuple[str, ...])
    into.faults += faults
    into.retired |= set(value or ())


def _caps(root: Path, into: _Gathered) -> Caps | None:
    document, faults = read(root / _CAPS, root)
    into.faults += faults
    if document is None:
        return None
    caps, faults = document.into(Caps)
    into.faults += faults
    return caps


def _filled(items: Any, kind: object) -> Iterator[Any]:
    """The file's `kind` goes to the sessions that name none; single numbers become ranges."""
    for item in items if isinstance(items, Iterable) else ():
        spread = _spread(item)
        if kind is not None and isinstance(spread, dict):
            spread.setdefault("kind", kind)
        yield spread


def _spread(value: Any) -> Any:
    if isinstance(value, list):
        return [_spread(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: [inner, inner] if key in _SPANS and type(inner) in (int, float) else _spread(inner)
        for key, inner in value.items()
    }
