"""Which topic a message is of in a chat that was about one before: the message alone, both
questions together and the last one by itself are weighed against each other. Pure.

The weights are log-odds, learnt from written dialogues by `python -m tests.eval.carrying`.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.routing import DO, ON, SAY

_BLUR = 1e-3  # no share counts as less
_SAID = 0.05
_OF_THE_BOT = "about."
_MANY, _MIDDLE = 12, 6  # words
_OUTSIDE = ""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a message sounds: `led` by such a word as "and", `named` where it names a subject, its
    number of words, and how much it is a `fragment` that only goes on, 0 to 1."""

    led: bool
    named: bool
    words: int
    fragment: float


@dataclass(frozen=True, slots=True)
class Shares:
    """What a label's share counts, as its logarithm: in the message `alone`, more of it where a
    subject is `named`, in `both` questions together, in the question `before`."""

    alone: float
    named: float
    both: float
    before: float


@dataclass(frozen=True, slots=True)
class Marks:
    """What the manner of a message says for the topic before, or for no topic at all."""

    led: float
    named: float
    words: float
    fragment: float

    def of(self, manner: Manner) -> float:
        many = min(manner.words, _MANY) / _MIDDLE - 1
        fragment = math.log(manner.fragment + _BLUR)
        told = self.led * manner.led + self.named * manner.named
        return told + self.words * many + self.fragment * fragment


@dataclass(frozen=True, slots=True)
class Leanings:
    """What speaks for each kind of label by itself; `about` is the bot."""

    outside: float
    do: float
    say: float
    about: float

    def of(self, label: str) -> float:
        kinds = {_OUTSIDE: self.outside, DO: self.do, SAY: self.say}
        return kinds.get(label, self.about if label.startswith(_OF_THE_BOT) else 0.0)


@dataclass(frozen=True, slots=True)
class Weights:
    """`staying` speaks for the topic before, `leaving` for the outside, wishes and small talk."""

    shares: Shares
    staying: Marks
    leaving: Marks
    leanings: Leanings


@dataclass(frozen=True, slots=True)
class Readings:
    """The topics' shares: of the message alone, of both questions, of the one before."""

    alone: Mapping[str, float]
    both: Mapping[str, float]
    before: Mapping[str, float]


def labels_of(readings: Readings) -> list[str]:
    """What a message may be of, in order. A wish and a greeting have to stand in its own words."""
    unsaid = {label for label in (DO, SAY) if readings.alone.get(label, 0.0) < _SAID}
    return sorted((readings.alone.keys() | readings.both.keys()) - {ON} - unsaid)


def logs_of(readings: Readings, topic: str, manner: Manner, weights: Weights) -> dict[str, float]:
    """The log-odds of each label, after a question of `topic`."""
    shares, stays = weights.shares, weights.staying.of(manner)
    alone, leaves = shares.alone + shares.named * manner.named, weights.leaving.of(manner)
    return {
        label: alone * _log(readings.alone, label)
        + shares.both * _log(readings.both, label)
        + shares.before * _log(readings.before, label)
        + weights.leanings.of(label)
        + (stays if label == topic else 0.0)
        + (leaves if label in (_OUTSIDE, DO, SAY) else 0.0)
        for label in labels_of(readings)
    }


def weighed(
    readings: Readings, topic: str, manner: Manner, weights: Weights
) -> list[tuple[str, float]]:
    """The labels with their probabilities, best first."""
    logs = logs_of(readings, topic, manner, weights)
    top = max(logs.values())
    raised = {label: math.exp(value - top) for label, value in logs.items()}
    whole = sum(raised.values())
    return sorted(((label, r / whole) for label, r in raised.items()), key=lambda one: -one[1])


def _log(shares: Mapping[str, float], label: str) -> float:
    return math.log(shares.get(label, 0.0) + _BLUR)
