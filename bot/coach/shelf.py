"""The content that is in use, and how changed content takes its place."""

from dataclasses import fields
from pathlib import Path
from threading import Lock

from bot.coach.drawer import Drawer
from bot.coach.gallery import Gallery
from bot.coach.stock import Checked, Content
from bot.coach.template_checks import caption_faults, length_faults, template_faults
from bot.content.answering import Answering, load_answering
from bot.content.documents import Fault
from bot.content.knowledge import load_knowledge
from bot.content.rules import load_rules
from bot.content.safety import load_safety
from bot.content.tables import load_tables
from bot.content.workouts import load_workouts
from bot.domain.answers import sentences
from bot.domain.errors import ContentWrong
from bot.domain.knowledge import Example, Knowledge
from bot.retrieval.alarm import read_alarm
from bot.retrieval.engine import Engine, Model, open_engine
from bot.texts import Texts

Stamp = frozenset[tuple[str, int, int]]
_WATCHED = (".md", ".yaml", ".j2")


def inspect(root: Path) -> tuple[Checked | None, list[Fault]]:
    """Read and check all of it; what there is where there is no fault, and the faults."""
    knowledge, faults = load_knowledge(root)
    passages = None
    if knowledge is not None:
        passages = frozenset(p.id for topic in knowledge for p in topic.passages.values())
    workouts, found = load_workouts(root, passages)
    safety, unsafe = load_safety(root)
    answering, unanswered = load_answering(root)
    faults += [*found, *unsafe, *unanswered, *template_faults(root)]
    rules, tables = None, None
    if workouts is not None:
        rules, found = load_rules(root, workouts.library, passages)
        faults += found
        tables, found = load_tables(root, workouts.library, passages)
        faults += found
    if not faults and knowledge is not None:
        faults += length_faults(Texts(root), knowledge)
    if faults or not (knowledge and workouts and safety and answering and rules and tables):
        return None, sorted(faults)
    checked = Checked(
        texts=Texts(root),
        workouts=workouts,
        rules=rules,
        tables=tables,
        knowledge=knowledge,
        safety=safety,
        answering=answering,
    )
    faults = caption_faults(root, checked)
    return (None, faults) if faults else (checked, [])


def ready(checked: Checked, model: Model, cache: Path | None) -> Content:
    """The checked content with its engine; the folder `cache` keeps vectors."""
    parts = {field.name: getattr(checked, field.name) for field in fields(Checked)}
    return Content(
        **parts,
        engine=_engine(checked.knowledge, checked.answering, model, cache),
        alarm=read_alarm(),
        gallery=Gallery(checked.library),
        drawer=Drawer(checked.library),
    )


class Shelf:
    """Holds the content; `refresh` takes a changed one if it passes the check.

    `faults`: those of changed content that was refused, until it is well again.
    """

    def __init__(self, root: Path, cache: Path | None, model: Model, content: Content) -> None:
        self._root = root
        self._cache = cache
        self._model = model
        self._content = content
        self._stamp = _stamp(root)
        self._refreshing = Lock()
        self.faults: tuple[Fault, ...] = ()

    @classmethod
    def open(cls, root: Path, cache: Path | None = None) -> "Shelf":
        """Raises ContentWrong with every fault. The model comes first: while it is opened it
        takes the most memory."""
        model = Model.open()
        checked, faults = inspect(root)
        if checked is None:
            raise ContentWrong(tuple(str(fault) for fault in faults))
        return cls(root, cache, model, ready(checked, model, cache))

    @property
    def content(self) -> Content:
        return self._content

    def refresh(self) -> tuple[Fault, ...]:
        """Look whether a file has changed; the faults of content that was refused, once.

        Who asks while another does so waits for it: the change is in use afterwards.
        """
        with self._refreshing:
            stamp = _stamp(self._root)
            if stamp == self._stamp:
                return ()
            self._stamp = stamp
            checked, faults = inspect(self._root)
            self.faults = tuple(faults)
            if checked is not None:
                self._content = ready(checked, self._model, self._cache)
            return self.faults


def examples(knowledge: Knowledge, answering: Answering) -> tuple[Example, ...]:
    """What the router learns from: every topic's questions, wishes, small talk, the outside."""
    own = [
        Example(question, topic.id)
        for topic in knowledge
        for question in (*topic.questions, topic.title)
    ]
    families = [
        Example(question, f"{topic.id}/{ready.name}")
        for topic in knowledge
        for ready in topic.ready
        for question in ready.questions
    ]
    return (*own, *families, *answering.examples)


def _engine(knowledge: Knowledge, answering: Answering, model: Model, cache: Path | None) -> Engine:
    passages = [p for topic in knowledge for p in topic.passages.values()]
    texts = [sentence for p in passages for sentence in sentences(p.text)]
    return open_engine(examples(knowledge, answering), texts, answering.router, model, cache)


def _stamp(root: Path) -> Stamp:
    """Name, time and size of each file that may be edited."""
    files = (p for p in root.rglob("*") if p.suffix in _WATCHED)
    return frozenset((str(p), (s := p.stat()).st_mtime_ns, s.st_size) for p in files)
