"""The content as the stories use it: checked, and with what is computed from it once."""

from dataclasses import dataclass

from bot.coach.drawer import Drawer
from bot.coach.gallery import Gallery
from bot.content.answering import Answering
from bot.content.rules import Rules
from bot.content.tables import Tables
from bot.content.workouts import Workouts
from bot.domain.books import Books
from bot.domain.follow_ups import FollowUps
from bot.domain.knowledge import Knowledge
from bot.domain.library import Library
from bot.domain.safety import Catalogue
from bot.domain.wishes import Wishes
from bot.retrieval.alarm import Alarm
from bot.retrieval.engine import Engine
from bot.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Everything under `content/`, read and without a fault."""

    texts: Texts
    workouts: Workouts
    rules: Rules
    tables: Tables
    knowledge: Knowledge
    safety: Catalogue
    answering: Answering

    @property
    def library(self) -> Library:
        return self.workouts.library

    @property
    def books(self) -> Books:
        """The tables that coaching goes by."""
        tables = self.tables
        return Books(
            library=self.library,
            plan=self.rules.plan,
            adaptation=tables.adaptation,
            absence=tables.absence,
            pain=tables.pain,
            illness=tables.illness,
            readiness=tables.readiness,
            care=self.workouts.contraindications,
        )

    @property
    def wishes(self) -> Wishes:
        return self.answering.wishes

    @property
    def follow_ups(self) -> FollowUps:
        return self.answering.follow_ups


@dataclass(frozen=True, slots=True, kw_only=True)
class Content(Checked):
    """The content in use, and what is computed from it once."""

    engine: Engine
    alarm: Alarm
    gallery: Gallery
    drawer: Drawer
