"""In front of all handlers: a flood by one person costs the others nothing."""

import asyncio

from telegram import Update
from telegram.ext import ApplicationHandlerStop

from bot.coach.desk import Desk
from bot.domain.allowance import Allowance, Verdict
from bot.wire.messenger import Messenger


class Flood:
    def __init__(self, desk: Desk, messenger: Messenger) -> None:
        self._desk = desk
        self._messenger = messenger
        self._allowance = Allowance()
        self._telling: set[asyncio.Task[object]] = set()

    async def guard(self, update: Update, _context: object) -> None:
        """Raises ApplicationHandlerStop beyond the allowance; one line says so, once."""
        user, chat = update.effective_user, update.effective_chat
        if user is None or update.my_chat_member is not None:
            return
        loop = asyncio.get_running_loop()
        verdict = self._allowance.ask(user.id, loop.time())
        if verdict is Verdict.FINE:
            return
        if verdict is Verdict.TELL and chat is not None and chat.type == chat.PRIVATE:
            task = loop.create_task(self._messenger.reply(chat.id, self._desk.say("too_fast")))
            self._telling.add(task)
            task.add_done_callback(self._telling.discard)
        raise ApplicationHandlerStop
