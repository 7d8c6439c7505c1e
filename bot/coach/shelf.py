"""The content that is in use, and how changed content takes its place."""

from dataclasses import dataclass
from pathlib import Path

from bot.coach.planning import Plans
from bot.coach.template_checks import template_faults
from bot.content.answering import Answering, RouterBars, load_answering
from bot.content.documents import Fault
from bot.content.knowledge import load_knowledge
from bot.content.rules import Rules, load_rules
from bot.content.safety import load_safety
from bot.content.tables import Tables, load_tables
from bot.content.workouts import Workouts, load_workouts
from bot.domain.errors import ContentWrong
from bot.domain.knowledge import Example, Knowledge
from bot.domain.library import Library
from bot.domain.safety import Catalogue
from bot.domain.wishes import Wishes
from bot.domain.follow_ups import FollowUps
from bot.retrieval.engine import Engine, open_engine
from bot.texts import Texts

Stamp = frozenset[tuple[str, int, int]]
_WATCHED = (".md", ".yaml", ".j2")


@dataclass(frozen=True, slots=True)
class Content:
    """Everything under `content/`, checked, and what is computed from it once."""

    texts: Texts
    workouts: Workouts
    rules: Rules
    tables: Tables
    knowledge: Knowledge
    safety: Catalogue
    answering: Answering
    engine: Engine
    plans: Plans

    @property
    def library(self) -> Library:
        return self.workouts.library

    @property
    def router(self) -> RouterBars:
        return self.answering.router

    @property
    def wishes(self) -> Wishes:
        return self.answering.wishes

    @property
    def follow_ups(self) -> FollowUps:
        return self.answering.follow_ups


def inspect(root: Path) -> tuple[Content | None, list[Fault]]:
    """Load and check all of it; the content where there is no fault, and the faults."""
    knowledge, faults = load_knowledge(root)
    passages = None
    if knowledge is not None:
        passages = frozenset(p.id for topic in knowledge for p in topic.passages.values())
    workouts, found = load_workouts(root, passages)
    faults += found
    safety, found_safety = load_safety(root)
    faults += found_safety
    answering, found = load_answering(root)
    faults += found
    if workouts is None:
        return None, sorted(faults)
    rules, found = load_rules(root, workouts.library, passages)
    faults += found
    tables, found_tables = load_tables(root)
    faults += found_tables
    faults += template_faults(root)
    if faults or not (knowledge and safety and answering and rules and tables):
        return None, sorted(faults)
    content = Content(
        texts=Texts(root),
        workouts=workouts,
        rules=rules,
        tables=tables,
        knowledge=knowledge,
        safety=safety,
        answering=answering,
        engine=_engine(knowledge, answering),
        plans=Plans(workouts.library, rules.plan),
    )
    return content, []


class Shelf:
    """Holds the content; `refresh` takes a changed one if it passes the check."""

    def __init__(self, root: Path, content: Content) -> None:
        self._root = root
        self._content = content
        self._stamp = _stamp(root)

    @classmethod
    def open(cls, root: Path) -> "Shelf":
        """Raises ContentWrong with every fault."""
        content, faults = inspect(root)
        if content is None:
            raise ContentWrong(tuple(str(fault) for fault in faults))
        return cls(root, content)

    @property
    def content(self) -> Content:
        return self._content

    def refresh(self) -> tuple[Fault, ...]:
        """Look whether a file has changed; the faults of content that was refused, once."""
        stamp = _stamp(self._root)
        if stamp == self._stamp:
            return ()
        self._stamp = stamp
        content, faults = inspect(self._root)
        if content is None:
            return tuple(faults)
        self._content = content
        return ()


def examples(knowledge: Knowledge, answering: Answering) -> tuple[Example, ...]:
    """What the router learns from: every topic's questions, wishes, small talk, the outside."""
    own = [
        Example(question, topic.id) for topic in knowledge for question in (*topic.questions, topic.title)
    ]
    families = [
        Example(question, f"{topic.id}/{ready.name}")
        for topic in knowledge
        for ready in topic.ready
        for question in ready.questions
    ]
    return (*own, *families, *answering.examples)


def _engine(knowledge: Knowledge, answering: Answering) -> Engine:
    texts = [(p.topic, p.text) for topic in knowledge for p in topic.passages.values()]
    return open_engine(examples(knowledge, answering), texts, answering.router)


def _stamp(root: Path) -> Stamp:
    """Name, time and size of each file that may be edited."""
    files = (p for p in root.rglob("*") if p.suffix in _WATCHED)
    return frozenset((str(p), (s := p.stat()).st_mtime_ns, s.st_size) for p in files)
