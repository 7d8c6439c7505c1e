"""A sentence as the classifiers take it: what the model says of it, and its runs of letters."""

from collections.abc import Sequence

import numpy as np

from bot.retrieval.encoder import WIDTH, Vectors, unit
from bot.retrieval.grams import Grams

_GRAMS = 384  # columns; more brought nothing
_SHARE = np.float32(0.7)


class Features:
    """Learns from the examples how peaks usually stand and which runs are telling."""

    def __init__(self, peak: Vectors, grams: Grams) -> None:
        self._peak = peak
        self._grams = grams

    @classmethod
    def of(cls, texts: Sequence[str], rows: Vectors) -> "Features":
        """`rows` are those of `Encoder.read`."""
        return cls(rows[:, WIDTH:].mean(axis=0), Grams.of(texts, _GRAMS))

    def inputs(self, texts: Sequence[str], rows: Vectors) -> Vectors:
        """Mean first, at length 1; then peaks by how they differ from the usual; then runs; and
        a column of ones, for what a label weighs by itself."""
        made = np.ones((len(rows), 2 * WIDTH + _GRAMS + 1), np.float32)
        made[:, :WIDTH] = rows[:, :WIDTH]
        made[:, WIDTH : 2 * WIDTH] = unit(rows[:, WIDTH:] - self._peak)
        made[:, 2 * WIDTH : -1] = _SHARE * self._grams.rows(texts)
        return made
