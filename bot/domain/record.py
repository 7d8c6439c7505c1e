"""What is known of one person's plan: where they stand, the days and the reports."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.absence import Cause
from bot.domain.journal import Report
from bot.domain.plan import Athlete, Placed, PlanDay
from bot.domain.standing import RUNS, Standing
from bot.domain.weeks import DAYS
from bot.domain.workouts import Kind

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Record:
    """One person: what shapes the plan, where they stand, the days and the reports.

    `days` follow each other without a gap. Those up to `standing.settled` are as they were at
    last; later ones are as planned, without what eases them. `heard`: the date of the last sign of
    the person.
    """

    athlete: Athlete
    started: date
    standing: Standing
    days: tuple[PlanDay, ...] = ()
    reports: tuple[Report, ...] = ()
    heard: date | None = None

    @property
    def end(self) -> date:
        """The last day of the current week."""
        return self.standing.week_start + (DAYS - 1) * DAY

    def day(self, date_: date) -> PlanDay | None:
        back = (self.days[-1].date - date_).days if self.days else -1
        return self.days[-1 - back] if 0 <= back < len(self.days) else None

    def left_open(self, date_: date) -> tuple[Placed, ...]:
        """What a day has to train that was not reported yet."""
        day = self.day(date_)
        told = {r.kind for r in self.reports if r.local_date == date_}
        sessions = day.sessions if day is not None else ()
        return tuple(s for s in sessions if s.kind is not Kind.REST and s.kind not in told)

    def trained(self, date_: date) -> tuple[Report, ...]:
        return tuple(r for r in self.reports if r.local_date == date_ and r.trained)


def run_missed(record: Record, day: PlanDay) -> bool:
    runs = any(kind in RUNS for kind in day.kinds)
    return runs and not any(report.ran for report in record.trained(day.date))


def back(standing: Standing) -> Standing:
    """Somebody ran again: the streak of missed runs is over."""
    return replace(standing, stopped=None, away=0, away_on=None, cause=Cause.LIFE, untold=False)
