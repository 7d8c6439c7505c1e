"""From what came over the wire to parameters of the right types, or Telegram's refusal."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.demo.files import Upload
from bot.demo.formatting import units
from bot.demo.refusals import Json, bad_request
from bot.demo.schema import Schema

_INTEGER = re.compile(r"-?\d{1,19}")
_TRUE = ("true", "yes", "1")
_FALSE = ("false", "no", "0", "")
_ATTACHED = "attach://"
_TOO_LONG = {
    ("answerCallbackQuery", "text"): "MESSAGE_TOO_LONG",
    ("setMyDescription", "description"): "DESCRIPTION_TOO_LONG",
    ("setMyShortDescription", "short_description"): "ABOUT_TOO_LONG",
    ("setMyName", "name"): "NAME_TOO_LONG",
    ("setWebhook", "secret_token"): "secret token is too long",
}


@dataclass(frozen=True, slots=True)
class Given:
    """One request as it came; any text among the values may hold JSON."""

    values: Mapping[str, Any]
    uploads: Mapping[str, Upload] = field(default_factory=dict)


def check(schema: Schema, method: str, given: Given) -> Json:
    """Typed parameters. Raises Refused for what is unknown, missing, wrong or too long."""
    fields = schema.methods[method]
    params: Json = {}
    for name, raw in given.values.items():
        if name not in fields:
            raise bad_request(f'Unknown parameter "{name}" of {method}')
        value = _decoded(raw, name, fields[name]["types"])
        if value is not None:
            params[name] = schema.fit(value, fields[name]["types"], name)
            _check_length(method, name, params[name], fields[name].get("limit"))
    _attach(params, fields, given.uploads)
    for name, entry in fields.items():
        if entry.get("required") and name not in params:
            raise bad_request(_missing(name))
    return params


def _missing(name: str) -> str:
    usual = {
        "chat_id": "chat_id is empty",
        "text": "message text is empty",
        "photo": "There is no photo in the request",
        "document": "There is no document in the request",
        "file_id": "file_id not specified",
        "message_id": "Message identifier is not specified",
        "action": "Wrong parameter action in request",
        "media": 'Parameter "media" is required',
    }
    return usual.get(name, f'Parameter "{name}" is required')


def _decoded(raw: Any, name: str, types: list[str]) -> Any:
    if not isinstance(raw, str):
        return raw
    if "Integer" in types and _INTEGER.fullmatch(raw):
        return int(raw)
    if "String" in types or "InputFile" in types:
        return raw
    if types == ["Boolean"]:
        return _boolean(raw, name)
    if not raw:
        return None
    try:
        return json.loads(raw)
    except ValueError:
        words = "reply keyboard markup" if name == "reply_markup" else name.replace("_", " ")
        raise bad_request(f"Can't parse {words} JSON object") from None


def _boolean(raw: str, name: str) -> bool:
    word = raw.strip().lower()
    if word not in _TRUE + _FALSE:
        raise bad_request(f'Field "{name}" must be of type Boolean')
    return word in _TRUE


def _check_length(method: str, name: str, value: Any, limit: list[Any] | None) -> None:
    if limit is None or not isinstance(value, str):
        return
    amount = len(value.encode()) if limit[2] == "bytes" else units(value)
    if amount > limit[1]:
        raise bad_request(_TOO_LONG.get((method, name), f'Parameter "{name}" is too long'))


def _attach(params: Json, fields: Mapping[str, Any], uploads: Mapping[str, Upload]) -> None:
    """Files go where the request names them; one that nothing names is a mistake."""
    used = set()
    for name, upload in uploads.items():
        if name in fields and "InputFile" in fields[name]["types"]:
            params[name] = upload
            used.add(name)
    for name in list(params):
        params[name] = _resolved(params[name], uploads, used)
    if stray := set(uploads) - used:
        raise bad_request(f'Unknown parameter "{min(stray)}" (a file that nothing refers to)')


def _resolved(value: Any, uploads: Mapping[str, Upload], used: set[str]) -> Any:
    """`attach://name`, also inside an object, becomes the file of that name."""
    if isinstance(value, str) and value.startswith(_ATTACHED):
        name = value.removeprefix(_ATTACHED)
        if name not in uploads:
            raise bad_request(f"there is no file {name} in the request")
        used.add(name)
        return uploads[name]
    if isinstance(value, list):
        return [_resolved(item, uploads, used) for item in value]
    if isinstance(value, dict):
        return {key: _resolved(item, uploads, used) for key, item in value.items()}
    return value
