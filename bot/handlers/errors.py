"""The last resort: an exception anywhere ends here, and the person still gets a sentence."""

from collections.abc import Callable

import structlog
from telegram import Update

from bot.coach.desk import Desk
from bot.wire.messenger import Messenger

log = structlog.get_logger()


class Errors:
    def __init__(self, desk: Desk, messenger: Messenger, alarm: Callable[[str], None]) -> None:
        self._desk = desk
        self._messenger = messenger
        self._alarm = alarm

    async def last_resort(self, update: object, context: object) -> None:
        """Log it with its cause, alarm, and say that nothing was changed."""
        error = getattr(context, "error", None)
        log.error("update.failed", exc_info=error, update=getattr(update, "update_id", None))
        self._alarm("update")
        if isinstance(update, Update) and update.effective_chat is not None:
            await self._messenger.reply(update.effective_chat.id, self._desk.say("failed"))
