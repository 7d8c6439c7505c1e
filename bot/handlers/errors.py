"""The last resort: an exception anywhere ends here, and the person still gets a sentence."""

from collections.abc import Callable
from enum import StrEnum

import structlog
from telegram import Update

from bot.coach.desk import Desk
from bot.domain.errors import NotReady
from bot.wire.messenger import Messenger

log = structlog.get_logger()


class End(StrEnum):
    """How the handling of an update ended."""

    HANDLED = "handled"
    FAILED = "failed"  # given up: the person was told
    AWAY = "away"  # nothing has happened: it may come again


class Errors:
    """Where the database is away, the update is not given up: whoever brought it tries again."""

    def __init__(self, desk: Desk, messenger: Messenger, alarm: Callable[[str], None]) -> None:
        self._desk = desk
        self._messenger = messenger
        self._alarm = alarm
        self._ends: dict[int, End] = {}

    async def last_resort(self, update: object, context: object) -> None:
        """Log it with its cause, alarm, and say that nothing was changed."""
        error = getattr(context, "error", None)
        if isinstance(error, NotReady) and isinstance(update, Update):
            log.error("update.database", reason=str(error), update=update.update_id)
            self._alarm("database")
            self._ends[update.update_id] = End.AWAY
            return
        log.error("update.failed", exc_info=error, update=getattr(update, "update_id", None))
        chat = None
        if isinstance(update, Update):
            self._ends[update.update_id] = End.FAILED
            chat = update.effective_chat
        await self.give_up("update", chat.id if chat is not None else None)

    async def give_up(self, kind: str, chat_id: int | None) -> None:
        """This one will not be handled: the host hears of it, and the person gets a sentence."""
        self._alarm(kind)
        if chat_id is not None:
            await self._messenger.reply(chat_id, self._desk.say("failed"))

    def end_of(self, update_id: int) -> End:
        """How an update ended that has just been handled; asked once."""
        return self._ends.pop(update_id, End.HANDLED)
