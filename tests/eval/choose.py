"""The bars of the router from the tuned parts: python -m tests.eval.choose

Ranks every question of the tuned parts under each setting of what counts as foreign, then looks
for the bars under which most is right: in scope first and among three, far and near declined.
Prints the lines for `content/answering/router.yaml`. Only the tuned parts are read.
"""

import itertools
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from bot.coach.shelf import Shelf
from bot.coach.stock import Content
from bot.domain.routing import Bars, Course, Outside, course_of
from bot.retrieval.engine import rank_topics
from tests.eval.questions import Case, cases

ROOT = Path(__file__).parents[2]
WEIGHTS = {"first": 1.0, "three": 0.6, "far": 0.6, "near": 1.0}
Ranked = list[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the tuned part and what it may be met with."""

    case: Case
    ranked: Ranked


def value(asked: dict[str, list[Asked]], known: Iterable[str], bars: Bars) -> float:
    """The weighted sum of the shares that go right; the higher the better."""
    topics = frozenset(known)
    first = three = 0
    for one in asked["in_scope"]:
        course, inside = course_of(one.ranked, topics, bars)
        names = [name for name, _ in inside]
        right = course is Course.ANSWER and names[0] in one.case.topics
        first += right
        three += right or (
            course in (Course.ANSWER, Course.WHICH) and bool(set(names[:3]) & set(one.case.topics))
        )
    found = {"first": first / len(asked["in_scope"]), "three": three / len(asked["in_scope"])}
    for name in ("far", "near"):
        away = [course_of(one.ranked, topics, bars)[0] for one in asked[name]]
        found[name] = away.count(Course.DECLINE) / len(away)
    return sum(WEIGHTS[name] * share for name, share in found.items())


def main() -> None:
    content = Shelf.open(ROOT / "content", ROOT / ".cache" / "leg-strength-coach").content
    best: tuple[float, Outside, Bars] | None = None
    for outside in _outsides(content.answering.router.outside):
        asked = _asked(content, outside)
        for bars in _bars(content.engine.bars):
            found = value(asked, content.knowledge.topics, bars)
            if best is None or found > best[0]:
                best = (found, outside, bars)
    assert best is not None
    _print(*best)


def _asked(content: Content, outside: Outside) -> dict[str, list[Asked]]:
    engine = content.engine.judging(outside)
    return {
        name: [
            Asked(case, [(g.label, g.score) for g in rank_topics(engine.rank(case.turns[-1]))])
            for case in cases(name, "tuned")
        ]
        for name in ("in_scope", "far", "near")
    }


def _outsides(now: Outside) -> list[Outside]:
    return [
        replace(now, doubt=doubt, strange=strange, home=home)
        for doubt, strange, home in itertools.product(
            (0.8, 1.0, 1.2), (0.0, 3.0, 6.0, 9.0), (0.5, 0.6, 0.7)
        )
    ]


def _bars(now: Bars) -> list[Bars]:
    grid = itertools.product(
        (0.35, 0.4, 0.45, 0.5, 0.55), (0.12, 0.16, 0.2, 0.25, 0.3), (0.2, 0.25, 0.3, 0.35, 0.4),
        (0.3, 0.5, 0.7),
    )  # fmt: skip
    return [
        replace(now, answer=a, clarify=c, lone=lone, near=near)
        for a, c, lone, near in grid
        if c <= lone <= a
    ]


def _print(found: float, outside: Outside, bars: Bars) -> None:
    out = sys.stdout.write
    out(f"# value {found:.4f} of {sum(WEIGHTS.values()):.1f} on the tuned parts\n")
    out(
        f"bars: {{answer: {bars.answer}, clarify: {bars.clarify}, lone: {bars.lone}, "
        f"near: {bars.near}, follow_up: {bars.follow_up}, wish: {bars.wish}}}\n"
    )
    out(f"outside: {{doubt: {outside.doubt}, strange: {outside.strange}, home: {outside.home}}}\n")


if __name__ == "__main__":
    main()
