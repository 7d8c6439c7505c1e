"""What the router and the talk around answers go by: `content/answering/`."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bot.content.documents import Document, Fault, read
from bot.domain.follow_ups import FollowUps
from bot.domain.knowledge import Example
from bot.domain.routing import ON, RouterRules
from bot.domain.slots import NAMED
from bot.domain.wishes import Wish, Wishes

_FOLDER = "answering"
_MEMBERS = 5  # examples that a thing to be recognised has at least
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _SmallTalk:
    id: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Wishes:
    polite: tuple[str, ...]
    names: dict[str, dict[str, str]]
    same: dict[str, str]
    wishes: tuple[Wish, ...]


@dataclass(frozen=True, slots=True)
class _SmallTalks:
    small_talk: tuple[_SmallTalk, ...]


@dataclass(frozen=True, slots=True)
class _FollowUps:
    follow_ups: FollowUps


@dataclass(frozen=True, slots=True)
class _Outside:
    outside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Languages:
    """The line for each language (ISO 639-1); fewer than `words` plain words tell none."""

    words: int
    languages: dict[str, str]


@dataclass(frozen=True, slots=True)
class Answering:
    """`examples` are those of wishes ("do/skip"), small talk ("say/thanks"), fragments that go on
    ("on"), the outside ("")."""

    wishes: Wishes
    small_talk: tuple[str, ...]
    follow_ups: FollowUps
    router: RouterRules
    languages: Languages
    examples: tuple[Example, ...]


def load_answering(root: Path) -> tuple[Answering | None, list[Fault]]:
    """Read and check the files; None where one of them cannot be used."""
    faults: list[Fault] = []
    wishes = _read(root, "wishes.yaml", _Wishes, faults)
    small = _read(root, "small_talk.yaml", _SmallTalks, faults)
    follow = _read(root, "follow_ups.yaml", _FollowUps, faults)
    outside = _read(root, "outside.yaml", _Outside, faults)
    router = _read(root, "router.yaml", RouterRules, faults)
    languages = _read(root, "languages.yaml", Languages, faults)
    if not (wishes and small and follow and outside and router and languages):
        return None, sorted(faults)
    compiled = _patterns(*wishes, faults)
    faults += _small_faults(root, *small)
    if compiled is None or faults:
        return None, sorted(faults)
    examples = (
        *(Example(e, f"do/{w.id}") for w in wishes[0].wishes for e in w.examples),
        *(Example(e, f"say/{s.id}") for s in small[0].small_talk for e in s.examples),
        *(Example(e, ON) for e in follow[0].follow_ups.examples),
        *(Example(e, "") for e in outside[0].outside),
    )
    names = tuple(s.id for s in small[0].small_talk)
    return Answering(compiled, names, follow[0].follow_ups, router[0], languages[0], examples), []


def _read(root: Path, name: str, shape: type[T], faults: list[Fault]) -> tuple[T, Document] | None:
    document, found = read(root / _FOLDER / name, root)
    faults += found
    if document is None:
        return None
    value, found = document.into(shape)
    faults += found
    return None if value is None else (value, document)


def _patterns(wishes: _Wishes, document: Document, faults: list[Fault]) -> Wishes | None:
    missing = [slot for slot in NAMED if not wishes.names.get(slot)]
    faults += [document.fault(f"needs names of {slot}", ["names"]) for slot in missing]
    for number, wish in enumerate(wishes.wishes):
        try:
            Wishes.of((wish,), wishes.polite, wishes.names, wishes.same)
        except ValueError as error:
            faults.append(document.fault(str(error), ["wishes", number, "says"]))
        if len(wish.examples) < 2 and not wish.says:
            faults.append(document.fault("has neither patterns nor examples", ["wishes", number]))
    return None if faults else Wishes.of(wishes.wishes, wishes.polite, wishes.names, wishes.same)


def _small_faults(root: Path, small: _SmallTalks, document: Document) -> list[Fault]:
    faults = []
    for number, talk in enumerate(small.small_talk):
        path: list[str | int] = ["small_talk", number]
        if not (root / "templates" / "small" / f"{talk.id}.j2").is_file():
            faults.append(document.fault(f"there is no templates/small/{talk.id}.j2", path))
        if len(talk.examples) < _MEMBERS:
            faults.append(document.fault(f"needs at least {_MEMBERS} examples", path))
    return faults
