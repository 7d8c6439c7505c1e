"""Learns the second opinion on red flags: `python -m tests.eval.alarm` writes `alarm.npz`.

From the tuned lines of the red flags, and the tuned questions, wishes and greetings as what is
none. The parts kept aside are not read.
"""

import sys

from bot.domain.knowledge import Example
from bot.domain.safety import Catalogue
from bot.domain.scan import look, scan
from bot.retrieval.alarm import FILE, NOTHING, fingerprint, learn
from bot.retrieval.encoder import Encoder
from tests.eval.questions import cases
from tests.eval.safety import Line, catalogue, lines

_HARMLESS = ("in_scope", "far", "near", "commands", "small_talk")
_WORST_FIRST = {"broken_or_head"}  # rows whose unclear lines are the worst of their gradings


def told() -> list[Example]:
    """The tuned lines by their rows."""
    return [Example(line.text, line.flag or NOTHING) for line in lines("tuned")]


def examples() -> list[Example]:
    """A label is "row urgency"; the urgency is what the signs say where they know the row."""
    known = catalogue()
    lived = [Example(line.text, _label(line, known)) for line in lines("tuned")]
    talk = [turn for name in _HARMLESS for case in cases(name, "tuned") for turn in case.turns]
    return [*lived, *(Example(text, NOTHING) for text in dict.fromkeys(talk))]


def _label(line: Line, known: Catalogue) -> str:
    row = known.flag(line.flag) if line.flag else None
    if row is None:
        return NOTHING
    found = scan(line.text, known)
    if found is not None and found.id == row.id:
        return f"{row.id} {found.urgency.value}"
    grading = row.gradings[0 if row.id in _WORST_FIRST else -1]
    return f"{row.id} {grading.urgency.value}"


def main() -> None:
    learnt, known = examples(), catalogue()
    seen = [look(line.text, known) for line in learnt]
    learn(Encoder.open(), learnt, seen, fingerprint(told())).write(FILE)
    sys.stdout.write(f"{FILE.name}: learnt from {len(learnt)} lines\n")


if __name__ == "__main__":
    main()
