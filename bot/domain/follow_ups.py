"""Whether a message goes on from the one before: "and for beginners?", "why?", "the other one"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.domain.carrying_on import Weights
from bot.domain.knowledge import PassageKind
from bot.domain.typed import plain

_EDGES = " ?!.,;:-"
_LEAVE = re.compile(
    r"is it (?:ok|bad|good|wise)|should i |(?:got )?any (?:tips|advice)|do(?: not|n'?t) change"
    r"|(?:is|are|does|would|will) "
    r"(?!(?:to|i|it|my|the|this|that|there|you|we|they|today|tomorrow)\b)"
)


@dataclass(frozen=True)
class FollowUps:
    """The wordings: `leads` begin one, `whole` are one by themselves, `pointing` words make a
    short question one; `longest` in words. `other` ask for the reading that was not taken. `plain`
    are words that name no subject by themselves, beside those of the other lists. `examples` are
    fragments that say nothing alone, for the router to know such by; `weights` weigh what a
    message says against what was said before."""

    leads: tuple[str, ...]
    whole: tuple[str, ...]
    pointing: tuple[str, ...]
    other: tuple[str, ...]
    longest: int
    shortest_question: int
    links: tuple[str, ...]
    asks: Mapping[PassageKind, tuple[str, ...]]
    plain: tuple[str, ...]
    examples: tuple[str, ...]
    weights: Weights

    @cached_property
    def bare(self) -> frozenset[str]:
        """Every word that names no subject."""
        lists = (self.leads, self.whole, self.pointing, self.links, self.plain, *self.asks.values())
        return frozenset(word for phrases in lists for phrase in phrases for word in phrase.split())


def is_follow_up(words: str, phrases: FollowUps) -> bool:
    """Short, and either led by such a word, or such a question, or pointing back."""
    said = plain(words).strip(_EDGES)
    parts = said.replace("?", " ").replace(",", " ").split()
    if not parts or len(parts) > phrases.longest:
        return False
    if any(said == lead or said.startswith(f"{lead} ") for lead in phrases.leads):
        return True
    if any(said == whole or said.startswith(f"{whole} ") for whole in phrases.whole):
        return len(parts) <= phrases.shortest_question or bool(set(parts) & set(phrases.pointing))
    return bool(set(parts) & set(phrases.pointing))


def has_subject(words: str, phrases: FollowUps) -> bool:
    """Whether a word says what it is about: "and hamstrings?" does, "how often then?" does not."""
    said = plain(words)
    for mark in "?!.,;:-":
        said = said.replace(mark, " ")
    return any(word not in phrases.bare for word in said.split())


def asks_leave(words: str) -> bool:
    """Whether it asks if something is right to do, which is no order yet: "is it ok to pause?",
    "is stopping for a week so bad"."""
    return _LEAVE.match(plain(words).strip()) is not None


def is_other(words: str, phrases: FollowUps) -> bool:
    """Whether the other of two readings is meant."""
    said = plain(words).strip(_EDGES)
    return any(said == other or said.startswith(f"{other} ") for other in phrases.other)


def kind_asked(words: str, phrases: FollowUps) -> PassageKind | None:
    """The kind of passage that the whole message asks for, or nothing."""
    said = plain(words).replace(",", " ").strip(_EDGES).split()
    while said and said[0] in phrases.links:
        said = said[1:]
    asked = " ".join(said)
    return next((kind for kind, ways in phrases.asks.items() if asked in ways), None)
