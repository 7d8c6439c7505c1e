"""Whether a message raises a red flag: the signs of the catalogue, then a second opinion; and
what is said while it is open."""

from dataclasses import replace

from bot.coach.stock import Content
from bot.coach.wishing import wished
from bot.domain.answers import Reply, ReplyKind
from bot.domain.errors import BadInput
from bot.domain.safety import Course, Flag, advice
from bot.domain.scan import look
from bot.domain.scan_words import words_of
from bot.domain.second_opinion import added, bar_for
from bot.domain.weekdays import parse_days
from bot.retrieval.engine import rank_topics

_OF_PAIN = "care."  # topics in which a flag may well be meant
_OF_DAYS = ("days", "lift", "move")
# Wishes to see a session.
_SHOWN = frozenset(
    f"/{name}"
    for name in ("today", "tomorrow", "week", "plan", "why", "easier", "move", "repeat", "test")
)


def flag_in(content: Content, words: str) -> tuple[Flag | None, str]:
    """The flag that `words` raise, or None; and how it was found, for those who look into it."""
    seen = look(words, content.safety)
    if seen.flag is not None:
        said = words[slice(*seen.flag.span)]
        return seen.flag, f"red flags: {seen.flag.id} ({said!r})"
    unheard = not seen.language or _names_days(words)
    heard = None if unheard else content.engine.heard(words, content.alarm, seen)
    if heard is None:
        return None, "red flags: none"
    clear = bar_for(seen, content.safety) <= heard.score and _clear(content, words)
    flag = added(seen, heard, content.safety, len(words), clear=clear)
    bar = bar_for(seen, content.safety, clear=clear)
    told = f"second opinion {heard.score:.2f} of {bar:.2f}: {heard.label}"
    return flag, f"red flags: {flag.id if flag else 'none'}, {told}"


def _clear(content: Content, words: str) -> bool:
    """Whether a pattern of the wishes has all of it, or the router is sure of a topic other than
    pain."""
    if wished(content, words, "") is not None:
        return True
    best = rank_topics(content.engine.rank(words))[0]
    ours = best.label in content.knowledge.topics and not best.label.startswith(_OF_PAIN)
    return ours and best.score >= content.safety.second.sure


def _names_days(words: str) -> bool:
    """A list of weekdays, such as the value of /days, is no sentence to hear anything in."""
    first, _, rest = words.strip().lower().removeprefix("/").partition(" ")
    try:
        parse_days(rest if first in _OF_DAYS else words)
    except BadInput as refused:
        return refused.code == "days_none"
    return True


def emergency(
    content: Content, flag: Flag, country: str | None, step: str, *, again: bool = False
) -> Reply:
    """The words of a row of the catalogue, with the numbers to call."""
    found = advice(flag, content.safety, country)
    message = content.texts.message("emergency", advice=found, again=again)
    return Reply(ReplyKind.EMERGENCY, message, flag=flag, confidence=1.0, steps=(step,))


def still_open(content: Content, flag: Flag | None, country: str | None) -> Reply | None:
    """The words of an open flag again; None where none is, or the catalogue has dropped its row."""
    if flag is None or advice(flag, content.safety, country) is None:
        return None
    return emergency(content, flag, country, f"open flag: {flag.id}", again=True)


def unless_open(
    content: Content, words: str, found: Reply, flag: Flag | None, country: str | None
) -> Reply:
    """`found`, or an open flag again where `words` ask about training. Nothing cheerful is said
    while one stops the sessions."""
    stops = flag is not None and _stops(content, flag)
    if flag is not None and stops and found.kind is ReplyKind.SMALLTALK:
        return replace(found, message=content.texts.message("flag/quiet", urgency=flag.urgency))
    if not _of_training(content, words, found, stops):
        return found
    return still_open(content, flag, country) or found


def _of_training(content: Content, words: str, found: Reply, stops: bool) -> bool:
    """An answer; a question that is declined, if it is about training; and, where every session
    is stopped, a wish to see one."""
    match found.kind:
        case ReplyKind.ANSWER | ReplyKind.CLARIFY:
            return True
        case ReplyKind.DECLINE:
            return any(word.text in content.safety.training for word in words_of(words))
        case ReplyKind.COMMAND:
            return stops and (found.command or "").split()[0] in _SHOWN
    return False


def _stops(content: Content, flag: Flag) -> bool:
    row = content.safety.flag(flag.id)
    grading = row.grading(flag.urgency) if row is not None else None
    return grading is not None and grading.follows.course is Course.STOP
