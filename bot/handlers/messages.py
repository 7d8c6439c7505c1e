"""Messages: commands, words, a place, and what has no words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from telegram import Update

from bot.coach import signing_up
from bot.coach.commands import kindly, obey
from bot.coach.desk import Asked, Desk
from bot.coach.talking import flagged, talk
from bot.domain.messages import Message
from bot.handlers.context import hear, split_command
from bot.wire.messenger import Messenger

GROUP_COMMANDS = ("ask", "help")
Clock = Callable[[], datetime]


class Messages:
    """What is written to the bot, in private chats and, when addressed, in groups."""

    def __init__(self, desk: Desk, messenger: Messenger, clock: Clock, username: str) -> None:
        self._desk = desk
        self._messenger = messenger
        self._clock = clock
        self._username = username

    async def command(self, update: Update, _context: object) -> None:
        """`/name words`; in a group only what is not personal."""
        message = update.effective_message
        heard = hear(update, self._clock())
        if heard is None:
            return
        bot = self._username if heard.group else None
        split = split_command((message and message.text) or "", bot)
        if split is None:
            return
        name, words = split
        asked = replace(heard.asked, words=words)
        await self._say(asked, await commanded(self._desk, asked, name, group=heard.group))

    async def words(self, update: Update, _context: object) -> None:
        """Plain words, or the words under a picture; in a group only when addressed."""
        message = update.effective_message
        words = ((message and (message.text or message.caption)) or "").strip()
        heard = hear(update, self._clock(), words)
        if heard is None or (heard.group and not self._addressed(update, words)):
            return
        asked = replace(heard.asked, words=words.replace(f"@{self._username}", "").strip())
        await self._messenger.typing(asked.chat_id)
        await self._say(asked, await talk(self._desk, asked, group=heard.group))

    async def edited(self, update: Update, context: object) -> None:
        """An edited message is read like a new one: the edit may be what matters."""
        await self.words(update, context)

    async def location(self, update: Update, _context: object) -> None:
        """A shared place: its zone is used, the place is not stored."""
        message, heard = update.effective_message, hear(update, self._clock())
        if heard is None or heard.group or message is None or message.location is None:
            return
        place = message.location
        said = await kindly(
            self._desk,
            lambda: signing_up.locate(self._desk, heard.asked, place.latitude, place.longitude),
        )
        await self._say(heard.asked, said)

    async def wordless(self, update: Update, _context: object) -> None:
        """Stickers, voice, pictures without words: a kind line."""
        heard = hear(update, self._clock())
        if heard is not None and not heard.group:
            await self._say(heard.asked, (self._desk.say("wordless"),))

    def _addressed(self, update: Update, words: str) -> bool:
        message = update.effective_message
        answered = message.reply_to_message if message else None
        to_us = answered is not None and answered.from_user is not None
        return f"@{self._username}" in words or (
            to_us
            and answered is not None
            and answered.from_user is not None
            and answered.from_user.username == self._username
        )

    async def _say(self, asked: Asked, said: tuple[Message, ...]) -> None:
        for message in said:
            await self._messenger.reply(asked.chat_id, message)


async def commanded(
    desk: Desk, asked: Asked, name: str, *, group: bool = False
) -> tuple[Message, ...]:
    """What a person hears who types `/name words`; red flags come before all else."""
    # "/pain 6 chest": the name is a part of what is said.
    told = f"{name} {asked.words}" if name == "pain" else asked.words
    care = await flagged(desk, replace(asked, words=told), group=group)
    if care:
        return care
    if group and name not in GROUP_COMMANDS:
        return (desk.say("only_in_private"),)
    if name == "ask" and asked.words:
        return await talk(desk, asked, group=group)
    return await obey(desk, asked, name)
