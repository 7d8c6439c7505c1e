"""Slips of the finger: the nearest known word, by few edits, found by deletions.

A word of five letters or more may be one edit away, of eight or more two, and of six two with the
same letters in it; shorter ones only with two neighbours swapped. Nothing that is a word in its
own right is touched.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

_ONE_EDIT, _TWO_EDITS, _SWAP = 5, 8, 4
_LONGEST = 18


@dataclass(frozen=True, slots=True)
class Spelling:
    """`near` leads from what is left of a word after deletions to the words it may be."""

    known: frozenset[str]
    near: Mapping[str, tuple[str, ...]]

    def mended(self, word: str) -> str | None:
        """The known word that `word` was meant to be, or None."""
        if not _SWAP <= len(word) <= _LONGEST or word in self.known or not word.isalpha():
            return None
        best: tuple[int, str] | None = None
        for left in _shortened(word):
            for other in self.near.get(left, ()):
                edits = _edits(word, other)
                if edits <= _allowed(word, other) and (best is None or (edits, other) < best):
                    best = (edits, other)
        return best[1] if best else None


def spelling_of(words: Iterable[str], also_right: Iterable[str]) -> Spelling:
    """Ready to mend towards `words`; `also_right` are words that are left alone."""
    near: dict[str, list[str]] = {}
    wanted = sorted({word for word in words if len(word) >= _SWAP and word.isalpha()})
    for word in wanted:
        for left in _shortened(word):
            near.setdefault(left, []).append(word)
    known = frozenset(wanted) | frozenset(also_right)
    return Spelling(known, {left: tuple(found) for left, found in near.items()})


def _shortened(word: str) -> Iterator[str]:
    """The word itself, and it without one letter, or two where two edits are allowed."""
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
    if len(word) >= _TWO_EDITS:
        for one, two in combinations(range(1, len(word)), 2):
            yield word[:one] + word[one + 1 : two] + word[two + 1 :]


def _allowed(word: str, other: str) -> int:
    shorter = min(len(word), len(other))
    if _stirred(word, other):
        return 2
    if shorter < _ONE_EDIT:
        swapped = sorted(word) == sorted(other) and word[0] == other[0]
        return 1 if swapped else 0
    if word[0] != other[0]:
        return 1 if shorter >= _TWO_EDITS - 1 or sorted(word) == sorted(other) else 0
    return 2 if shorter >= _TWO_EDITS else 1


def _stirred(word: str, other: str) -> bool:
    """The same letters between the same ends: `tounge`."""
    ends = word[0] == other[0] and word[-1] == other[-1]
    return ends and len(word) > _ONE_EDIT and sorted(word) == sorted(other)


def _edits(one: str, two: str) -> int:
    """Insertions, deletions, replacements and swaps of neighbours; more than two is three."""
    if abs(len(one) - len(two)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(two, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == two[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return min(row[-1], 3)
