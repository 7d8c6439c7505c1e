"""Whether a message goes on from the one before: "and for beginners?", "why?", "the other one"."""

from dataclasses import dataclass

from bot.domain.typed import plain

_EDGES = " ?!.,;:-"


@dataclass(frozen=True, slots=True)
class FollowUps:
    """The wordings: `leads` begin one, `whole` are one by themselves, `pointing` words make a
    short question one; `longest` in words. `other` ask for the reading that was not taken."""

    leads: tuple[str, ...]
    whole: tuple[str, ...]
    pointing: tuple[str, ...]
    other: tuple[str, ...]
    longest: int
    shortest_question: int


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


def is_other(words: str, phrases: FollowUps) -> bool:
    """Whether the other of two readings is meant."""
    said = plain(words).strip(_EDGES)
    return any(said == other or said.startswith(f"{other} ") for other in phrases.other)
