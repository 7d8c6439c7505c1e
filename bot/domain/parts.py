"""A complaint of one part of the body: what it leaves of each kind of session
(`contraindications` of `content/workouts/care.yaml`), until the pain is low again, and after a
strain for its weeks. It only takes away, beside what the pain's own number does."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from bot.domain.library import Contraindication, Hold, Leave
from bot.domain.record import Record
from bot.domain.standing import RUNS, Easing, Standing
from bot.domain.workouts import Grade, Kind

PART = "part"
_ANY = 300.0  # minutes: as long as planned, but something else in its place
_WALKED = (Hold.WALK, Hold.CLEARANCE)


def part_of(place: str, care: Iterable[Contraindication]) -> Contraindication | None:
    """The row that a part of the body belongs to."""
    return next((row for row in care if place in row.parts), None)


def spared(record: Record, row: Contraindication, first: date, *, strained: bool = False) -> Record:
    """The sessions that would load the part are others from `first` on. `strained`: a strain is
    likely, and the weeks that it needs are kept even where the pain goes sooner."""
    last = first + timedelta(weeks=row.strain_weeks, days=-1) if strained else None
    last = last if row.strain_weeks else None
    easings = (replace(e, last=last) for e in _easings(row, first))
    standing = replace(record.standing, easings=_others(record.standing, row.id))
    return replace(record, standing=standing.eased(*easings))


def strained(record: Record, first: date, care: Iterable[Contraindication]) -> Record:
    """What hurts came all at once: the parts that are spared get the weeks of a strain."""
    held = {e.facts.get("part") for e in record.standing.easings if e.code == PART}
    for row in care:
        if row.id in held and row.strain_weeks:
            record = spared(record, row, first, strained=True)
    return record


def eased_parts(standing: Standing) -> Standing:
    """The pain is low again: what held until then is over, the weeks of a strain are not."""
    left = tuple(e for e in standing.easings if e.code != PART or e.last is not None)
    return replace(standing, easings=left)


def _others(standing: Standing, id_: str) -> tuple[Easing, ...]:
    """Without this part's own; weeks that a strain still needs stay."""
    return tuple(
        e
        for e in standing.easings
        if e.code != PART or e.facts.get("part") != id_ or e.last is not None
    )


def _easings(row: Contraindication, first: date) -> list[Easing]:
    if row.hill.rule is Hold.HOLD and row.interval.rule is Hold.HOLD:
        facts = _facts(row, row.hill)
        return [Easing(PART, first, kinds=RUNS, hardest=Grade.REST, facts=facts)]
    leaves = {Kind.HILL: row.hill, Kind.INTERVAL: row.interval, Kind.DRILL: row.drill}
    return [
        Easing(
            PART,
            first,
            kinds=(kind,),
            hardest=Grade.LIGHT,
            run=0.0 if leave.rule in _WALKED else _ANY,
            facts=_facts(row, leave),
        )
        for kind, leave in leaves.items()
        if leave.rule is not Hold.OK
    ]


def _facts(row: Contraindication, leave: Leave) -> dict[str, str | int]:
    return {"part": row.id, "words": f"{leave.words} {row.offer}"}
