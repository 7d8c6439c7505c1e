"""An opinion that is not ours: aiogram's types read each request and each answer."""

from collections.abc import Iterator
from typing import Any

from aiogram import methods
from aiogram.methods import Response, TelegramMethod
from aiogram.types import BufferedInputFile
from pydantic import BaseModel

from bot.demo.calls import Call, CallLog


def agree_with_aiogram(log: CallLog) -> None:
    """Fails where a call that was carried out is not one that aiogram could send or read."""
    for call in log.find():
        if call.ok:
            _check(call)
    for poll in log.find("getUpdates"):
        if poll.ok:
            _check(poll)


def _check(call: Call) -> None:
    known: type[TelegramMethod[Any]] = getattr(methods, call.method[0].upper() + call.method[1:])
    request = known.model_validate(_with_files(call.params))

    assert not list(unknown_fields(request)), (call.method, list(unknown_fields(request)))
    answer = Response[known.__returning__].model_validate(call.response)  # type: ignore[name-defined]

    assert not list(unknown_fields(answer)), (call.method, list(unknown_fields(answer)))


def unknown_fields(value: object) -> Iterator[str]:
    """What aiogram found and has no name for, at any depth."""
    if isinstance(value, BaseModel):
        yield from value.model_extra or ()
        for name in type(value).model_fields:
            yield from unknown_fields(getattr(value, name))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from unknown_fields(item)


def _with_files(value: Any) -> Any:
    if isinstance(value, dict) and set(value) == {"file", "bytes"}:
        return BufferedInputFile(b"-", filename=value["file"])
    if isinstance(value, dict):
        return {key: _with_files(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_files(item) for item in value]
    return value
