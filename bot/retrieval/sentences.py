"""The vectors of known sentences, kept in a file between two starts.

Encoding all examples takes seconds, reading them back takes milliseconds. A sentence is found
by its own text, so that after an edit only what is new is encoded.
"""

import contextlib
import hashlib
import os
import zipfile
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.encoder import SHA256, WIDTH, Encoder, Vectors

_NAME = f"sentences-{SHA256[:12]}.npz"
Key = bytes
Half = NDArray[np.float16]


class Sentences:
    """Rows of `Encoder.read`, at half precision: the same whether fresh or from the file."""

    def __init__(self, encoder: Encoder, folder: Path | None = None) -> None:
        self._encoder = encoder
        self._file = folder / _NAME if folder else None
        self._rows: dict[Key, Half] = {}
        if self._file is not None:
            self._rows = _read(self._file)
        self._written = frozenset(self._rows)

    def rows(self, texts: Sequence[str]) -> Vectors:
        """One row a text; what is not known yet is encoded and kept."""
        keys = [_key(text) for text in texts]
        fresh = {k: t for k, t in zip(keys, texts, strict=True) if k not in self._rows}
        if fresh:
            new = self._encoder.read(list(fresh.values())).astype(np.float16)
            self._rows.update(zip(fresh, new, strict=True))
        found = np.empty((len(keys), 2 * WIDTH), np.float32)
        for place, key in enumerate(keys):
            found[place] = self._rows[key]
        return found

    def keep(self, texts: Iterable[str], at_hand: Iterable[str]) -> None:
        """Write the rows of `texts` and hold on to those of `at_hand` alone.

        A folder that cannot be written to costs time at the next start, nothing else. Other rows
        stay in the file as long as they are no more: content is edited to and fro.
        """
        wanted = {_key(text) for text in texts}
        others = {key: row for key, row in self._rows.items() if key not in wanted}
        mine = {key: row for key, row in self._rows.items() if key in wanted}
        many = len(others) > len(mine)
        if self._file is not None and (many or not mine.keys() <= self._written):
            with contextlib.suppress(OSError):
                _write(self._file, mine if many else mine | others)
        self._written = frozenset()
        self._rows = {key: mine[key].copy() for key in map(_key, at_hand)}


@lru_cache(maxsize=4096)
def _key(text: str) -> Key:
    return hashlib.sha256(text.encode()).digest()


def _read(file: Path) -> dict[Key, Half]:
    """Empty where there is no file, or one that was not written to its end."""
    try:
        with np.load(file, allow_pickle=False) as kept:
            keys, rows = kept["keys"], kept["rows"]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}
    return {key.tobytes(): row for key, row in zip(keys, rows, strict=True)}


def _write(file: Path, rows: dict[Key, Half]) -> None:
    """Whole or not at all: another process may be reading."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(f".{os.getpid()}.part")
    keys = np.array([np.frombuffer(key, np.uint8) for key in rows])
    with part.open("wb") as target:
        np.savez(target, keys=keys, rows=np.stack(list(rows.values())))
    part.replace(file)
