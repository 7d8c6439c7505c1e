"""The error table, row by row."""

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.domain.messages import Fate
from bot.wire.errors import is_parse_error, judge
from bot.wire.transport import AnswerLost, NeverSent

TABLE = [
    (ChatMigrated(-100200), Fate.MIGRATED),
    (Forbidden("Forbidden: bot was blocked by the user"), Fate.GONE),
    (Forbidden("Forbidden: user is deactivated"), Fate.GONE),
    (BadRequest("Chat not found"), Fate.GONE),
    (BadRequest("Message is not modified: same content"), Fate.SENT),
    (BadRequest("Message to edit not found"), Fate.SENT),
    (BadRequest("Query is too old and response timeout expired"), Fate.SENT),
    (BadRequest("Message is too long"), Fate.DEAD),
    (BadRequest("Can't parse entities: unclosed tag"), Fate.DEAD),
    (InvalidToken("Unauthorized"), Fate.REVOKED),
    (Conflict("terminated by other getUpdates request"), Fate.RETRY),
    (NeverSent("no connection"), Fate.RETRY),
    (AnswerLost("no answer"), Fate.UNKNOWN),
    (TimedOut(), Fate.UNKNOWN),
    (NetworkError("Bad Gateway"), Fate.UNKNOWN),
]


@pytest.mark.parametrize(("error", "fate"), TABLE, ids=lambda value: str(value)[:40])
def test_each_answer_of_telegram_has_its_fate(error: TelegramError, fate: Fate) -> None:
    assert judge(error).fate is fate


def test_a_refusal_says_how_long_to_wait() -> None:
    delivery = judge(RetryAfter(17))

    assert (delivery.fate, delivery.wait) == (Fate.RETRY, 17.0)


def test_a_migrated_chat_brings_its_new_id() -> None:
    assert judge(ChatMigrated(-100200)).chat_id == -100200


def test_a_parse_error_is_known_as_our_own_fault() -> None:
    assert is_parse_error(BadRequest("Can't parse entities: unsupported start tag"))
    assert not is_parse_error(BadRequest("Message is too long"))
