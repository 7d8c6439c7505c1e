"""Random valid updates of every kind, out of Telegram's own types (updates.json)."""

import json
from pathlib import Path
from random import Random
from typing import Any

from bot.demo.entities import settle
from bot.demo.formatting import Formatted
from tests.fuzz import hostile

Json = dict[str, Any]
_ARRAY = "Array of "
_DEEPEST = 4
_ABOUT = frozenset(  # a message has some of these and one content besides
    {
        "message_id", "message_thread_id", "direct_messages_topic", "from", "sender_chat",
        "sender_boost_count", "sender_business_bot", "sender_tag", "date", "guest_query_id",
        "business_connection_id", "chat", "forward_origin", "is_topic_message",
        "is_automatic_forward", "reply_to_message", "external_reply", "quote", "reply_to_story",
        "reply_to_checklist_task_id", "reply_to_poll_option_id", "via_bot", "guest_bot_caller_user",
        "guest_bot_caller_chat", "edit_date", "has_protected_content", "is_from_offline",
        "is_paid_post", "media_group_id", "author_signature", "paid_star_count", "entities",
        "link_preview_options", "suggested_post_info", "effect_id", "caption", "caption_entities",
        "show_caption_above_media", "has_media_spoiler", "reply_markup",
    }
)  # fmt: skip
_CAPTIONED = frozenset({"animation", "audio", "document", "photo", "video", "voice", "paid_media"})
_EDGES = (0, 1, 2, 59, 60, 64, 255, 4096, 65_536, 2**31 - 1)


class Maker:
    """Updates by kind; the same `random` makes the same updates."""

    def __init__(self, random: Random) -> None:
        file = Path(__file__).with_name("updates.json")
        self._types: Json = json.loads(file.read_text(encoding="utf-8"))["types"]
        self._random = random
        fields = self._types["Update"]["fields"]
        self.kinds = {name: f["types"][0] for name, f in fields.items() if name != "update_id"}

    def update(self, kind: str, number: int, user: Json, chat: Json, date: int) -> Json:
        """An update of this kind from this person in this chat."""
        body = self._object(self.kinds[kind], 0)
        if self.kinds[kind] == "Message":
            body = self._one_content(body, user, chat, date)
        elif kind == "callback_query":
            body |= {"from": user, "data": self._random.choice(hostile.DATA)}
            if isinstance(body.get("message"), dict):
                body["message"] |= {"chat": chat}
        elif "from" in body:
            body |= {"from": user} | ({"chat": chat} if "chat" in body else {})
        return {"update_id": number, kind: body}

    def _one_content(self, body: Json, user: Json, chat: Json, date: int) -> Json:
        """A text most of the time; else any one content, with a caption where it can have one."""
        about = {name: value for name, value in body.items() if name in _ABOUT}
        for name in ("entities", "caption", "caption_entities", "sender_chat"):
            about.pop(name, None)
        fields = self._types["Message"]["fields"]
        name = self._random.choice([n for n in fields if n not in _ABOUT])
        if self._random.random() < 0.6:
            name = "text"
        content = self._worded("text", "entities")
        if name != "text":
            content = {name: self._value(fields[name]["types"], name, 1)}
        if name in _CAPTIONED and self._random.random() < 0.5:
            content |= self._worded("caption", "caption_entities")
        where = {"chat": chat, "date": date} | ({"from": user} if chat["type"] != "channel" else {})
        return about | content | where

    def _worded(self, name: str, entities: str) -> Json:
        """Words as Telegram keeps them: trimmed, its entities found."""
        kept = settle(Formatted(hostile.text(self._random)), lambda _: None)
        if not kept.text:
            return {name: "?"}
        return {name: kept.text} | ({entities: list(kept.entities)} if kept.entities else {})

    def _object(self, name: str, depth: int) -> Json:
        entry = self._types[name]
        made: Json = {}
        for key, field in entry["fields"].items():
            if entry.get("tag", [""])[0] == key:
                made[key] = entry["tag"][1]
            elif field.get("required") or self._random.random() < 0.4 ** (depth + 1):
                made[key] = self._value(field["types"], key, depth + 1)
        return made

    def _value(self, types: list[str], key: str, depth: int) -> Any:
        kind = "String" if "String" in types and depth > _DEEPEST else self._random.choice(types)
        if kind.startswith(_ARRAY):
            inner = [kind.removeprefix(_ARRAY)]
            several = range(self._random.randrange(3) if depth <= _DEEPEST else 0)
            return [self._value(inner, key, depth + 1) for _ in several]
        match kind:
            case "Integer":
                return self._number(key)
            case "String":
                return self._word(key)
            case "Boolean":
                return self._random.random() < 0.5
            case "Float":
                return self._random.choice((0.0, -90.0, 180.0, 52.5, 1e-9))
        if subtypes := self._types[kind].get("subtypes"):
            return self._value(subtypes, key, depth)
        return self._object(kind, depth)

    def _number(self, key: str) -> int:
        if key == "date" or key.endswith("_date"):
            return self._random.randrange(1, 2_000_000_000)
        large = 52 if key == "id" or key.endswith("_id") else 31
        return self._random.choice((*_EDGES, self._random.randrange(2**large)))

    def _word(self, key: str) -> str:
        if key == "type":
            return self._random.choice(("private", "group", "channel", "bold", "url", "regular"))
        return self._random.choice((hostile.text(self._random)[:64], "x", "Ann", str(key)))
