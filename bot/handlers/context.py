"""An update as the stories know it."""

from dataclasses import dataclass
from datetime import datetime

from telegram import Chat, Update

from bot.coach.desk import Asked


@dataclass(frozen=True, slots=True)
class Heard:
    """What was asked, and where: `group` chats hear nothing personal."""

    asked: Asked
    group: bool
    message_id: int | None


def hear(update: Update, now: datetime, words: str = "") -> Heard | None:
    """None for an update without a person or a chat, or of another bot."""
    user, chat, message = update.effective_user, update.effective_chat, update.effective_message
    if user is None or chat is None or user.is_bot:
        return None
    shown = message.message_id if message else None
    asked = Asked(user.id, chat.id, user.first_name, words, now, update.update_id, shown)
    return Heard(asked, chat.type != Chat.PRIVATE, shown)


def split_command(text: str, username: str | None) -> tuple[str, str] | None:
    """`/time@coach 7` as ("time", "7"); None where another bot of a group is meant.

    `username` is None where nobody else can be meant: in a private chat.
    """
    head, _, words = text.strip().partition(" ")
    name, _, bot = head.removeprefix("/").partition("@")
    if bot and username is not None and bot.lower() != username.lower():
        return None
    return name.lower(), words.strip()
