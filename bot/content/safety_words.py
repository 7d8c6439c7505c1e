"""The word lists of a language, gathered from its files."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.content.documents import Document, Fault
from bot.domain.scan_tongue import Wordings


@dataclass(frozen=True, slots=True)
class WordsFile:
    """One file of `words/`: any of a language's lists."""

    language: str
    respelt: dict[str, str] = field(default_factory=dict)
    fillers: str = ""
    common: str = ""
    concepts: dict[str, str] = field(default_factory=dict)
    context: dict[str, str] = field(default_factory=dict)
    figures: tuple[str, ...] = ()
    right: str = ""


@dataclass(slots=True)
class Gathered:
    """A language so far, and the files that it came from."""

    language: str
    files: list[tuple[WordsFile, Document]]


def gather(value: WordsFile, document: Document, into: list[Gathered]) -> list[Fault]:
    """Add a file to its language; a list that another file has already is a fault."""
    known = next((g for g in into if g.language == value.language), None)
    if known is None:
        into.append(Gathered(value.language, [(value, document)]))
        return []
    faults = [
        document.fault(f"{table}: {name!r} stands in {other.file} too", [table, name])
        for earlier, other in known.files
        for table in ("concepts", "context", "respelt")
        for name in getattr(value, table)
        if name in getattr(earlier, table)
    ]
    known.files.append((value, document))
    return faults


def wordings(gathered: Iterable[Gathered]) -> list[Wordings]:
    """Each language with all its lists."""
    return [_joined(language) for language in gathered]


def _joined(gathered: Gathered) -> Wordings:
    files = [value for value, _ in gathered.files]
    return Wordings(
        gathered.language,
        {form: words for value in files for form, words in value.respelt.items()},
        " ".join(value.fillers for value in files),
        " ".join(value.common for value in files),
        {name: words for value in files for name, words in value.concepts.items()},
        {name: words for value in files for name, words in value.context.items()},
        tuple(figure for value in files for figure in value.figures),
        " ".join(value.right for value in files),
    )
