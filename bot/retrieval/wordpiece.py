"""Text into the word pieces of an uncased BERT model, as ids."""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

VOCABULARY = Path(__file__).with_name("vocabulary.txt")

_START, _END, _UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
_LONGEST_WORD = 100  # characters; the model was trained with what is longer as unknown
_IDEOGRAPHS = ((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0xF900, 0xFAFF), (0x20000, 0x2CEAF))
_ASCII_MARKS = ((33, 47), (58, 64), (91, 96), (123, 126))


@lru_cache(maxsize=1)
def vocabulary() -> Mapping[str, int]:
    """Each piece and its id."""
    lines = VOCABULARY.read_text(encoding="utf-8").splitlines()
    return {piece: number for number, piece in enumerate(lines)}


class WordPiece:
    """Splits as the model's own tokenizer does; a test compares the ids of fixed sentences."""

    def __init__(self, pieces: Mapping[str, int]) -> None:
        self._pieces = pieces

    def ids(self, text: str, longest: int) -> list[int]:
        """The ids with those of start and end around them, at most `longest` in all."""
        found: list[int] = []
        for word in words(text):
            found += self._split(word)
            if len(found) >= longest:
                break
        return [self._pieces[_START], *found[: longest - 2], self._pieces[_END]]

    def _split(self, word: str) -> list[int]:
        """The longest known piece from the left, again and again; unknown where none fits."""
        found: list[int] = []
        start = 0
        while start < len(word):
            end = len(word)
            while end > start and self._piece(word, start, end) not in self._pieces:
                end -= 1
            if end == start or len(word) > _LONGEST_WORD:
                return [self._pieces[_UNKNOWN]]
            found.append(self._pieces[self._piece(word, start, end)])
            start = end
        return found

    @staticmethod
    def _piece(word: str, start: int, end: int) -> str:
        return word[start:end] if start == 0 else f"##{word[start:end]}"


def words(text: str) -> list[str]:
    """Lower case without accents or control characters; marks and ideographs stand alone."""
    bare = unicodedata.normalize("NFD", text.lower())
    return "".join(_spaced(letter) for letter in bare).split()


@lru_cache(maxsize=4096)
def _spaced(letter: str) -> str:
    kind = unicodedata.category(letter)
    if letter.isspace():
        return " "
    if kind == "Mn" or kind.startswith("C") or letter == "\ufffd":
        return ""
    if kind.startswith("P") or _within(letter, _ASCII_MARKS) or _within(letter, _IDEOGRAPHS):
        return f" {letter} "
    return letter


def _within(letter: str, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(low <= ord(letter) <= high for low, high in ranges)
