"""A message as one language reads it: forms written out, slips mended, signs located."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.scan_lexicon import Span
from bot.domain.scan_tongue import NOT, Tongue
from bot.domain.scan_words import Word

_SPLIT_FROM, _SPLIT_PART = 7, 3


@dataclass(frozen=True, slots=True)
class Reading:
    """`words` are all; `core` leads each word that can be part of a sign to its place there.

    `terms` are spans over `core`. `sentences[i]` numbers the sentence of the i-th core word.
    """

    words: tuple[Word, ...]
    core: tuple[int, ...]
    terms: dict[str, list[Span]]
    sentences: tuple[int, ...]


def read(words: Sequence[Word], tongue: Tongue, mend: bool) -> Reading:
    """Read `words` in `tongue`; slips of the finger are mended where `mend`."""
    texts = {word.text for word in words}  # in a long paste each word is mended once
    forms = {text: _written(text, tongue, mend) for text in texts}
    spelt = tuple(even for word in words for even in _spelt(word, forms[word.text]))
    core = tuple(at for at, word in enumerate(spelt) if word.text not in tongue.fillers)
    terms = _meant(tongue.terms.occurrences([spelt[at].text for at in core]))
    sentences: list[int] = []
    number, last = 0, -1
    for at in core:
        number += any(word.pause > 1 for word in spelt[last + 1 : at + 1])
        sentences.append(number)
        last = at
    return Reading(spelt, core, terms, tuple(sentences))


def _meant(found: dict[str, list[Span]]) -> dict[str, list[Span]]:
    """The terms without the places where a phrase says that it is something else."""
    left: dict[str, list[Span]] = {}
    for term, spans in found.items():
        barred = found.get(NOT + term, ())
        kept = [s for s in spans if not any(b[0] < s[1] and s[0] < b[1] for b in barred)]
        if kept and not term.startswith(NOT):
            left[term] = kept
    return left


def _spelt(word: Word, written: tuple[str, ...]) -> list[Word]:
    if len(written) == 1 and written[0] == word.text:
        return [word]
    pauses = [word.pause] + [0] * (len(written) - 1)
    pairs = zip(written, pauses, strict=True)
    return [Word(text, word.start, word.end, pause) for text, pause in pairs]


def _written(text: str, tongue: Tongue, mend: bool) -> tuple[str, ...]:
    known = tongue.respelt.get(text)
    if known is not None:
        return known
    if "'" in text:
        return _without_apostrophe(text, tongue, mend)
    if not text.isalpha() or _is_known(text, tongue):
        return (text,)
    if not mend:  # a compound such as "Brustschmerzen" tells its language by itself
        return _split(text, tongue)
    whole = _singled(text, tongue) or _sounded(text, tongue)
    if whole is not None:
        return (whole,)
    mended = tongue.spelling.mended(text)
    if mended is not None:
        return (mended,)
    return _split(text, tongue)


def _without_apostrophe(text: str, tongue: Tongue, mend: bool) -> tuple[str, ...]:
    """`friend's` is friend; `j'ai` and `l'inhalateur` are two words."""
    first, _, rest = text.partition("'")
    joined = tongue.respelt.get(first + rest)
    if joined is not None:
        return joined
    if rest == "s" or not first:
        return _written(first or rest.replace("'", ""), tongue, mend)
    if not rest:
        return _written(first, tongue, mend)
    return (*_written(first, tongue, mend), *_written(rest.replace("'", ""), tongue, mend))


def _is_known(text: str, tongue: Tongue) -> bool:
    return text in tongue.spelling.known or tongue.terms.has(text) or tongue.context.has(text)


def _singled(text: str, tongue: Tongue) -> str | None:
    """`paain`, `soo`: the word without its doubled letters, if that is a word."""
    single = "".join(b for a, b in zip(" " + text, text, strict=False) if a != b)
    return single if single != text and _is_known(single, tongue) else None


def _sounded(text: str, tongue: Tongue) -> str | None:
    """`throbbin`: the word with the letter that is dropped in speech, if that is a word."""
    whole = text + "g"
    return whole if text.endswith("in") and _is_known(whole, tongue) else None


def _split(text: str, tongue: Tongue) -> tuple[str, ...]:
    """`chestpain` is two words, if both are known to signs."""
    if len(text) >= _SPLIT_FROM:
        for at in range(_SPLIT_PART, len(text) - _SPLIT_PART + 1):
            one, two = text[:at], text[at:]
            if one in tongue.terms.words and two in tongue.terms.words:
                return (one, two)
    return (text,)
