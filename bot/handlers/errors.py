"""The last resort: an exception anywhere ends here, and the person still gets a sentence."""

from collections.abc import Callable

import structlog
from telegram import Update

from bot.coach.desk import Desk
from bot.domain.errors import NotReady
from bot.wire.messenger import Messenger

log = structlog.get_logger()


class Errors:
    """Where the database is away, the update is not given up: whoever brought it tries again."""

    def __init__(self, desk: Desk, messenger: Messenger, alarm: Callable[[str], None]) -> None:
        self._desk = desk
        self._messenger = messenger
        self._alarm = alarm
        self._away: set[int] = set()

    async def last_resort(self, update: object, context: object) -> None:
        """Log it with its cause, alarm, and say that nothing was changed."""
        error = getattr(context, "error", None)
        if isinstance(error, NotReady) and isinstance(update, Update):
            log.error("update.database", reason=str(error), update=update.update_id)
            self._alarm("database")
            self._away.add(update.update_id)
            return
        log.error("update.failed", exc_info=error, update=getattr(update, "update_id", None))
        chat = update.effective_chat if isinstance(update, Update) else None
        await self.give_up("update", chat.id if chat is not None else None)

    async def give_up(self, kind: str, chat_id: int | None) -> None:
        """This one will not be handled: the host hears of it, and the person gets a sentence."""
        self._alarm(kind)
        if chat_id is not None:
            await self._messenger.reply(chat_id, self._desk.say("failed"))

    def was_away(self, update_id: int) -> bool:
        """Whether the database was away while this update was handled; asked once."""
        found = update_id in self._away
        self._away.discard(update_id)
        return found
