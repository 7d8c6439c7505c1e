"""What the bot says about itself: commands, name, descriptions, menu button; and what it asks."""

import json
import re

from bot.demo.files import LARGEST_DOWNLOAD
from bot.demo.refusals import Json, bad_request
from bot.demo.world import Chat, World

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_MOST_COMMANDS = 100
_LONGEST_DESCRIPTION = 256
_ABILITIES = {
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
    "can_connect_to_business": False,
    "has_main_web_app": False,
}


class Profile:
    """getMe, getChat, getFile, and all of setMy…, getMy…, deleteMy…."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._commands: dict[str, list[Json]] = {}
        self._words: dict[tuple[str, str], str] = {}
        self._menus: dict[int, Json] = {}

    def me(self, _params: Json, _call: int) -> Json:
        return self._world.bot | _ABILITIES

    def done(self, _params: Json, _call: int) -> bool:
        """close and logOut: nothing follows from them here."""
        return True

    def chat(self, params: Json, _call: int) -> Json:
        chat = self._world.reach(params["chat_id"])
        gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription",
                 "gifts_from_channels")  # fmt: skip
        return self._world.chat_json(chat) | {
            "accent_color_id": 0,
            "max_reaction_count": 11,
            "accepted_gift_types": dict.fromkeys(gifts, False),
        }

    def file(self, params: Json, _call: int) -> Json:
        stored = self._world.files.find(params["file_id"])
        if stored is None:
            raise bad_request("invalid file_id")
        if len(stored.upload.content) > LARGEST_DOWNLOAD:
            raise bad_request("file is too big")
        return {
            "file_id": stored.file_id,
            "file_unique_id": stored.unique_id,
            "file_size": len(stored.upload.content),
            "file_path": stored.path,
        }

    def set_commands(self, params: Json, _call: int) -> bool:
        commands = params["commands"]
        if len(commands) > _MOST_COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if not _COMMAND.fullmatch(command["command"].removeprefix("/")):
                raise bad_request("BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"].strip()) <= _LONGEST_DESCRIPTION:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        self._commands[self._place(params)] = [
            {"command": c["command"].removeprefix("/"), "description": c["description"]}
            for c in commands
        ]
        self._world.bell.ring()
        return True

    def commands(self, params: Json, _call: int) -> list[Json]:
        return self._commands.get(self._place(params), [])

    def delete_commands(self, params: Json, _call: int) -> bool:
        self._commands.pop(self._place(params), None)
        self._world.bell.ring()
        return True

    def menu(self, chat: Chat, language: str) -> list[Json]:
        """The commands that a person sees in this chat: the narrowest scope that has some."""
        kind = "all_private_chats" if chat.kind == "private" else "all_group_chats"
        scopes: list[Json] = [
            {"type": "chat", "chat_id": chat.chat_id},
            {"type": kind},
            {"type": "default"},
        ]
        for scope in scopes:
            for code in (language, ""):
                found = self._commands.get(_key(scope, code))
                if found:
                    return found
        return []

    def set_words(self, what: str, params: Json) -> bool:
        """The bot's name, description or short description, for one language or for all."""
        self._words[what, params.get("language_code", "")] = params.get(what, "")
        return True

    def words(self, what: str, params: Json) -> Json:
        usual = self._world.bot["first_name"] if what == "name" else ""
        own = self._words.get((what, params.get("language_code", "")))
        return {what: own or self._words.get((what, "")) or usual}

    def set_menu_button(self, params: Json, _call: int) -> bool:
        chat_id = params.get("chat_id", 0)
        if chat_id:
            self._world.reach(chat_id)
        self._menus[chat_id] = params.get("menu_button", {"type": "default"})
        return True

    def menu_button(self, params: Json, _call: int) -> Json:
        usual = self._menus.get(0, {"type": "commands"})
        return self._menus.get(params.get("chat_id", 0), usual)

    def _place(self, params: Json) -> str:
        scope = params.get("scope", {"type": "default"})
        if "chat_id" in scope:
            self._world.reach(scope["chat_id"])
        return _key(scope, params.get("language_code", ""))


def _key(scope: Json, language: str) -> str:
    return json.dumps([scope, language], sort_keys=True)
