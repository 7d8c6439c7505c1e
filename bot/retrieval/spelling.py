"""Typos and text-speak put right, as far as the words of the examples show what was meant.

A word that is known is never touched. An unknown one becomes the likeliest near one: few slips
speak for it, frequent use, and the words beside it; those of the examples come before common
English. What is near nothing stays as it is, for the sentence model splits it into pieces and
may still make sense of it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from math import log, log1p

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain.routing import Words
from bot.retrieval.wordpiece import vocabulary

_TOKEN = re.compile(
    r"[a-z]+(?:['’][a-z]+)*|\d+(?:[.,:]\d+)*[a-z]*|\s+|.", re.IGNORECASE | re.DOTALL
)
_LONG_RUN = re.compile(r"(.)\1{2,}")
_SHORTEST = 4  # letters: shorter words lie too near to each other
_TWO = 5  # letters: from here two slips may be mended into a word of the examples
_TWO_COMMON = 7  # and from here into one of common English
_RARE = 5  # times: what the examples say less often is no guess for a short word with two slips
_HALF = 3  # letters that each half of a word written in one has at least
_COMMON = 12_000  # the vocabulary is ordered by use: what comes later is names for the most part
_ENDINGS = ("s", "es", "ed", "er", "ers", "ing")
_REMEMBERED = 8192
_GUESSES = 30

# What speaks for a guess, in one coin; chosen by how many words with slips come back right.
_SLIP, _FIRST, _OFTEN, _BESIDE, _NOT_OURS = 3.0, 1.0, 0.5, 0.6, 2.0


class Spelling:
    """Reads as the examples write. `mended` gives the words as they were meant."""

    def __init__(self, examples: Iterable[str], words: Words) -> None:
        told = [_words(text) for text in examples]
        self._own = _trusted(Counter(word for spoken in told for word in spoken))
        for phrase in (*words.short.values(), *words.digits.values()):
            self._own.update(_words(phrase))
        pairs = Counter(pair for spoken in told for pair in pairwise(spoken))
        self._pairs = Counter({pair: many for pair, many in pairs.items() if many > 1})
        self._short = words.short
        self._digits = words.digits
        self._counted = frozenset(words.counted)
        ranked = [piece for piece in vocabulary() if piece.isascii() and piece.isalpha()]
        self._english = frozenset(ranked)
        self._usual = frozenset(ranked[:_COMMON])
        common = [word for word in ranked[:_COMMON] if len(word) >= _SHORTEST]
        self._common = {word: 2 * place / _COMMON for place, word in enumerate(common)}
        self._choices = tuple(word for word in self._own if len(word) >= _HALF)
        self._guesses = lru_cache(maxsize=_REMEMBERED)(self._guessed)

    def mended(self, text: str) -> str:
        """The text with its marks and spaces, in lower case."""
        tokens = _TOKEN.findall(text.lower())
        done: list[str] = []
        for place in range(len(tokens)):
            done.append(self._token(tokens, place, done))
        return "".join(done)

    def _token(self, tokens: Sequence[str], place: int, done: Sequence[str]) -> str:
        token = tokens[place]
        if token in self._digits and self._is_word(tokens, place):
            return self._digits[token]
        if token in self._short:
            return self._short[token]
        if not token.isalpha() or self._known(token):
            return token
        single, double = _LONG_RUN.sub(r"\1", token), _LONG_RUN.sub(r"\1\1", token)
        for shorter in (double, single):
            if shorter in self._own:
                return shorter
        if len(single) < _SHORTEST or self._known(single):
            return self._short.get(single, single)
        before = _next(reversed(done)).rpartition(" ")[2]
        return self._meant(single, before, _next(tokens[place + 1 :]))

    def _is_word(self, tokens: Sequence[str], place: int) -> bool:
        """Whether a figure stands for a word: between words, and with nothing to be counted."""
        before = _next(reversed(tokens[:place]))
        after = _next(tokens[place + 1 :])
        plain = before.isalpha() and after.isalpha() and after not in self._digits
        return plain and self._short.get(after, after) not in self._counted

    def _known(self, word: str) -> bool:
        """In the examples or in English, also as a form of a usual word: "flippers"."""
        if word in self._own or word in self._english or word in self._short:
            return True
        stems = (word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending))
        return any(len(stem) > _SHORTEST and stem in self._usual for stem in stems)

    def _meant(self, word: str, before: str, after: str) -> str:
        """The likeliest guess between its neighbours; with two slips a word written in one
        ("hillsprints") comes first."""
        guesses = self._guesses(word)

        def likely(guess: str) -> float:
            beside = log1p(self._pairs[before, guess]) + log1p(self._pairs[guess, after])
            return guesses[guess] + _BESIDE * beside

        best = max(guesses, key=likely, default=word)
        if best == word or OSA.distance(word, best) > 1:
            return self._split(word) or best
        return best

    def _guessed(self, word: str) -> dict[str, float]:
        """Near words and what speaks for each, its neighbours aside."""
        slips = 2 if len(word) >= _TWO else 1
        found = {}
        for guess, distance, _ in _near(word, self._choices, slips):
            often = self._own[guess]
            if distance < 2 or len(word) >= _TWO_COMMON or often >= _RARE:
                found[guess] = _OFTEN * log(often) - _cost(word, guess, distance)
        slips = 2 if len(word) >= _TWO_COMMON else 1
        for guess, distance, _ in _near(word, tuple(self._common), slips):
            if guess not in found:
                rare = _NOT_OURS + self._common[guess]
                found[guess] = -rare - _cost(word, guess, distance)
        return found

    def _split(self, word: str) -> str | None:
        """Two of the examples' words written as one."""
        for place in range(_HALF, len(word) - _HALF + 1):
            if word[:place] in self._own and word[place:] in self._own:
                return f"{word[:place]} {word[place:]}"
        return None


def _near(word: str, choices: Sequence[str], slips: int) -> list[tuple[str, int, int]]:
    return process.extract(word, choices, scorer=OSA.distance, score_cutoff=slips, limit=_GUESSES)


def _cost(word: str, guess: str, distance: int) -> float:
    return _SLIP * distance + _FIRST * (guess[0] != word[0])


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
