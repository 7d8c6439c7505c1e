"""The light head over the sentence model: first the topic, then the answer within it.

Topics are learnt from all of their wordings together: five wordings of one ready answer say
more about its topic than they could say alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.knowledge import Example
from bot.retrieval.classifier import Classifier, Lesson
from bot.retrieval.encoder import Vectors
from bot.retrieval.features import Features

OUTSIDE = ""


class Head:
    """Labels are "topic", "topic/ready answer", or "" for the outside."""

    def __init__(
        self, features: Features, topics: Classifier, within: dict[str, Classifier | str]
    ) -> None:
        self._features = features
        self._topics = topics
        self._within = within

    @classmethod
    def of(cls, examples: Sequence[Example], rows: Vectors) -> "Head":
        """`rows` are those of `Encoder.read` for the examples' texts. About a second for two
        thousand examples."""
        texts = tuple(example.text for example in examples)
        labels = tuple(example.label for example in examples)
        features = Features.of(texts, rows)
        topics = tuple(topic_of(label) for label in labels)
        lesson = Lesson(texts, topics, features.inputs(texts, rows))
        within: dict[str, Classifier | str] = {}
        for topic in sorted(set(lesson.labels)):
            own = [number for number, label in enumerate(labels) if topic_of(label) == topic]
            several = len({labels[number] for number in own}) > 1
            part = lesson.part(own, [labels[number] for number in own])
            within[topic] = Classifier.of(part) if several else part.labels[0]
        return cls(features, Classifier.of(lesson), within)

    def read(self, text: str, row: Vectors) -> "Reading":
        """`row` is that of `Encoder.read` for the text."""
        return Reading(text, self._features.inputs([text], row))

    def topics(self, reading: "Reading") -> dict[str, float]:
        """The probability of each topic, and of the outside if there were examples of it."""
        shares = self._topics.shares([reading.text], reading.inputs)[0]
        return dict(zip(self._topics.labels, shares.tolist(), strict=True))

    def likeness(self, reading: "Reading") -> float:
        """The cosine of the nearest example that is not of the outside."""
        found = self._topics.likeness(reading.inputs)[0].tolist()
        inside = (like for label, like in zip(self._topics.labels, found, strict=True) if label)
        return max(inside, default=0.0)

    def within(self, topic: str, reading: "Reading") -> dict[str, float]:
        """How the labels of one topic share in a question that is taken to be of it."""
        classifier = self._within[topic]
        if isinstance(classifier, str):
            return {classifier: 1.0}
        shares = classifier.shares([reading.text], reading.inputs)[0]
        return dict(zip(classifier.labels, shares.tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as the classifiers take it."""

    text: str
    inputs: Vectors


def topic_of(label: str) -> str:
    return label.partition("/")[0]
