"""YAML into frozen values, with file and line of each fault.

A document is composed into nodes first, so that a fault that the validation finds deep inside
can be led back to its line. pydantic validates into the domain's own dataclasses; a key that
the dataclass does not have is a fault (a mistyped key must not be lost in silence).
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

import yaml
from pydantic import ConfigDict, TypeAdapter, ValidationError

T = TypeVar("T")

# The C parser is some ten times as fast, and not in every build of PyYAML.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_STRICT_KEYS = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong, where: `file:line: message`."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed YAML text that still knows its lines."""

    file: str
    data: Any
    node: yaml.Node | None
    first_line: int = 1

    def line(self, path: Sequence[str | int] = ()) -> int:
        """The line of the value at `path`, or of its nearest ancestor that is there."""
        node = self.node
        for key in path:
            child = _child(node, key)
            if child is None:
                break
            node = child
        return self.first_line + (node.start_mark.line if node is not None else 0)

    def fault(self, message: str, path: Sequence[str | int] = ()) -> Fault:
        return Fault(self.file, self.line(path), message)

    def part(self, key: str) -> "Document":
        """The value below `key` as a document of its own, with its lines."""
        return Document(self.file, self.data[key], _child(self.node, key), self.first_line)

    def into(self, shape: type[T]) -> tuple[T | None, list[Fault]]:
        """Validate into `shape`; returns the value or None, and the faults found."""
        try:
            return _adapter(shape).validate_python(self.data), []
        except ValidationError as error:
            return None, [self.fault(_words(e["loc"], e["msg"]), e["loc"]) for e in error.errors()]


def read(path: Path, root: Path) -> tuple[Document | None, list[Fault]]:
    """Read one YAML file; `root` is the folder that names are given from."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return None, [Fault(name_of(path, root), 1, f"cannot be read: {error}")]
    return parse(text, name_of(path, root))


def parse(text: str, file: str, first_line: int = 1) -> tuple[Document | None, list[Fault]]:
    """Parse YAML text that starts at `first_line` of `file`."""
    try:
        node, data = _load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        return None, [Fault(file, first_line + line, f"is not valid YAML: {error.problem}")]
    except yaml.YAMLError as error:
        return None, [Fault(file, first_line, f"is not valid YAML: {error}")]
    faults = _twice(node, file, first_line)
    return Document(file, data, node, first_line), faults


def _load(text: str) -> tuple[yaml.Node | None, Any]:
    """The nodes and the value, parsed once."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        return node, None if node is None else loader.construct_document(node)
    finally:
        loader.dispose()


def _twice(node: yaml.Node | None, file: str, first_line: int) -> list[Fault]:
    """A key written twice: YAML keeps the last in silence, we do not."""
    faults: list[Fault] = []
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                line = first_line + key.start_mark.line
                faults.append(Fault(file, line, f"the key {key.value!r} stands here twice"))
            seen.add(key.value)
            faults += _twice(value, file, first_line)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            faults += _twice(item, file, first_line)
    return faults


def _child(node: yaml.Node | None, key: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((v for k, v in node.value if k.value == str(key)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        found: yaml.Node = node.value[key]
        return found
    return None


def _adapter(shape: type[T]) -> TypeAdapter[T]:
    return TypeAdapter(_forbidding(shape))


def _forbidding(shape: Any) -> Any:
    """Give every dataclass that `shape` reaches the rule that unknown keys are faults."""
    for found in _dataclasses(shape, set()):
        if "__pydantic_config__" not in vars(found):
            found.__pydantic_config__ = _STRICT_KEYS
    return shape


def _dataclasses(shape: Any, seen: set[Any]) -> set[Any]:
    if shape in seen:
        return set()
    seen.add(shape)
    found: set[Any] = set()
    if is_dataclass(shape) and isinstance(shape, type):
        found.add(shape)
        hints = get_type_hints(shape)
        for field in fields(shape):
            found |= _dataclasses(hints[field.name], seen)
    for argument in get_args(shape):
        try:
            found |= _dataclasses(argument, seen)
        except TypeError:
            continue  # an unhashable argument of Literal or Annotated holds no dataclass
    return found


def _words(loc: tuple[str | int, ...], message: str) -> str:
    where = ".".join(str(part) for part in loc)
    if message == "Field required":
        return f"the key {where!r} is missing"
    if message == "Unexpected keyword argument" or message.startswith("Extra inputs"):
        return f"the key {where!r} is not known here"
    return f"{where}: {message}" if where else message


def name_of(path: Path, root: Path) -> str:
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.name
