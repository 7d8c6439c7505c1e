"""The red-flag catalogue: `content/safety/`, checked and made ready for the scan.

`flags/*.yaml` hold the rows, `words/*.yaml` what they are made of (one language may spread over
several files), `numbers.yaml` whom to call.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from bot.content.documents import Document, Fault, read
from bot.content.safety_checks import check_flags, check_numbers, check_second, check_words
from bot.content.safety_words import Gathered, WordsFile, gather, wordings
from bot.domain.safety import Catalogue, Numbers, RedFlag, Second
from bot.domain.scan_patterns import pattern_of
from bot.domain.scan_tongue import Sign, Wordings, tongue_of

_FOLDER = "safety"
ANY = "any"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FlagsFile:
    """One file of rows."""

    flags: tuple[RedFlag, ...]


@dataclass(frozen=True, slots=True)
class _Front:
    """`catalogue.yaml`: what holds for all rows."""

    notice: str
    second: Second
    training: str
    retired: tuple[str, ...] = ()


@dataclass(slots=True)
class _Shelf:
    """The rows so far, with the places that they came from."""

    rows: list[tuple[RedFlag, Document, int]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def load_safety(root: Path) -> tuple[Catalogue | None, tuple[Fault, ...]]:
    """Read and check the catalogue below `root`; None where there is any fault.

    A scan with a hole is worse than the old scan, so nothing is let through half.
    """
    shelf = _Shelf()
    front = _one(root, "catalogue.yaml", _Front, shelf.faults)
    numbers = _one(root, "numbers.yaml", Numbers, shelf.faults)
    for path in sorted((root / _FOLDER / "flags").glob("*.yaml")):
        _take(path, root, shelf)
    words = _words(root, shelf.faults)
    if shelf.faults or front is None or numbers is None:
        return None, tuple(sorted(shelf.faults))
    languages = wordings(words)
    shelf.faults += check_flags(shelf.rows, languages, front[0].retired)
    shelf.faults += check_numbers(*numbers)
    shelf.faults += check_words(words)
    shelf.faults += check_second(front[0].second, front[1])
    if shelf.faults:
        return None, tuple(sorted(shelf.faults))
    rows = tuple(row for row, _, _ in shelf.rows)
    tongues = tuple(tongue_of(language, signs_of(rows, language)) for language in languages)
    told = front[0]
    training = frozenset(told.training.split())
    return Catalogue(
        rows, numbers[0], tongues, told.notice, told.second, training, told.retired
    ), ()


def signs_of(rows: tuple[RedFlag, ...], language: Wordings) -> list[Sign]:
    """Every sign that the rows have for a language: its own and those for any."""
    return [
        Sign(
            row.id,
            grading.urgency.value,
            pattern_of(written),
            others=row.others,
            passes=row.passes,
            imagined=row.imagined,
            instead_of=row.instead_of,
        )
        for row in rows
        for grading in row.gradings
        for key in (ANY, language.language)
        for written in grading.signs.get(key, ())
    ]


def _take(path: Path, root: Path, shelf: _Shelf) -> None:
    document, faults = read(path, root)
    shelf.faults += faults
    if document is None:
        return
    value, faults = document.into(FlagsFile)
    shelf.faults += faults
    if value is not None:
        shelf.rows += [(row, document, number) for number, row in enumerate(value.flags)]


def _words(root: Path, faults: list[Fault]) -> list[Gathered]:
    found: list[Gathered] = []
    for path in sorted((root / _FOLDER / "words").glob("*.yaml")):
        document, wrong = read(path, root)
        faults += wrong
        if document is None:
            continue
        value, wrong = document.into(WordsFile)
        faults += wrong
        if value is not None:
            faults += gather(value, document, found)
    return found


def _one(root: Path, name: str, shape: type[T], faults: list[Fault]) -> tuple[T, Document] | None:
    document, wrong = read(root / _FOLDER / name, root)
    faults += wrong
    if document is None:
        return None
    value, wrong = document.into(shape)
    faults += wrong
    return None if value is None else (value, document)
