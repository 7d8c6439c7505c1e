"""Nothing in the content is copied from the article, or from the reference behind it."""

from pathlib import Path

import pytest

from bot.domain.knowledge import Knowledge, Topic
from tests.content.conftest import CONTENT
from tests.content.runs import HASHES, digest, known, runs

FILES = [
    path
    for path in sorted(CONTENT.rglob("*"))
    if path.suffix in (".md", ".yaml", ".j2") and path.parent.name != "knowledge"
]


@pytest.fixture(scope="module")
def foreign() -> frozenset[bytes]:
    return known(HASHES.read_bytes())


def _copied(text: str, foreign: frozenset[bytes]) -> list[str]:
    return [run for run in runs(text) if digest(run) in foreign]


def _words(topic: Topic) -> list[str]:
    """All that a topic says; titles and addresses of its sources are not our words."""
    ready = [line for r in topic.ready for line in (r.verdict, *r.questions)]
    passages = [line for p in topic.passages.values() for line in (p.heading, p.text)]
    return [topic.title, topic.verdict, *topic.questions, *ready, *passages]


def test_no_topic_shares_six_words_in_a_row_with_article_or_reference(
    knowledge: Knowledge, foreign: frozenset[bytes]
) -> None:
    found = [
        (t.id, run) for t in knowledge for words in _words(t) for run in _copied(words, foreign)
    ]

    assert found == []


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.relative_to(CONTENT).as_posix())
def test_no_file_shares_six_words_in_a_row_with_article_or_reference(
    file: Path, foreign: frozenset[bytes]
) -> None:
    assert _copied(file.read_text(encoding="utf-8"), foreign) == []


def test_a_copied_sentence_is_found_whatever_its_marks_and_capitals(
    foreign: frozenset[bytes],
) -> None:
    # the shortest quotation that can prove it
    article = "Short bursts of UPHILL sprinting can -- dramatically -- improve"

    assert _copied(article, foreign)


def test_a_row_of_figures_is_nobodys_wording() -> None:
    assert list(runs("6 x 8 s, 2-3 min, 6-8 %, RPE 9")) == []
    assert list(runs("a b c one two three")) == ["a b c one two three"]
