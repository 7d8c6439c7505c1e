"""Small checks of rows, and those of the tables of health: screening, pain, illness."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from bot.content.documents import Document, Fault
from bot.domain.health_tables import (
    IllnessTable,
    Now,
    PainTable,
    Running,
    ScreeningTable,
    Sign,
    Zone,
)
from bot.domain.person import Screening
from bot.domain.plan import HARDNESS
from bot.domain.screening import STRICTNESS

_SECTION = re.compile(r"\d+(\.\d+)?")
_QUESTION = re.compile(r"Q[1-9]\d?")
_TOP = 10
_LABEL = 30
_MESSAGE = 3800  # Telegram's 4096, less what a template puts around it
Path = list[str | int]


def section(table: Any, document: Document) -> Iterator[Fault]:
    if not _SECTION.fullmatch(table.section):
        yield document.fault("section is no number of the reference, such as 10.1", ["section"])


def within(document: Document, path: Path, value: float | None, top: float = 1) -> Iterator[Fault]:
    """A number, if given, lies from 0 to `top`."""
    if value is not None and not 0 <= value <= top:
        yield document.fault(f"{path[-1]} is not from 0 to {top}", path)


def rising(
    document: Document, path: Path, key: str, values: Iterable[float | None], strict: bool = False
) -> Iterator[Fault]:
    """`values` of `key` in the rows at `path` never fall; None stands for no value."""
    there = [(number, value) for number, value in enumerate(values) if value is not None]
    for (_, earlier), (number, later) in pairwise(there):
        if later < earlier or (strict and later == earlier):
            words = "must be above" if strict else "must not be below"
            yield document.fault(f"{key} {words} that of the row before", [*path, number, key])


def complete(document: Document, path: Path, kind: Any, there: Iterable[Any]) -> Iterator[Fault]:
    """Every member of `kind` is there."""
    found = set(there)
    for member in kind:
        if member not in found:
            yield document.fault(f"{path[-1]}: {member.value!r} is missing", path)


def each_once(document: Document, path: Path, key: str, values: Sequence[Any]) -> Iterator[Fault]:
    for number, value in enumerate(values):
        if value in values[:number]:
            yield document.fault(f"{key} {str(value)!r} stands here twice", [*path, number, key])


def labels(document: Document, named: Iterable[tuple[Path, str]]) -> Iterator[Fault]:
    """Words on a button are there, and short."""
    for path, words in named:
        if not 0 < len(words) <= _LABEL:
            yield document.fault(f"a button has 1 to {_LABEL} letters", path)


def of_screening(table: ScreeningTable, document: Document) -> Iterator[Fault]:
    yield from section(table, document)
    yield from complete(document, ["outcomes"], Screening, table.outcomes)
    buttons = ("none", "some", "done", "clearance_yes", "clearance_no")
    yield from labels(document, (([key], getattr(table, key)) for key in buttons))
    yield from labels(
        document, ((["questions", code, "topic"], q.topic) for code, q in table.questions.items())
    )
    if not table.questions:
        yield document.fault("there is no question", ["questions"])
    if len(table.intro) + sum(len(q.ask) + 8 for q in table.questions.values()) > _MESSAGE:
        yield document.fault("intro and questions do not fit into one message", ["questions"])
    for code in table.questions:
        yield from _question(code, table, document)


def _question(code: str, table: ScreeningTable, document: Document) -> Iterator[Fault]:
    question, path = table.questions[code], ["questions", code]
    if not _QUESTION.fullmatch(code):
        yield document.fault(f"{code!r} is no name of a question, such as Q1", [*path])
    rank = STRICTNESS.index
    if question.without in (Screening.CLEAR, Screening.UNASKED):
        yield document.fault("a yes has to change something", [*path, "without"])
    if rank(question.cleared) > rank(question.without):
        yield document.fault("cleared is stricter than without", [*path, "cleared"])
    for age, allowed in question.ages.items():
        if rank(allowed) < rank(question.without):
            yield document.fault(f"{age.value} is milder than without", [*path, "ages"])
    if question.cleared_weeks is not None and question.cleared_weeks < 1:
        yield document.fault("cleared_weeks is below 1", [*path, "cleared_weeks"])


def of_pain(table: PainTable, document: Document) -> Iterator[Fault]:
    yield from section(table, document)
    zones = table.zones
    if [row.zone for row in zones] != list(Zone):
        yield document.fault(f"zones are not {', '.join(Zone)}, in that order", ["zones"])
        return
    yield from _up_to_ten(document, "zones", [row.most for row in zones])
    yield from rising(document, ["zones"], "now", (tuple(Now).index(r.now) for r in zones))
    graver = (tuple(Running).index(row.running) for row in zones)
    yield from rising(document, ["zones"], "running", graver)
    yield from rising(document, ["zones"], "progress", (not row.progress for row in zones))
    yield from rising(document, ["zones"], "see_someone", (row.see_someone for row in zones))
    for number, row in enumerate(zones):
        if row.agreed is not None and not row.most <= row.agreed < _TOP:
            path: Path = ["zones", number, "agreed"]
            yield document.fault(f"agreed is not from {row.most} to {_TOP - 1}", path)
    yield from complete(document, ["signs"], Sign, table.signs)
    yield from labels(document, ((["signs", s.value], words) for s, words in table.signs.items()))
    sore = table.soreness
    yield from _up_to_ten(document, "soreness", [row.most for row in sore])
    softer = (-HARDNESS[row.hardest] for row in sore)
    yield from rising(document, ["soreness"], "hardest", softer)


def _up_to_ten(document: Document, key: str, most: list[int]) -> Iterator[Fault]:
    yield from rising(document, [key], "most", most, strict=True)
    if not most or most[-1] != _TOP:
        yield document.fault(f"the last row of {key} does not reach {_TOP}", [key])
    if most and most[0] < 0:
        yield document.fault("most is below 0", [key, 0, "most"])


def of_illness(table: IllnessTable, document: Document) -> Iterator[Fault]:
    yield from section(table, document)
    for code, situation in table.situations.items():
        path: Path = ["situations", code]
        yield from labels(document, [([*path, "label"], situation.label)])
        yield from within(document, [*path, "share"], situation.share)
        yield from within(document, [*path, "rest_days"], situation.rest_days, 60)
        yield from within(document, [*path, "free_hours"], situation.free_hours, 24 * 60)
    stages = table.stages
    harder = (HARDNESS[stage.hardest] for stage in stages)
    yield from rising(document, ["stages"], "hardest", harder)
    yield from rising(document, ["stages"], "minutes", (stage.minutes for stage in stages))
    yield from rising(document, ["stages"], "heart", (stage.heart for stage in stages))
    for number, stage in enumerate(stages):
        yield from within(document, ["stages", number, "heart"], stage.heart)
    for key in ("stage_days", "back"):
        if getattr(table, key) < 1:
            yield document.fault(f"{key} is below 1", [key])
