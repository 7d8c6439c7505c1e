"""The rules of the plan: `content/rules/plan.yaml` and `content/rules/reasons.yaml`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bot.content.documents import Document, Fault, read
from bot.domain.library import Library
from bot.domain.person import AgeBand, Screening
from bot.domain.plan_rules import LevelRules, PlanRules, ReasonWords
from bot.domain.workouts import Level

_PLAN = "rules/plan.yaml"
_REASONS = "rules/reasons.yaml"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rules:
    """How a plan is built, and how its reasons are put."""

    plan: PlanRules
    reasons: Mapping[str, ReasonWords]


@dataclass(frozen=True, slots=True)
class _Reasons:
    reasons: dict[str, ReasonWords]


def load_rules(
    root: Path, library: Library, passages: frozenset[str] | None = None
) -> tuple[Rules | None, list[Fault]]:
    """Read and check both files; `passages` are the ids that a reason may name."""
    faults: list[Fault] = []
    plan = _read(root, _PLAN, PlanRules, faults)
    words = _read(root, _REASONS, _Reasons, faults)
    if plan is None or words is None:
        return None, sorted(faults)
    faults += _plan_faults(*plan, library)
    faults += _reason_faults(*words, passages)
    return Rules(plan[0], words[0].reasons), sorted(faults)


def _read(root: Path, name: str, shape: type[T], faults: list[Fault]) -> tuple[T, Document] | None:
    document, found = read(root / name, root)
    faults += found
    if document is None:
        return None
    value, found = document.into(shape)
    faults += found
    return None if value is None else (value, document)


def _plan_faults(plan: PlanRules, document: Document, library: Library) -> list[Fault]:
    faults = [
        document.fault(f"{table}: {member.value!r} is missing", [table])
        for table, kind in (("levels", Level), ("ages", AgeBand), ("screenings", Screening))
        for member in kind
        if member not in getattr(plan, table)
    ]
    if plan.weeks != library.caps.weeks:
        faults.append(document.fault("weeks differ from those of rules/caps.yaml", ["weeks"]))
    if len(plan.weights.lift) < plan.most_lifts:
        faults.append(document.fault("lift: points for each of most_lifts", ["weights", "lift"]))
    for level, rules in plan.levels.items():
        faults += _level_faults(rules, document.part("levels").part(level.value))
    for path, name in _named(plan):
        session = library.find(name)
        if session is None or session.retired:
            words = "no session has the id" if session is None else "this session is retired:"
            faults.append(document.fault(f"{words} {name!r}", path))
    return faults


def _level_faults(rules: LevelRules, document: Document) -> list[Fault]:
    faults = []
    if not any(h.week == 1 for h in rules.hard):
        faults.append(document.fault("hard: a row for week 1 is missing", ["hard"]))
    if rules.floor > rules.day_minutes:
        faults.append(document.fault("floor is above day_minutes", ["floor"]))
    return faults


def _named(plan: PlanRules) -> Iterator[tuple[list[str | int], str]]:
    """Every session that the plan names by its id, and where."""
    for key in ("walks", "mobility", "gentle_lifts", "light"):
        for number, session in enumerate(getattr(plan, key)):
            yield [key, number], session
    for level, rules in plan.levels.items():
        for number, want in enumerate(rules.wanted):
            if want.short:
                yield ["levels", level.value, "wanted", number, "short"], want.short


def _reason_faults(
    words: _Reasons, document: Document, passages: frozenset[str] | None
) -> list[Fault]:
    return [
        document.fault(f"no passage has the id {reason.passage!r}", ["reasons", code, "passage"])
        for code, reason in words.reasons.items()
        if passages is not None and reason.passage not in passages
    ]
