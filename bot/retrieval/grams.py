"""Words and parts of words as numbers: what the sentence model forgives too much or not enough.

Typos keep most of their letters' runs, and names of exercises are told apart by their words.
"""

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from math import log

import numpy as np

from bot.retrieval.encoder import Vectors, unit

_WORD = re.compile(r"\w+")
_LENGTHS = (2, 3, 4, 5)


def words_of(text: str) -> list[str]:
    return _WORD.findall(text.lower())


class Grams:
    """Runs of two to five letters within words, and pairs of words, folded into `width` columns.

    The fold is by checksum with signs: what meets by chance cancels out on average, and no
    table of runs has to be kept for it. Runs seen in one example alone do not count.
    """

    def __init__(self, weights: dict[str, float], width: int) -> None:
        self._places = {run: _folded(run, weight, width) for run, weight in weights.items()}
        self._width = width

    @classmethod
    def of(cls, texts: Sequence[str], width: int) -> "Grams":
        """Learns how telling each run is from how few of `texts` have it."""
        seen = Counter(run for text in texts for run in set(runs_of(text)))
        many = len(texts) + 1
        weights = {run: 1 + log(many / (n + 1)) for run, n in seen.items() if n > 1}
        return cls(weights, width)

    def rows(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 a text."""
        rows = np.zeros((len(texts), self._width), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for run, count in Counter(runs_of(text)).items():
                if run in self._places:
                    column, weight = self._places[run]
                    row[column] += weight * (1 + log(count))
        return unit(rows)


def _folded(run: str, weight: float, width: int) -> tuple[int, float]:
    """The column of a run and its weight there, with its sign."""
    code = zlib.crc32(run.encode())
    return code % width, weight if code >> 20 & 1 else -weight


class Bayes:
    """Naive Bayes over words and pairs of words: the logarithm of each label's likelihood."""

    def __init__(self, columns: dict[str, int], telling: Vectors, logs: Vectors) -> None:
        self._columns = columns
        self._telling = telling
        self._logs = logs

    @classmethod
    def of(cls, texts: Sequence[str], labels: Sequence[int], many: int) -> "Bayes":
        """`labels` are numbers from 0 to `many`-1, one a text."""
        told = [_pairs(text) for text in texts]
        seen = Counter(pair for pairs in told for pair in set(pairs))
        columns = {pair: number for number, pair in enumerate(seen)}
        counts = np.array(list(seen.values()), np.float32)
        telling = (1 + np.log((len(texts) + 1) / (counts + 1))).astype(np.float32)
        sums = np.full((len(columns), many), _SMOOTH, np.float32)
        for pairs, label in zip(told, labels, strict=True):
            found, weights = _weighted(pairs, columns, telling)
            sums[found, label] += weights
        return cls(columns, telling, np.log(sums / sums.sum(axis=0)))

    def scores(self, texts: Iterable[str]) -> Vectors:
        """One row a text, one column a label; a text of unknown words gets zeros."""
        rows = []
        for text in texts:
            found, weights = _weighted(_pairs(text), self._columns, self._telling)
            rows.append(weights @ self._logs[found])
        return np.stack(rows).astype(np.float32)


_SMOOTH = 0.05


@lru_cache(maxsize=64)
def runs_of(text: str) -> tuple[str, ...]:
    """Runs of two to five letters of each word, edges marked, and pairs of words."""
    spoken = words_of(text)
    runs = [f"{one} {two}" for one, two in pairwise(spoken)]
    for word in spoken:
        edged = f"<{word}>"
        for length in _LENGTHS:
            runs += [edged[i : i + length] for i in range(max(1, len(edged) - length + 1))]
    return tuple(runs)


def _pairs(text: str) -> list[str]:
    spoken = words_of(text)
    return spoken + [f"{one} {two}" for one, two in pairwise(spoken)]


def _weighted(
    pairs: list[str], columns: dict[str, int], telling: Vectors
) -> tuple[list[int], Vectors]:
    """The columns of the known ones, and their weights at length 1."""
    counts = Counter(columns[pair] for pair in pairs if pair in columns)
    found = list(counts)
    repeats = 1 + np.log(np.array(list(counts.values()), np.float32))
    return found, unit((telling[found] * repeats)[None, :])[0]
