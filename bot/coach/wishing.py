"""A wish in plain words: found by the patterns, or told by the router, with its value."""

from bot.coach.stock import Content
from bot.domain.answers import Reply, ReplyKind
from bot.domain.wishes import guessed, typed, wants, wish_of

LONGEST_VALUE = 8  # words of an answer to "what time?"


def wish_reply(content: Content, wish: str) -> Reply:
    """The wish as a command, and what it still lacks."""
    message = content.texts.message("understood", command=wish)
    lacks = wants(wish, content.wishes)
    return Reply(ReplyKind.COMMAND, message, command=wish, confidence=1.0, lacks=lacks)


def wished(content: Content, words: str, open_wish: str) -> str | None:
    """A typed command, a pattern of the wishes, or the value that the last wish lacked."""
    mended = content.engine.mended(words)
    for said in (words,) if mended == words.lower() else (words, mended):
        wish = typed(said, content.wishes) or wish_of(said, content.wishes)
        if wish is not None:
            return wish
    if open_wish and len(words.split()) <= LONGEST_VALUE:
        wish = guess(content, open_wish, words)
        return wish if " " in wish else None
    return None


def guess(content: Content, wish: str, words: str) -> str:
    """The wish with its value, where its words have one as they stand or once they are mended."""
    found = guessed(wish, words, content.wishes)
    return found if " " in found else guessed(wish, content.engine.mended(words), content.wishes)
