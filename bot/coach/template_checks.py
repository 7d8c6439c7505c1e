"""Whether every message can be said: templates that parse, ask for known facts, and fit.

`content/templates/facts.yaml` lists the facts of each template; a template that asks for another
one would fail in front of a person.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.coach.cards import CAPTION, session_message
from bot.coach.stock import Checked
from bot.content.documents import Document, Fault, read
from bot.domain.answers import composed, quoted
from bot.domain.knowledge import Knowledge, PassageKind
from bot.texts import TemplateFault, Texts, plain

_FOLDER = "templates"
_FACTS = "templates/facts.yaml"
ANSWER = 1200


def template_faults(root: Path) -> list[Fault]:
    """Templates that cannot be read, or that ask for a fact which their message does not have."""
    document, faults = read(root / _FACTS, root)
    if document is None:
        return faults
    facts, wrong = document.into(dict[str, tuple[str, ...]])
    if facts is None:
        return [*faults, *wrong]
    texts = Texts(root)
    for name in texts.names():
        known = set(facts.get(name, ()))
        if name not in facts:
            faults.append(Fault(_FACTS, 1, f"the facts of the template {name!r} are missing"))
        faults += _asked(texts, name, known)
    return faults + _gone(document, facts, set(texts.names()))


def _asked(texts: Texts, name: str, known: set[str]) -> Iterator[Fault]:
    file = f"{_FOLDER}/{name}.j2"
    try:
        wanted = texts.wants(name)
    except TemplateFault as fault:
        yield Fault(file, fault.line, f"is no template: {fault.words}")
        return
    for fact, line in wanted.items():
        if fact not in known:
            has = ", ".join(sorted(known)) or "no facts"
            yield Fault(file, line, f"there is no fact {fact!r} here; there are: {has}")


def _gone(document: Document, facts: Iterable[str], there: set[str]) -> list[Fault]:
    """Code says these messages: a template that was deleted would be missed in the middle."""
    return [
        document.fault(f"the file {_FOLDER}/{name}.j2 is missing", [name])
        for name in facts
        if name not in there
    ]


def length_faults(texts: Texts, knowledge: Knowledge) -> list[Fault]:
    """Answers of over 1,200 characters where even the shortest form does not fit."""
    faults = []
    for topic in knowledge:
        file = f"knowledge/{topic.id.replace('.', '_')}.md"
        first = next(p for p in topic.passages.values() if p.kind is not PassageKind.NEXT)
        for ready in (None, *topic.ready):
            bearing = topic.passages[ready.passage] if ready else first
            answer = composed(topic, ready, (quoted(bearing, ()),))
            length = len(plain(texts.message("answer", answer=answer, related=()).text))
            if length > ANSWER:
                what = f"the answer {ready.name!r}" if ready else "the answer"
                faults.append(Fault(file, 1, f"{what} has {length} characters, {ANSWER} at most"))
    return faults


def caption_faults(root: Path, content: Checked) -> list[Fault]:
    """Sessions that do not fit under a picture, even in their shortest form."""
    return [
        Fault(*_place(root, session.id), f"{session.id}: {length} characters, {CAPTION} at most")
        for session in content.library.sessions
        if (length := len(plain(session_message(content, session)[0].text))) > CAPTION
    ]


def _place(root: Path, session_id: str) -> tuple[str, int]:
    """The file and the line that bear the id of a session."""
    for file in sorted((root / "workouts").rglob("*.yaml")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip(" -{").startswith(f"id: {session_id}"):
                return file.relative_to(root).as_posix(), number
    return "workouts", 1
