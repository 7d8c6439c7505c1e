"""The light head over the sentence model: topics, and the ready answers within them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.domain.knowledge import Example
from bot.retrieval.classifier import Classifier, Lesson, Shares
from bot.retrieval.encoder import WIDTH, Vectors
from bot.retrieval.features import Features
from bot.retrieval.learnt import learnt

OUTSIDE = ""


class Head:
    """Labels are "topic", "topic/ready answer", or "" for the outside."""

    def __init__(self, features: Features, classifier: Classifier) -> None:
        self._features = features
        self._classifier = classifier

    @classmethod
    def of(cls, examples: Sequence[Example], rows: Vectors, cache: Path | None) -> "Head":
        """`rows` are those of `Encoder.read` for the examples' texts. What was learnt from the
        same examples before is taken from the folder `cache`."""
        texts = tuple(example.text for example in examples)
        features = Features.of(texts, rows)
        labels = tuple(example.label for example in examples)

        def inputs(first: int | None) -> Vectors:
            return features.inputs(texts[:first], rows[:first])

        lesson = Lesson(texts, labels, rows[:, :WIDTH], inputs)
        return cls(features, Classifier(lesson, learnt(lesson, cache)))

    def read(self, text: str, row: Vectors) -> "Reading":
        """`row` is that of `Encoder.read` for the text."""
        shares = self._classifier.shares([text], self._features.inputs([text], row))
        own = self._classifier
        return Reading(own.topics, own.labels, own.stretches, shares)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the head makes of one question."""

    names: tuple[str, ...]
    labels: tuple[str, ...]
    stretches: Mapping[str, slice]
    shares: Shares

    def topics(self) -> dict[str, float]:
        """The probability of each topic, and of the outside if there were examples of it."""
        return dict(zip(self.names, self.shares.topics[0].tolist(), strict=True))

    def likeness(self) -> float:
        """The cosine of the nearest example that is not of the outside."""
        found = zip(self.names, self.shares.likeness[0].tolist(), strict=True)
        return max((like for topic, like in found if topic != OUTSIDE), default=0.0)

    def within(self, topic: str) -> dict[str, float]:
        """How the labels of one topic share in a question that is taken to be of it."""
        own = self.stretches[topic]
        return dict(zip(self.labels[own], self.shares.labels[0, own].tolist(), strict=True))
