"""Whether a sign that stands in a message is said of the person, now, and in earnest.

A sign counts unless something takes it back: a "no" before it, a time long past, another
person, a film, a question about the thing in general. Where it is open, the sign counts: a
missed flag is worse than a false alarm.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.domain.scan_lexicon import Span
from bot.domain.scan_reading import Reading
from bot.domain.scan_words import Word

_FRAME_REACH, _IF_REACH, _SAID_REACH, _NEXT_TO = 12, 9, 2, 3


@dataclass(frozen=True)
class Scene:
    """A reading with the marks of its language: `marks[name]` are spans over all words."""

    words: tuple[Word, ...]
    marks: Mapping[str, Sequence[Span]]
    signs: frozenset[int]

    @cached_property
    def inside(self) -> Mapping[str, frozenset[int]]:
        """The words that each mark covers."""
        return {
            name: frozenset(at for start, end in spans for at in range(start, end))
            for name, spans in self.marks.items()
        }

    def within(self, name: str, at: int) -> bool:
        return at in self.inside.get(name, frozenset())

    def spans(self, name: str, start: int = 0, end: int | None = None) -> list[Span]:
        """The spans of a mark that lie in `start` to `end`."""
        end = len(self.words) if end is None else end
        return [s for s in self.marks.get(name, ()) if start <= s[0] and s[1] <= end]

    def sentence(self, at: int) -> Span:
        """The sentence of word `at`."""
        start = at
        while start > 0 and self.words[start].pause < 2:
            start -= 1
        end = at + 1
        while end < len(self.words) and self.words[end].pause < 2:
            end += 1
        return start, end


def scene_of(reading: Reading, marks: Mapping[str, Sequence[Span]]) -> Scene:
    """The scene, without what longer marks swallow: "no idea" is no "no", and "now no more" is
    no "now"."""
    taken = frozenset(
        reading.core[at] for spans in reading.terms.values() for s, e in spans for at in range(s, e)
    )
    feints = marks.get("feint", ())
    clean = {
        name: [s for s in spans if not _swallowed(s, feints)] if name in _FEINTED else spans
        for name, spans in marks.items()
    }
    clean = {name: spans for name, spans in clean.items() if spans}
    over = clean.get("healed", ())
    current = [s for s in clean.pop("current", ()) if not _swallowed(s, over)]
    return Scene(reading.words, clean | ({"current": current} if current else {}), taken)


# What a feint ("no idea", "as if", "wonder if") takes the force of.
_FEINTED = {
    "negator",
    "hypo",
    "healed",
    "past",
    "frame",
    "fiction",
    "other",
    "gone",
    "current",
    "such",
}


def _swallowed(span: Span, feints: Sequence[Span]) -> bool:
    return any(
        start <= span[0] and span[1] <= end and end - start > span[1] - span[0]
        for start, end in feints
    )


def denied(scene: Scene, items: Sequence[Span]) -> bool:
    """A "no" reaches the sign: before it, between its parts, or as the answer behind it."""
    ordered = sorted(items)
    floor = 0
    for start, end in ordered:
        if _reached(scene, start, floor):
            return True
        floor = end
    return _answered(scene, ordered[-1][1])


def _reached(scene: Scene, at: int, floor: int) -> bool:
    """Walk left from `at` over words that let a negation through."""
    commas = 0
    first = at
    while at > floor and scene.words[at].pause < 2:
        commas += scene.words[at].pause == 1
        at -= 1
        if any(end == at + 1 for _, end in scene.marks.get("negator", ())):
            return not _undone(scene, at, first) and (not commas or _in_list(scene, at, first))
        if scene.within("contrast", at):
            return False
        if not (scene.within("through", at) or scene.within("or", at) or at in scene.signs):
            return False
    return False


def _undone(scene: Scene, at: int, sign: int) -> bool:
    """ "not … without" is a yes, and so is "never … like this"."""
    if scene.spans("such", sign, scene.sentence(sign)[1]):
        return True
    if not scene.within("without", at):
        return False
    start = max(scene.sentence(at)[0], at - 8)
    return any(scene.within("negator", i) or scene.within("unable", i) for i in range(start, at))


def _in_list(scene: Scene, negator: int, sign: int) -> bool:
    """A negation goes on behind commas in "no A, B or C" and "no A, B, C"."""
    commas, at = 0, negator + 1
    stop = scene.sentence(sign)[1]
    while at < stop and not scene.within("contrast", at):
        commas += scene.words[at].pause == 1
        if scene.within("or", at):
            return True
        if not (scene.within("through", at) or at in scene.signs):
            return False
        at += 1
    return commas >= 2


def _answered(scene: Scene, end: int) -> bool:
    """ "chest pain? no", "chest pain none", "chest pain is ruled out"."""
    for name in ("absent", "negator"):
        for start, stop in scene.marks.get(name, ()):
            closes = stop == len(scene.words) or scene.words[stop].pause > 0
            if start == end and (name == "absent" or (closes and stop - start == 1)):
                return True
    return False


def past(scene: Scene, items: Sequence[Span], passes: bool) -> bool:
    """Long ago, or over: healed, cleared, gone."""
    first, last = min(items)[0], max(items)[1]
    start, end = scene.sentence(first)
    if scene.spans("current", start, end):
        return False
    if scene.spans("past", start, end):
        return True
    after = scene.sentence(end)[1] if end < len(scene.words) else end
    after = scene.sentence(after)[1] if after < len(scene.words) else after
    if scene.spans("current", end, after):
        return False
    if any(not _reached(scene, span[0], start) for span in scene.spans("healed", start, after)):
        return True
    gone = scene.spans("gone", last, after) if passes else []
    return any(not _reached(scene, span[0], last) for span in gone)


def whose(scene: Scene, items: Sequence[Span]) -> str:
    """The nearest who: `self`, `other`, `folk`, or nothing where nobody is named."""
    if scene.spans("mine"):
        return "self"
    first, last = min(items)[0], max(items)[1]
    inside = [at for at in range(first, last) if scene.within("self", at)]
    if inside:
        return "other" if all(_of_other(scene, at) for at in inside) else "self"
    owned = scene.within("other", first)  # "my wife fainted"
    if not owned and _has(scene, "self", range(max(first - 1, 0), first)):
        return "self"
    for start, _ in items:
        if start > 0 and scene.within("other", start - 1):
            return "other"
    return _before(scene, first)


def _before(scene: Scene, first: int) -> str:
    at, near = first, ""
    while at > 0 and scene.words[at].pause < 2:
        at -= 1
        for name in ("other", "folk"):
            if scene.within(name, at) and not _only_says(scene, at):
                return name
        if scene.within("self", at):
            if at + 1 == first or scene.words[at].text not in _OWNING:
                return "self"
            near = "self"  # "a girl in my club": go on and see
    return near


# Of the words for oneself those that may belong to a thing or to somebody else.
_OWNING = frozenset(["my", "our", "mi", "mis", "mein", "meine", "mon", "ma", "mes", "meu", "minha"])


def _of_other(scene: Scene, at: int) -> bool:
    """The "my" of "my dad"."""
    return at + 1 < len(scene.words) and scene.within("other", at + 1)


def _only_says(scene: Scene, at: int) -> bool:
    """ "my wife says that …" tells of the person who writes; "my brother was told …" does not."""
    reach = range(at + 1, min(at + 1 + _SAID_REACH, len(scene.words)))
    return any(
        scene.within("says", i) and scene.words[i].pause == 0 and not scene.within("was", i - 1)
        for i in reach
    )


def told(scene: Scene, items: Sequence[Span]) -> bool:
    """The sign is of a story that is over, or of a film."""
    start, end = scene.sentence(min(items)[0])
    return bool(scene.spans("past", start, end) or scene.spans("story", start, end)) or fiction(
        scene, items
    )


def fiction(scene: Scene, items: Sequence[Span]) -> bool:
    """A film, a book, a game, a dream; a person's own body in front of a film is real."""
    first = min(items)[0]
    start, end = scene.sentence(first)
    if scene.spans("dream", start, first):
        return True
    if scene.spans("fiction", start, first) and scene.spans("about", first - 2, first):
        return True
    return bool(scene.spans("fiction", start, end)) and whose(scene, items) != "self"


