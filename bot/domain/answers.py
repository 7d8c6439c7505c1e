"""An answer as a value, and how one is put together from the passages of a topic. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.knowledge import Passage, PassageKind, Ready, Source, Topic
from bot.domain.messages import Message
from bot.domain.safety import Flag

_QUOTE = 240  # characters of one quote
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9•])|\n+")


class ReplyKind(StrEnum):
    ANSWER = "answer"
    CLARIFY = "clarify"
    DECLINE = "decline"
    EMERGENCY = "emergency"
    SMALLTALK = "smalltalk"
    COMMAND = "command"


@dataclass(frozen=True, slots=True)
class Quote:
    """Exact words of a passage, markup removed."""

    passage: str
    text: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said to one message.

    `confidence` goes from 0 to 1. `command` holds a wish as a chat command, `lacks` the id
    of the wish whose value it still lacks. `flag` is the
    sign of the red-flag catalogue that was found. `about` is what a follow-up would refer to.
    `steps` say what each step of the pipeline decided, `scores` how sure the router was of each
    label, best first.
    """

    kind: ReplyKind
    message: Message
    topics: tuple[str, ...] = ()
    confidence: float | None = None
    quotes: tuple[Quote, ...] = ()
    command: str | None = None
    lacks: str = ""
    flag: Flag | None = None
    about: str = ""
    steps: tuple[str, ...] = ()
    scores: tuple[tuple[str, float], ...] = ()


def explained(message: Message, reply: Reply) -> Message:
    """The message, with how the words that it answers were understood."""
    origin = replace(
        message.origin,
        kind=reply.kind.value,
        confidence=reply.confidence,
        scores=reply.scores,
        steps=reply.steps,
        passages=tuple((quote.passage, quote.text) for quote in reply.quotes),
    )
    return replace(message, origin=origin)


@dataclass(frozen=True, slots=True)
class Answer:
    """The parts of a grounded answer, in their order; an empty text is left out."""

    topic: Topic
    verdict: str
    quotes: tuple[Quote, ...]
    article: str
    studies: str
    next: str
    sources: tuple[Source, ...]


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a passage, list items among them."""
    return tuple(part.strip(" •\n") for part in _SENTENCE.split(text) if part.strip(" •\n"))


def composed(topic: Topic, ready: Ready | None, quotes: Sequence[Quote]) -> Answer:
    """The answer of a topic, or of one family of its questions, around the chosen quotes."""
    said = _said_both(topic)
    used = [topic.passages[quote.passage.partition("#")[2]] for quote in quotes]
    if said:
        used += [p for p in (topic.of_kind(PassageKind.STUDIES),) if p]
    following = topic.of_kind(PassageKind.NEXT)
    verdict = ready.verdict if ready else topic.verdict
    return Answer(
        topic=topic,
        verdict=verdict,
        quotes=tuple(quotes),
        article=said[0] if said else "",
        studies=said[1] if said and said[1] != verdict else "",
        next=" ".join(s for s in sentences(following.text)[:2] if s != verdict)
        if following
        else "",
        sources=_sources(topic, used),
    )


def quoted(passage: Passage, order: Iterable[int]) -> Quote:
    """One quote: the sentence that `order` (indices, best first) puts first, and what follows it
    while it stays short."""
    parts = sentences(passage.text)
    first = next(iter(order), 0)
    text = parts[first]
    for following in parts[first + 1 :]:
        longer = f"{text} {following}"
        if len(longer) > _QUOTE or longer not in passage.text:
            break
        text = longer
    return Quote(passage.id, text)


def _said_both(topic: Topic) -> tuple[str, str] | None:
    """What the article says and what studies show, where the topic's claims go beyond them."""
    article, studies = topic.of_kind(PassageKind.ARTICLE), topic.of_kind(PassageKind.STUDIES)
    if article is None or studies is None:
        return None
    return sentences(article.text)[0], _first_with(studies, "studies so far")


def _first_with(passage: Passage, words: str) -> str:
    parts = sentences(passage.text)
    return next((part for part in parts if words in part.lower()), parts[0])


def _sources(topic: Topic, used: Iterable[Passage]) -> tuple[Source, ...]:
    ids = dict.fromkeys(source for passage in used for source in passage.sources)
    return tuple(topic.sources[id_] for id_ in ids if id_ in topic.sources)
