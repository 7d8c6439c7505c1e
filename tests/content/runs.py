"""Runs of six words: what counts as copied, and the hashes of what must not be copied.

Text becomes small letters and digits; hyphens and marks part words. A run counts where at least
three of its six words have three letters or more: a row of figures and units is nobody's wording.
"""

import re
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

HASHES = Path(__file__).parent / "six_word_hashes.bin"
SIZE = 6
_RUN = 6
_WORDY = 3
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_LETTERS = re.compile(r"[a-z']{3,}")


def runs(text: str) -> Iterator[str]:
    """Every run of six words that is wording."""
    words = _WORD.findall(text.lower().replace("’", "'"))
    for start in range(len(words) - _RUN + 1):
        run = words[start : start + _RUN]
        if sum(_LETTERS.fullmatch(word) is not None for word in run) >= _WORDY:
            yield " ".join(run)


def digest(run: str) -> bytes:
    return blake2b(run.encode(), digest_size=SIZE).digest()


def known(data: bytes) -> frozenset[bytes]:
    """The hashes in a file that `tests/tools/make_hashes.py` wrote."""
    return frozenset(data[at : at + SIZE] for at in range(0, len(data), SIZE))