def help_wanted(scene: Scene) -> bool:
    return bool(scene.spans("ask"))


def under_way(scene: Scene, items: Sequence[Span]) -> bool:
    """A word of now stands next to the sign, or an "is" before it, or between its parts."""
    first, last = min(items)[0], max(items)[1]
    start, end = scene.sentence(first)
    near, far = max(start, first - _NEXT_TO), min(end, last + _NEXT_TO)
    if scene.spans("now", near, far):
        return True
    between = max(start, first - 1), last
    return bool(scene.spans("present", *between)) and not scene.spans("was", *between)


def in_general(scene: Scene, items: Sequence[Span]) -> bool:
    """A question about the thing, or about what might be one day; not where it ends in "asking
    for myself"."""
    if scene.spans("mine"):
        return False
    first, last = min(items)[0], max(items)[1]
    start, end = scene.sentence(first)
    own = _own(scene, first, last)
    if any(first - _SAID_REACH <= after for _, after in scene.spans("averted", start, first)):
        return True
    if scene.spans("current", first, end) and own:
        return False
    for frame in scene.spans("frame", start, max(items)[0]):
        between = range(frame[1], max(items)[0])
        if len(between) <= _FRAME_REACH and not own and not _has(scene, "self", between):
            return True
    if not own and scene.spans("behind", last, end) and whose(scene, items) != "self":
        return True
    return _only_if(scene, first, start) or bool(scene.spans("someday", start, end))


def _only_if(scene: Scene, first: int, start: int) -> bool:
    """ "if I ever …"; but "can I run if my calf is swollen?" tells of a calf."""
    for before, after in scene.spans("hypo", start, first):
        between = range(after, first)
        told = scene.spans("whether", start, before) and _has(
            scene, "self", range(after, first + 1)
        )
        if told and not _has(scene, "maybe", between):
            continue
        if len(between) <= _IF_REACH and not _has(scene, "deed", between):
            return True
    return False


def _own(scene: Scene, first: int, last: int) -> bool:
    """ "my" in the sign or right before it."""
    return _has(scene, "self", range(max(first - 1, 0), last))


def _has(scene: Scene, name: str, places: range) -> bool:
    return any(scene.within(name, at) for at in places)
