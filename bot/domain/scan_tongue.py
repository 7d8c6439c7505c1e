"""One language of the scan, made ready once: its word lists, its signs, its spelling."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.scan_lexicon import Lexicon, lexicon_of
from bot.domain.scan_patterns import Pattern, concepts_of, pattern_of, words_in
from bot.domain.scan_spelling import Spelling, spelling_of
from bot.domain.scan_words import folded

_ENDINGS = ("", "s", "d", "ed", "ing", "es")


@dataclass(frozen=True, slots=True)
class Wordings:
    """What a language's file says; a list is words by space, a phrase's words joined by `_`.

    `respelt` leads a written form to its words. `fillers` say nothing between the words of a
    sign. `concepts` are what signs are made of, `@name` taking another's words in. `context` is
    what turns a sign into none. `figures` are patterns that are only talk. `right` are words
    that look like a slip for a sign and are none.
    """

    language: str
    respelt: Mapping[str, str]
    fillers: str
    common: str
    concepts: Mapping[str, str]
    context: Mapping[str, str]
    figures: tuple[str, ...]
    right: str = ""


@dataclass(frozen=True, slots=True)
class Sign:
    """One pattern of one flag. The other fields are those of the flag's row."""

    flag: str
    urgency: str
    pattern: Pattern
    others: bool = False
    passes: bool = False
    imagined: bool = False
    instead_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language as the scan needs it. `signs` and `figures` by the first term they need."""

    language: str
    respelt: Mapping[str, tuple[str, ...]]
    fillers: frozenset[str]
    common: frozenset[str]
    terms: Lexicon
    context: Lexicon
    spelling: Spelling
    signs: Mapping[str, tuple[Sign, ...]]
    figures: Mapping[str, tuple[Pattern, ...]]


def tongue_of(wordings: Wordings, signs: Iterable[Sign]) -> Tongue:
    """Make a language ready. Signs with a concept that the language lacks are left out."""
    concepts = {name: _phrases(name, wordings.concepts) for name in wordings.concepts}
    respelt = {folded(form): tuple(folded(words).split()) for form, words in wordings.respelt.items()}
    fillers = frozenset(folded(wordings.fillers).split())
    able = [sign for sign in signs if not missing(sign.pattern, wordings)]
    figures = [pattern_of(figure) for figure in wordings.figures]
    patterns = [sign.pattern for sign in able] + figures
    terms = lexicon_of(
        {
            term: [_as_read(p, respelt, fillers) for p in _wordings_of(term, concepts)]
            for term in {t for p in patterns for t in (*p.terms, *p.absent)} | {"{part}"}
        }
    )
    context = lexicon_of(
        {
            name: [_as_read(phrase, respelt, frozenset()) for phrase in words.split()]
            for name, words in wordings.context.items()
        }
    )
    return Tongue(
        wordings.language,
        respelt,
        fillers,
        frozenset(folded(wordings.common).split()),
        terms,
        context,
        _spelling(terms, context, wordings),
        _by_term(able),
        _figures_by_term(figures),
    )


def missing(pattern: Pattern, wordings: Wordings) -> list[str]:
    """The concepts of `pattern` that the language has no words for."""
    return [
        name
        for term in sorted(pattern.terms)
        for name in concepts_of(term)
        if name not in wordings.concepts
    ]


def _as_read(
    phrase: str, respelt: Mapping[str, tuple[str, ...]], fillers: frozenset[str]
) -> str:
    """A phrase as a message will show it: written out, without the words that say nothing."""
    written = folded(phrase).split("_")
    words = [even for word in written for even in respelt.get(word, (word,))]
    return "_".join(word for word in words if word not in fillers) or phrase


def _phrases(name: str, concepts: Mapping[str, str], depth: int = 0) -> tuple[str, ...]:
    """The phrases of a concept, those of the concepts that it takes in among them."""
    found: list[str] = []
    for word in concepts.get(name, "").split():
        if word.startswith("@") and depth < 5:
            found += _phrases(word[1:], concepts, depth + 1)
        else:
            found.append(word)
    return tuple(found)


def _wordings_of(term: str, concepts: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    named = (phrase for name in concepts_of(term) for phrase in concepts.get(name, ()))
    return (*named, *words_in(term))


def _spelling(terms: Lexicon, context: Lexicon, wordings: Wordings) -> Spelling:
    grown = (stem[:-1] + end for stem in terms.stems for end in _ENDINGS if len(stem) > 4)
    right = {*context.words, *wordings.fillers.split(), *wordings.common.split()}
    right |= {*wordings.right.split(), *wordings.respelt}
    right = {folded(word) for word in right}
    return spelling_of({*terms.words, *grown}, right)


def _by_term(signs: Iterable[Sign]) -> dict[str, tuple[Sign, ...]]:
    found: dict[str, list[Sign]] = {}
    for sign in signs:
        found.setdefault(sign.pattern.groups[0].rows[0].terms[0], []).append(sign)
    return {term: tuple(known) for term, known in found.items()}


def _figures_by_term(figures: Iterable[Pattern]) -> dict[str, tuple[Pattern, ...]]:
    found: dict[str, list[Pattern]] = {}
    for figure in figures:
        found.setdefault(figure.groups[0].rows[0].terms[0], []).append(figure)
    return {term: tuple(known) for term, known in found.items()}
