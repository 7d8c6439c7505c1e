"""A person's plan with its past: what was planned stays, what was reported counts.

`brought_to` fixes everything before a date, counts what became of it, plans the week of that
date, and prepares the way back from an absence. It may be done any number of times a day.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.domain.books import Books
from bot.domain.journal import Report
from bot.domain.plan import Athlete, PlanDay
from bot.domain.record import DAY, Record, run_missed
from bot.domain.returning import eased_back, restarted, row_for, stands_still
from bot.domain.season import ahead, course_of, most_run, planned_week, turned
from bot.domain.softening import Softener, shortened, softened
from bot.domain.standing import STEPPED, Easing, Standing, Stop
from bot.domain.steps import first_turn
from bot.domain.untold import gone_on, passed, silent_since, waits
from bot.domain.weeks import DAYS, Course

_USUAL_DAYS = 60


def begun(athlete: Athlete, started: date, books: Books, reports: Sequence[Report] = ()) -> Record:
    """The record of somebody of whom no day was planned yet."""
    standing = first_turn(started, athlete.level, athlete.age, books.plan)
    return Record(athlete, started, standing, (), tuple(reports))


def brought_to(record: Record, today: date, books: Books) -> Record:
    """Everything before `today` fixed and counted, its week planned, the way back prepared."""
    today = max(today, record.started)
    record = replace(record, standing=silent_since(record, today, books.absence))
    while True:
        record = _with_week(record, today, books)
        record = fixed(record, min(today - DAY, record.end), books)
        record = _judged(record, min(today - 2 * DAY, record.end))
        if today <= record.end:
            break
        record = replace(record, standing=_next(record, books))
    record = replace(record, standing=record.standing.swept(today))
    record = _returning(record, today, books)
    return replace(record, standing=replace(record.standing, heard=record.heard))


def seen(record: Record, books: Books) -> tuple[PlanDay, ...]:
    """All days as the person sees them: the past as it was, the rest with what eases it."""
    settled = record.standing.settled
    past = tuple(day for day in record.days if day.date <= settled)
    coming = tuple(day for day in record.days if day.date > settled)
    eve = past[-1] if past else None
    eased = softened(coming, record.standing.easings, _softener(record, books), eve)
    return _within_reach(record, past, eased, books)


def forecast(record: Record, weeks: int, books: Books) -> tuple[PlanDay, ...]:
    """The days as seen, and those of `weeks` weeks after the current one if all goes well."""
    course = _course(record, record.standing.settled + DAY, books)
    on = ahead(course, _next(record, books), record.days, weeks)
    return seen(replace(record, days=(*record.days, *on)), books)


def rest_eased(record: Record, fresh: Sequence[Easing], today: date, books: Books) -> Record:
    """A day is fixed with its first report; what of it has none yet, such as the lifting after a
    run, is made safer by the `fresh` easings all the same."""
    day = record.day(today)
    if day is None or record.standing.settled < today or not record.left_open(today):
        return record
    told = {report.kind for report in record.reports if report.local_date == today}
    left = [replace(e, kinds=tuple(k for k in e.kinds if k not in told)) for e in fresh]
    (eased,) = softened((day,), left, _softener(record, books))
    days = tuple(eased if d.date == today else d for d in record.days)
    return replace(record, days=days)


def replanned(record: Record, first: date, books: Books) -> Record:
    """The current week planned anew from `first` on; the days before stay as they are."""
    start = record.standing.week_start
    before = [day for day in record.days if day.date < start]
    kept = [day for day in record.days if start <= day.date < first]
    if len(kept) >= DAYS:
        return record
    course = _course(record, record.standing.settled + DAY, books)
    week = planned_week(course, record.standing, before, kept)
    return replace(record, days=(*before, *kept, *week))


def usual_run(record: Record, before: date, books: Books) -> float:
    """The longest run of the weeks before a date, in minutes; a newcomer's own length else."""
    told = record.athlete.longest
    if told is None:
        told = books.plan.levels[record.athlete.level].longest
    span = [
        minutes for day, minutes in _ran(record).items() if 0 < (before - day).days <= _USUAL_DAYS
    ]
    return max(span, default=told)


def missed_runs(record: Record, today: date) -> tuple[date, ...]:
    """The dates of planned runs that were missed since the streak began, the open ones left out."""
    stop = record.standing.stopped
    if stop is None:
        return ()
    return tuple(
        day.date
        for day in record.days
        if stop.day <= day.date <= today - 2 * DAY and run_missed(record, day)
    )


def _with_week(record: Record, today: date, books: Books) -> Record:
    if record.days and record.days[-1].date >= record.end:
        return record
    first = record.standing.week_start
    course = _course(record, min(today, first), books)
    before = [day for day in record.days if day.date < first]
    week = planned_week(course, record.standing, before)
    return replace(record, days=(*before, *week))


