"""Which kind of update goes to whom."""

from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.handlers.buttons import Buttons
from bot.handlers.errors import Errors
from bot.handlers.flood import Flood
from bot.handlers.membership import Membership
from bot.handlers.messages import Messages

# All that the bot understands; the last setting sticks on Telegram's side, so it is always named.
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


def add_guard(application: AnyApplication, flood: Flood) -> None:
    """Before all routes, for updates of every kind."""
    application.add_handler(TypeHandler(Update, flood.guard), group=-1)


def add_routes(
    application: AnyApplication,
    messages: Messages,
    buttons: Buttons,
    membership: Membership,
    errors: Errors,
) -> None:
    application.add_handlers(
        [
            CallbackQueryHandler(buttons.pressed),
            ChatMemberHandler(membership.changed, ChatMemberHandler.MY_CHAT_MEMBER),
            MessageHandler(filters.UpdateType.EDITED_MESSAGE, messages.edited),
            MessageHandler(filters.COMMAND, messages.command),
            MessageHandler(filters.LOCATION, messages.location),
            MessageHandler(filters.TEXT | filters.CAPTION, messages.words),
            MessageHandler(filters.ALL & ~filters.StatusUpdate.ALL, messages.wordless),
            MessageHandler(filters.StatusUpdate.MIGRATE, membership.migrated),
        ]
    )
    application.add_error_handler(errors.last_resort)
