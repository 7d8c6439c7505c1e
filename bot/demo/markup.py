"""Keyboards under messages and in place of the keyboard: what Telegram takes."""

from itertools import chain

from bot.demo.formatting import units
from bot.demo.links import checked_link, mentioned_user
from bot.demo.refusals import Json, bad_request
from bot.demo.world import Chat

MOST_BUTTONS = 100
MOST_IN_A_ROW = 8
LONGEST_DATA = 64
_LONGEST_PLACEHOLDER = 64
_DECORATION = ("text", "icon_custom_emoji_id", "style")
_PRIVATE_ONLY = {
    "request_contact": "Phone number can be requested in private chats only",
    "request_location": "Location can be requested in private chats only",
    "request_poll": "Poll can be requested in private chats only",
    "request_users": "Users can be requested in private chats only",
    "request_chat": "Chats can be requested in private chats only",
    "request_managed_bot": "Managed bots can be requested in private chats only",
    "web_app": "Web App buttons can be used in private chats only",
}


def check_markup(markup: Json | None, chat: Chat) -> None:
    """Raises Refused where Telegram would not take the keyboard."""
    if markup is None:
        return
    rows = markup.get("inline_keyboard", [])
    _check_size(rows)
    for button in chain(*rows):
        _check_inline(button)
    for key in chain(*markup.get("keyboard", [])):
        _check_key(key, chat)
    placeholder = markup.get("input_field_placeholder")
    if placeholder is not None and not 1 <= units(placeholder) <= _LONGEST_PLACEHOLDER:
        raise bad_request("Input field placeholder is too long")


def inline(markup: Json | None) -> Json | None:
    """The inline keyboard that the message shows; empty rows are left out."""
    if markup is None or "inline_keyboard" not in markup:
        return None
    rows = [row for row in markup["inline_keyboard"] if row]
    return {"inline_keyboard": rows} if rows else None


def replaces_keyboard(markup: Json) -> bool:
    """Whether the markup changes what the person types with."""
    return "inline_keyboard" not in markup


def _check_size(rows: list[list[Json]]) -> None:
    if sum(map(len, rows)) > MOST_BUTTONS or any(len(row) > MOST_IN_A_ROW for row in rows):
        raise bad_request("reply markup is too long")


def _check_inline(button: Json) -> None:
    if not button["text"].strip():
        raise bad_request("Inline keyboard button text must be non-empty")
    actions = [key for key in button if key not in _DECORATION]
    if not actions:
        raise bad_request(
            "Can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1:
        raise bad_request("Can't parse inline keyboard button: more than one action in a button")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(data.encode()) <= LONGEST_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and mentioned_user(url) is None and checked_link(url) is None:
        raise bad_request(f"Inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _check_key(button: Json, chat: Chat) -> None:
    if not button["text"].strip():
        raise bad_request("Keyboard button text must be non-empty")
    for kind, words in _PRIVATE_ONLY.items():
        if kind in button and chat.kind != "private":
            raise bad_request(words)
