"""A value together with the place in a file that it came from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from bot.content.documents import Document, Fault

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """`value` stands at position `number` of the list in `document`; -1: it is all of it.

    `lines` are those of named parts that stand outside the document's YAML.
    """

    value: T
    document: Document
    number: int
    lines: Mapping[str, int] = field(default_factory=dict)

    def fault(self, message: str, path: Sequence[str | int] = ()) -> Fault:
        start = [self.number] if self.number >= 0 else []
        return self.document.fault(message, [*start, *path])
