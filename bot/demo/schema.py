"""Which methods, parameters and objects the Bot API knows, and whether a value fits them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.demo.files import Upload
from bot.demo.refusals import Json, Refused, bad_request

_ARRAY = "Array of "
_WORDS = {
    "InlineKeyboardMarkup": "reply markup",
    "ReplyKeyboardMarkup": "reply markup",
    "ReplyKeyboardRemove": "reply markup",
    "ForceReply": "reply markup",
    "InlineKeyboardButton": "inline keyboard button",
    "KeyboardButton": "keyboard button",
}


@dataclass(frozen=True, slots=True)
class Schema:
    """The trimmed specification: see tests/tools/trim_botapi.py."""

    methods: Mapping[str, Json]
    types: Mapping[str, Json]
    updates: tuple[str, ...]

    @classmethod
    def load(cls) -> "Schema":
        """Read schema.json, which lies beside this module."""
        raw = json.loads(Path(__file__).with_name("schema.json").read_text(encoding="utf-8"))
        return cls(raw["methods"], raw["types"], tuple(raw["updates"]))

    def method(self, name: str) -> str | None:
        """The method's own spelling; Telegram does not mind capitals."""
        if name in self.methods:
            return name
        return next((m for m in self.methods if m.lower() == name.lower()), None)

    def fit(self, value: Any, types: list[str], name: str) -> Any:
        """The value, if one of the types takes it; else Refused with what is wrong."""
        arrays = [t for t in types if t.startswith(_ARRAY)]
        plain = _plain(value, types)
        if plain:
            return value
        if isinstance(value, list) and arrays:
            return self._fit_array(value, arrays, name)
        objects = [t for t in types if t in self.types]
        if isinstance(value, dict) and objects:
            return self._fit_object(value, objects)
        if value.__class__ is str and "KeyboardButton" in types:
            return {"text": value}
        raise _wrong(name, types)

    def _fit_array(self, value: list[Any], arrays: list[str], name: str) -> list[Any]:
        inner = [t.removeprefix(_ARRAY) for t in arrays]
        return [self.fit(item, inner, name) for item in value]

    def _fit_object(self, value: Json, names: list[str]) -> Json:
        name = self._choose(value, names)
        fields = self.types[name]["fields"]
        for key in value:
            if key not in fields:
                raise _fault(name, f'Unknown field "{key}"')
        fitted = {}
        for key, field in fields.items():
            if value.get(key) is None:
                if field.get("required"):
                    raise _fault(name, f'Can\'t find field "{key}"')
                continue
            fitted[key] = self.fit(value[key], field["types"], key)
        return fitted

    def _choose(self, value: Json, names: list[str]) -> str:
        """The member of a union: by its tag, else by the required fields that are there."""
        members = [m for n in names for m in self.types[n].get("subtypes", [n])]
        if len(members) == 1:
            return str(members[0])
        for member in members:
            tag = self.types[member].get("tag")
            if tag and value.get(tag[0]) == tag[1]:
                return str(member)
        untagged = [m for m in members if "tag" not in self.types[m]]
        for member in untagged:
            fields = self.types[member]["fields"]
            if all(key in value for key, field in fields.items() if field.get("required")):
                return str(member)
        raise _fault(names[0], "Unsupported type specified")


def _plain(value: Any, types: list[str]) -> bool:
    if isinstance(value, bool):
        return "Boolean" in types
    if isinstance(value, int):
        return "Integer" in types or "Float" in types
    if isinstance(value, float):
        return "Float" in types
    if isinstance(value, Upload):
        return "InputFile" in types
    return isinstance(value, str) and ("String" in types or "InputFile" in types)


def _wrong(name: str, types: list[str]) -> Refused:
    return bad_request(f'Field "{name}" must be of type {" or ".join(types)}')


def _fault(type_name: str, words: str) -> Refused:
    return bad_request(f"Can't parse {_WORDS.get(type_name, type_name)}: {words}")
