"""The error table: what each answer of Telegram means for the message that was sent.

`BadRequest` and `TimedOut` are subclasses of `NetworkError`: the order below matters.
"""

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.domain.messages import Delivery, Fate
from bot.wire.transport import NeverSent

_ALREADY_SO = (
    "message is not modified",
    "message to edit not found",
    "message to delete not found",
    "message can't be deleted",
    "query is too old",
    "query id is invalid",
)
_NOBODY_THERE = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "group chat was deactivated",
)
_STALE_FILE = ("wrong file identifier", "wrong remote file", "file_reference", "wrong file_id")
NEVER_SENT_PAUSE = 2.0


def judge(error: TelegramError) -> Delivery:
    """The fate of the message whose call ended in `error`."""
    if isinstance(error, RetryAfter):
        return Delivery(Fate.RETRY, wait=_seconds(error), reason="429")
    if isinstance(error, ChatMigrated):
        return Delivery(Fate.MIGRATED, chat_id=error.new_chat_id, reason="chat migrated")
    if isinstance(error, Forbidden):
        return Delivery(Fate.GONE, reason=error.message)
    if isinstance(error, InvalidToken | EndPointNotFound):  # the name of a call is never wrong
        return Delivery(Fate.REVOKED, reason="Telegram refuses the token", everyone=True)
    if isinstance(error, BadRequest):
        return _bad_request(error)
    if isinstance(error, NeverSent | Conflict):
        return Delivery(Fate.RETRY, wait=NEVER_SENT_PAUSE, reason=error.message, everyone=True)
    # 5xx, a read or write that broke off: it may have been carried out
    return Delivery(Fate.UNKNOWN, wait=NEVER_SENT_PAUSE, reason=error.message)


def is_parse_error(error: TelegramError) -> bool:
    """Our own fault, each time: the template is logged and the plain text goes out instead."""
    return isinstance(error, BadRequest) and "can't parse entities" in error.message.lower()


def is_stale_file(error: TelegramError) -> bool:
    """Telegram no longer knows the id of a file: it must go up again."""
    return isinstance(error, BadRequest) and any(w in error.message.lower() for w in _STALE_FILE)


def _bad_request(error: BadRequest) -> Delivery:
    words = error.message.lower()
    if any(known in words for known in _ALREADY_SO):
        return Delivery(Fate.SENT, reason=error.message)
    if any(known in words for known in _NOBODY_THERE):
        return Delivery(Fate.GONE, reason=error.message)
    return Delivery(Fate.DEAD, reason=error.message)


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()
