"""The column types: an instant is always in UTC, an id always fits, an enum is its text."""

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, SmallInteger, String, TypeDecorator

WEEK = range(7)

# Telegram ids reach 52 bits. SQLite's INTEGER holds 64 and, unlike BIGINT, is the row's own key.
BigId = BigInteger().with_variant(Integer(), "sqlite")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, kept in UTC. A naive one raises ValueError: SQLite would lose its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone: an instant is stored in UTC")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class EnumText(TypeDecorator[StrEnum]):
    """An enum as its text, so that a new member needs no migration."""

    impl = String()
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: StrEnum | None, _dialect: Dialect) -> str | None:
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, _dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.kind(value)


class DaySet(TypeDecorator[frozenset[int]]):
    """Weekdays (Monday 0) as the seven bits of a small number."""

    impl = SmallInteger()
    cache_ok = True

    def process_bind_param(self, value: Iterable[int] | None, _dialect: Dialect) -> int | None:
        return None if value is None else sum(1 << day for day in set(value))

    def process_result_value(self, value: int | None, _dialect: Dialect) -> frozenset[int] | None:
        return None if value is None else frozenset(day for day in WEEK if value >> day & 1)


class Ids(TypeDecorator[tuple[str, ...]]):
    """Ids of the content in their order; they hold no blanks."""

    impl = String()
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, _dialect: Dialect) -> str | None:
        return None if value is None else " ".join(value)

    def process_result_value(self, value: Any | None, _dialect: Dialect) -> tuple[str, ...] | None:
        return None if value is None else tuple(str(value).split())
