"""What a report does to the sessions that follow (`content/rules/adaptation.yaml`)."""

from collections.abc import Sequence
from datetime import date
from math import ceil

from bot.domain.journal import Outcome, Report
from bot.domain.tables import AdaptationTable, AfterRow, Pattern
from bot.domain.workouts import Grade, Level

_SLACK = 1e-9


def after_session(
    report: Report, table: AdaptationTable, *, flag: bool = False, worse: bool = False
) -> AfterRow | None:
    """The first row that holds; None: nothing changes.

    `flag`: a red flag, a limp, sharp or sudden pain. `worse`: the pain is worse the next morning.
    What was not told speaks for no change. A session that was not trained is a matter of absence,
    and after one below class M only the rows for pain count.
    """
    hard = report.grade in (Grade.HARD, Grade.MODERATE)
    trained = report.outcome in (Outcome.DONE, Outcome.PARTLY)
    for row in table.after:
        if (row.always or (hard and trained)) and _holds(row, report, flag, worse):
            return row
    return None


def over(report: Report) -> int:
    """Points of effort above the upper end of what was expected; a part counts as a whole."""
    if report.srpe is None or report.expected_high is None:
        return 0
    return ceil(report.srpe - report.expected_high - _SLACK)


def earns_bonus(reports: Sequence[Report], level: Level, table: AdaptationTable) -> bool:
    """Whether the last sessions of a kind, oldest first, were all well below their effort."""
    last = reports[-table.bonus.times :]
    return (
        level not in table.bonus.not_for
        and len(last) == table.bonus.times
        and all(_under(report, table.bonus.under) for report in last)
    )


def pattern_of(regresses: Sequence[date], today: date, table: AdaptationTable) -> Pattern | None:
    """The gravest pattern that the dates of the regresses make, today's with them."""
    found = [p for p in table.patterns if _within(regresses, today, p.days) >= p.count]
    return max(found, key=lambda pattern: pattern.count, default=None)


def ready_for_next(
    share: float, worst_pain: int, tests_as_good: bool, table: AdaptationTable
) -> bool:
    """Whether a cycle earns the next level.

    `share` of its sessions done, `worst_pain` from the week of the table on.
    """
    rule = table.level_up
    return share + _SLACK >= rule.share and worst_pain <= rule.pain and tests_as_good


def _holds(row: AfterRow, report: Report, flag: bool, worse: bool) -> bool:
    conditions = (
        (row.flag or None, flag),
        (row.worse or None, worse),
        (row.pain, _at_least(report.pain, row.pain)),
        (row.soreness, _at_least(report.soreness, row.soreness)),
        (row.share_below, report.share + _SLACK < (row.share_below or 0)),
        (row.over, over(report) >= (row.over or 0)),
    )
    named = [holds for condition, holds in conditions if condition is not None]
    return any(named) or not named


def _at_least(told: int | None, least: int | None) -> bool:
    return told is not None and least is not None and told >= least


def _under(report: Report, points: float) -> bool:
    if report.srpe is None or report.expected_low is None:
        return False
    return report.srpe <= report.expected_low - points


def _within(days: Sequence[date], today: date, span: int) -> int:
    return sum(0 <= (today - day).days < span for day in days)
