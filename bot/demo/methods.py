"""Which method of the Bot API is answered by which part of the stand-in."""

from functools import partial

from bot.demo.api import Method
from bot.demo.callbacks import Presses
from bot.demo.editing import Editing
from bot.demo.profile import Profile
from bot.demo.receiving import Receiving
from bot.demo.refusals import Json
from bot.demo.sending import Sending
from bot.demo.world import World


def methods(
    world: World, receiving: Receiving, presses: Presses, profile: Profile
) -> dict[str, Method]:
    """Everything that the stand-in can do; the schema names the same methods."""
    sending = Sending(world)
    editing = Editing(world, sending)
    return {
        "getMe": profile.me,
        "logOut": profile.done,
        "close": profile.done,
        "getUpdates": receiving.get_updates,
        "setWebhook": receiving.set_webhook,
        "deleteWebhook": receiving.delete_webhook,
        "getWebhookInfo": receiving.webhook_info,
        "sendMessage": sending.message,
        "sendPhoto": sending.photo,
        "sendDocument": sending.document,
        "sendMediaGroup": sending.album,
        "sendChatAction": sending.action,
        "editMessageText": editing.text,
        "editMessageCaption": editing.caption,
        "editMessageMedia": editing.media,
        "editMessageReplyMarkup": editing.markup,
        "deleteMessage": editing.delete,
        "deleteMessages": editing.delete_many,
        "answerCallbackQuery": presses.answer,
        "getFile": profile.file,
        "getChat": profile.chat,
        "setMyCommands": profile.set_commands,
        "getMyCommands": profile.commands,
        "deleteMyCommands": profile.delete_commands,
        "setChatMenuButton": profile.set_menu_button,
        "getChatMenuButton": profile.menu_button,
    } | _words(profile)


def _words(profile: Profile) -> dict[str, Method]:
    """The bot's name and its two descriptions: set and get, for one language or for all."""
    names = {"Name": "name", "Description": "description",
             "ShortDescription": "short_description"}  # fmt: skip
    table: dict[str, Method] = {}
    for ending, what in names.items():
        table[f"setMy{ending}"] = partial(_set, profile, what)
        table[f"getMy{ending}"] = partial(_get, profile, what)
    return table


def _set(profile: Profile, what: str, params: Json, _call: int) -> bool:
    return profile.set_words(what, params)


def _get(profile: Profile, what: str, params: Json, _call: int) -> Json:
    return profile.words(what, params)
