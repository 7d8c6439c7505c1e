"""Word lists as one tree: which terms stand where in a row of words.

A phrase is words joined by `_`. A word that ends in `*` is a stem; `#38-42` is a number in that
range.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

Span = tuple[int, int]  # of words, end excluded
_SHORTEST_STEM, _LONG_STEM = 2, 6
ENDINGS = ("", "s", "ed", "ing", "es", "er")


@dataclass(slots=True)
class _Node:
    below: dict[str, "_Node"] = field(default_factory=dict)
    terms: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The tree, its stems' and ranges' keys, and all whole words in it."""

    root: _Node
    ranges: tuple[tuple[float, float, str], ...]
    words: frozenset[str]
    stems: frozenset[str]

    def occurrences(self, words: Sequence[str]) -> dict[str, list[Span]]:
        """Each term with its spans in `words`, in order."""
        keys = [self._keys(word) for word in words]
        found: dict[str, list[Span]] = {}
        for start in range(len(words)):
            for end, term in _walk(self.root, keys, start):
                found.setdefault(term, []).append((start, end))
        return found

    def has(self, word: str) -> bool:
        """Whether some phrase has this word, by itself or as a usual form of its stem."""
        return word in self.words or any(
            stem in self.stems and (len(stem) > _LONG_STEM or word[len(stem) - 1 :] in ENDINGS)
            for stem in _stems(word)
        )

    def _keys(self, word: str) -> list[str]:
        keys = [word] if word in self.words else []
        if word[0].isdigit():
            value = _number(word)
            keys += [key for low, high, key in self.ranges if low <= value <= high]
        else:
            keys += [stem for stem in _stems(word) if stem in self.stems]
        return keys


def lexicon_of(phrases: Mapping[str, Iterable[str]]) -> Lexicon:
    """The tree of `phrases` by term."""
    root = _Node()
    keys: set[str] = set()
    for term, wordings in phrases.items():
        for wording in wordings:
            node = root
            for key in wording.split("_"):
                keys.add(key)
                node = node.below.setdefault(key, _Node())
            if term not in node.terms:
                node.terms.append(term)
    ranges = tuple(sorted((*_range(key), key) for key in keys if key.startswith("#")))
    return Lexicon(
        root,
        ranges,
        frozenset(key for key in keys if key[-1:] != "*" and key[:1] != "#"),
        frozenset(key for key in keys if key.endswith("*")),
    )


def _walk(node: _Node, keys: Sequence[list[str]], at: int) -> Iterator[tuple[int, str]]:
    if at == len(keys):
        return
    for key in keys[at]:
        below = node.below.get(key)
        if below is not None:
            for term in below.terms:
                yield at + 1, term
            if below.below:
                yield from _walk(below, keys, at + 1)


def _stems(word: str) -> Iterator[str]:
    for length in range(_SHORTEST_STEM, len(word) + 1):
        yield word[:length] + "*"


def _range(key: str) -> tuple[float, float]:
    low, _, high = key[1:].partition("-")
    return float(low), float(high or low)


def _number(word: str) -> float:
    try:
        return float(word)
    except ValueError:
        return -1.0
