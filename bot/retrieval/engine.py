"""The door to the room: which topic a question belongs to, which passage is nearest to it.

With the model, a light head over its vectors; without it, full-text search, and a note that
says so. Both are asked in the same way.
"""

import re
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.domain.knowledge import Example, Guess
from bot.domain.routing import Bars, Outside, RouterRules
from bot.domain.scan import Look
from bot.retrieval.alarm import Alarm
from bot.retrieval.classifier import topic_of
from bot.retrieval.encoder import Encoder, ModelMissing, give_back
from bot.retrieval.lexical import Lexical
from bot.retrieval.minilm import MiniLM
from bot.retrieval.spelling import Spelling

_CERTAIN = 0.99
_REMEMBERED = 256
_WORD = re.compile(r"\w+")


class Engine:
    """Safe to ask from several threads. Every question is put right by `spelling` first."""

    def __init__(
        self,
        ranker: MiniLM | Lexical,
        spelling: Spelling,
        known: Sequence[Example],
        note: str = "",
    ) -> None:
        self._ranker = ranker
        self._mended = lru_cache(maxsize=_REMEMBERED)(spelling.mended)
        self._known = {_bare(example.text): example.label for example in reversed(known)}
        self.note = note

    @property
    def kind(self) -> str:
        """ "minilm", or "fts5" without the model: then `note` says why."""
        return self._ranker.kind

    def judging(self, outside: Outside) -> "Engine":
        """The same engine under other rules of what is foreign: to choose them by."""
        other = copy(self)
        if isinstance(other._ranker, MiniLM):
            other._ranker = other._ranker.judging(outside)
        return other

    @property
    def bars(self) -> Bars:
        """How sure is sure enough: the two kinds score differently."""
        return self._ranker.bars

    def rank(self, question: str) -> tuple[Guess, ...]:
        """All labels that have a share in the question, best first; together they have 1. The
        score of "" is the probability of the outside. An example itself belongs where it stands."""
        mended = self._mended(question)
        ranked = self._ranker.rank(mended, question)
        label = self._known.get(_bare(mended))
        if label is None:
            return ranked
        rest = 1 - _CERTAIN
        others = (Guess(g.label, g.score * rest) for g in ranked if g.label != label)
        return (Guess(label, _CERTAIN), *others)

    def knows(self, words: str) -> bool:
        """Whether these very words are an example."""
        return _bare(words) in self._known

    def within(self, question: str, topic: str, before: str = "") -> dict[str, float]:
        """How the labels of one topic share in a question that is taken to be of it; `before` is
        the question that it follows."""
        return self._ranker.within(self._mended(question), topic, self._mended(before))

    def together(self, question: str, before: str) -> dict[str, float]:
        """The share of each topic in a question and the one that it follows, as one."""
        return self._ranker.together(self._mended(question), self._mended(before))

    def near(
        self, question: str, texts: Sequence[str], before: str = ""
    ) -> tuple[tuple[int, float], ...]:
        """All places in `texts`, best first, with their likeness to the question, as what follows
        `before`. Quick for the texts that the engine was opened with; each other costs a run of
        the model, once."""
        return self._ranker.near(self._mended(question), texts, self._mended(before))

    def heard(self, text: str, alarm: Alarm, seen: Look) -> Guess | None:
        """What `alarm` says of the text as it was written; None without the model."""
        if not isinstance(self._ranker, MiniLM):
            return None
        return alarm.heard(text, self._ranker.row(text), seen)

    def mended(self, question: str) -> str:
        """The question as it was understood, for those who look into it."""
        return self._mended(question)


@dataclass(frozen=True, slots=True)
class Model:
    """The sentence model, opened once and used for every engine; or why there is none."""

    encoder: Encoder | None = None
    note: str = "the sentence model is switched off"

    @classmethod
    def open(cls) -> "Model":
        try:
            return cls(Encoder.open(), "")
        except ModelMissing as error:
            return cls(None, f"answering without the sentence model: {error}")


def open_engine(
    examples: Sequence[Example],
    texts: Sequence[str],
    rules: RouterRules,
    model: Model,
    cache: Path | None = None,
) -> Engine:
    """Learn from the examples. `texts` are sentences, made ready for `near`; vectors are kept in
    the folder `cache` from one start to the next. Without a model the engine ranks by full-text
    search."""
    passages = list(dict.fromkeys(texts))
    spelling = Spelling([*(example.text for example in examples), *passages], rules.words)
    mended = (Example(spelling.mended(example.text), example.label) for example in examples)
    known = list(dict.fromkeys(mended))
    if model.encoder is None:
        return Engine(Lexical(known, rules), spelling, known, model.note)
    ranker = MiniLM.of(model.encoder, known, passages, rules, cache)
    give_back()
    return Engine(ranker, spelling, known)


def _bare(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def rank_topics(guesses: Sequence[Guess]) -> tuple[Guess, ...]:
    """The labels of one topic counted together, best first; a label is then a topic alone."""
    sums: dict[str, float] = {}
    for guess in guesses:
        topic = topic_of(guess.label)
        sums[topic] = sums.get(topic, 0.0) + guess.score
    ranked = sorted(sums.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Guess(topic, score) for topic, score in ranked)
