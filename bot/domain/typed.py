"""What a person typed, made even: one spelling of letters, digits and numbers in words."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import get_close_matches


def listed(words: str) -> tuple[str, ...]:
    """A vocabulary, written in one line of words."""
    return tuple(words.split())


UNITS = listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
TENS = listed("twenty thirty forty fifty sixty seventy eighty ninety")
NUMBERS = {word: value for value, word in enumerate(UNITS)} | {
    word: (place + 2) * 10 for place, word in enumerate(TENS)
}

LONGEST = 120
# Spelt right, however near to a number they are.
_MEANT = {"then", "there", "these"}

_SPELLINGS = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-"}
)
_HYPHEN = re.compile(rf"(?<=ty) - (?={'|'.join(UNITS[1:10])})")
_TOKEN = re.compile(r"\d+|[^\W\d_]+|\S")


def plain(text: str) -> str:
    """Lower case, ASCII digits and no marks: full-width, Arabic and keycap digits read alike."""
    even = unicodedata.normalize("NFKD", text).translate(_SPELLINGS).casefold()
    letters = (_digit(letter) for letter in even if not _is_mark(letter))
    return " ".join("".join(letters).split())


def tokens(text: str) -> list[str]:
    """Numbers, words and single signs, in order; spaces are gone and `6am` is two tokens.

    A text too long to be about a time is one sign that no reader knows.
    """
    if len(text) > LONGEST:
        return ["…"]
    return _TOKEN.findall(plain(text))


def in_digits(words: Iterable[str]) -> list[str]:
    """Numbers in words as digits: `twenty five` and `twenty-five` are 25, `oh five` is 05."""
    done: list[str] = []
    for word in _HYPHEN.sub(" ", " ".join(words)).split():
        ten = _open_ten(done)
        value = NUMBERS.get(word)
        if value is None:
            done.append(word)
        elif ten and 0 < value < 10:
            done[-2:] = [str(ten + value)]
        elif done and done[-1] in ("oh", "o") and value < 10:
            done[-1] = f"0{value}"
        else:
            done += [str(value), _SPELT]
    return [word for word in done if word != _SPELT]


def respelt(words: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    """Each word of four letters or more that is nearly a known one, as the known one.

    The first letter has to be right: `right` is not `eight`.
    """
    vocabulary = set(known)
    for word in words:
        near = [word]
        if len(word) > 3 and word.isalpha() and word not in vocabulary | _MEANT:
            alike = sorted(other for other in vocabulary if other[0] == word[0])
            near = get_close_matches(word, alike, n=1, cutoff=0.8) or near
        yield near[0]


# Marks a number that was written in words: only such a ten takes a unit (`20 5` is not 25).
_SPELT = "\0"


def _open_ten(done: list[str]) -> int:
    if len(done) < 2 or done[-1] != _SPELT:
        return 0
    value = int(done[-2])
    return value if value >= 20 and value % 10 == 0 else 0


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter) in ("Mn", "Me", "Cf", "Cc") and not letter.isspace()


def _digit(letter: str) -> str:
    value = unicodedata.decimal(letter, None)
    return letter if value is None else str(value)
