"""Pictures as PNG, from plain values: a session, a drill, the plan, the progress."""

from bot.pictures.cards import (
    Block,
    Card,
    DrillCard,
    Figure,
    MuscleBar,
    PlanChart,
    PlanWeek,
    ProgressChart,
    ProgressWeek,
    TrialChart,
    TrialPanel,
)
from bot.pictures.crowd import CrowdChart, CrowdRow, crowd_chart
from bot.pictures.drill import drill_card
from bot.pictures.plan import plan_chart
from bot.pictures.progress import progress_chart
from bot.pictures.selftest import trial_chart
from bot.pictures.session import session_card

__all__ = [
    "Block",
    "Card",
    "CrowdChart",
    "CrowdRow",
    "DrillCard",
    "Figure",
    "MuscleBar",
    "PlanChart",
    "PlanWeek",
    "ProgressChart",
    "ProgressWeek",
    "TrialChart",
    "TrialPanel",
    "crowd_chart",
    "drill_card",
    "plan_chart",
    "progress_chart",
    "session_card",
    "trial_chart",
]