def fixed(record: Record, until: date, books: Books) -> Record:
    """The days up to `until` take their last form; a step that was left out comes later."""
    standing, days = record.standing, list(record.days)
    softener = _softener(record, books)
    for number, day in enumerate(days):
        if standing.settled < day.date <= until:
            eve = days[number - 1] if number else None
            eased = softened((day,), standing.easings, softener, eve)
            days[number] = _within_reach(record, days[:number], eased, books)[-1]
            if not standing.away and not standing.repeat:
                for kind in set(days[number].dropped):
                    standing = standing.behind(kind, 1)
            standing = replace(standing, settled=day.date)
    return replace(record, standing=standing, days=tuple(days))


def _within_reach(
    record: Record, past: Sequence[PlanDay], coming: Sequence[PlanDay], books: Books
) -> tuple[PlanDay, ...]:
    """All days; no run of those that come is longer than what was run before it allows: days
    move, and reports are taken back, after a week was planned."""
    softener, days = _softener(record, books), list(past)
    for day in coming:
        course = _course(record, coming[0].date, books)
        days.append(shortened(day, most_run(course, day.date, days), softener))
    return tuple(days)


def _judged(record: Record, until: date) -> Record:
    """What was missed counts, once nobody can report it any more."""
    standing = record.standing
    for day in record.days:
        if standing.judged < day.date <= until:
            standing = _after(record, standing, day)
            standing = replace(standing, judged=day.date)
    return replace(record, standing=standing)


def _after(record: Record, standing: Standing, day: PlanDay) -> Standing:
    """A kind missed twice running stays where it is; the first missed run begins a streak."""
    trained = {report.kind for report in record.trained(day.date)}
    for kind in (k for k in STEPPED if k in day.kinds and k not in day.dropped):
        if kind in trained:
            missed = tuple(k for k in standing.missed if k is not kind)
            standing = replace(standing, missed=missed)
        elif kind in standing.missed:
            standing = standing.behind(kind, int(not standing.away))
        else:
            standing = replace(standing, missed=(*standing.missed, kind))
    later = any(r.ran and r.local_date >= day.date for r in record.reports)
    if not later and not standing.untold and not standing.stopped and run_missed(record, day):
        week = min(day.week, record.standing.week)  # a new cycle may have begun since
        standing = replace(standing, stopped=Stop(day.date, week, record.standing.lags))
    return standing


def _returning(record: Record, today: date, books: Books) -> Record:
    """The row of the absence that holds today; where it has changed, the week begins anew."""
    standing, stop = record.standing, record.standing.stopped
    if stop is None:
        return replace(record, standing=replace(standing, away=0, away_on=None))
    if standing.away_on == today or any(r.ran for r in record.trained(today)):
        return record
    if waits(record, today, books.absence):
        return gone_on(record) if passed(record, today, books.absence) else record
    row = row_for(standing, missed_runs(record, today), today, books)
    if row is None:
        return record
    usual = usual_run(record, stop.day, books)
    standing = replace(eased_back(standing, row, usual, today), away_on=today)
    if not stands_still(row) or row.least == standing.away:
        return replace(record, standing=standing)
    standing, level = restarted(standing, stop, row, record.athlete.level, today)
    athlete = replace(record.athlete, level=level)
    record = replace(record, athlete=athlete, standing=replace(standing, away=row.least))
    days = tuple(day for day in record.days if day.date < today)
    return _with_week(replace(record, days=days), today, books)


def _next(record: Record, books: Books) -> Standing:
    """The week after; who is away when a cycle ends is away in the first week of the next."""
    course = course_of(record.athlete, books.library, books.plan, record.started)
    standing, stop = turned(course, record.standing), record.standing.stopped
    if stop is not None and standing.week < stop.week:
        stop = replace(stop, week=standing.week, lags=standing.lags)
    return replace(standing, stopped=stop)


def _course(record: Record, today: date, books: Books) -> Course:
    course = course_of(record.athlete, books.library, books.plan, record.started)
    legs = frozenset(record.standing.legs)
    return replace(course, today=today, ran=_ran(record), legs=legs)


def _ran(record: Record) -> dict[date, float]:
    ran: dict[date, float] = {}
    for report in record.reports:
        if report.ran and report.run_minutes:
            minutes = report.run_minutes * report.share
            ran[report.local_date] = max(ran.get(report.local_date, 0.0), minutes)
    return ran


def _softener(record: Record, books: Books) -> Softener:
    course = course_of(record.athlete, books.library, books.plan, record.started)
    return Softener(books.library, books.plan, course.rests)
