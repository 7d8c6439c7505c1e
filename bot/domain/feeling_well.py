"""Easier today, tired, ill and back from it: each takes something away and says until when."""

from dataclasses import replace
from datetime import date, timedelta
from math import ceil

from bot.domain.absence import Cause, way_back
from bot.domain.books import Books
from bot.domain.health_tables import Situation
from bot.domain.history import missed_runs, rest_eased, seen, usual_run
from bot.domain.plan import HARDNESS
from bot.domain.record import Record
from bot.domain.returning import QUEUE, eased_back
from bot.domain.standing import ALL, RUNS, Easing
from bot.domain.tables import Verdict
from bot.domain.workouts import Grade, Kind

EASIER, READY, ILL, STAGE = "easier", "ready", "ill", "ill_stage"
HEALTH = (ILL, STAGE, "pain_hold", "pain_red", "pain_light", "x_free", "sore", READY, "part")
_DOWN = {
    Grade.HARD: Grade.MODERATE,
    Grade.MODERATE: Grade.LIGHT,
    Grade.LIGHT: Grade.REST,
    Grade.REST: Grade.REST,
}
_HARDEST = {
    Verdict.MILDER: Grade.MODERATE,
    Verdict.LIGHT: Grade.LIGHT,
    Verdict.REST: Grade.REST,
}
_HOURS = 24
_ANY = 300.0  # minutes: as long as planned, but one of the stage's own sessions


def easier(record: Record, today: date, books: Books) -> Record:
    """Today's session one step down from how it is now; what is reported stays as it was."""
    shown = replace(record, days=seen(record, books))
    left = (session.grade for session in shown.left_open(today))
    hardest = max(left, key=HARDNESS.__getitem__, default=Grade.REST)
    easing = Easing(EASIER, today, today, kinds=ALL, hardest=_DOWN[hardest])
    record = replace(record, standing=record.standing.eased(easing))
    return rest_eased(record, (easing,), today, books)


def eased_once(record: Record, hardest: Grade, day: date, kinds: tuple[Kind, ...] = ALL) -> Record:
    """One day made safer without a word of why; what is safer already stays."""
    easing = Easing(EASIER, day, day, kinds=kinds, hardest=hardest)
    order = tuple(Grade)
    same = [e for e in record.standing.easings if e.name == easing.name]
    if any(order.index(e.hardest) >= order.index(hardest) for e in same):
        return record
    return replace(record, standing=record.standing.eased(easing))


def unnamed(record: Record, today: date, days: int) -> Record:
    """Illness and pain are forgotten. What they stopped stays so for `days` at most, without a
    reason: nobody gets more because an answer was deleted."""
    standing = record.standing
    health = [e for e in standing.easings if e.code in HEALTH and (not e.last or e.last >= today)]
    standing = replace(standing.without(*HEALTH), cause=Cause.LIFE)
    if health:
        earlier = Easing(EASIER, today, kinds=ALL).name  # what was forgotten before stays, too
        health += [e for e in standing.easings if e.name == earlier]
        hardest = max((e.hardest for e in health), key=tuple(Grade).index)
        most = today + timedelta(days=days - 1)
        last = max(min(e.last or most, most) for e in health)
        bounds = all(e.x for e in health)
        easing = Easing(EASIER, today, last, kinds=ALL, hardest=hardest, x=bounds)
        standing = standing.eased(easing)
    return replace(record, standing=standing)


def hardest_of(verdict: Verdict) -> Grade:
    """What an answer leaves at most."""
    return _HARDEST.get(verdict, Grade.HARD)


def readied(record: Record, today: date, verdict: Verdict) -> Record:
    """What the answer under a hard session leaves of it; it never adds."""
    if verdict not in _HARDEST:
        return record
    easing = Easing(READY, today, today, kinds=RUNS, hardest=_HARDEST[verdict])
    earlier = [e for e in record.standing.easings if e.code == READY and e.first == today]
    order = tuple(Grade)
    if any(order.index(e.hardest) > order.index(easing.hardest) for e in earlier):
        return record
    return replace(record, standing=record.standing.eased(easing))


def sick(record: Record, situation: Situation, today: date) -> Record:
    """Until somebody is well: rest, or light and shorter."""
    standing = record.standing.without(ILL, STAGE)
    easing = Easing(
        ILL, today, kinds=ALL, hardest=situation.hardest, facts={"words": situation.words}
    )
    standing = replace(standing.eased(easing), cause=Cause.ILLNESS)
    return replace(record, standing=standing)


def well(record: Record, situation: Situation, since: date, today: date, books: Books) -> Record:
    """Without symptoms: after the days that it asks for, the stages, one a training day; then the
    way back of an absence one row longer."""
    standing = record.standing.without(ILL, STAGE)
    start = max(
        today + timedelta(days=ceil(situation.free_hours / _HOURS)),
        since + timedelta(days=situation.rest_days),
    )
    missed = len(missed_runs(record, today))
    gap = (today - standing.stopped.day).days if standing.stopped and missed else 0
    row = way_back(gap, books.absence, Cause.ILLNESS)
    standing = eased_back(standing, row, usual_run(record, today, books), start)
    stages = _stages(start, today, books) if situation.stages else ()
    easings = (*stages, *standing.easings)
    return replace(record, standing=replace(standing, easings=easings))


def _stages(start: date, today: date, books: Books) -> tuple[Easing, ...]:
    rest = Easing(
        ILL, today, start - timedelta(days=1), kinds=ALL, hardest=Grade.REST,
        facts={"words": books.illness.stages[0].words},
    )  # fmt: skip
    stages = tuple(
        Easing(
            STAGE,
            start,
            times=1,
            hardest=stage.hardest,
            run=float(stage.minutes) if stage.minutes else _ANY if stage.sessions else None,
            sessions=stage.sessions,
            queue=QUEUE,
            facts={"words": stage.words, "stage": number},
        )
        for number, stage in enumerate(books.illness.stages, 1)
        if stage.hardest is not Grade.HARD
    )
    return (rest, *stages) if start > today else stages
