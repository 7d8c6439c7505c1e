"""The engine with the sentence model: spelling, vectors, head, and what counts as foreign."""

import math
import re
from collections.abc import Callable, Sequence
from copy import copy
from functools import lru_cache, partial
from pathlib import Path

from bot.domain.knowledge import Example, Guess
from bot.domain.routing import Bars, Outside, RouterRules
from bot.retrieval.encoder import WIDTH, Encoder, Vectors, blended
from bot.retrieval.head import OUTSIDE, Head, Reading
from bot.retrieval.sentences import Sentences

_DETAILED = 4  # topics whose ready answers are told apart
_STORY = 20  # words: from here the question proper may be a part of what was said
_TAIL = 16  # words: the end of a story without marks
_WHOLE, _PARTS = 2.0, (1.0, 0.5)  # how much the whole of a story counts, its question, its opening
_TOGETHER = _WHOLE + sum(_PARTS)
_BLUR = 1e-4
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
_REMEMBERED = 256
_EDGE = 1e-6


class MiniLM:
    """Some milliseconds a question, one thread of the processor."""

    kind = "minilm"
    note = ""

    def __init__(self, encoder: Encoder, known: Sentences, head: Head, rules: RouterRules) -> None:
        self._known = known
        self._head = head
        self._outside = rules.outside
        self.bars: Bars = rules.bars
        self._row = row = _remembering(encoder)
        self._parts = lru_cache(maxsize=_REMEMBERED)(encoder.read)
        self._reading = lru_cache(maxsize=_REMEMBERED)(partial(_read, row, head))

    @classmethod
    def of(
        cls,
        encoder: Encoder,
        examples: Sequence[Example],
        passages: Sequence[str],
        rules: RouterRules,
        cache: Path | None,
    ) -> "MiniLM":
        """Learns; what is in `cache` already need not be encoded."""
        known = Sentences(encoder, cache)
        wordings = [example.text for example in examples]
        head = Head.of(examples, known.rows(wordings), cache)
        known.rows(passages)
        known.keep([*wordings, *passages], passages)
        return cls(encoder, known, head, rules)

    def judging(self, outside: Outside) -> "MiniLM":
        other = copy(self)
        other._outside = outside
        return other

    def rank(self, question: str, written: str) -> tuple[Guess, ...]:
        """`written` is the question before it was mended: of a story the model reads that, which
        the second opinion on red flags has read already; slips matter little there."""
        story = len(question.split()) >= _STORY
        reading = self._reading(question, "", written if story else question)
        shares = self._topics(question, reading)
        likely = sorted(shares, key=lambda topic: -shares[topic])
        guesses = [Guess(topic, shares[topic]) for topic in likely[_DETAILED:]]
        for topic in likely[:_DETAILED]:
            within = reading.within(topic) if shares[topic] else {topic: 1.0}
            guesses += [Guess(label, shares[topic] * part) for label, part in within.items()]
        return tuple(sorted(guesses, key=lambda guess: (-guess.score, guess.label)))

    def row(self, text: str) -> Vectors:
        """That of `Encoder.read`; the latest ones are remembered."""
        return self._row(text)

    def within(self, question: str, topic: str, before: str = "") -> dict[str, float]:
        return self._reading(question, before, question).within(topic)

    def together(self, question: str, before: str) -> dict[str, float]:
        """The topics' shares in both questions, without reading them once more."""
        return self._of_one(self._reading(question, before, question))

    def near(
        self, question: str, texts: Sequence[str], before: str = ""
    ) -> tuple[tuple[int, float], ...]:
        """Of a story it is what it asks that the texts are near to."""
        parts = story_parts(question)
        row = self._parts(parts)[:1] if parts else _together(self._row, question, before)
        asked = row[0, :WIDTH]
        likeness = self._known.rows(texts)[:, :WIDTH] @ asked
        order = sorted(range(len(texts)), key=lambda place: -likeness[place])
        return tuple((place, float(likeness[place])) for place in order)

    def _topics(self, question: str, reading: Reading) -> dict[str, float]:
        """Of a story the whole counts most, then what it asks, then how it begins; what is
        foreign in the whole need not be foreign in the question."""
        whole = self._of_one(reading)
        parts = story_parts(question)
        if not parts:
            return whole
        read = [
            self._of_one(self._head.read(part, row[None, :]))
            for part, row in zip(parts, self._parts(parts), strict=True)
        ]
        foreign = min(whole[OUTSIDE], read[0][OUTSIDE])
        logs = {
            topic: _WHOLE * math.log(share + _BLUR)
            + sum(w * math.log(r[topic] + _BLUR) for w, r in zip(_PARTS, read, strict=True))
            for topic, share in whole.items()
            if topic != OUTSIDE
        }
        top = max(logs.values())
        raised = {topic: math.exp((value - top) / _TOGETHER) for topic, value in logs.items()}
        inside = sum(raised.values())
        scaled = {topic: share * (1 - foreign) / inside for topic, share in raised.items()}
        return {**scaled, OUTSIDE: foreign}

    def _of_one(self, reading: Reading) -> dict[str, float]:
        found = reading.topics()
        share = found.get(OUTSIDE, 0.0)
        foreign = _foreign(share, reading.likeness(), self._outside)
        rest = max(1 - share, _EDGE)
        kept = {topic: share * (1 - foreign) / rest for topic, share in found.items()}
        return {**kept, OUTSIDE: foreign}


def _remembering(encoder: Encoder) -> Callable[[str], Vectors]:
    """The row of a text; the model knows no capitals, so "Why?" and "why?" are read once."""
    read = lru_cache(maxsize=_REMEMBERED)(lambda even: encoder.read([even]))
    return lambda text: read(text.lower())


def _read(
    row: Callable[[str], Vectors], head: Head, question: str, before: str, written: str
) -> Reading:
    """What the head makes of the question, or of both; the model reads it as it is `written`."""
    return head.read(f"{before} {question}".strip(), _together(row, written, before))


def _together(row: Callable[[str], Vectors], question: str, before: str) -> Vectors:
    """What both say together is made of what each says alone: both were read already."""
    if not before:
        return row(question)
    return blended(row(before), row(question), len(before.split()), len(question.split()))


def story_parts(text: str) -> tuple[str, ...]:
    """Of a story its last question or its end, and its opening; nothing of what is short."""
    if len(text.split()) < _STORY:
        return ()
    sentences = [part for part in _SENTENCE.split(text) if part.strip()]
    asked = [part for part in sentences if part.rstrip().endswith("?")]
    return asked[-1] if asked else " ".join(text.split()[-_TAIL:]), sentences[0]


def _foreign(share: float, likeness: float, outside: Outside) -> float:
    """The probability of the outside, once the doubt and the strangeness are weighed."""
    bounded = min(max(share, _EDGE), 1 - _EDGE)
    odds = outside.doubt * math.log(bounded / (1 - bounded))
    odds += outside.strange * max(outside.home - likeness, 0.0)
    return 1 / (1 + math.exp(-odds))
