"""An answer to a message: red flags, wishes, small talk, the router, passages, composition.

Each step is a room of its own; this file only puts them in their order and notes what each
decided. Nothing here is stored and nothing is sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.coach.alarms import emergency, flag_in, unless_open
from bot.coach.following import Asked, Follows, Heard, Last, family, heard
from bot.coach.stock import Content
from bot.coach.wishing import guess, wish_reply, wished
from bot.domain.answers import Quote, Reply, ReplyKind, composed, quoted, sentences
from bot.domain.follow_ups import asks_leave, kind_asked
from bot.domain.knowledge import Passage, PassageKind, Ready, Topic
from bot.domain.messages import Message
from bot.domain.routing import DO, SAY, Course, course_of
from bot.domain.safety import Flag
from bot.domain.wishes import LONGEST_WISH
from bot.retrieval.languages import language_of
from bot.texts import plain

LONGEST = 1200
_QUOTED = (PassageKind.WHAT, PassageKind.WHY, PassageKind.HOW, PassageKind.WATCH)
_TOLD = (ReplyKind.ANSWER, ReplyKind.COMMAND, ReplyKind.DECLINE)
_NEAREST = 3
_SHOWN = 5  # labels of the router, for whoever looks behind an answer
_TELLING = 2  # sentences that speak for a passage


@dataclass(frozen=True, slots=True)
class Context:
    """What the chat was last about, while it is fresh: the topic, the question, and the other
    reading where one was offered; the wish whose value was asked for; the open red flag; the
    country, where it is certain."""

    topic: str = ""
    asked: str = ""
    other: str = ""
    wish: str = ""
    flag: Flag | None = None
    country: str | None = None


def reply_to(content: Content, words: str, context: Context) -> Reply:
    """What is said to `words`; CPU work of some milliseconds."""
    flag, how = flag_in(content, words)
    if flag is not None:
        return emergency(content, flag, context.country, how)
    steps: tuple[str, ...] = (how,)
    wish = wished(content, words, context.wish)
    if wish is not None:
        told = wish_reply(content, wish)
        found = unless_open(content, words, told, context.flag, context.country)
        return replace(found, about=words, steps=(*steps, f"wish: {wish}"))
    steps += ("wish: none",)
    understood = heard(content, words, Last(context.topic, context.asked, context.other))
    asked, follows, guesses = understood.asked, understood.follows, understood.guesses
    steps += (f"follow-up: {asked.text!r}" if follows else "follow-up: no",)
    steps += ("router: " + ", ".join(f"{g.label or 'outside'} {g.score:.2f}" for g in guesses[:4]),)
    if follows is Follows.OTHER:
        found = _answered(content, context.other, None, asked, 1.0)
    else:
        found = _routed(content, words, understood, context)
    met = unless_open(content, words, found, context.flag, context.country)
    if met is not found:
        return replace(met, steps=(*steps, *met.steps))
    about = found.about or (asked.text if found.kind in _TOLD else "")
    scores = tuple((guess.label, guess.score) for guess in guesses[:_SHOWN])
    return replace(found, about=about, steps=(*steps, *found.steps), scores=scores)


def after(context: Context, reply: Reply) -> Context:
    """What the chat is about once `reply` was said."""
    if not context.topic and reply.kind in (ReplyKind.COMMAND, ReplyKind.DECLINE):
        context = replace(context, asked=reply.about)  # "i have only stairs": what comes may go on
    if reply.kind is ReplyKind.COMMAND:
        return replace(context, wish=reply.lacks)
    context, flag = replace(context, wish=""), context.flag
    if reply.flag is not None and (flag is None or reply.flag.urgency.rank < flag.urgency.rank):
        flag = reply.flag
    if reply.kind not in (ReplyKind.ANSWER, ReplyKind.CLARIFY):
        return replace(context, flag=flag)
    other = reply.topics[1] if len(reply.topics) > 1 else ""
    return replace(context, topic=reply.topics[0], asked=reply.about, other=other, flag=flag)


def about_topic(content: Content, topic: str) -> Reply:
    """The answer of a topic as such: a button below an answer asks for it."""
    return _answered(content, topic, None, Asked(content.knowledge.topics[topic].title), 1.0)


def _routed(content: Content, words: str, understood: Heard, context: Context) -> Reply:
    """Answer, ask which, decline, or see that it was a wish or small talk after all."""
    ranked = _ranked(understood)
    course, inside = course_of(ranked, content.knowledge.topics, content.engine.bars)
    best, score = ranked[0]
    name = _meant(content, words, best) if best in (DO, SAY) else ""
    wish = guess(content, name, words) if name and best == DO else ""
    if best in (DO, SAY) and not name:
        course = Course.DECLINE
    if course is Course.DO and asks_leave(words):
        course = Course.SURE
    match course:
        case Course.SAY:
            return _small_talk(content, name, score)
        case Course.DO:
            return wish_reply(content, wish)
        case Course.SURE:
            return _sure(content, wish, inside, score)
        case Course.WHICH:
            return _which(content, best, inside[1][0], score)
        case Course.DECLINE:
            return _declined(content, words, inside, score)
    ready = _ready(content, understood, context.asked, best)
    found = _answered(content, best, ready, understood.asked, score)
    return replace(found, topics=tuple(topic for topic, _ in inside[:_NEAREST]))


def _ranked(understood: Heard) -> list[tuple[str, float]]:
    """The topics with their shares: a story is no wish."""
    ranked = list(understood.topics)
    if len(understood.asked.words.split()) > LONGEST_WISH:
        return _without(ranked, DO, SAY)
    return ranked


def _without(ranked: list[tuple[str, float]], *labels: str) -> list[tuple[str, float]]:
    """What is left, with what is missing shared out."""
    left = [(topic, share) for topic, share in ranked if topic not in labels]
    whole = sum(share for _, share in left) or 1.0
    return [(topic, share / whole) for topic, share in left]


def _meant(content: Content, words: str, topic: str) -> str:
    """The family of questions within a topic: "" for the topic itself."""
    own = content.engine.within(words, topic)
    return max(own, key=lambda label: own[label]).partition("/")[2]


def _ready(content: Content, understood: Heard, before: str, topic_id: str) -> Ready | None:
    """The ready answer that is meant; "why?" and the like have the passage of their kind."""
    topic, words = content.knowledge.topics[topic_id], understood.asked.words
    kind = kind_asked(words, content.follow_ups) if understood.follows else None
    passage = (topic.passages.get(kind.value) or topic.of_kind(kind)) if kind else None
    if passage is not None:
        return Ready(passage.kind.value, sentences(passage.text)[0], passage.name, ())
    name = family(content, understood, before, topic_id)
    return next((ready for ready in topic.ready if ready.name == name), None)


def _answered(
    content: Content, topic_id: str, ready: Ready | None, asked: Asked, score: float
) -> Reply:
    topic = content.knowledge.topics[topic_id]
    quotes = _quotes(content, topic, ready, asked)
    message = _composed(content, topic, ready, quotes)
    name, shown = ready.name if ready else "-", ", ".join(quote.passage for quote in quotes)
    return Reply(
        ReplyKind.ANSWER,
        message,
        topics=(topic_id,),
        confidence=round(min(score, 1.0), 3),
        quotes=quotes,
        steps=(f"answer: {topic_id}/{name}, {shown}",),
    )


def _quotes(content: Content, topic: Topic, ready: Ready | None, asked: Asked) -> tuple[Quote, ...]:
    """One quote of the passage that bears the answer, and a second one if it is near enough."""
    rules = content.answering.router.quotes
    passages = [p for p in topic.passages.values() if p.kind in _QUOTED]
    order = _near(content, asked, passages)
    bearing = [p for p, _ in order if p.kind is not PassageKind.WATCH] or [order[0][0]]
    first = topic.passages[ready.passage] if ready is not None else bearing[0]
    others = [p for p, like in order if p.name != first.name and like >= rules.second]
    said = ready.verdict if ready else topic.verdict
    return tuple(_quote(content, p, asked, said) for p in (first, *others[:1]))


def _near(
    content: Content, asked: Asked, passages: Sequence[Passage]
) -> list[tuple[Passage, float]]:
    """Passages, best first, each by its two sentences that are nearest to the question."""
    found = []
    for passage in passages:
        near = content.engine.near(asked.words, sentences(passage.text), asked.before)
        best = [like for _, like in near[:_TELLING]]
        found.append((passage, sum(best) / len(best)))
    return sorted(found, key=lambda item: -item[1])


def _quote(content: Content, passage: Passage, asked: Asked, said: str) -> Quote:
    """The sentence nearest to the question; the opening one has the favour, and what is `said`
    already is not said again."""
    opening, parts = content.answering.router.quotes.opening, sentences(passage.text)
    near = content.engine.near(asked.words, parts, asked.before)
    found = [item for item in near if parts[item[0]] != said] or near
    order = sorted(found, key=lambda item: -(item[1] + (opening if item[0] == 0 else 0.0)))
    return quoted(passage, [place for place, _ in order])


def _composed(
    content: Content, topic: Topic, ready: Ready | None, quotes: tuple[Quote, ...]
) -> Message:
    """As full as its length allows: the second quote goes first, then the sources."""
    related = [content.knowledge.topics[t] for t in topic.related]
    message = Message("")
    for kept in (quotes, quotes[:1]):
        answer = composed(topic, ready, kept)
        message = content.texts.message("answer", answer=answer, related=related[:3])
        if len(plain(message.text)) <= LONGEST:
            break
    return message


def _which(content: Content, first: str, second: str, score: float) -> Reply:
    pair = [content.knowledge.topics[t] for t in (first, second)]
    return Reply(
        ReplyKind.CLARIFY,
        content.texts.message("clarify", topics=pair),
        topics=(first, second),
        confidence=round(score, 3),
        steps=(f"clarify: {first} or {second}",),
    )


def _sure(content: Content, wish: str, inside: Sequence[tuple[str, float]], score: float) -> Reply:
    """A wish perhaps, a question perhaps: two buttons."""
    topic = content.knowledge.topics[inside[0][0]]
    return Reply(
        ReplyKind.CLARIFY,
        content.texts.message("unsure", command=wish, topic=topic),
        topics=(topic.id,),
        confidence=round(score, 3),
        steps=(f"unsure: {wish} or {topic.id}",),
    )


def _declined(
    content: Content, question: str, inside: Sequence[tuple[str, float]], score: float
) -> Reply:
    foreign = _foreign(content, question)
    if foreign:
        message = content.texts.message("other_language", line=foreign)
        return Reply(ReplyKind.DECLINE, message, confidence=1.0, steps=("another language",))
    nearest = [content.knowledge.topics[topic] for topic, _ in inside[:_NEAREST]]
    return Reply(
        ReplyKind.DECLINE,
        content.texts.message("decline", nearest=nearest),
        confidence=round(1 - score, 3),
        steps=("decline",),
    )


def _foreign(content: Content, question: str) -> str:
    """The line in the language of the question, where it is another and certain."""
    rules = content.answering.languages
    if len(question.split()) < rules.words and question.isascii():
        return ""
    return rules.languages.get(language_of(question), "")


def _small_talk(content: Content, name: str, score: float) -> Reply:
    return Reply(
        ReplyKind.SMALLTALK,
        content.texts.message(f"small/{name}"),
        confidence=round(score, 3),
        steps=(f"small talk: {name}",),
    )
