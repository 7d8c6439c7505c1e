"""The journal: what a person reported about a session."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.workouts import Grade, Kind


class Outcome(StrEnum):
    DONE = "done"
    PARTLY = "partly"
    SKIPPED = "skipped"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Report:
    """One line of the journal.

    `share` is the part that was done, 0 to 1. `srpe` is the effort of the whole session on the
    0 to 10 scale, `expected_low` and `expected_high` what the library expected. `run_minutes` are
    those of `minutes` spent running. `pain` and `soreness` go from 0 to 10. `eased`: it was less
    than its row. `decision` is what followed from it (of `bot.domain.tables.Decision`), None while
    it is open. `id` is 0 until the report is stored.
    """

    person_id: int
    local_date: date
    session_id: str
    kind: Kind
    grade: Grade
    x: bool
    outcome: Outcome
    at: datetime
    share: float = 1.0
    srpe: float | None = None
    expected_low: float | None = None
    expected_high: float | None = None
    minutes: float | None = None
    run_minutes: float | None = None
    pain: int | None = None
    pain_where: str | None = None
    soreness: int | None = None
    reason: str | None = None
    eased: bool = False
    decision: str | None = None
    id: int = 0

    @property
    def trained(self) -> bool:
        return self.outcome in (Outcome.DONE, Outcome.PARTLY)

    @property
    def ran(self) -> bool:
        """Whether legs ran, or walked in place of it."""
        return self.trained and self.kind not in (Kind.STRENGTH, Kind.REST)
