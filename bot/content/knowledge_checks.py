"""What every topic of the knowledge base has to keep; each fault names its file and line."""

import re
from collections.abc import Iterator, Sequence

from bot.content.documents import Fault
from bot.content.placed import Placed
from bot.domain.knowledge import Passage, PassageKind, Topic

CLAIMS = tuple(f"C{number:02}" for number in range(1, 47))
# Where the article says more than studies show, both have to be said.
OVERCLAIMED = frozenset(
    f"C{number}" for number in (14, 18, 20, 21, 25, 26, 30, 31, 32, 36, 41, 42, 43, 44)
)
_VERDICT_WORDS = 25
_PASSAGE_WORDS = 120
_QUESTIONS = 10
_PASSAGES = 3
_TITLE = 60
_WORD = re.compile(r"[\w'’%-]+")
_LINK = re.compile(r"https://\S+\.\S+")


def check(topics: Sequence[Placed[Topic]]) -> Iterator[Fault]:
    """Faults of single topics, then those between them."""
    for placed in topics:
        yield from _front(placed)
        yield from _passages(placed)
    yield from _between(topics)


def _front(placed: Placed[Topic]) -> Iterator[Fault]:
    topic = placed.value
    file = placed.document.file
    if not file.endswith(f"/{topic.id.replace('.', '_')}.md"):
        yield placed.fault(
            f"the file of {topic.id!r} is {topic.id.replace('.', '_')}.md", ["topic"]
        )
    if len(topic.title) > _TITLE:
        yield placed.fault(f"the title has more than {_TITLE} characters", ["title"])
    if len(topic.questions) < _QUESTIONS:
        yield placed.fault(f"at least {_QUESTIONS} example questions are needed", ["questions"])
    yield from _verdict(placed, topic.verdict, ["verdict"])
    for number, ready in enumerate(topic.ready):
        yield from _verdict(placed, ready.verdict, ["answers", number, "verdict"])
        if ready.passage not in topic.passages:
            message = f"there is no passage {ready.passage!r} in this file"
            yield placed.fault(message, ["answers", number, "passage"])
    for place, source in enumerate(topic.sources.values()):
        if not _LINK.fullmatch(source.link):
            yield placed.fault("a source has a doi or an https url", ["sources", place])


def _verdict(placed: Placed[Topic], verdict: str, path: Sequence[str | int]) -> Iterator[Fault]:
    if len(_WORD.findall(verdict)) > _VERDICT_WORDS:
        yield placed.fault(f"a verdict has at most {_VERDICT_WORDS} words", path)
    if not verdict.rstrip().endswith((".", "!")):
        yield placed.fault("a verdict is a whole sentence with its full stop", path)


def _passages(placed: Placed[Topic]) -> Iterator[Fault]:
    topic = placed.value
    if len(topic.passages) < _PASSAGES:
        yield placed.fault(f"at least {_PASSAGES} passages are needed")
    for passage in topic.passages.values():
        yield from _passage(placed, passage)
    for kind in (PassageKind.WHY, PassageKind.HOW, PassageKind.NEXT):
        if topic.of_kind(kind) is None:
            yield placed.fault(f"a passage of kind {kind.value!r} is missing")
    if OVERCLAIMED & set(topic.claims):
        for kind in (PassageKind.ARTICLE, PassageKind.STUDIES):
            if topic.of_kind(kind) is None:
                yield placed.fault(f"claims more than studies show: {kind.value!r} is missing")


def _passage(placed: Placed[Topic], passage: Passage) -> Iterator[Fault]:
    topic = placed.value
    problems = [
        (len(_WORD.findall(passage.text)) > _PASSAGE_WORDS, f"more than {_PASSAGE_WORDS} words"),
        (not passage.text, "no text"),
        (
            passage.kind is PassageKind.STUDIES and not passage.sources,
            "no source: what studies show needs one",
        ),
        *((c not in topic.claims, f"a claim that the topic has not: {c}") for c in passage.claims),
        *(
            (s not in topic.sources, f"a source that the topic has not: {s}")
            for s in passage.sources
        ),
    ]
    for wrong, words in problems:
        if wrong:
            line = placed.lines.get(passage.name, 1)
            yield Fault(placed.document.file, line, f"the passage {passage.name!r} has {words}")


def _between(topics: Sequence[Placed[Topic]]) -> Iterator[Fault]:
    ids = {placed.value.id for placed in topics}
    yield from _copied_ids(topics)
    yield from _copied_questions(topics)
    for placed in topics:
        for number, related in enumerate(placed.value.related):
            if related not in ids:
                yield placed.fault(f"there is no topic {related!r}", ["related", number])
    carried = {c for placed in topics for p in placed.value.passages.values() for c in p.claims}
    for claim in CLAIMS:
        if claim not in carried:
            yield topics[0].fault(f"no passage carries claim {claim}")


def _copied_ids(topics: Sequence[Placed[Topic]]) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for placed in topics:
        other = first.setdefault(placed.value.id, placed.document.file)
        if other != placed.document.file:
            yield placed.fault(f"{placed.value.id!r} is the topic of {other} already", ["topic"])


def _copied_questions(topics: Sequence[Placed[Topic]]) -> Iterator[Fault]:
    asked: dict[str, str] = {}
    for placed in topics:
        for number, question in enumerate(placed.value.questions):
            other = asked.setdefault(question.strip().lower(), placed.value.id)
            if other != placed.value.id:
                message = f"the question {question!r} stands in {other} too"
                yield placed.fault(message, ["questions", number])
