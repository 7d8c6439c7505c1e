"""A value together with the place in a file that it came from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.content.documents import Document, Fault

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """`value` stands at position `number` of the list in `document`."""

    value: T
    document: Document
    number: int

    def fault(self, message: str, path: Sequence[str | int] = ()) -> Fault:
        return self.document.fault(message, [self.number, *path])
