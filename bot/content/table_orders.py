"""Checks of the tables of adapting: readiness, adaptation, absence, self-test."""

from collections.abc import Iterator
from itertools import pairwise

from bot.content.documents import Document, Fault
from bot.content.table_checks import (
    Path,
    complete,
    each_once,
    labels,
    rising,
    section,
    within,
)
from bot.domain.absence import AbsenceTable, Restart, Return
from bot.domain.plan import HARDNESS
from bot.domain.selftest import Norm, SelfTest
from bot.domain.tables import AdaptationTable, AfterRow, Decision, ReadinessTable, Turn, Verdict
from bot.domain.workouts import Level, Span

_TOP = 10


def of_readiness(table: ReadinessTable, document: Document) -> Iterator[Fault]:
    yield from section(table, document)
    yield from labels(
        document, ((["taps", c, "label"], tap.label) for c, tap in table.taps.items())
    )
    yield from within(document, ["sleep", "most"], table.sleep.most, _TOP)
    yield from within(document, ["pain"], table.pain, _TOP)
    yield from within(document, ["stress", "least"], table.stress.least, _TOP)
    for key in ("least", "points"):
        values = [getattr(row, key) for row in table.soreness]
        yield from rising(document, ["soreness"], key, values, strict=True)
    if table.fever < table.ill:
        yield document.fault("a fever counts less than feeling ill", ["fever"])
    rows = table.verdicts
    yield from complete(document, ["verdicts"], Verdict, (row.verdict for row in rows))
    yield from each_once(document, ["verdicts"], "verdict", [row.verdict for row in rows])
    least = [row.least for row in rows]
    yield from rising(document, ["verdicts"], "least", least, strict=True)
    softer = (tuple(Verdict).index(row.verdict) for row in rows)
    yield from rising(document, ["verdicts"], "verdict", softer)
    if not least or least[0] != 0:
        yield document.fault("the first verdict is not from 0 points on", ["verdicts"])


def of_adaptation(table: AdaptationTable, document: Document) -> Iterator[Fault]:
    yield from section(table, document)
    rows = table.after
    yield from each_once(document, ["after"], "id", [row.id for row in rows])
    better = (tuple(Decision).index(row.decision) for row in rows)
    yield from rising(document, ["after"], "decision", better)
    yield from rising(document, ["after"], "share_below", (r.share_below for r in rows), True)
    for key in ("pain", "over", "soreness"):
        lower = [None if (v := getattr(row, key)) is None else -v for row in rows]
        for fault in rising(document, ["after"], key, lower, strict=True):
            yield Fault(fault.file, fault.line, f"{key} must be below that of the row before")
    for number, row in enumerate(rows):
        yield from _after_row(row, number, number == len(rows) - 1, document)
    patterns = table.patterns
    yield from rising(document, ["patterns"], "count", (p.count for p in patterns), strict=True)
    graver = (tuple(Turn).index(pattern.then) for pattern in patterns)
    yield from rising(document, ["patterns"], "then", graver)
    yield from within(document, ["level_up", "share"], table.level_up.share)
    yield from within(document, ["level_up", "pain"], table.level_up.pain, _TOP)
    if table.bonus.times < 1:
        yield document.fault("times is below 1", ["bonus", "times"])


def _after_row(row: AfterRow, number: int, last: bool, document: Document) -> Iterator[Fault]:
    path: Path = ["after", number]
    for key, top in (("pain", _TOP), ("soreness", _TOP), ("over", _TOP), ("share_below", 1)):
        yield from within(document, [*path, key], getattr(row, key), top)
    yield from within(document, [*path, "reps"], row.reps)
    limits = (row.pain, row.soreness, row.share_below, row.over)
    free = not row.flag and not row.worse and all(limit is None for limit in limits)
    if free is not last:
        words = "the last row has a condition" if last else "only the last row is without condition"
        yield document.fault(words, path)
    allowed = {Decision.REGRESS: row.step < 0, Decision.ADVANCE: row.step > 0}
    if not allowed.get(row.decision, row.step == 0):
        yield document.fault(f"step does not fit {row.decision.value!r}", [*path, "step"])


