"""Pain by its rule (`content/rules/pain.yaml`): what it stops, and what starts again."""

from dataclasses import replace
from datetime import date, timedelta

from bot.domain.absence import Cause
from bot.domain.books import Books
from bot.domain.feeling_well import EASIER
from bot.domain.health_tables import Zone
from bot.domain.history import usual_run
from bot.domain.journal import Report
from bot.domain.parts import PART, eased_parts
from bot.domain.readiness import Hurt, zone_of
from bot.domain.record import Record
from bot.domain.returning import after_injury
from bot.domain.standing import RUNS, Easing, Standing
from bot.domain.workouts import Grade, Kind

HOLD, RED, LIGHT = "pain_hold", "pain_red", "pain_light"
_ALL = (*RUNS, Kind.STRENGTH)
_AMBER = "pain"  # the row of the adaptation table


def pain_zone(
    pain: int, after: Report | None, today: date, signs: frozenset[str], books: Books
) -> Zone:
    """The zone of a pain told today; `after`: the last session's report.

    The morning after a session it is compared with what was told straight after it.
    """
    told = after.pain if after is not None and after.local_date < today else None
    known = frozenset(sign for sign in books.pain.signs if sign.value in signs)
    if told is None:
        return zone_of(Hurt(pain, signs=known), books.pain)
    worse = zone_of(Hurt(told, morning=pain, signs=known), books.pain)
    return max(worse, zone_of(Hurt(pain), books.pain), key=tuple(Zone).index)


def pained(record: Record, zone: Zone, first: date, books: Books) -> Record:
    """What a zone does at once; it never ends a stop that a graver pain began."""
    standing = record.standing
    row = next(r for r in books.adaptation.after if r.id == _AMBER)
    match zone:
        case Zone.GREEN:
            return record
        case Zone.AMBER:
            last = first + timedelta(days=row.x_free_days - 1)
            standing = standing.eased(
                Easing(LIGHT, first, times=1, hardest=Grade.LIGHT),
                Easing("x_free", first, last, x=False, facts={"days": row.x_free_days}),
            )
        case Zone.ORANGE:
            hold = Easing(HOLD, first, kinds=_ALL, hardest=Grade.REST)
            standing = _named(standing).without(HOLD).eased(hold)
        case Zone.RED:
            hold = Easing(RED, first, kinds=_ALL, hardest=Grade.REST)
            standing = _named(standing).without(HOLD, RED).eased(hold)
            standing = replace(standing, cause=Cause.INJURY)
    return replace(record, standing=standing)


def kept_days(books: Books) -> int:
    """For how many days an answer acts whose reason is not kept."""
    return next(r.x_free_days for r in books.adaptation.after if r.id == _AMBER)


def _named(standing: Standing) -> Standing:
    """Days that were made safer without a reason have this one now, and end with it."""
    left = (e for e in standing.easings if e.code != EASIER or e.last == e.first)
    return replace(standing, easings=tuple(left))


def held(record: Record) -> bool:
    """Whether a pain stops running now, or some of it."""
    standing = record.standing
    return standing.has(HOLD) or standing.has(RED) or standing.has(PART)


def eased_off(record: Record, today: date, books: Books) -> Record:
    """The pain is low again: the next two runs are light."""
    row = next(r for r in books.adaptation.after if r.id == _AMBER)
    light = Easing(LIGHT, today, times=row.light, hardest=Grade.LIGHT)
    standing = eased_parts(record.standing.without(HOLD)).eased(light)
    return replace(record, standing=standing)


def healed(record: Record, today: date, books: Books) -> Record:
    """A professional has seen it and pain is low: back at half, without bounds for weeks."""
    usual = usual_run(record, today, books)
    standing = eased_parts(record.standing.without(HOLD, RED))
    standing = after_injury(standing, usual, today, books)
    return replace(record, standing=standing)
