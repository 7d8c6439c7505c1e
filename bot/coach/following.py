"""A question with what it leaves out: "and how often?" goes on from what the chat was about."""

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.coach.stock import Content
from bot.domain.carrying_on import Manner, Readings, weighed
from bot.domain.follow_ups import has_subject, is_follow_up, is_other, kind_asked
from bot.domain.knowledge import Guess
from bot.domain.routing import ON
from bot.retrieval.classifier import topic_of
from bot.retrieval.engine import rank_topics

_BEFORE = 0.5  # what both questions together count, as a power, where the last one counts 1
_CLEAR = 0.5  # from here a message is of one thing
_ALONE = 0.9  # from here a message of the same topic says all of it


class Follows(StrEnum):
    """How a message follows the one before."""

    NOT = ""
    ON = "on"
    OTHER = "other"  # the reading that was offered and not taken


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: the words, and the topic's title where they go on from `before`."""

    words: str
    before: str = ""

    @property
    def text(self) -> str:
        return f"{self.before} {self.words}".strip()


@dataclass(frozen=True, slots=True)
class Heard:
    """The question as it was understood, how it follows, what the router makes of its words, and
    the topics with their shares, best first, after what came before."""

    asked: Asked
    follows: Follows
    guesses: tuple[Guess, ...]
    topics: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Last:
    """What the chat was last about: the topic, the question, the other reading that was offered."""

    topic: str
    asked: str
    other: str


def heard(content: Content, words: str, last: Last) -> Heard:
    """Short words are weighed with what was asked before; a story, or what is the first question,
    stands by itself."""
    phrases, topics = content.follow_ups, content.knowledge.topics
    if last.other in topics and is_other(words, phrases):
        return _by_itself(content, words, Follows.OTHER)
    if len(words.split()) > phrases.longest:
        return _by_itself(content, words)
    before = topics.get(last.topic or _hinted(content, words, last.asked))
    if before is None:
        return _by_itself(content, words)
    going_on = Asked(words, before.title)
    if kind_asked(words, phrases) is not None:
        sure = (Guess(before.id, 1.0),)
        return Heard(going_on, Follows.ON, sure, ((before.id, 1.0),))
    seen = readings(content, words, replace(last, topic=before.id))
    told = manner(content, words, seen)
    ranked = weighed(seen, before.id, told, phrases.weights)
    best = ranked[0][0]
    goes_on = best == before.id and seen.alone.get(best, 0.0) < _ALONE
    asked, follows = (going_on, Follows.ON) if goes_on else (Asked(words), Follows.NOT)
    return Heard(asked, follows, content.engine.rank(words), tuple(ranked))


def family(content: Content, understood: Heard, before: str, topic: str) -> str:
    """Which ready answer of the topic is meant, "" for the topic itself. Of a follow-up its own
    words tell more than the question `before`."""
    words = understood.asked.words
    if understood.follows is Follows.ON:
        alone = content.engine.within(words, topic)
        both = content.engine.within(words, topic, before)
        own = {label: both.get(label, 0.0) ** _BEFORE * share for label, share in alone.items()}
    else:
        own = {g.label: g.score for g in understood.guesses if topic_of(g.label) == topic}
    return max(own, key=lambda label: own[label]).partition("/")[2] if own else ""


def _by_itself(content: Content, words: str, follows: Follows = Follows.NOT) -> Heard:
    guesses = content.engine.rank(words)
    topics = tuple((guess.label, guess.score) for guess in rank_topics(guesses))
    return Heard(Asked(words), follows, guesses, topics)


def _hinted(content: Content, words: str, asked: str) -> str:
    """The topic nearest to what was said before where that was no question of ours: "i have only
    stairs". It counts where the message itself is nothing clear."""
    if not asked:
        return ""
    best = next(iter(_topics(content, words).items()))
    if best[0] != ON and best[1] >= _CLEAR:
        return ""
    known = content.knowledge.topics
    return next((topic for topic in _topics(content, asked) if topic in known), "")


def readings(content: Content, words: str, last: Last) -> Readings:
    """What the router makes of the message, of the last question, and of both."""
    before = last.asked or content.knowledge.topics[last.topic].title
    both = content.engine.together(words, before)
    return Readings(_topics(content, words), both, _topics(content, before))


def manner(content: Content, words: str, seen: Readings) -> Manner:
    phrases, mended = content.follow_ups, content.engine.mended(words)
    led = is_follow_up(words, phrases) or is_follow_up(mended, phrases)
    named, fragment = has_subject(mended, phrases), seen.alone.get(ON, 0.0)
    return Manner(led, named, len(words.split()), fragment)


def _topics(content: Content, words: str) -> dict[str, float]:
    return {guess.label: guess.score for guess in rank_topics(content.engine.rank(words))}