def of_absence(table: AbsenceTable, document: Document) -> Iterator[Fault]:
    yield from section(table, document)
    rows = table.rows
    if not rows or rows[0].least != 0:
        yield document.fault("the first row does not begin with 0 days", ["rows"])
        return
    for number, (earlier, later) in enumerate(pairwise(rows), start=1):
        if earlier.most is None or later.least != earlier.most + 1:
            words = f"least is not the day after {earlier.most}, where the row before ends"
            yield document.fault(words, ["rows", number, "least"])
    if rows[-1].most is not None:
        yield document.fault("the last row has an end", ["rows", len(rows) - 1, "most"])
    for number, row in enumerate(rows):
        yield from _return(row, ["rows", number], document)
    yield from _never_harder(rows, document)
    yield from within(document, ["injury", "share"], table.injury.share)
    yield from within(document, ["injury", "pain"], table.injury.pain, _TOP)
    yield from within(document, ["illness_rows"], table.illness_rows, len(rows))


def _return(row: Return, path: Path, document: Document) -> Iterator[Fault]:
    if row.most is not None and row.most < row.least:
        yield document.fault("most is below least", [*path, "most"])
    for key, top in (("share", 1), ("load", 1), ("growth", 1), ("easy", 14)):
        span: Span = getattr(row, key)
        if not 0 <= span.low <= span.high <= top:
            yield document.fault(f"{key} is no range from 0 to {top}", [*path, key])
    yield from within(document, [*path, "reps"], row.reps)
    yield from within(document, [*path, "sprint"], row.sprint)
    if row.step > 0:
        yield document.fault("step leads forward", [*path, "step"])
    if row.rpe > 0 or row.sets > 0:
        yield document.fault("rpe or sets ask for more than before", path)


def _never_harder(rows: tuple[Return, ...], document: Document) -> Iterator[Fault]:
    """A longer absence never comes back harder."""
    orders: dict[str, list[float]] = {
        "hardest": [-HARDNESS[row.hardest] for row in rows],
        "share": [-row.share.high for row in rows],
        "load": [-row.load.high for row in rows],
        "reps": [-row.reps for row in rows],
        "sprint": [-row.sprint for row in rows],
        "easy_days": [row.easy_days for row in rows],
        "x_days": [row.x_days for row in rows],
        "restart": [tuple(Restart).index(row.restart) for row in rows],
    }
    for key, values in orders.items():
        for fault in rising(document, ["rows"], key, values):
            words = f"{key} is harder than after the shorter absence of the row before"
            yield Fault(fault.file, fault.line, words)
    steps = [-row.step if row.restart is Restart.STEP else None for row in rows]
    yield from rising(document, ["rows"], "step", steps)


def of_selftest(table: SelfTest, document: Document) -> Iterator[Fault]:
    yield from section(table, document)
    for number, (earlier, later) in enumerate(pairwise(table.weeks), start=1):
        if later <= earlier:
            yield document.fault("weeks do not rise", ["weeks", number])
    for code, trial in table.items.items():
        if trial.tries < 1:
            yield document.fault("tries is below 1", ["items", code, "tries"])
    raises, path = table.heel_raises, ["heel_raises"]
    yield from complete(document, [*path, "needs"], Level, raises.needs)
    needs = [raises.needs[level] for level in Level if level in raises.needs]
    if needs != sorted(needs):
        yield document.fault("a higher level needs fewer heel raises", [*path, "needs"])
    yield from within(document, [*path, "share"], raises.share)
    yield from _norms(raises.norms, document)


def _norms(norms: tuple[Norm, ...], document: Document) -> Iterator[Fault]:
    path: Path = ["heel_raises", "norms"]
    for number, norm in enumerate(norms):
        if norm.most < norm.least:
            yield document.fault("most is below least", [*path, number, "most"])
    for number, (younger, older) in enumerate(pairwise(norms), start=1):
        if older.least != younger.most + 1:
            words = f"least is not the year after {younger.most}, where the row before ends"
            yield document.fault(words, [*path, number, "least"])
