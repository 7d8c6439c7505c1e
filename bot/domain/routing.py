"""What the router goes by, as values: where it answers, where it asks back, how it spells."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bars:
    """How sure the router must be, 0 to 1.

    `answer`: from here a topic is answered; `clarify`: from here it is asked whether this or the
    next one is meant, if the next one has at least `near` of its score; `lone`: from here a topic
    is answered that has no rival; `follow_up`: what a follow-up adds to the topic it follows.
    """

    answer: float
    clarify: float
    lone: float
    near: float
    follow_up: float


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
