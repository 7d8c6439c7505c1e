"""One classifier: logistic regression, naive Bayes over words, likeness to the nearest example.

The three shares were chosen on the validation part of CLINC150 (`tests/eval/clinc.py`) and by
cross-validation over the bot's own examples; they are no matter of content.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.encoder import WIDTH, Vectors
from bot.retrieval.grams import Bayes
from bot.retrieval.logistic import Fit, fitted, softmax

_FIT = Fit(freedom=10.0, rounds=40)
_BAYES = np.float32(0.2)
_LIKENESS = np.float32(4.0)
_FEW = 0.3  # how much more an example counts where its label has few: their number to this power


@dataclass(frozen=True, slots=True)
class Lesson:
    """Wordings, their labels and their rows of `Features.inputs`, in one order."""

    texts: tuple[str, ...]
    labels: tuple[str, ...]
    inputs: Vectors

    def part(self, chosen: Sequence[int], labels: Sequence[str]) -> "Lesson":
        """Some of it, under other labels."""
        texts = tuple(self.texts[number] for number in chosen)
        return Lesson(texts, tuple(labels), self.inputs[list(chosen)])


class Classifier:
    """`labels` in alphabetical order: the columns of what it returns."""

    def __init__(
        self, labels: tuple[str, ...], weights: Vectors, bayes: Bayes, nearest: "_Nearest"
    ) -> None:
        self.labels = labels
        self._weights = weights
        self._bayes = bayes
        self._nearest = nearest

    @classmethod
    def of(cls, lesson: Lesson) -> "Classifier":
        """Learns; the same lesson gives the same classifier."""
        labels = tuple(sorted(set(lesson.labels)))
        place = {label: number for number, label in enumerate(labels)}
        numbers = np.array([place[label] for label in lesson.labels], np.int64)
        many = Counter(lesson.labels)
        counts = np.array([many[label] ** -_FEW for label in lesson.labels], np.float32)
        weights = fitted(lesson.inputs, numbers, counts, _FIT)
        bayes = Bayes.of(lesson.texts, numbers.tolist(), len(labels))
        return cls(labels, weights, bayes, _Nearest(lesson.inputs[:, :WIDTH], numbers))

    def shares(self, texts: Sequence[str], inputs: Vectors) -> Vectors:
        """The probability of each label, one row a text."""
        words = np.log(softmax(self._bayes.scores(texts)) + np.float32(1e-12))
        likeness = self._nearest.likeness(inputs[:, :WIDTH])
        return softmax(inputs @ self._weights + _BAYES * words + _LIKENESS * likeness)

    def likeness(self, inputs: Vectors) -> Vectors:
        """The cosine to each label's nearest example, one row a text."""
        return self._nearest.likeness(inputs[:, :WIDTH])


class _Nearest:
    """Examples in the order of their labels, so that each label's are one stretch."""

    def __init__(self, means: Vectors, numbers: NDArray[np.int64]) -> None:
        order = np.argsort(numbers, kind="stable")
        self._means = np.ascontiguousarray(means[order])
        self._starts = np.searchsorted(numbers[order], np.arange(int(numbers.max()) + 1))

    def likeness(self, means: Vectors) -> Vectors:
        nearest: Vectors = np.maximum.reduceat(means @ self._means.T, self._starts, axis=1)
        return nearest
