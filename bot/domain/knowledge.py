"""The knowledge base as values: topics, their passages, and the answers made ready in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Grade(StrEnum):
    """How well studies bear a topic's verdict."""

    STRONG = "strong"
    SOME = "some"
    THIN = "thin"
    AGAINST = "against"


class PassageKind(StrEnum):
    """What a passage is for."""

    WHAT = "what"
    WHY = "why"
    HOW = "how"
    ARTICLE = "article"
    STUDIES = "studies"
    WATCH = "watch"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Source:
    """A page that was read. `link` is a DOI's address or the publisher's page."""

    id: str
    cite: str
    link: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A headed part of a topic. `text` is plain text: markup removed, paragraphs by blank line."""

    topic: str
    name: str
    kind: PassageKind
    heading: str
    text: str
    claims: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The name under which the whole program knows it: "replace_leg_day#load"."""
        return f"{self.topic}#{self.name}"

    @property
    def first_sentence(self) -> str:
        """The one line that says why, under a session."""
        head, stop, _ = self.text.partition(". ")
        return head + stop.strip()


@dataclass(frozen=True, slots=True)
class Ready:
    """An answer to one family of questions within a topic: its own verdict, its own passage."""

    name: str
    verdict: str
    passage: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """One subject of the knowledge base."""

    id: str
    title: str
    verdict: str
    grade: Grade
    claims: tuple[str, ...]
    questions: tuple[str, ...]
    ready: tuple[Ready, ...]
    related: tuple[str, ...]
    sources: Mapping[str, Source]
    passages: Mapping[str, Passage]
    reviewed: date
    reviewed_by: str = ""

    def of_kind(self, kind: PassageKind) -> Passage | None:
        """The first passage of this kind, or nothing."""
        return next((each for each in self.passages.values() if each.kind is kind), None)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All topics, in the order of their ids."""

    topics: Mapping[str, Topic]

    def __iter__(self) -> Iterator[Topic]:
        return iter(self.topics.values())

    def passage(self, id_: str) -> Passage | None:
        """The passage of this whole id, "topic#name", or nothing."""
        topic, _, name = id_.partition("#")
        found = self.topics.get(topic)
        return found.passages.get(name) if found else None


@dataclass(frozen=True, slots=True)
class Example:
    """A wording and where it belongs: "topic", "topic/ready answer", or "" for outside."""

    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Guess:
    """A label and how sure the router is of it, 0 to 1."""

    label: str
    score: float
