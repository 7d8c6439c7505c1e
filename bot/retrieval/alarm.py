"""The second opinion on red flags: what a message without a known sign sounds like.

A head over the sentence model, the letters, and what the scan has read, learnt from the written
lines of `tests/eval` by `python -m tests.eval.alarm`, which writes the file beside this one. It
can only add a flag.
"""

import hashlib
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

import numpy as np

from bot.domain.knowledge import Example, Guess
from bot.domain.scan import Look
from bot.retrieval.encoder import WIDTH, Encoder, Vectors, unit
from bot.retrieval.grams import runs_of
from bot.retrieval.logistic import Fit, fitted, softmax

FILE = Path(__file__).parent / "alarm.npz"
NOTHING = ""  # the label of a line that is no flag
_RUNS, _TERMS, _MARKS = 2048, 1024, 128  # columns: runs of letters; what the scan has read
_TELLING = np.float32(1.5)  # how much more terms of signs count
_FIT = Fit(freedom=10.0, rounds=60)
_FEW = 0.3  # how much more a line counts where its label has few: their number to this power


@dataclass(frozen=True, slots=True)
class Alarm:
    """`labels` are the columns of `weights`; `usual` is how peaks stand on average; `learnt` is
    the hash of the lines that it was learnt from."""

    labels: tuple[str, ...]
    weights: Vectors
    usual: Vectors
    learnt: str

    def heard(self, text: str, row: Vectors, seen: Look) -> Guess:
        """The likeliest flag, and how sure it is that there is one at all. `row` is that of
        `Encoder.read` for the text."""
        shares = softmax(_inputs([text], row, [seen], self.usual) @ self.weights)[0]
        nothing = self.labels.index(NOTHING)
        flags = [number for number in range(len(self.labels)) if number != nothing]
        best = max(flags, key=lambda number: float(shares[number]))
        return Guess(self.labels[best], float(1 - shares[nothing]))

    def write(self, file: Path) -> None:
        np.savez_compressed(
            file,
            labels=np.array(self.labels),
            weights=self.weights.astype(np.float16),
            usual=self.usual.astype(np.float16),
            learnt=np.array(self.learnt),
        )


def read_alarm(file: Path = FILE) -> Alarm:
    with np.load(file, allow_pickle=False) as kept:
        labels = tuple(str(label) for label in kept["labels"])
        weights = kept["weights"].astype(np.float32)
        usual = kept["usual"].astype(np.float32)
        return Alarm(labels, weights, usual, str(kept["learnt"]))


def learn(encoder: Encoder, lines: Sequence[Example], seen: Sequence[Look], learnt: str) -> Alarm:
    """A line's label is "row urgency", or NOTHING. A minute on two processors."""
    texts = [line.text for line in lines]
    rows = encoder.read(texts)
    usual: Vectors = rows[:, WIDTH:].mean(axis=0)
    labels = tuple(sorted({line.label for line in lines}))
    place = {label: number for number, label in enumerate(labels)}
    numbers = np.array([place[line.label] for line in lines], np.int64)
    many = Counter(line.label for line in lines)
    counts = np.array([many[line.label] ** -_FEW for line in lines], np.float32)
    weights = fitted(_inputs(texts, rows, seen, usual), numbers, counts, _FIT)
    return Alarm(labels, weights, usual, learnt)


def fingerprint(lines: Sequence[Example]) -> str:
    """The hash of what was learnt from."""
    told = "\n".join(f"{line.label}\t{line.text}" for line in lines)
    return hashlib.sha256(told.encode()).hexdigest()


def _inputs(texts: Sequence[str], rows: Vectors, seen: Sequence[Look], usual: Vectors) -> Vectors:
    """Mean, peaks by how they differ from the usual, runs of letters, terms of signs, marks, and
    a column of ones."""
    peaks = unit(rows[:, WIDTH:] - usual)
    runs = _folded([runs_of(text) for text in texts], _RUNS)
    terms = _TELLING * _folded([look.terms for look in seen], _TERMS)
    marks = _folded([look.marks for look in seen], _MARKS)
    ones = np.ones((len(rows), 1), np.float32)
    return np.hstack([rows[:, :WIDTH], peaks, runs, terms, marks, ones]).astype(np.float32)


def _folded(told: Sequence[Sequence[str]], width: int) -> Vectors:
    """Words by checksum with signs: no table of them has to be kept."""
    rows = np.zeros((len(told), width), np.float32)
    for row, words in zip(rows, told, strict=True):
        for word, count in Counter(words).items():
            code = zlib.crc32(word.encode())
            row[code % width] += (1 if code >> 20 & 1 else -1) * (1 + log(count))
    return unit(rows)
