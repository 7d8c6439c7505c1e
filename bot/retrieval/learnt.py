"""What the classifier has learnt, kept in a file between two starts.

Learning takes seconds, reading it back takes milliseconds. The file's name is a checksum of all
that it was learnt from, so that it is never taken for other examples.
"""

import contextlib
import hashlib
import os
from pathlib import Path

import numpy as np

from bot.retrieval.classifier import FIT, Lesson
from bot.retrieval.encoder import Vectors

_KEPT = 4  # files: content is edited to and fro
_PROBED = 8  # wordings: enough to see that they are read in another way


def learnt(lesson: Lesson, folder: Path | None) -> Vectors:
    """The weights for this lesson: from the folder, or fitted now and put there."""
    file = folder / f"learnt-{_mark(lesson)}.npy" if folder else None
    if file is not None:
        with contextlib.suppress(OSError, ValueError, EOFError):
            weights: Vectors = np.load(file, allow_pickle=False)
            if weights.shape[1:] == (len(lesson.names),):
                return weights
    weights = lesson.fitted()
    if file is not None:
        with contextlib.suppress(OSError):
            _write(file, weights)
    return weights


def _mark(lesson: Lesson) -> str:
    """Of wordings and labels, how they are learnt, and how the model and the code read some."""
    mark = hashlib.sha256(repr((FIT, lesson.texts, lesson.labels)).encode())
    mark.update(np.ascontiguousarray(lesson.inputs(_PROBED)).data)
    return mark.hexdigest()[:24]


def _write(file: Path, weights: Vectors) -> None:
    """Whole or not at all: another process may be reading. The oldest files go."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(f".{os.getpid()}.part")
    with part.open("wb") as target:
        np.save(target, weights)
    part.replace(file)
    found = sorted(file.parent.glob("learnt-*.npy"), key=lambda one: one.stat().st_mtime)
    for old in found[:-_KEPT]:
        old.unlink(missing_ok=True)
