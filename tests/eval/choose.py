"""The bars of the router from the tuned parts: python -m tests.eval.choose

Ranks every question of the tuned parts under each setting of what counts as foreign, then looks
for the bars under which most is right: in scope first and among three, far and near declined.
Prints the lines for `content/answering/router.yaml`. Only the tuned parts are read.
"""

import itertools
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.coach.shelf import Shelf
from bot.coach.stock import Content
from bot.domain.routing import DO, SAY, Bars, Outside
from bot.retrieval.engine import Engine, rank_topics
from tests.eval.questions import Case, cases

ROOT = Path(__file__).parents[2]
NAMES = ("in_scope", "far", "near")
WEIGHTS = {"first": 1.0, "three": 0.6, "far": 0.6, "near": 1.0}
DOUBTS = (0.4, 0.5, 0.6, 0.8, 1.0)
STRANGE = ((0.0, 0.6), (3.0, 0.6))
ANSWER = (0.3, 0.35, 0.4, 0.45, 0.5)
CLARIFY = (0.12, 0.16, 0.2, 0.25, 0.3)
LONE = (0.2, 0.25, 0.3, 0.35, 0.4, 0.5)
NEAR = (0.5, 0.7, 0.8, 0.9)
Table = dict[str, NDArray[np.float32]]


def main() -> None:
    content = Shelf.open(ROOT / "content", ROOT / ".cache" / "leg-strength-coach").content
    now = content.answering.router.outside
    settings = itertools.product(DOUBTS, STRANGE)
    outsides = [replace(now, doubt=d, strange=s, home=home) for d, (s, home) in settings]
    found = [
        (value(table, bars), outside, bars)
        for outside, table in zip(outsides, _tables(content, outsides), strict=True)
        for bars in _bars(content.engine.bars)
    ]
    best, outside, bars = max(found, key=lambda one: one[0])
    out = sys.stdout.write
    out(f"# value {best:.4f} of {sum(WEIGHTS.values()):.1f} on the tuned parts\n")
    out(
        f"bars: {{answer: {bars.answer}, clarify: {bars.clarify}, lone: {bars.lone}, "
        f"near: {bars.near}, wish: {bars.wish}}}\n"
    )
    out(f"outside: {{doubt: {outside.doubt}, strange: {outside.strange}, home: {outside.home}}}\n")


def value(table: Table, bars: Bars) -> float:
    """The weighted sum of the shares that go right, by the rules of `course_of`."""
    score, inside = table["score"], table["in_scope"] > 0
    ours = (table["ours"] > 0) & (score >= bars.clarify)
    which = ours & (score < bars.answer) & (table["rival"] >= score * bars.near)
    answer = ours & ~which & (score >= bars.lone)
    away = ~which & ~answer & (table["other"] == 0)
    first = answer & (table["first"] > 0)
    three = (answer & (table["three"] > 0)) | (which & (table["two"] > 0))
    shares = {"first": first[inside].mean(), "three": three[inside].mean()}
    shares |= {name: away[table[name] > 0].mean() for name in ("far", "near")}
    return float(sum(WEIGHTS[name] * share for name, share in shares.items()))


def _tables(content: Content, outsides: list[Outside]) -> Iterator[Table]:
    """Each question is read once and then judged under each setting."""
    engines = [content.engine.judging(outside) for outside in outsides]
    rows: list[list[dict[str, float]]] = [[] for _ in engines]
    for name in NAMES:
        for case in cases(name, "tuned"):
            for engine, row in zip(engines, rows, strict=True):
                row.append(_row(content, engine, name, case))
    for row in rows:
        yield {key: np.array([one[key] for one in row], np.float32) for key in row[0]}


def _row(content: Content, engine: Engine, name: str, case: Case) -> dict[str, float]:
    ranked = rank_topics(engine.rank(case.turns[-1]))
    known = [guess for guess in ranked if guess.label in content.knowledge.topics]
    names = [guess.label for guess in known]
    return {
        **{each: float(each == name) for each in NAMES},
        "ours": float(ranked[0].label in content.knowledge.topics),
        "other": float(ranked[0].label in (DO, SAY)),
        "score": ranked[0].score,
        "rival": known[1].score,
        "first": float(names[0] in case.topics),
        "two": float(bool(set(names[:2]) & set(case.topics))),
        "three": float(bool(set(names[:3]) & set(case.topics))),
    }


def _bars(now: Bars) -> list[Bars]:
    return [
        replace(now, answer=a, clarify=c, lone=lone, near=near)
        for a, c, lone, near in itertools.product(ANSWER, CLARIFY, LONE, NEAR)
        if c <= lone <= a
    ]


if __name__ == "__main__":
    main()
