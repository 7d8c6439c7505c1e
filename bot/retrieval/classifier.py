"""One classifier: logistic regression, naive Bayes over words, likeness to the nearest example.

The regression tells the ready answers apart, which are narrow, and a topic has the sum of its
own: that follows a wide topic's edge better than one stroke through it. How much each part
counts was chosen by learning from one author's wordings and asking another's, both ways, and on
the validation part of CLINC150 (`tests/eval/clinc.py`); it is no matter of content.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.encoder import WIDTH, Vectors
from bot.retrieval.grams import Bayes
from bot.retrieval.logistic import Fit, fitted, softmax

FIT = Fit(freedom=30.0, rounds=40)
_BAYES = np.float32(0.3)
_LIKENESS = np.float32(8.0)
_FEW = 0.3  # how much more an example counts where its label has few: their number to this power
_TINY = np.float32(1e-12)
Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Lesson:
    """Wordings, their labels and their mean vectors, in one order. `inputs` makes their rows of
    `Features.inputs`, or those of the first so many: large, and wanted only to learn."""

    texts: tuple[str, ...]
    labels: tuple[str, ...]
    means: Vectors
    inputs: Callable[[int | None], Vectors]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The labels once each, those of one topic side by side."""
        return tuple(sorted(set(self.labels), key=lambda label: (topic_of(label), label)))

    def fitted(self) -> Vectors:
        """The regression's weights, one column a label: some seconds for five thousand."""
        place = {label: number for number, label in enumerate(self.names)}
        numbers = np.array([place[label] for label in self.labels], np.int64)
        many = Counter(self.labels)
        counts = np.array([many[label] ** -_FEW for label in self.labels], np.float32)
        return fitted(self.inputs(None), numbers, counts, FIT)


@dataclass(frozen=True, slots=True)
class Shares:
    """`topics`: the probability of each; `labels`: that of each label among its topic's;
    `likeness`: the cosine of each topic's nearest example. One row a text."""

    topics: Vectors
    labels: Vectors
    likeness: Vectors


class Classifier:
    """`labels` and `topics` in order: the columns of what it returns; `stretches`: the columns of
    each topic's labels."""

    def __init__(self, lesson: Lesson, weights: Vectors) -> None:
        """`weights` are those of `lesson.fitted()`."""
        self.labels = lesson.names
        self.topics = tuple(dict.fromkeys(topic_of(label) for label in self.labels))
        place = {topic: number for number, topic in enumerate(self.topics)}
        own = [place[topic_of(label)] for label in self.labels]
        self._starts = np.searchsorted(own, np.arange(len(self.topics)))
        ends = [*self._starts[1:].tolist(), len(own)]
        parts = zip(self.topics, self._starts.tolist(), ends, strict=True)
        self.stretches = {topic: slice(start, end) for topic, start, end in parts}
        self._own = np.array(own, np.int64)
        self._weights = weights
        numbers = [place[topic_of(label)] for label in lesson.labels]
        self._bayes = Bayes.of(lesson.texts, numbers, len(self.topics))
        self._nearest = _Nearest(lesson)

    def shares(self, texts: Sequence[str], inputs: Vectors) -> Shares:
        close = self._nearest.likeness(inputs[:, :WIDTH])
        likeness = np.maximum.reduceat(close, self._starts, axis=1)
        scores = inputs @ self._weights
        sums = np.add.reduceat(softmax(scores), self._starts, axis=1)
        words = np.log(softmax(self._bayes.scores(texts)) + _TINY)
        topics = softmax(np.log(sums + _TINY) + _BAYES * words + _LIKENESS * likeness)
        raised = np.exp(scores + _LIKENESS * close - (scores + _LIKENESS * close).max())
        whole = np.add.reduceat(raised, self._starts, axis=1)[:, self._own]
        return Shares(topics, raised / np.maximum(whole, _TINY), likeness)


class _Nearest:
    """Examples in the order of their labels, so that each label's are one stretch."""

    def __init__(self, lesson: Lesson) -> None:
        place = {label: number for number, label in enumerate(lesson.names)}
        numbers = np.array([place[label] for label in lesson.labels], np.int64)
        order = np.argsort(numbers, kind="stable")
        self._means = np.ascontiguousarray(lesson.means[order])
        self._starts = np.searchsorted(numbers[order], np.arange(len(lesson.names)))

    def likeness(self, means: Vectors) -> Vectors:
        """The cosine to each label's nearest example."""
        nearest: Vectors = np.maximum.reduceat(means @ self._means.T, self._starts, axis=1)
        return nearest


def topic_of(label: str) -> str:
    return label.partition("/")[0]
