"""Values as plain JSON and back: frozen dataclasses, enums, dates, tuples, sets and mappings.

A field that has its default is left out, so that a field added later reads old data.
"""

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, time
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


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
    hints = _hints(kind)  # type: ignore[arg-type]  # mypy finds no hash in type[Any]
    return {name: _unpacked(hints[name], item) for name, item in data.items() if name in hints}


def _unpacked(kind: Any, data: Any) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _one_of(inner, data)
    if origin is tuple:
        return tuple(_unpacked(inner[0], item) for item in data)
    if origin is frozenset:
        return frozenset(_unpacked(inner[0], item) for item in data)
    if origin is not None and issubclass(origin, Mapping):
        return {_unpacked(inner[0], key): _unpacked(inner[1], item) for key, item in data.items()}
    if not isinstance(kind, type):
        return data
    return _simple(kind, data)


def _simple(kind: type[Any], data: Any) -> Any:
    if is_dataclass(kind):
        return kind(**unpacked_fields(kind, data))
    if issubclass(kind, StrEnum):
        return kind(data)
    if issubclass(kind, date | time):
        return kind.fromisoformat(data)
    if issubclass(kind, tuple):  # a NamedTuple such as Span
        return kind(*data)
    return data


def _one_of(kinds: tuple[Any, ...], data: Any) -> Any:
    if data is None:
        return None
    real = [kind for kind in kinds if kind is not type(None)]
    return _unpacked(real[0], data) if len(real) == 1 else data


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _default(field: Field[Any]) -> Any:
    if field.default is not MISSING:
        return field.default
    return field.default_factory() if field.default_factory is not MISSING else MISSING
