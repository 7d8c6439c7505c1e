"""All the tables that coaching goes by, in one value."""

from dataclasses import dataclass

from bot.domain.absence import AbsenceTable
from bot.domain.health_tables import IllnessTable, PainTable
from bot.domain.library import Contraindication, Library
from bot.domain.plan_rules import PlanRules
from bot.domain.tables import AdaptationTable, ReadinessTable


@dataclass(frozen=True, slots=True)
class Books:
    library: Library
    plan: PlanRules
    adaptation: AdaptationTable
    absence: AbsenceTable
    pain: PainTable
    illness: IllnessTable
    readiness: ReadinessTable
    care: tuple[Contraindication, ...] = ()
