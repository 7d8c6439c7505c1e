"""Fit to train today: pain, soreness, illness, and points against a hard session.

The tables stand in `content/rules/pain.yaml`, `illness.yaml` and `readiness.yaml`. Pain, soreness,
sleep and stress go from 0 to 10.
"""

from dataclasses import dataclass

from bot.domain.health_tables import (
    IllnessTable,
    PainTable,
    Sign,
    Situation,
    SorenessRow,
    Zone,
    ZoneRow,
)
from bot.domain.tables import Points, ReadinessTable, Verdict, VerdictRow


@dataclass(frozen=True, slots=True)
class Hurt:
    """Pain during or straight after, and the next morning if it is told.

    `agreed`: a clinician agreed to training with this pain (a known tendon that warms up).
    """

    pain: int
    morning: int | None = None
    signs: frozenset[Sign] = frozenset()
    agreed: bool = False

    @property
    def worse(self) -> bool:
        return self.morning is not None and self.morning > self.pain


def zone_of(hurt: Hurt, table: PainTable) -> Zone:
    """Any sign is red, and so is pain that is worse the next morning."""
    if hurt.signs or hurt.worse:
        return Zone.RED
    return _zone_row(hurt, table).zone


def zone_row(zone: Zone, table: PainTable) -> ZoneRow:
    """What a zone means."""
    return next(row for row in table.zones if row.zone is zone)


def soreness_row(soreness: int, table: PainTable) -> SorenessRow:
    """What may be trained with legs that sore."""
    return next(row for row in table.soreness if soreness <= row.most)


def _zone_row(hurt: Hurt, table: PainTable) -> ZoneRow:
    for row in table.zones:
        most = row.agreed if hurt.agreed and row.agreed is not None else row.most
        if hurt.pain <= most:
            return row
    return table.zones[-1]


@dataclass(frozen=True, slots=True)
class Feeling:
    """What a person told before a session; None: not told.

    `gap_short`: the last hard session is nearer than the level's gap. `legs_yesterday`: leg day.
    """

    tap: str | None = None
    sleep: int | None = None
    hours: float | None = None
    soreness: int | None = None
    stress: int | None = None
    pain: int | None = None
    ill: bool = False
    fever: bool = False
    gap_short: bool = False
    legs_yesterday: bool = False


def readiness(feeling: Feeling, table: ReadinessTable) -> VerdictRow:
    """The verdict on a hard session; pain and fever override the points."""
    if feeling.fever:
        return verdict_row(Verdict.REST, table)
    points = score(feeling, table)
    reached = [row for row in table.verdicts if row.least is not None and points >= row.least]
    hurts = feeling.pain is not None and feeling.pain >= table.pain
    found = [row.verdict for row in reached] + [Verdict.LIGHT] * hurts
    return verdict_row(max(found, key=tuple(Verdict).index), table)


def verdict_row(verdict: Verdict, table: ReadinessTable) -> VerdictRow:
    return next(row for row in table.verdicts if row.verdict is verdict)


def score(feeling: Feeling, table: ReadinessTable) -> int:
    """Points against a hard session; the tap's own are the least."""
    told = _slept(feeling, table) + _points(feeling.soreness, *table.soreness)
    told += _points(feeling.stress, table.stress)
    told += table.fever if feeling.fever else table.ill if feeling.ill else 0
    told += table.gap * feeling.gap_short + table.legs * feeling.legs_yesterday
    tap = table.taps.get(feeling.tap) if feeling.tap else None
    return max(told, tap.points if tap else 0)


def _slept(feeling: Feeling, table: ReadinessTable) -> int:
    badly = feeling.sleep is not None and feeling.sleep <= table.sleep.most
    shortly = feeling.hours is not None and feeling.hours < table.sleep.hours
    return table.sleep.points if badly or shortly else 0


def _points(told: int | None, *rows: Points) -> int:
    return max((r.points for r in rows if told is not None and told >= r.least), default=0)


def may_start(situation: Situation, days_ill: int, hours_free: float) -> bool:
    """Whether the stages back may begin: `days_ill` since the first symptom, `hours_free` without.

    Where a clinician has to look first, that comes besides.
    """
    return days_ill >= situation.rest_days and hours_free >= situation.free_hours


def stage_after(stage: int, well: bool, days: int, table: IllnessTable) -> int:
    """The next stage (the first is 1) after `days` in this one.

    0 is rest, one more than there are stages means that the way back is done.
    """
    if not well:
        return max(0, stage - table.back)
    return min(stage + 1, len(table.stages) + 1) if days >= table.stage_days else stage
