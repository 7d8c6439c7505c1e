"""Typos and text-speak put right, as far as the words of the examples show what was meant.

A word that is known is never touched. An unknown one becomes the nearest known one, those of
the examples first; what is near nothing stays as it is, for the sentence model splits it into
pieces and may still make sense of it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain.routing import Words
from bot.retrieval.wordpiece import vocabulary

_TOKEN = re.compile(
    r"[a-z]+(?:['’][a-z]+)*|\d+(?:[.,:]\d+)*[a-z]*|\s+|.", re.IGNORECASE | re.DOTALL
)
_LONG_RUN = re.compile(r"(.)\1{2,}")
_SHORTEST = 4  # letters: shorter words lie too near to each other
_LONG = 8  # from here two slips may be mended
_HALF = 3  # letters that each half of a word written in one has at least
_COMMON = 12_000  # the vocabulary is ordered by use: what comes later is names for the most part
_REMEMBERED = 8192


class Spelling:
    """Reads as the examples write. `mended` gives the words as they were meant."""

    def __init__(self, examples: Iterable[str], words: Words) -> None:
        self._own = _trusted(Counter(word for text in examples for word in _words(text)))
        for phrase in (*words.short.values(), *words.digits.values()):
            self._own.update(_words(phrase))
        self._short = words.short
        self._digits = words.digits
        self._counted = frozenset(words.counted)
        ranked = [piece for piece in vocabulary() if piece.isascii() and piece.isalpha()]
        self._english = frozenset(ranked)
        self._common = tuple(word for word in ranked[:_COMMON] if len(word) >= _SHORTEST)
        self._choices = tuple(word for word in self._own if len(word) >= _SHORTEST)
        self._mended = lru_cache(maxsize=_REMEMBERED)(self._word)

    def mended(self, text: str) -> str:
        """The text with its marks and spaces, in lower case."""
        tokens = _TOKEN.findall(text.lower())
        return "".join(self._token(tokens, place) for place in range(len(tokens)))

    def _token(self, tokens: list[str], place: int) -> str:
        token = tokens[place]
        if token in self._digits and self._is_word(tokens, place):
            return self._digits[token]
        if token in self._short:
            return self._short[token]
        return self._mended(token) if token.isalpha() else token

    def _is_word(self, tokens: list[str], place: int) -> bool:
        """Whether a figure stands for a word: between words, and with nothing to be counted."""
        before = _next(reversed(tokens[:place]))
        after = _next(tokens[place + 1 :])
        plain = before.isalpha() and after.isalpha() and after not in self._digits
        return plain and self._short.get(after, after) not in self._counted

    def _word(self, word: str) -> str:
        if self._known(word):
            return word
        single, double = _LONG_RUN.sub(r"\1", word), _LONG_RUN.sub(r"\1\1", word)
        for shorter in (double, single):
            if shorter in self._own:
                return shorter
        word = single
        if len(word) < _SHORTEST or self._known(word):
            return self._short.get(word, word)
        return self._near(word, self._own) or self._split(word) or self._near(word, None) or word

    def _known(self, word: str) -> bool:
        return word in self._own or word in self._english or word in self._short

    def _near(self, word: str, own: Mapping[str, int] | None) -> str | None:
        """The nearest of the examples' words, or of common English where `own` is None; the
        same first letter and frequent use decide between equals."""
        choices = self._choices if own is not None else self._common
        slips = 2 if len(word) >= _LONG else 1
        found = process.extract(
            word, choices, scorer=OSA.distance, score_cutoff=slips, limit=_SHORTEST
        )
        ranked = [
            (distance, choice[0] != word[0], -(own[choice] if own else 0), place)
            for choice, distance, place in found
        ]
        return choices[min(ranked)[3]] if ranked else None

    def _split(self, word: str) -> str | None:
        """Two of the examples' words written as one: "hillsprints"."""
        for place in range(_HALF, len(word) - _HALF + 1):
            if word[:place] in self._own and word[place:] in self._own:
                return f"{word[:place]} {word[place:]}"
        return None


def _trusted(counts: Counter[str]) -> Counter[str]:
    """Without the slips that examples show on purpose: seen once, no English, one letter off a
    word that is seen more often."""
    english = vocabulary()
    doubtful = [word for word, n in counts.items() if n == 1 and word not in english]
    usual = [word for word, n in counts.items() if n > 1 and word in english]
    slips = {
        word
        for word in doubtful
        if process.extractOne(word, usual, scorer=OSA.distance, score_cutoff=1)
    }
    return Counter({word: n for word, n in counts.items() if word not in slips})


def _words(text: str) -> list[str]:
    return [token for token in _TOKEN.findall(text.lower()) if token[0].isalpha()]


def _next(tokens: Iterable[str]) -> str:
    return next((token for token in tokens if not token.isspace()), "")
