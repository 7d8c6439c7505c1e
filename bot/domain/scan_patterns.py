"""Patterns of a sign: which terms, how near to each other, what else has to be said.

    {chest} {tight}        in this order, up to three words between (in a figure of speech: none)
    {chest} .. {tight}     in this order, up to eight words between
    {chest} ~ {tight}      side by side
    {chest} + {pain}       in any order, up to five words between
    {chest} ++ {pain}      in any order, up to twelve words between
    … & {hot_day}          and somewhere in the message
    … & !{laugh}           and nowhere in the message

`{a|b}` is one concept or the other, `{a}|word` a concept or a word; the words of a phrase are
joined by `_`. Nothing reaches over the end of a sentence.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, product

from bot.domain.scan_lexicon import Span

_NEXT, _LATER, _NEAR, _WIDE = 3, 8, 5, 12
_GAPS = {"..": _LATER, "~": 0}
# More of the same says nothing new; a long paste must not cost seconds.
_ENOUGH = 40

_CONCEPTS = re.compile(r"\{([^{}]*)\}")
_TERM = re.compile(r"(?:\{[a-z_0-9|]+\}|[^{}\s!&+|]+)(?:\|(?:\{[a-z_0-9|]+\}|[^{}\s!&+|]+))*")

Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Terms in order; `gaps` are the words allowed before each but the first."""

    terms: tuple[str, ...]
    gaps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that stand near each other, in any order."""

    rows: tuple[Row, ...]
    window: int = 0


@dataclass(frozen=True, slots=True)
class Pattern:
    """`groups` are all said, `absent` terms are not. The first group is the sign itself."""

    groups: tuple[Group, ...]
    absent: tuple[str, ...]

    @property
    def terms(self) -> frozenset[str]:
        """All terms that have to be there."""
        return frozenset(t for group in self.groups for row in group.rows for t in row.terms)


def pattern_of(written: str, gap: int = _NEXT) -> Pattern:
    """Read one pattern; `gap` words may stand between two terms in order.

    Raises ValueError with what is wrong.
    """
    groups: list[Group] = []
    absent: list[str] = []
    for part in written.split(" & "):
        part = part.strip()
        if part.startswith("!"):
            absent.append(part[1:])
        else:
            groups.append(_group(part, gap))
    if not groups:
        raise ValueError("a pattern needs a sign, not only what must be absent")
    return Pattern(tuple(groups), tuple(absent))


def concepts_of(term: str) -> tuple[str, ...]:
    """The concepts that a term names."""
    return tuple(name for inner in _CONCEPTS.findall(term) for name in inner.split("|"))


def words_in(term: str) -> tuple[str, ...]:
    """The words that stand in a term by themselves."""
    return tuple(word for word in _CONCEPTS.sub("", term).split("|") if word)


def matches(
    group: Group, terms: Mapping[str, Sequence[Span]], ends: Sequence[int]
) -> Iterator[Spans]:
    """Every way the group is found; `ends[i]` is the sentence of word `i`. Spans as written."""
    rows = [list(islice(_in_row(row, terms, ends), _ENOUGH)) for row in group.rows]
    if len(rows) == 1:
        yield from rows[0]
        return
    for chosen in product(*rows):
        spans = tuple(span for row in chosen for span in row)
        if _together(spans, group.window, ends):
            yield spans


def _group(written: str, gap: int) -> Group:
    wide = " ++ " in written
    rows = re.split(r" \+\+? ", written)
    return Group(tuple(_row(row, gap) for row in rows), _WIDE if wide else _NEAR)


def _row(written: str, usual: int) -> Row:
    terms: list[str] = []
    gaps: list[int] = []
    gap = usual
    for piece in written.split():
        if piece in _GAPS:
            gap = _GAPS[piece]
            continue
        if not _TERM.fullmatch(piece):
            raise ValueError(f"{piece!r} is neither a concept nor words")
        if terms:
            gaps.append(gap)
        terms.append(piece)
        gap = usual
    if not terms:
        raise ValueError("a part of the pattern is empty")
    return Row(tuple(terms), tuple(gaps))


def _in_row(row: Row, terms: Mapping[str, Sequence[Span]], ends: Sequence[int]) -> Iterator[Spans]:
    found: list[Spans] = [(span,) for span in terms.get(row.terms[0], ())]
    for term, gap in zip(row.terms[1:], row.gaps, strict=True):
        nexts = terms.get(term, ())
        found = [
            (*spans, span)
            for spans in found[:_ENOUGH]
            for span in nexts
            if 0 <= span[0] - spans[-1][1] <= gap and ends[span[0]] == ends[spans[-1][0]]
        ]
    yield from found


def _together(spans: Spans, window: int, ends: Sequence[int]) -> bool:
    ordered = sorted(spans)
    if ends[ordered[0][0]] != ends[ordered[-1][0]]:
        return False
    between = 0
    for (_, end), (start, _) in pairwise(ordered):
        if start < end:
            return False
        between += start - end
    return between <= window
