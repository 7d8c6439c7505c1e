"""A message as words that know their place in it: markup gone, signs turned into pauses."""

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# Telegram's limit is 4,096; a caption and a forwarded text fit too.
LONGEST = 6_000

_TAGS = (
    "b|i|u|s|a|em|p|br|div|span|strong|code|pre|blockquote|ins|del|strike|h[1-6]|ul|ol|li|font"
    "|tg-spoiler|tg-emoji"
)
_MARKUP = re.compile(
    rf"(?P<inline></?(?:b|i|u|s|em|strong|ins|del|span|font|a|tg-spoiler|tg-emoji)(?:\s[^<>]*)?>)"
    rf"|(?P<block></?(?:{_TAGS})(?:\s[^<>]*)?/?>)"
    r"|(?P<entity>&(?:#\d{1,6}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});)"
    r"|(?P<hidden>[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff]+)"
)
_TOKEN = re.compile(
    r"(?P<number>\d+[.,]\d{1,2}(?!\d))|(?P<word>[^\W_]+(?:['’‘`´ʼ*][^\W_]+)*)|(?P<full>[.!?;\n\r…。！？]+)|(?P<part>[,:()\[\]\"“”«»—–/|]|\s-+\s)"
    r"|(?P<other>\S)"
)
_PIECE = re.compile(r"\d+|[^\W\d_]+(?:'[^\W\d_]+)*")
_STRETCHED = re.compile(r"(.)\1{2,}")
_MARKS_IN_WORDS = str.maketrans("’‘`´ʼ*", "''''''")

_LIGATURES = {ord("œ"): "oe", ord("Œ"): "oe", ord("æ"): "ae", ord("Æ"): "ae"}

_EMOJI = {
    **dict.fromkeys("😂🤣😅😆😹😜🤪😁😄💀☠😝😏😉", "haha"),
    **dict.fromkeys("🤮🤢", "vomiting"),
    **dict.fromkeys("🩸", "blood"),
    **dict.fromkeys("🚑🆘🚨", "help"),
    **dict.fromkeys("😵", "dizzy"),
}
_WITH_DIGITS = {"2day", "2nite", "2night", "2moro", "2mrw", "2morrow", "4ever", "2gether", "2much"}
_NONE, _PART, _FULL = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Word:
    """`pause` is what stands before it: 0 nothing, 1 a comma or the like, 2 a full stop."""

    text: str
    start: int
    end: int
    pause: int


def words_of(text: str) -> list[Word]:
    """The words of `text` in order, even letters, with their place in the text as it came."""
    text = text[:LONGEST]
    bare, places = _bare(text)
    found: list[Word] = []
    pause = _FULL
    for token in _TOKEN.finditer(bare):
        if token["number"] is not None:
            number = token["number"].replace(",", ".")
            found.append(_word(number, token.start(), token.end(), pause, places))
            pause = _NONE
            continue
        if token["word"] is None:
            pause = max(pause, _pause(token))
            for text_of in _picture(token["other"]):
                found.append(_word(text_of, token.start(), token.end(), max(pause, 1), places))
                pause = _PART
            continue
        for piece, start, end in _pieces(token["word"], token.start()):
            found.append(_word(piece, start, end, pause, places))
            pause = _NONE
    return found


def _word(text: str, start: int, end: int, pause: int, places: list[int] | None) -> Word:
    if places is None:
        return Word(text, start, end, pause)
    return Word(text, places[start], places[end - 1] + 1, pause)


def _pause(token: re.Match[str]) -> int:
    if token["full"] is not None:
        return _FULL
    return _PART if token["part"] is not None else _NONE


def _picture(sign: str | None) -> Iterator[str]:
    if sign is not None and sign in _EMOJI:
        yield _EMOJI[sign]
    elif sign is not None and sign in "°º":
        yield "degrees"


def _pieces(word: str, start: int) -> Iterator[tuple[str, int, int]]:
    """`39c` is two words, `2day` one; letters are made even here."""
    even = _even(word)
    if (
        even.isalpha()
        or not any(letter.isdigit() for letter in even)
        or even.isdigit()
        or even[0].isalpha()
        or _spelt_with_digits(even)
    ):
        yield even, start, start + len(word)
    else:
        for piece in _PIECE.finditer(even):
            yield piece[0], start, start + len(word)


def _spelt_with_digits(word: str) -> bool:
    """`2day`, `4ever`: a digit for a syllable, not a unit behind a number."""
    return word in _WITH_DIGITS


def folded(word: str) -> str:
    """Lower case, without accents: `Pié`, `Ｐié` and `pie` are one."""
    if word.isascii():
        return word.lower()
    letters = unicodedata.normalize("NFKD", word.translate(_LIGATURES))
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


def _even(word: str) -> str:
    word = folded(word.translate(_MARKS_IN_WORDS))
    return _STRETCHED.sub(r"\1\1", word) if len(word) > 3 and not word.isdigit() else word


def _bare(text: str) -> tuple[str, list[int] | None]:
    """Markup gone; the places of what is left, or None where nothing was taken."""
    if _MARKUP.search(text) is None:
        return text, None
    left: list[str] = []
    places: list[int] = []
    last = 0
    for found in _MARKUP.finditer(text):
        _keep(text[last : found.start()], last, left, places)
        if found["entity"]:
            meant = html.unescape(found["entity"])
            left.append(meant)
            places += [found.start()] * len(meant)
        elif found["block"]:
            left.append("\n")
            places.append(found.start())
        last = found.end()
    _keep(text[last:], last, left, places)
    return "".join(left), places


def _keep(part: str, start: int, left: list[str], places: list[int]) -> None:
    left.append(part)
    places += range(start, start + len(part))
