"""What a report does to the days that follow (`content/rules/adaptation.yaml`)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.adapting import after_session, earns_bonus, pattern_of
from bot.domain.books import Books
from bot.domain.health_tables import SorenessRow
from bot.domain.history import fixed, replanned
from bot.domain.journal import Report
from bot.domain.readiness import soreness_row
from bot.domain.record import Record, back
from bot.domain.softening import used
from bot.domain.standing import ALL, RUNS, STEPPED, Easing, Standing
from bot.domain.tables import AfterRow, Decision, Pattern, Turn
from bot.domain.workouts import Grade, Kind, Level

_LOWER = {Level.ADVANCED: Level.INTERMEDIATE, Level.INTERMEDIATE: Level.BEGINNER}
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reaction:
    """What followed: the record as it is now, the row and the pattern that held, what may be
    offered. `row` None: nothing changes."""

    record: Record
    row: AfterRow | None = None
    pattern: Pattern | None = None
    soreness: SorenessRow | None = None
    bonus: bool = False


def trained(record: Record, report: Report, books: Books) -> Record:
    """A session was done: its day is fixed, what eased it is used up, nobody is away any more."""
    planned_on = report.local_date
    record = fixed(record, planned_on, books)
    standing, day = record.standing, record.day(planned_on)
    before = any(r.ran for r in record.trained(planned_on) if r.id != report.id)
    if day is not None and not (report.ran and before):
        kinds = {report.kind, *(day.dropped if report.ran else ())}
        standing = replace(standing, easings=used(standing.easings, day, kinds))
    if report.ran:
        standing = back(standing)
    return replace(record, standing=standing)


def reacted(record: Record, report: Report, first: date, books: Books) -> Reaction:
    """The first row that holds for a whole report; it acts from `first` on, a day still open."""
    row = after_session(report, books.adaptation)
    eased = sore(record, report, first, books)
    standing = eased.record.standing
    if row is None:
        return eased
    moved = _stepped(standing, report, row)
    easings = _easings(report, row, first)
    moved = moved.eased(*easings)
    pattern = _pattern(record, report, row, books)
    level = record.athlete.level
    if pattern is not None:
        moved = moved.eased(lighter_week(first))
        if pattern.then is Turn.LEVEL_DOWN and level in _LOWER:
            level, moved = _LOWER[level], replace(moved, lags={}, more={})
    changed = replace(record, standing=moved, athlete=replace(record.athlete, level=level))
    if _ahead(record, report.kind, first) and (moved.lags != standing.lags or pattern):
        changed = replanned(changed, first, books)
    if report.eased and row.eased_words:
        row = replace(row, words=row.eased_words)
    bonus = row.decision is Decision.ADVANCE and _earned(record, report, books)
    return Reaction(changed, row, pattern, eased.soreness, bonus)


def left_half(record: Record, today: date) -> tuple[Report, ...]:
    """Reports of the last week, but not of today, whose taps ended after the effort; without an
    effort nothing is decided."""
    return tuple(
        report
        for report in record.reports
        if report.trained
        and report.decision is None
        and report.srpe is not None
        and report.soreness is None
        and 0 < (today - report.local_date).days <= _WEEK.days
    )


def sore(record: Record, report: Report, first: date, books: Books) -> Reaction:
    """What soreness alone leaves of the next day."""
    row = None if report.soreness is None else soreness_row(report.soreness, books.pain)
    if row is None or row.hardest is Grade.HARD:
        return Reaction(record)
    easing = Easing("sore", first, first, kinds=ALL, hardest=row.hardest)
    return Reaction(replace(record, standing=record.standing.eased(easing)), soreness=row)


def lighter_week(first: date) -> Easing:
    """A deload now: a week of fewer repetitions and sets."""
    return Easing("lighter_now", first, first + _WEEK - _DAY, kinds=ALL, rpe=1.0, lighter=True)


def _stepped(standing: Standing, report: Report, row: AfterRow) -> Standing:
    """Rows back for the kind; what was done in a lighter form is done in full first.

    Where the week comes again anyway, a row less.
    """
    if report.kind not in STEPPED:
        return standing
    rows = int(report.eased) if row.decision is Decision.ADVANCE else 1 - row.step
    return standing.behind(report.kind, max(rows - (standing.repeat > 0), 0))


def _easings(report: Report, row: AfterRow, first: date) -> list[Easing]:
    found = []
    kinds = (report.kind,) if report.kind in STEPPED else RUNS
    if row.reps < 1 and report.kind in STEPPED:
        share = round((1 - row.reps) * 100)
        facts = {"percent": share}
        found.append(
            Easing("repeat_fewer", first, kinds=kinds, times=1, reps=row.reps, facts=facts)
        )
    if row.light:
        facts = {"sessions": row.light}
        found.append(
            Easing(
                "pain_light", first, kinds=kinds, times=row.light, hardest=Grade.LIGHT, facts=facts
            )
        )
    if row.x_free_days:
        last = first + timedelta(days=row.x_free_days - 1)
        found.append(Easing("x_free", first, last, x=False, facts={"days": row.x_free_days}))
    if row.easy_day:
        found.append(Easing("easy_day", first, first, hardest=Grade.LIGHT))
    return found


def _pattern(record: Record, report: Report, row: AfterRow, books: Books) -> Pattern | None:
    if row.decision is not Decision.REGRESS:
        return None
    earlier = regresses(record.reports, but=report)
    return pattern_of((*earlier, report.local_date), report.local_date, books.adaptation)


def regresses(reports: Sequence[Report], but: Report | None = None) -> tuple[date, ...]:
    """The dates of the reports that led a step back."""
    return tuple(
        r.local_date
        for r in reports
        if r.decision == Decision.REGRESS and (but is None or r.id != but.id)
    )


def _ahead(record: Record, kind: Kind, first: date) -> bool:
    """Whether the current week still has a session of that kind."""
    return any(kind in day.kinds for day in record.days if day.date >= first)


def _earned(record: Record, report: Report, books: Books) -> bool:
    kinds = (Kind.HILL, Kind.INTERVAL)
    if report.kind not in kinds or report.eased:
        return False
    same = [r for r in record.reports if r.kind is report.kind and r.trained and r.id != report.id]
    latest = sorted((*same, report), key=lambda r: r.local_date)
    more = record.standing.more.get(report.kind, 0)
    within = more < books.plan.most_reps
    return within and earns_bonus(latest, record.athlete.level, books.adaptation)
