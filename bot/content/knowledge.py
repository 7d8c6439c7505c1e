"""The knowledge base: one Markdown file a topic in `content/knowledge/`.

Above the text stands YAML front matter; each passage is a heading of the second order, with a
line of attributes before it: `{#load kind=why claims="C36" sources="S59"}`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_block_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from bot.content.documents import Document, Fault, name_of, parse, read
from bot.content.knowledge_checks import check
from bot.content.placed import Placed
from bot.domain.knowledge import Grade, Knowledge, Passage, PassageKind, Ready, Source, Topic

_FOLDER = "knowledge"
_DOI = "https://doi.org/"


@dataclass(frozen=True, slots=True)
class _Source:
    id: str
    cite: str
    doi: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class _Ready:
    id: str
    verdict: str
    passage: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Front:
    """The front matter, as it is written."""

    topic: str
    title: str
    verdict: str
    grade: Grade
    questions: tuple[str, ...]
    reviewed: date
    reviewed_by: str | None = None
    claims: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    answers: tuple[_Ready, ...] = ()
    sources: tuple[_Source, ...] = ()


@dataclass(frozen=True, slots=True)
class _Retired:
    retired: tuple[str, ...] = ()


@dataclass(slots=True)
class _Section:
    """A passage while it is being read: where its heading stands, and its paragraphs."""

    line: int
    attributes: dict[str, str]
    heading: str
    paragraphs: list[str] = field(default_factory=list)


def load_knowledge(root: Path) -> tuple[Knowledge | None, list[Fault]]:
    """Read and check every topic below `root`; None where a file cannot be understood."""
    topics: list[Placed[Topic]] = []
    faults: list[Fault] = []
    for path in sorted((root / _FOLDER).glob("*.md")):
        topic, found = _topic(path, root)
        faults += found
        if topic is not None:
            topics.append(topic)
    if faults:
        return None, sorted(faults)
    if not topics:
        return None, [Fault(_FOLDER, 1, "holds no topic")]
    retired, faults = _retired(root)
    faults += [
        t.fault(f"the topic {t.value.id!r} is retired, and never used again", ["topic"])
        for t in topics
        if t.value.id in retired
    ]
    knowledge = Knowledge({t.value.id: t.value for t in topics})
    return knowledge, sorted([*faults, *check(topics)])


def _retired(root: Path) -> tuple[tuple[str, ...], list[Fault]]:
    """The ids of topics that were taken out; none where the file is not there."""
    path = root / _FOLDER / "retired.yaml"
    if not path.is_file():
        return (), []
    document, faults = read(path, root)
    if document is None:
        return (), faults
    value, found = document.into(_Retired)
    return (value.retired if value else ()), [*faults, *found]


def _topic(path: Path, root: Path) -> tuple[Placed[Topic] | None, list[Fault]]:
    name = name_of(path, root)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return None, [Fault(name, 1, f"cannot be read: {error}")]
    tokens = _markdown().parse(text)
    if not tokens or tokens[0].type != "front_matter":
        return None, [Fault(name, 1, "begins with front matter between two lines of ---")]
    document, faults = parse(tokens[0].content, name, first_line=2)
    if document is None:
        return None, faults
    front, found = document.into(_Front)
    faults += found
    sections = list(_sections(tokens[1:]))
    passages = {}
    for section in sections:
        passage, found = _passage(section, front.topic if front else "", document)
        faults += found
        if passage is not None:
            if passage.name in passages:
                faults.append(Fault(name, section.line, f"the passage {passage.name!r} is copied"))
            passages[passage.name] = passage
    if front is None or faults:
        return None, faults
    topic = _made(front, passages)
    lines = {s.attributes.get("id", ""): s.line for s in sections}
    return Placed(topic, document, -1, lines), []


def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark").use(front_matter_plugin).use(attrs_block_plugin)


def _sections(tokens: list[Token]) -> Iterator[_Section]:
    """The headings of the second order with the paragraphs and list items below each."""
    section: _Section | None = None
    in_heading = in_item = False
    for token in tokens:
        if token.type == "heading_open" and token.tag == "h2":
            if section is not None:
                yield section
            attributes = {key: str(value) for key, value in token.attrs.items()}
            section = _Section(token.map[0] + 1 if token.map else 1, attributes, "")
        in_heading = (in_heading or token.type == "heading_open") and token.type != "heading_close"
        in_item = (in_item or token.type == "list_item_open") and token.type != "list_item_close"
        if token.type != "inline" or section is None:
            continue
        if in_heading:
            section.heading = _plain(token)
        else:
            section.paragraphs.append(("• " if in_item else "") + _plain(token))
    if section is not None:
        yield section


def _plain(token: Token) -> str:
    """The words of an inline token, markup removed."""
    parts = (
        " " if t.type in ("softbreak", "hardbreak") else t.content for t in token.children or []
    )
    return "".join(parts).strip()


def _passage(
    section: _Section, topic: str, document: Document
) -> tuple[Passage | None, list[Fault]]:
    given = section.attributes
    unknown = set(given) - {"id", "kind", "claims", "sources"}
    problem = ""
    if not given.get("id"):
        problem = "the line before the heading has to name the passage, such as {#why kind=why}"
    elif unknown:
        problem = f"{sorted(unknown)[0]!r} is no attribute of a passage"
    elif given.get("kind") not in set(PassageKind):
        problem = f"kind has to be one of {', '.join(PassageKind)}"
    if problem:
        return None, [Fault(document.file, section.line, problem)]
    passage = Passage(
        topic=topic,
        name=given["id"],
        kind=PassageKind(given["kind"]),
        heading=section.heading,
        text="\n\n".join(section.paragraphs).replace("\n\n•", "\n•"),
        claims=tuple(given.get("claims", "").split()),
        sources=tuple(given.get("sources", "").split()),
    )
    return passage, []


def _made(front: _Front, passages: dict[str, Passage]) -> Topic:
    return Topic(
        id=front.topic,
        title=front.title,
        verdict=front.verdict,
        grade=front.grade,
        claims=front.claims,
        questions=front.questions,
        ready=tuple(Ready(a.id, a.verdict, a.passage, a.questions) for a in front.answers),
        related=front.related,
        sources={
            s.id: Source(s.id, s.cite, _DOI + s.doi if s.doi else s.url) for s in front.sources
        },
        passages=passages,
        reviewed=front.reviewed,
        reviewed_by=front.reviewed_by or "",
    )
