"""One language of the scan, made ready once: its word lists, its signs, its spelling."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.scan_lexicon import ENDINGS, Lexicon, lexicon_of
from bot.domain.scan_patterns import Pattern, concepts_of, pattern_of, words_in
from bot.domain.scan_spelling import Spelling, spelling_of
from bot.domain.scan_words import folded

PART = "{part}"
NOT = "-"
# What a message is read without: `short-winded` is two words, and so is `d'air`.
_JOINED = re.compile(r"(?<=[^\W\d_])['-](?=[^\W_])")
# The marks whose words are worth mending: a slip in "without" must not make a sign.
_MENDED = ("negator", "other", "healed", "past")


@dataclass(frozen=True, slots=True)
class Wordings:
    """What a language's file says; a list is words by space, a phrase's words joined by `_`.

    `respelt` leads a written form to its words. A phrase behind `-` is not the concept: `heart
    -heart_rate`. `fillers` say nothing between the words of a
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
    respelt = {
        folded(form): tuple(folded(words).split()) for form, words in wordings.respelt.items()
    }
    fillers = frozenset(folded(wordings.fillers).split())
    able = [sign for sign in signs if not missing(sign.pattern, wordings)]
    figures = [pattern_of(figure, gap=0) for figure in wordings.figures]
    of_signs = _phrases_by_term([sign.pattern for sign in able], wordings)
    of_figures = _phrases_by_term(figures, wordings)
    terms = {
        term: [_as_read(phrase, respelt, fillers) for phrase in phrases if phrase[0] != NOT]
        for term, phrases in (of_signs | of_figures).items()
    }
    terms |= {
        NOT + term: [
            _as_read(phrase[1:], respelt, fillers) for phrase in phrases if phrase[0] == NOT
        ]
        for term, phrases in (of_signs | of_figures).items()
    }
    marks = {
        name: [_as_read(phrase, respelt, frozenset()) for phrase in words.split()]
        for name, words in wordings.context.items()
    }
    wanted = lexicon_of({term: terms[term] for term in of_signs})
    return Tongue(
        wordings.language,
        respelt,
        fillers,
        frozenset(folded(wordings.common).split()),
        lexicon_of(terms),
        lexicon_of(marks),
        _spelling(wanted, marks, wordings),
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


def _as_read(phrase: str, respelt: Mapping[str, tuple[str, ...]], fillers: frozenset[str]) -> str:
    """A phrase as a message will show it: written out, without the words that say nothing."""
    written = folded(_JOINED.sub("_", phrase)).split("_")
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


def _phrases_by_term(patterns: Iterable[Pattern], wordings: Wordings) -> dict[str, tuple[str, ...]]:
    """What stands for each term of `patterns`, and for the parts of the body."""
    named = {term for p in patterns for term in (*p.terms, *p.absent)} | {PART}
    return {
        term: (
            *(phrase for name in concepts_of(term) for phrase in _phrases(name, wordings.concepts)),
            *words_in(term),
        )
        for term in sorted(named)
    }


def _spelling(signs: Lexicon, marks: Mapping[str, list[str]], wordings: Wordings) -> Spelling:
    """Slips are mended towards the words of signs, and those that take a sign back."""
    grown = (stem[:-1] + end for stem in signs.stems for end in ENDINGS if len(stem) > 4)
    back = {
        word for name in _MENDED for phrase in marks.get(name, ()) for word in phrase.split("_")
    }
    right = {word for phrases in marks.values() for phrase in phrases for word in phrase.split("_")}
    right |= {*wordings.fillers.split(), *wordings.common.split(), *wordings.respelt}
    right |= set(wordings.right.split())
    return spelling_of({*signs.words, *grown, *back}, map(folded, right))


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
