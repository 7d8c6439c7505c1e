"""A wish in plain words as a chat command: "change time to 6:30" is `/time 06:30`.

Patterns come from `content/answering/wishes.yaml`: words, `a|b` for either, `[...]` for what may
be left out, `{slot}` for a value. A slot is read by the same parser as the typed command; what
it refuses is no match.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.domain.errors import BadInput
from bot.domain.slots import NAMED, found
from bot.domain.typed import plain
from bot.domain.values import READ

_PIECE = re.compile(r"\[[^\]]*\]|\([^)]*\)|\{\w+\}|\S+")
LONGEST_WISH = 20  # words: what is longer is a story, not a wish
_SLOT = re.compile(r"\{(\w+)\}")
_EDGE = " .!,;:-?"


@dataclass(frozen=True, slots=True)
class Wish:
    """`command` with its slot in braces, such as "/time {time}"; `says` are patterns, `examples`
    wordings that the router learns from."""

    id: str
    command: str
    says: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wishes:
    """All wishes, their patterns made ready; `polite` words at the edges do not count. `names`:
    for a slot of named values, what people say and the word of the command. `same`: commands
    that mean another."""

    wishes: Mapping[str, Wish]
    polite: tuple[str, ...]
    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    names: Mapping[str, Mapping[str, str]]
    same: Mapping[str, str]

    @classmethod
    def of(
        cls,
        wishes: tuple[Wish, ...],
        polite: tuple[str, ...],
        names: Mapping[str, Mapping[str, str]],
        same: Mapping[str, str] = MappingProxyType({}),
    ) -> "Wishes":
        """Raises ValueError for a pattern that cannot be read or names an unknown slot."""
        patterns = tuple((w.id, _compiled(says)) for w in wishes for says in w.says)
        return cls(
            {w.id: w for w in wishes},
            tuple(sorted(polite, key=len, reverse=True)),
            patterns,
            names,
            same,
        )


def wish_of(words: str, wishes: Wishes) -> str | None:
    """The chat command that a pattern finds in the whole of `words`, or nothing."""
    said = _bare(words, wishes)
    if not said or len(said.split()) > LONGEST_WISH:
        return None
    for id_, pattern in wishes.patterns:
        match = pattern.fullmatch(f"{said} ")
        if match is None:
            continue
        command = _filled(wishes.wishes[id_].command, match.groupdict(), wishes)
        if command is not None:
            return wishes.same.get(command, command)
    return None


def typed(words: str, wishes: Wishes) -> str | None:
    """A command that was typed as such, if a wish has it; its value as a wish would have it."""
    name, _, rest = words.strip().partition(" ")
    name, rest = name.lower(), rest.strip()
    forms = [w.command for w in wishes.wishes.values() if w.command.partition(" ")[0] == name]
    if not forms:
        return None
    for form in forms:
        slots = _SLOT.findall(form)
        filled = _filled(form, {slots[0]: rest.lower()}, wishes) if len(slots) == 1 else None
        if rest and filled is not None:
            return filled
    return f"{name} {rest}".strip()


def wants(command: str, wishes: Wishes) -> str:
    """The wish whose value a bare command lacks, "" where it has one or can do without."""
    commands = {wish.command: wish.id for wish in wishes.wishes.values()}
    lacking = (id_ for other, id_ in commands.items() if other.startswith(f"{command} {{"))
    return "" if command in commands else next(lacking, "")


def guessed(id_: str, words: str, wishes: Wishes) -> str:
    """The command of a wish that was recognised as a whole: with its value where one is found in
    `words`, also where the value makes it a sibling, such as "/pause 7" of "/pause"."""
    own = wishes.wishes[id_].command
    base, said = own.partition(" ")[0], _bare(words, wishes)
    if own != base and not _SLOT.search(own):
        return own
    siblings = (w.command for w in wishes.wishes.values() if w.command.startswith(f"{base} {{"))
    for command in (own, *siblings):
        slots = _SLOT.findall(command)
        values = {slot: found(slot, said, wishes.names.get(slot, {})) for slot in slots}
        if slots and values[slots[0]] is not None:
            filled = _with(command, values)
            return wishes.same.get(filled, filled)
    return base


def _with(command: str, values: Mapping[str, str | None]) -> str:
    """The command with its values; a slot without one is left out."""
    filled = _SLOT.sub(lambda slot: values[slot.group(1)] or "", command)
    return " ".join(filled.split())


def _bare(words: str, wishes: Wishes) -> str:
    """Small letters, no polite words at the edges, no marks at the end."""
    said = " ".join(plain(words).replace(",", " ").split()).strip(_EDGE)
    changed = True
    while changed:
        before = said
        for polite in wishes.polite:
            said = said.removeprefix(f"{polite} ").removesuffix(f" {polite}").strip(_EDGE)
        changed = said != before
    return said


def _compiled(pattern: str) -> re.Pattern[str]:
    parts = []
    for piece in _PIECE.findall(pattern):
        inner = piece.strip("[]()")
        if piece.startswith("{"):
            name = piece.strip("{}")
            if name not in (known := (*READ, *NAMED)):
                raise ValueError(f"{pattern!r} names the slot {name!r}: {', '.join(known)}")
            parts.append(f"(?P<{name}>.+?) ")
        elif piece.startswith("["):
            parts.append(f"(?:(?:{_either(inner)}) )?")
        else:
            parts.append(f"(?:{_either(inner)}) ")
    return re.compile("".join(parts))


def _either(words: str) -> str:
    return "|".join(re.escape(word.strip()) for word in words.split("|"))


def _filled(command: str, slots: Mapping[str, str], wishes: Wishes) -> str | None:
    """The command with its slots as typed values; None where one cannot be read."""
    values: dict[str, str | None] = dict.fromkeys(_SLOT.findall(command))
    for name, text in slots.items():
        try:
            values[name] = _read(name, text.strip(_EDGE), wishes)
        except (BadInput, ValueError, KeyError):
            return None
    return _with(command, values)


def _read(slot: str, text: str, wishes: Wishes) -> str:
    return wishes.names[slot][text] if slot in NAMED else READ[slot](text)
