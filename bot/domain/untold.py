"""A planned run of which nobody told anything: it may have been missed, or only not reported.

To be safe it counts as missed, and the way back begins; the message asks. While the person gives
other signs it goes no further than that row: once its sessions have passed by the calendar, the
plan goes on where it stood, without a step ahead that no report has earned. Where the person
falls silent altogether, the days count in full.
"""

from dataclasses import replace
from datetime import date, timedelta

from bot.domain.absence import AbsenceTable, Restart, Return
from bot.domain.plan import PlanDay
from bot.domain.record import Record, back, run_missed
from bot.domain.returning import BACK
from bot.domain.standing import RUNS, Standing, Stop

DAY = timedelta(days=1)
_NAME = "untold"  # among what was offered
_OPEN = 2 * DAY  # so long a day may still be reported
_RESTARTED = (Restart.LOWER_LEVEL, Restart.NEW)


def key_of(standing: Standing) -> str:
    """Names the question about this row of this absence, among what was offered."""
    day = standing.stopped.day if standing.stopped else ""
    return f"{_NAME}.{day}.{standing.away}"


def unheard(record: Record, today: date) -> bool:
    """Whether another row of this absence was asked about, and no sign has come since."""
    stop, heard = record.standing.stopped, record.heard
    name = f"{_NAME}.{stop.day}." if stop else _NAME
    asked = [d for k, d in record.standing.offers.items() if k.startswith(name) and d < today]
    return bool(asked) and (heard is None or heard < max(asked))


def untold_day(record: Record, today: date) -> date | None:
    """The first planned run of a way back of which there is no word; None: nothing to ask."""
    standing = record.standing
    if standing.stopped is None or not standing.away:
        return None
    told = {report.local_date for report in record.reports}
    first, last = standing.stopped.day, today - _OPEN
    days = (day for day in record.days if first <= day.date <= last and _has_run(day))
    return next((day.date for day in days if day.date not in told), None)


def in_touch(record: Record, today: date, table: AbsenceTable) -> bool:
    """Whether signs of the person have come without a long silence, up to now; since the first
    missed run at least one."""
    heard, before, stop = record.heard, record.standing.heard, record.standing.stopped
    if heard is None or (today - heard).days > table.in_touch_days:
        return False
    if stop is not None and heard < stop.day:
        return False
    return before is None or (heard - before).days <= table.in_touch_days


def waits(record: Record, today: date, table: AbsenceTable) -> bool:
    """Whether the way back stays at its row: it was asked about, and nobody has answered yet."""
    asked = record.standing.offers.get(key_of(record.standing))
    unknown = asked is not None and untold_day(record, today) is not None
    return unknown and in_touch(record, today, table)


def passed(record: Record, today: date, table: AbsenceTable) -> bool:
    """Whether the easy sessions of the row have gone by since it was asked."""
    asked = record.standing.offers.get(key_of(record.standing), today)
    row = row_of(record.standing, table)
    if row.easy_days:
        return (today - asked).days >= row.easy_days
    gone = sum(asked < day.date < today and _has_run(day) for day in record.days)
    return gone >= max(int(row.easy.high), 1)


def gone_on(record: Record) -> Record:
    """On with the plan; until something is reported no other silence begins a way back."""
    standing = back(record.standing.without("back"))
    return replace(record, standing=replace(standing, untold=True))


def told_away(record: Record) -> Record:
    """A pause is told: what is missed from now on was not trained, whoever reports or not."""
    offers = {
        name: day
        for name, day in record.standing.offers.items()
        if not name.startswith(f"{_NAME}.")
    }
    return replace(record, standing=replace(record.standing, untold=False, offers=offers))


def silent_since(record: Record, today: date, table: AbsenceTable) -> Standing:
    """Who only did not report has fallen silent: away since the first run after the last sign."""
    standing = record.standing
    if not standing.untold or in_touch(record, today, table):
        return standing
    since = standing.heard or record.heard or record.started
    first = next(
        (d for d in record.days if since < d.date <= today - _OPEN and run_missed(record, d)), None
    )
    stop = None if first is None else Stop(first.date, first.week, standing.lags)
    return replace(standing, untold=False, stopped=standing.stopped or stop)


def done_after_all(record: Record, before: Standing, today: date, table: AbsenceTable) -> Record:
    """The run that was asked about was done: on from where the plan stood then, or away since the
    next one without a report. A level that was lowered stays so."""
    standing, stop = back(record.standing.without(*BACK)), before.stopped
    if stop is None:
        return record
    if before.away and row_of(before, table).restart not in _RESTARTED:
        standing = replace(standing, week=stop.week, lags=dict(stop.lags), repeat=0)
    last = max((r.local_date for r in record.reports if r.ran), default=stop.day)
    later = (d for d in record.days if max(stop.day, last) < d.date <= today - _OPEN)
    missed = next((day for day in later if run_missed(record, day)), None)
    if missed is not None:
        standing = replace(standing, stopped=Stop(missed.date, stop.week, stop.lags))
    return replace(record, standing=standing)


def row_of(standing: Standing, table: AbsenceTable) -> Return:
    return next(row for row in table.rows if row.least == standing.away)


def _has_run(day: PlanDay) -> bool:
    return any(kind in RUNS for kind in day.kinds)
