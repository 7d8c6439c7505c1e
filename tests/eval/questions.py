"""The question sets: what is asked, what a fair person would accept, and how the bot does.

Each line of `sets/<set>_<part>.jsonl` is a conversation; the last turn is judged. `tuned`
parts may be looked at while working, `aside` parts never.
"""

import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.coach.asking import Context, after, reply_to
from bot.coach.stock import Content
from bot.domain.answers import Reply, ReplyKind

FOLDER = Path(__file__).parent / "sets"
PARTS = ("tuned", "aside")
SETS = ("in_scope", "far", "near", "follow_ups", "commands", "small_talk")
_THREE = 3
Last = Callable[[Content, "Case"], tuple[Reply, float]]


@dataclass(frozen=True, slots=True)
class Case:
    """One conversation; `topics` and `commands` are all that count as right."""

    id: str
    style: str
    turns: tuple[str, ...]
    kind: str
    topics: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()


@dataclass(slots=True)
class Score:
    """How a set went; `wrong` holds the cases that failed the first measure."""

    of: int = 0
    first: int = 0
    three: int = 0
    wrong: list[tuple[Case, Reply]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


def cases(name: str, part: str) -> Iterator[Case]:
    file = FOLDER / f"{name}_{part}.jsonl"
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield _case(json.loads(line))


def judged(content: Content, asked: Iterable[Case], last: Last | None = None) -> Score:
    """Every conversation by a fresh person; `last` gives the judged reply and its seconds."""
    score = Score()
    for case in asked:
        reply, seconds = (last or _last)(content, case)
        first, three = right(case, reply)
        score.of += 1
        score.first += first
        score.three += three
        score.seconds.append(seconds)
        if not first:
            score.wrong.append((case, reply))
    return score


def right(case: Case, reply: Reply) -> tuple[bool, bool]:
    """Whether the reply is right at once, and whether it names the right topic among three."""
    kind = reply.kind.value
    if case.kind == "answer":
        first = reply.kind is ReplyKind.ANSWER and reply.topics[0] in case.topics
        inside = reply.kind in (ReplyKind.ANSWER, ReplyKind.CLARIFY)
        return first, inside and bool(set(reply.topics[:_THREE]) & set(case.topics))
    if case.kind == "command":
        ok = reply.command in case.commands
        return ok, ok
    return kind == case.kind, kind == case.kind


def replies(content: Content, case: Case) -> Iterator[Reply]:
    """What is said to each turn."""
    context = Context()
    for turn in case.turns:
        reply = reply_to(content, turn, context)
        context = after(context, reply)
        yield reply


def _last(content: Content, case: Case) -> tuple[Reply, float]:
    given = replies(content, case)
    for _ in case.turns[:-1]:
        next(given)
    start = time.perf_counter()
    reply = next(given)
    return reply, time.perf_counter() - start


def _case(data: dict[str, object]) -> Case:
    def words(*names: str) -> tuple[str, ...]:
        for name in names:
            value = data.get(name)
            if isinstance(value, list):
                return tuple(str(each) for each in value)
            if value:
                return (str(value),)
        return ()

    return Case(
        id=str(data["id"]),
        style=str(data["style"]),
        turns=words("turns"),
        kind=str(data["kind"]),
        topics=words("topics"),
        commands=words("commands", "command"),
    )
