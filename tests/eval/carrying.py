"""The weights of what a message says against what was said before: python -m tests.eval.carrying

Learnt from the tuned follow-ups, and from pairs that do not belong together: a tuned question,
wish, greeting or foreign question behind the opening of a dialogue. Prints the `weights` of
`content/answering/follow_ups.yaml`. Some minutes; only the tuned parts are read.
"""

import random
import sys
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.coach.asking import Context, after, reply_to
from bot.coach.following import Last, manner, readings
from bot.coach.shelf import Shelf
from bot.coach.stock import Content
from bot.coach.wishing import wished
from bot.domain.carrying_on import (
    Leanings,
    Manner,
    Marks,
    Readings,
    Shares,
    Weights,
    labels_of,
    logs_of,
)
from bot.domain.follow_ups import is_other, kind_asked
from bot.domain.routing import DO, SAY
from tests.eval.questions import Case, cases

ROOT = Path(__file__).parents[2]
ALONE = ("in_scope", "far", "near", "commands", "small_talk")
LONGEST = 12  # words of a message that stands by itself
_KINDS = {"decline": "", "smalltalk": SAY, "command": DO}
_APART = 0.4  # what a pair that does not belong together counts
_RIDGE, _STEPS, _PACE = 0.002, 400, 0.05
Rows = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """One message behind another, as rows of what each weight is multiplied with."""

    rows: Rows
    right: Rows
    counts: float


def main() -> None:
    content = Shelf.open(ROOT / "content", ROOT / ".cache" / "leg-strength-coach").content
    examples = list(_examples(content))
    found = weights_of(learnt(examples))
    sys.stdout.write(f"# learnt from {len(examples)} messages behind another\nweights:\n")
    for part in fields(found):
        value = getattr(found, part.name)
        shown = ", ".join(f"{f.name}: {getattr(value, f.name):.2f}" for f in fields(value))
        sys.stdout.write(f"  {part.name}: {{{shown}}}\n")


def weights_of(row: Rows) -> Weights:
    given = row.tolist()
    return Weights(
        Shares(*given[:4]), Marks(*given[4:8]), Marks(*given[8:12]), Leanings(*given[12:])
    )


def learnt(examples: list[Example]) -> Rows:
    """The weights under which the right topics are likeliest, by Adam on all examples at once."""
    width = examples[0].rows.shape[1]
    most = max(len(example.right) for example in examples)
    rows = np.zeros((len(examples), most, width))
    right = np.zeros((len(examples), most))
    closed = np.full((len(examples), most), -1e9)
    for number, example in enumerate(examples):
        many = len(example.right)
        rows[number, :many], right[number, :many] = example.rows, example.right
        closed[number, :many] = 0
    counts = np.array([example.counts for example in examples])[:, None]
    counts = counts / counts.sum()
    weights, mean, square = np.full(width, 0.1), np.zeros(width), np.zeros(width)
    for step in range(1, _STEPS + 1):
        shares = _softmax(rows @ weights + closed)
        wanted = shares * right
        wanted = wanted / (wanted.sum(axis=1, keepdims=True) + 1e-9)
        slope = 2 * _RIDGE * weights - np.einsum("ij,ijk->k", (wanted - shares) * counts, rows)
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        size = np.sqrt(square / (1 - 0.99**step)) + 1e-8
        weights = weights - _PACE * (1 - step / _STEPS) * mean / (1 - 0.9**step) / size
    return weights


def _softmax(scores: Rows) -> Rows:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Rows = raised / raised.sum(axis=1, keepdims=True)
    return shares


def _examples(content: Content) -> Iterator[Example]:
    dialogues = [case for case in cases("follow_ups", "tuned") if len(case.turns) > 1]
    source = random.Random(4)  # noqa: S311  (no secret)
    for case in dialogues:
        yield from _example(content, case, 1.0)
    for name in ALONE:
        for case in cases(name, "tuned"):
            if len(case.turns[-1].split()) <= LONGEST:
                opening = source.choice(dialogues).turns[0]
                yield from _example(content, replace(case, turns=(opening, case.turns[-1])), _APART)


def _example(content: Content, case: Case, counts: float) -> Iterator[Example]:
    """What the weights see of the last turn; nothing where another step of the bot has it."""
    context = Context()
    for turn in case.turns[:-1]:
        context = after(context, reply_to(content, turn, context))
    words, last = case.turns[-1], Last(context.topic, context.asked, context.other)
    if (
        not last.topic
        or wished(content, words, context.wish)
        or is_other(words, content.follow_ups)
    ):
        return
    if kind_asked(words, content.follow_ups) is not None:
        return
    seen = readings(content, words, last)
    told = manner(content, words, seen)
    labels = labels_of(seen)
    right = np.array([float(label in _right(case)) for label in labels])
    if right.any():
        yield Example(_rows(seen, last.topic, told), right, counts)


def _right(case: Case) -> tuple[str, ...]:
    return case.topics or (_KINDS.get(case.kind, ""),)


def _rows(seen: Readings, topic: str, told: Manner) -> Rows:
    """The log-odds of each label are linear in the weights: each weight alone tells its column."""
    zero = Weights(Shares(0, 0, 0, 0), Marks(0, 0, 0, 0), Marks(0, 0, 0, 0), Leanings(0, 0, 0, 0))
    width = sum(len(astuple(getattr(zero, part.name))) for part in fields(zero))
    columns = []
    for number in range(width):
        unit = np.zeros(width)
        unit[number] = 1.0
        columns.append(list(logs_of(seen, topic, told, weights_of(unit)).values()))
    return np.array(columns).T


if __name__ == "__main__":
    main()
