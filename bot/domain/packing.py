"""Values as plain JSON and back: frozen dataclasses, enums, dates, tuples, sets and mappings.

A field that has its default is left out, so that a field added later reads old data.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, time
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Reader = Callable[[Any], Any]


def packed(value: Any) -> Any:
    """The value as JSON knows it."""
    if is_dataclass(value) and not isinstance(value, type):
        return packed_fields(value, fields(value))
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(packed(key)): packed(item) for key, item in value.items()}
    if isinstance(value, tuple | list | frozenset):
        items = sorted(value) if isinstance(value, frozenset) else value
        return [packed(item) for item in items]
    return value


def packed_fields(value: Any, which: Iterable[Field[Any]]) -> dict[str, Any]:
    """Those fields of a dataclass that differ from their defaults."""
    return {
        field.name: packed(getattr(value, field.name))
        for field in which
        if getattr(value, field.name) != _default(field)
    }


def unpacked(kind: type[T], data: Any) -> T:
    """The value of that type; raises KeyError, TypeError or ValueError for other data."""
    value: T = _unpacked(kind, data)
    return value


def unpacked_fields(kind: type[Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that the data names, each of its own type; unknown names are passed over."""
    readers = _readers(kind)  # type: ignore[arg-type]  # mypy finds no hash in type[Any]
    return {
        name: item if (reader := readers[name]) is None else reader(item)
        for name, item in data.items()
        if name in readers
    }


@cache
def _readers(kind: type) -> dict[str, Reader | None]:
    return {name: _reader(hint) for name, hint in get_type_hints(kind).items()}


def _unpacked(kind: Any, data: Any) -> Any:
    reader = _reader(kind)
    return data if reader is None else reader(data)


@cache
def _reader(kind: Any) -> Reader | None:
    """What makes JSON a value of that type; None where it is one already. Types are looked at
    once: that takes longer than to read a value."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _one_of(inner)
    if origin in (tuple, frozenset):
        return _many(origin, _reader(inner[0]))
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(_reader(inner[0]), _reader(inner[1]))
    return _simple(kind) if isinstance(kind, type) else None


def _simple(kind: type[Any]) -> Reader | None:
    if is_dataclass(kind):
        return lambda data: kind(**unpacked_fields(kind, data))
    if issubclass(kind, StrEnum):
        return kind
    if issubclass(kind, date | time):
        return kind.fromisoformat
    if issubclass(kind, tuple):  # a NamedTuple such as Span
        return lambda data: kind(*data)
    return None


def _many(kind: type[Any], reader: Reader | None) -> Reader:
    return kind if reader is None else lambda data: kind(map(reader, data))


def _mapping(key: Reader | None, value: Reader | None) -> Reader:
    def read(data: Any) -> Any:
        return {
            name if key is None else key(name): item if value is None else value(item)
            for name, item in data.items()
        }

    return read


def _one_of(kinds: tuple[Any, ...]) -> Reader | None:
    real = [kind for kind in kinds if kind is not type(None)]
    reader = _reader(real[0]) if len(real) == 1 else None
    return None if reader is None else lambda data: None if data is None else reader(data)


def _default(field: Field[Any]) -> Any:
    if field.default is not MISSING:
        return field.default
    return field.default_factory() if field.default_factory is not MISSING else MISSING
