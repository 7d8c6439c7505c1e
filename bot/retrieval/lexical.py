"""Ranking without the model: full-text search over the examples, by SQLite's FTS5.

SQL stands here and not in `storage/`: nothing is stored. The database lives in memory, holds
a copy of the content and goes with the engine; FTS5 is used as a library of word weights.
"""

import re
import sqlite3
from collections.abc import Sequence

from bot.domain.knowledge import Example, Guess
from bot.domain.routing import RouterRules
from bot.retrieval.classifier import topic_of
from bot.retrieval.head import OUTSIDE

_WORD = re.compile(r"\w+")
_BEST = 40  # examples that are looked at for a question
_SHARPNESS = 4.0  # the best match of a label counts most, the others speak for it too
_STRANGER = 6.0  # what a question of foreign words gives to the outside, in best matches
_STOP = frozenset(
    _WORD.findall(
        "a an and are as at be but by can could did do does for from had has have how i if in into "
        "is it its me my of on or our shall should so than that the them then these they this to "
        "was we were what when which who why will with would you your am really please coach"
    )
)


class Lexical:
    """One index over the examples; each question is an OR of its telling words."""

    kind = "fts5"

    def __init__(self, examples: Sequence[Example], rules: RouterRules) -> None:
        self.bars = rules.lexical_bars
        self._labels = tuple(example.label for example in examples)
        self._index = _index([example.text for example in examples])

    def rank(self, question: str, _written: str = "") -> tuple[Guess, ...]:
        """A question that has nothing in common with any example is all outside."""
        spoken = _telling(question)
        found = _found(self._index, spoken)
        best: dict[str, float] = {OUTSIDE: 0.0}
        for place, score in found:
            label = self._labels[place]
            best[label] = best.get(label, 0.0) + score**_SHARPNESS
        strange = 1 - sum(self._is_ours(word) for word in spoken) / max(len(spoken), 1)
        most = max(best.values())
        best[OUTSIDE] += _STRANGER * strange * most if most else 1.0
        total = sum(best.values())
        guesses = (Guess(label, score / total) for label, score in best.items())
        return tuple(sorted(guesses, key=lambda guess: (-guess.score, guess.label)))

    def within(self, question: str, topic: str, before: str = "") -> dict[str, float]:
        asked = f"{before} {question}".strip()
        own = {g.label: g.score for g in self.rank(asked) if topic_of(g.label) == topic}
        total = sum(own.values())
        return {label: score / total for label, score in own.items()} if total else {topic: 1.0}

    def together(self, question: str, before: str) -> dict[str, float]:
        shares: dict[str, float] = {}
        for guess in self.rank(f"{before} {question}"):
            topic = topic_of(guess.label)
            shares[topic] = shares.get(topic, 0.0) + guess.score
        return shares

    def near(
        self, question: str, texts: Sequence[str], before: str = ""
    ) -> tuple[tuple[int, float], ...]:
        """Scores are scaled to the best one's 1."""
        found = dict(_found(_index(texts), _telling(f"{before} {question}"))) if texts else {}
        top = max(found.values(), default=1.0)
        scores = [(place, found.get(place, 0.0) / top) for place in range(len(texts))]
        return tuple(sorted(scores, key=lambda item: -item[1]))

    def _is_ours(self, word: str) -> bool:
        """Whether an example of a topic has the word, in any of its forms."""
        return any(self._labels[place] for place, _ in _found(self._index, [word]))


def _telling(question: str) -> list[str]:
    """The words that tell something; all of them where none does."""
    spoken = list(dict.fromkeys(_WORD.findall(question.lower())))
    return [word for word in spoken if word not in _STOP] or spoken


def _index(texts: Sequence[str]) -> sqlite3.Connection:
    index = sqlite3.connect(":memory:", check_same_thread=False)
    index.execute("CREATE VIRTUAL TABLE t USING fts5(text, tokenize = 'porter unicode61')")
    index.executemany("INSERT INTO t (rowid, text) VALUES (?, ?)", list(enumerate(texts, start=1)))
    return index


def _found(index: sqlite3.Connection, spoken: Sequence[str]) -> list[tuple[int, float]]:
    """Places of the best matches and their weights, above 0, best first."""
    if not spoken:
        return []
    query = " OR ".join(f'"{word}"' for word in spoken)
    rows = index.execute(
        "SELECT rowid - 1, -bm25(t) FROM t WHERE t MATCH ? ORDER BY 2 DESC, 1 LIMIT ?",
        (query, _BEST),
    )
    return [(place, max(score, 1e-9)) for place, score in rows]
