"""In front of all handlers: a flood by one person costs the others nothing."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from telegram import Update
from telegram.ext import ApplicationHandlerStop

from bot.coach.desk import Desk
from bot.domain.allowance import Allowance, Verdict
from bot.wire.messenger import Messenger


class Flood:
    def __init__(self, desk: Desk, messenger: Messenger, clock: Callable[[], datetime]) -> None:
        self._desk = desk
        self._messenger = messenger
        self._clock = clock
        self._allowance = Allowance()
        self._telling: set[asyncio.Task[object]] = set()

    async def guard(self, update: Update, _context: object) -> None:
        """Raises ApplicationHandlerStop beyond the allowance; one line says so, once."""
        user, chat = update.effective_user, update.effective_chat
        if user is None or update.my_chat_member is not None:
            return
        verdict = self._allowance.ask(user.id, self._sent(update))
        if verdict is Verdict.FINE:
            return
        if verdict is Verdict.TELL and chat is not None and chat.type == chat.PRIVATE:
            loop = asyncio.get_running_loop()
            task = loop.create_task(self._messenger.reply(chat.id, self._desk.say("too_fast")))
            self._telling.add(task)
            task.add_done_callback(self._telling.discard)
        raise ApplicationHandlerStop

    def _sent(self, update: Update) -> float:
        """When it was sent, in seconds: what waits behind a flood must not count as slow."""
        message = update.message or update.edited_message
        return (message.date if message is not None else self._clock()).timestamp()
