"""A question with what it leaves out: "and how often?" goes on from what the chat was about."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.coach.stock import Content
from bot.domain.follow_ups import has_subject, is_asked, is_follow_up, is_other, kind_asked
from bot.domain.knowledge import Guess, Topic
from bot.domain.routing import DO, SAY
from bot.retrieval.classifier import topic_of
from bot.retrieval.engine import rank_topics
from bot.retrieval.head import OUTSIDE

_FOREIGN = 0.5  # what is more likely outside than not does not go on
_OF_THE_BOT = "about."  # "who says that?" is no change of subject
_CERTAIN = 0.95  # from here a message is about the bot, whatever came before
_BEFORE = 0.5  # what both questions together count, as a power, where the last one counts 1


class Follows(StrEnum):
    """How a message follows the one before."""

    NOT = ""
    ON = "on"
    OTHER = "other"  # the reading that was offered and not taken


@dataclass(frozen=True, slots=True)
class Heard:
    """The question as it was understood, how it follows, and what the router makes of it."""

    question: str
    follows: Follows
    guesses: tuple[Guess, ...]


def heard(content: Content, words: str, topic: str, other: str) -> Heard:
    """`topic` is what the chat is about, `other` the second reading, where there was one.

    Who names a subject of their own starts afresh, however short the message; and a message
    that is no clear question by itself goes on, if together with the topic it is one.
    """
    rank, phrases = content.engine.rank, content.follow_ups
    if other in content.knowledge.topics and is_other(words, phrases):
        return Heard(words, Follows.OTHER, rank(words))
    before = content.knowledge.topics.get(topic)
    if before is None:
        return Heard(words, Follows.NOT, rank(words))
    joined, mended = f"{before.title} {words}", content.engine.mended(words)
    if kind_asked(words, phrases) is not None:
        return Heard(joined, Follows.ON, (Guess(topic, 1.0),))
    if is_follow_up(words, phrases) or is_follow_up(mended, phrases):
        return _led(content, words, mended, before)
    return _unled(content, words, mended, before)


def _unled(content: Content, words: str, mended: str, before: Topic) -> Heard:
    """A message that does not sound like a follow-up: short, it goes on if it names no subject,
    or if only together with the topic it is a clear question."""
    rank, phrases, joined = content.engine.rank, content.follow_ups, f"{before.title} {words}"
    alone = rank(words)
    if len(words.split()) > phrases.longest:
        return Heard(words, Follows.NOT, alone)
    if not has_subject(mended, phrases) and not _for_the_bot(content, words, alone):
        return Heard(joined, Follows.ON, rank(joined))
    if _vague(content, alone):
        best, *_ = rank_topics(guesses := rank(joined))
        if best.label == before.id and best.score >= phrases.clear:
            return Heard(joined, Follows.ON, guesses)
    return Heard(words, Follows.NOT, alone)


def _led(content: Content, words: str, mended: str, before: Topic) -> Heard:
    """A message that sounds like a follow-up: it goes on unless it names a subject of its own."""
    rank, joined = content.engine.rank, f"{before.title} {words}"
    alone = rank(words)
    if _of_the_bot(alone):
        return Heard(words, Follows.NOT, alone)
    guesses = rank(joined)
    if not has_subject(mended, content.follow_ups):
        return Heard(joined, Follows.ON, guesses)
    if _named(content, alone, before) or _elsewhere(content, guesses, before):
        return Heard(words, Follows.NOT, alone)
    return Heard(joined, Follows.ON, guesses)


def _vague(content: Content, guesses: Sequence[Guess]) -> bool:
    """Whether it sounds like our subject, but not like one clear part of it."""
    topics = {guess.label: guess.score for guess in rank_topics(guesses)}
    best = max(topics, key=lambda topic: topics[topic])
    near = best in content.knowledge.topics and topics.get(OUTSIDE, 0.0) < _FOREIGN
    return near and topics[best] < content.follow_ups.clear


def family(content: Content, understood: Heard, words: str, before: str, topic: str) -> str:
    """Which ready answer of the topic is meant, "" for the topic itself. Of a follow-up its own
    words tell more than the question `before`."""
    own = {g.label: g.score for g in understood.guesses if topic_of(g.label) == topic}
    if understood.follows is Follows.ON:
        alone = content.engine.within(words, topic)
        both = content.engine.within(words, topic, before)
        own = {label: both.get(label, 0.0) ** _BEFORE * alone.get(label, 0.0) for label in own}
    return max(own, key=lambda label: own[label]).partition("/")[2] if own else ""


def _for_the_bot(content: Content, words: str, guesses: Sequence[Guess]) -> bool:
    """Whether a message without a subject is a greeting, a wish, or about the bot: "can i train
    tomorrow?" is none of these, though it sounds like one."""
    best = rank_topics(guesses)[0]
    if best.score < content.follow_ups.clear:
        return False
    return best.label == SAY or _of_the_bot(guesses) or (best.label == DO and not is_asked(words))


def _of_the_bot(guesses: Sequence[Guess]) -> bool:
    """Whether nothing but the bot, its plan or privacy can be meant."""
    best = rank_topics(guesses)[0]
    return best.label.startswith(_OF_THE_BOT) and best.score >= _CERTAIN


def _named(content: Content, guesses: Sequence[Guess], before: Topic) -> bool:
    """Whether the message alone names another subject of ours: "and hamstrings?". How foreign it
    sounds, being so short, does not count."""
    topics = {guess.label: guess.score for guess in rank_topics(guesses)}
    best = max(topics, key=lambda topic: topics[topic])
    ours = best in content.knowledge.topics and not best.startswith(_OF_THE_BOT)
    share = topics[best] / max(1 - topics.get(OUTSIDE, 0.0), topics[best])
    return ours and best != before.id and share >= content.follow_ups.clear


def _elsewhere(content: Content, guesses: Sequence[Guess], before: Topic) -> bool:
    """Whether even beside the topic's name another topic is clearly asked for."""
    best = rank_topics(guesses)[0]
    far = best.label in content.knowledge.topics and best.label != before.id
    return far and best.score >= content.follow_ups.clear
