"""Blocked, back again, or a group that became a supergroup."""

from collections.abc import Callable
from datetime import datetime

from telegram import ChatMember, Update

from bot.coach import membership
from bot.coach.desk import Desk
from bot.handlers.context import hear


class Membership:
    """People who block the bot are left alone until they return."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime]) -> None:
        self._desk = desk
        self._clock = clock

    async def changed(self, update: Update, _context: object) -> None:
        heard, change = hear(update, self._clock()), update.my_chat_member
        if heard is None or heard.group or change is None:
            return
        gone = change.new_chat_member.status in (ChatMember.BANNED, ChatMember.LEFT)
        await membership.reachable(self._desk, heard.asked, here=not gone)

    async def migrated(self, update: Update, _context: object) -> None:
        message = update.effective_message
        if message is not None and message.migrate_to_chat_id is not None:
            await membership.migrated(self._desk, message.chat_id, message.migrate_to_chat_id)
