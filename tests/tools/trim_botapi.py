"""Cuts the scraped Bot API down to what the stand-in checks requests against, and to the types
from which the fuzzing makes its updates.

    python -m tests.tools.trim_botapi path/to/api.json bot/demo/schema.json tests/fuzz/updates.json

The scrape comes from PaulSonOfLars/telegram-bot-api-spec (MIT; its notice is kept in
bot/demo/SCHEMA-LICENSE and tests/fuzz/SCHEMA-LICENSE). The prose of its descriptions stays behind.
"""

import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

METHODS = (
    "getMe", "logOut", "close", "getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo",
    "sendMessage", "sendPhoto", "sendDocument", "sendMediaGroup", "sendChatAction",
    "editMessageText", "editMessageCaption", "editMessageReplyMarkup", "editMessageMedia",
    "deleteMessage", "deleteMessages", "answerCallbackQuery", "getFile", "getChat",
    "setMyCommands", "getMyCommands", "deleteMyCommands",
    "setMyName", "getMyName", "setMyDescription", "getMyDescription",
    "setMyShortDescription", "getMyShortDescription", "setChatMenuButton", "getChatMenuButton",
)  # fmt: skip
_PLAIN = {"Integer", "String", "Boolean", "Float", "InputFile"}
_LIMIT = re.compile(r"(\d+)-(\d+) (characters|bytes)")
_ALWAYS = re.compile(r"(?:always|must be) [\"“]?([a-z_]+)", re.IGNORECASE)
_TAGS = ("type", "source", "status")


def trim(api: dict[str, Any]) -> dict[str, Any]:
    """The methods the stand-in knows, and every type that their parameters reach."""
    methods = {name: _fields(api["methods"][name]) for name in METHODS}
    types: dict[str, Any] = {}
    _reach((t for fields in methods.values() for f in fields.values() for t in f["types"]),
           api["types"], types)  # fmt: skip
    updates = [f["name"] for f in api["types"]["Update"]["fields"] if f["name"] != "update_id"]
    return {"version": api["version"], "methods": methods, "types": types, "updates": updates}


def trim_updates(api: dict[str, Any]) -> dict[str, Any]:
    """Every type that an update can hold."""
    types: dict[str, Any] = {}
    _reach(["Update"], api["types"], types)
    return {"version": api["version"], "types": types}


def _reach(names: Iterable[str], source: dict[str, Any], found: dict[str, Any]) -> None:
    for written in names:
        name = written.removeprefix("Array of ").removeprefix("Array of ")
        if name in _PLAIN or name in found:
            continue
        entry = source[name]
        if subtypes := entry.get("subtypes"):
            found[name] = {"subtypes": subtypes}
            _reach(subtypes, source, found)
            continue
        fields = _fields(entry)
        found[name] = {"fields": fields} | _tag(entry)
        _reach((t for f in fields.values() for t in f["types"]), source, found)


def _fields(entry: dict[str, Any]) -> dict[str, Any]:
    return {field["name"]: _field(field) for field in entry.get("fields", [])}


def _field(field: dict[str, Any]) -> dict[str, Any]:
    """Types and need; a limit only where it counts what is sent (not what parsing leaves)."""
    slim: dict[str, Any] = {"types": field["types"]}
    if field["required"]:
        slim["required"] = True
    limit = _LIMIT.search(field["description"])
    if limit and "String" in field["types"] and "entit" not in field["description"]:
        slim["limit"] = [int(limit[1]), int(limit[2]), limit[3]]
    return slim


def _tag(entry: dict[str, Any]) -> dict[str, Any]:
    """The field and value by which a member of a union is known."""
    for field in entry.get("fields", []):
        word = _ALWAYS.search(field["description"])
        if field["name"] in _TAGS and field["required"] and word:
            return {"tag": [field["name"], word[1]]}
    return {}


def main() -> None:
    source, requests, updates = map(Path, sys.argv[1:4])
    api = json.loads(source.read_text(encoding="utf-8"))
    requests.write_text(_one_entry_a_line(trim(api)), encoding="utf-8")
    updates.write_text(_one_entry_a_line(trim_updates(api)), encoding="utf-8")


def _one_entry_a_line(slim: dict[str, Any]) -> str:
    """JSON that a diff can show: each method and each type on its own line."""
    parts = []
    for key in ("version", "updates"):
        if key in slim:
            parts.append(f"{json.dumps(key)}: {json.dumps(slim[key])}")
    for key in ("methods", "types"):
        if key not in slim:
            continue
        entries = [f"  {json.dumps(n)}: {json.dumps(v)}" for n, v in sorted(slim[key].items())]
        parts.append(f"{json.dumps(key)}: {{\n" + ",\n".join(entries) + "\n}")
    return "{" + ",\n".join(parts) + "}\n"


if __name__ == "__main__":
    main()
