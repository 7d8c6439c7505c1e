"""Buttons as Telegram wants them, in JSON."""

import json
from functools import lru_cache

from bot.domain.messages import Button, Message


def keyboard(message: Message) -> str | None:
    """Under the message, or in place of the keyboard to ask for a place; None: nothing."""
    if message.ask_location is not None:
        button = {"text": message.ask_location, "request_location": True}
        return json.dumps(
            {"keyboard": [[button]], "resize_keyboard": True, "one_time_keyboard": True}
        )
    return _rows(message.buttons) if message.buttons else None


@lru_cache(maxsize=256)
def _rows(rows: tuple[tuple[Button, ...], ...]) -> str:
    keys = [[{"text": button.text, "callback_data": button.data} for button in row] for row in rows]
    return json.dumps({"inline_keyboard": keys})
