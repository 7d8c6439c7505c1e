"""What the router goes by, as values: where it answers, where it asks back, how it spells."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Bars:
    """How sure the router must be, 0 to 1.

    `answer`: from here a topic is answered; `clarify`: from here it is asked whether this or the
    next one is meant, if the next one has at least `near` of its score; `lone`: from here a topic
    is answered that has no rival; `wish`: from here a wish is carried out, below it is asked about.
    """

    answer: float
    clarify: float
    lone: float
    near: float
    wish: float


@dataclass(frozen=True, slots=True)
class Outside:
    """When a question counts as foreign: the classifier's own doubt, in log-odds, times `doubt`,
    plus `strange` for each 1.0 that it lies below the likeness `home` to its nearest example."""

    doubt: float
    strange: float
    home: float


@dataclass(frozen=True, slots=True)
class Words:
    """How text-speak is read. `short` are whole words; `digits` are words written as a figure,
    unless a word of `counted` follows."""

    short: Mapping[str, str]
    digits: Mapping[str, str]
    counted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which words are quoted: `opening` is what a passage's first sentence has in its favour,
    `second` the likeness that a second passage needs to be quoted as well."""

    opening: float
    second: float


@dataclass(frozen=True, slots=True)
class RouterRules:
    """`content/answering/router.yaml`: the bars with the model and without, foreign questions,
    quotes, words."""

    bars: Bars
    lexical_bars: Bars
    outside: Outside
    quotes: Choice
    words: Words


DO, SAY = "do", "say"
ON = "on"  # a fragment that only goes on from what was said before


class Course(StrEnum):
    """What a question is met with, once the router has ranked the topics."""

    ANSWER = "answer"
    WHICH = "which"  # two readings: ask
    DO = "do"
    SURE = "sure"  # a wish perhaps: ask before it is done
    SAY = "say"
    DECLINE = "decline"


def course_of(
    ranked: Sequence[tuple[str, float]], known: Container[str], bars: Bars
) -> tuple[Course, tuple[tuple[str, float], ...]]:
    """The course, and the topics of the knowledge base in their order.

    `ranked` are topics with their shares, best first; "do" and "say" stand for wishes and small
    talk, "" for the outside.
    """
    inside = tuple(item for item in ranked if item[0] in known)
    best, score = ranked[0]
    if best == SAY and score >= bars.lone:
        return Course.SAY, inside
    if best == DO:
        return (Course.DO if score >= bars.wish else Course.SURE), inside
    if best not in known or score < bars.clarify:
        return Course.DECLINE, inside
    rival = inside[1][1] if len(inside) > 1 else 0.0
    if score < bars.answer and rival >= score * bars.near:
        return Course.WHICH, inside
    return (Course.ANSWER if score >= bars.lone else Course.DECLINE), inside
