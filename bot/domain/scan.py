"""The red-flag scan: the worst sign in a message that is said in earnest of the person.

Runs before everything else on each message. Pure and deterministic; about a millisecond.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.domain.safety import Catalogue, Flag, Urgency
from bot.domain.scan_context import (
    Scene,
    denied,
    fiction,
    help_wanted,
    in_general,
    past,
    scene_of,
    told,
    under_way,
    whose,
)
from bot.domain.scan_lexicon import Span
from bot.domain.scan_patterns import Group, Pattern, matches
from bot.domain.scan_reading import Reading, read
from bot.domain.scan_tongue import PART, Sign, Tongue
from bot.domain.scan_words import Word, words_of

_HOME = "en"
_SURE_SHARE = 0.2
_NEARLY = 0.5
_PROOF = 2  # words


@dataclass(frozen=True, slots=True)
class Look:
    """What the scan saw: the worst flag; whether a sign stands there that something takes back,
    or the message is of what is over; the language that it is likeliest written in ("" where
    there are no words); how many words it has; which terms of signs and which marks ("past",
    "negator") stand in it, in that language."""

    flag: Flag | None
    taken_back: bool
    language: str
    words: int
    terms: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


def scan(text: str, catalogue: Catalogue) -> Flag | None:
    """The worst red flag in `text`, or None. Ties go to the first that is said."""
    return look(text, catalogue).flag


def look(text: str, catalogue: Catalogue) -> Look:
    """As `scan`, with what a second opinion wants to know."""
    words = words_of(text)
    flags: list[Flag] = []
    instead_of: set[str] = set()
    taken_back = False
    read_as = [_Heard.of(words, *one) for one in _spoken(words, catalogue.tongues)]
    withdrawn: set[str] = set()
    for number, heard in enumerate(read_as):
        for flag, rows in _flags(heard):
            if flag is None:
                taken_back = True
                withdrawn.update(rows if number == 0 else ())
            elif number == 0 or flag.id not in withdrawn:
                flags.append(flag)
                instead_of.update(rows)
    left = [flag for flag in flags if flag.id not in instead_of]
    worst = min(left, key=lambda flag: (flag.urgency.rank, flag.span), default=None)
    if not read_as:
        return Look(None, False, "", 0)
    first = read_as[0]
    over = worst is None and not taken_back and first.over()
    terms, marks = tuple(sorted(first.reading.terms)), tuple(sorted(first.scene.marks))
    return Look(worst, taken_back or over, first.tongue.language, len(words), terms, marks)


@dataclass(frozen=True, slots=True)
class _Heard:
    """A message as one language reads it."""

    tongue: Tongue
    reading: Reading
    scene: Scene

    @classmethod
    def of(cls, words: Sequence[Word], tongue: Tongue, mend: bool) -> "_Heard":
        reading = read(words, tongue, mend)
        marks = tongue.context.occurrences([word.text for word in reading.words])
        return cls(tongue, reading, scene_of(reading, marks))

    def over(self) -> bool:
        """Whether the message is of a time long past, or of something healed."""
        return any(self.scene.spans(name) for name in ("past", "healed"))


def _spoken(words: Sequence[Word], tongues: Sequence[Tongue]) -> list[tuple[Tongue, bool]]:
    """The languages to read in, the likeliest first, and whether slips are mended there.

    Those of the small words that hold sentences together tell: a language with less than half
    as many as another is not it. One word in five is enough to be sure. Where no language has
    two such words, all are read: one proves little.
    """
    if not words:
        return []
    shares = {t.language: sum(w.text in t.common for w in words) / len(words) for t in tongues}
    top = max(shares.values())
    unsure = top < max(_SURE_SHARE, _PROOF / len(words))
    spoken = [t for t in tongues if shares[t.language] >= _NEARLY * top or unsure]
    spoken.sort(key=lambda t: (-shares[t.language], t.language != _HOME))
    return [(t, t.language == _HOME or shares[t.language] >= _SURE_SHARE) for t in spoken]


def _flags(heard: _Heard) -> Iterator[tuple[Flag | None, tuple[str, ...]]]:
    """Each flag with the rows that it stands instead of; None where a sign is taken back, with
    its row: what the likeliest language takes back, a less likely one does not raise."""
    tongue, reading = heard.tongue, heard.reading
    signs = [sign for term in reading.terms for sign in tongue.signs.get(term, ())]
    signs = [sign for sign in signs if _complete(sign.pattern, reading)]
    if not signs:
        return
    figures = _figures(reading, tongue)
    for sign in signs:
        span = _meant(sign, reading, heard.scene, figures)
        if span is not None:
            start, end = reading.words[span[0]].start, reading.words[span[1] - 1].end
            flag = Flag(sign.flag, Urgency(sign.urgency), (start, end), tongue.language)
            yield flag, sign.instead_of
        elif all(any(matches(g, reading.terms, reading.sentences)) for g in sign.pattern.groups):
            yield None, (sign.flag,)


def _complete(pattern: Pattern, reading: Reading) -> bool:
    return all(term in reading.terms for term in pattern.terms) and not any(
        term in reading.terms for term in pattern.absent
    )


def _figures(reading: Reading, tongue: Tongue) -> frozenset[int]:
    """The core words that are only talk: "chest strap", "broke my heart"."""
    taken: set[int] = set()
    for term in reading.terms:
        for figure in tongue.figures.get(term, ()):
            if _complete(figure, reading) and all(
                any(matches(group, reading.terms, reading.sentences)) for group in figure.groups[1:]
            ):
                for spans in matches(figure.groups[0], reading.terms, reading.sentences):
                    taken.update(at for start, end in spans for at in range(start, end))
    return frozenset(taken)


def _meant(sign: Sign, reading: Reading, scene: Scene, figures: frozenset[int]) -> Span | None:
    """Where the sign stands in earnest, over all words; None where it does not."""
    where: Span | None = None
    for number, group in enumerate(sign.pattern.groups):
        earnest = _earnest(sign, group, reading, scene, figures, number > 0)
        if earnest is None:
            return None
        where = where or earnest
    return where


def _earnest(
    sign: Sign,
    group: Group,
    reading: Reading,
    scene: Scene,
    figures: frozenset[int],
    beside: bool,
) -> Span | None:
    for spans in matches(group, reading.terms, reading.sentences):
        if any(at in figures for start, end in spans for at in range(start, end)):
            continue
        if _over_a_part(spans, reading):
            continue
        items = [(reading.core[start], reading.core[end - 1] + 1) for start, end in spans]
        if denied(scene, items) or (not beside and not _counts(sign, scene, items)):
            continue
        return min(items)[0], max(items)[1]
    return None


def _counts(sign: Sign, scene: Scene, items: Sequence[Span]) -> bool:
    general = not sign.imagined and in_general(scene, items)
    who = whose(scene, items)
    if sign.others and sign.urgency == Urgency.NOW and who not in ("", "self"):
        return not (general or told(scene, items))
    if general or past(scene, items, sign.passes) or fiction(scene, items):
        return False
    if sign.others:
        return True
    if who in ("", "self"):
        return True
    acute = sign.urgency == Urgency.NOW and under_way(scene, items)
    return acute or help_wanted(scene)


def _over_a_part(spans: Sequence[Span], reading: Reading) -> bool:
    """ "chest day, then my quads hurt": what hurts is the part that stands nearer."""
    parts = reading.terms.get(PART, ())
    if not any(part == span for span in spans for part in parts):
        return False
    ordered = sorted(spans)
    for (_, end), (start, _) in pairwise(ordered):
        between = range(reading.core[end - 1] + 1, reading.core[start])
        if any(end <= s and e <= start for s, e in parts) and not any(
            reading.words[at].text in _JOINTS or reading.words[at].pause for at in between
        ):
            return True
    return False


# Words that join two parts to one sign, in all languages of the catalogue.
_JOINTS = frozenset(
    [
        "and",
        "or",
        "n",
        "plus",
        "with",
        "y",
        "e",
        "et",
        "und",
        "oder",
        "con",
        "mit",
        "avec",
        "com",
        "ed",
        "o",
        "ou",
    ]
)
