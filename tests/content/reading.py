"""How easily a text reads: the Flesch formula, with syllables counted by their vowels."""

import re

_VOWELS = re.compile(r"[aeiouy]+")
_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
_STOP = re.compile(r"[.!?:;]\s|\n")


def ease(text: str) -> float:
    """100 is a comic, 60 plain English, 30 a paper."""
    words = _WORD.findall(text)
    sentences = [part for part in _STOP.split(text) if _WORD.search(part)]
    syllables = sum(map(_syllables, words))
    return 206.835 - 1.015 * len(words) / len(sentences) - 84.6 * syllables / len(words)


def _syllables(word: str) -> int:
    word = word.lower()
    count = len(_VOWELS.findall(word))
    silent = word.endswith("e") and not word.endswith(("le", "ee"))
    silent |= word.endswith("ed") and not word.endswith(("ted", "ded"))
    return max(1, count - silent)
