"""A wrong topic is refused, with the file and the line of what is wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.content.documents import Fault
from bot.content.knowledge import load_knowledge

Put = Callable[[str, str], int]
FILE = "knowledge/about_test.md"
# A topic of the test's own, so that an edit of the real ones breaks nothing here.
TOPIC = """---
topic: about.test
title: A test
verdict: "Yes, with care."
grade: some
claims: [C36]
questions:
  - question one
  - question two
  - question three
  - question four
  - question five
  - question six
  - question seven
  - question eight
  - question nine
  - question ten
sources:
  - {id: S59, cite: "Vikmoen, 2016", doi: 10.1371/journal.pone.0150799}
reviewed: 2026-11-23
reviewed_by:
---

{#why kind=why}
## Why

Because it is so.

{#how kind=how}
## How

Like this.

{#article kind=article claims="C36"}
## Article

It says so.

{#studies kind=studies claims="C36" sources="S59"}
## Studies

They show less.

{#next kind=next}
## Next

Go on.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A content folder that has this topic alone."""
    (tmp_path / "knowledge").mkdir()
    (tmp_path / FILE).write_text(TOPIC, encoding="utf-8")
    return tmp_path


@pytest.fixture
def put(root: Path) -> Put:
    """Put something else in place of a part of the topic; the line where it begins."""

    def exchange(old: str, new: str) -> int:
        before, found, after = TOPIC.partition(old)
        assert found
        (root / FILE).write_text(before + new + after, encoding="utf-8")
        return before.count("\n") + 1

    return exchange


def _faults(root: Path) -> list[Fault]:
    """All but the claims that the other topics would carry."""
    found = load_knowledge(root)[1]
    return [fault for fault in found if not fault.message.startswith("no passage carries claim")]


def test_the_topic_of_this_test_is_sound(root: Path, put: Put) -> None:
    assert _faults(root) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("grade: some", "colour: red\ngrade: some", "the key 'colour' is not known here"),
        ("grade: some", "grade: certain", "grade: Input should be"),
        ("title: A test", "title: [A test", "is not valid YAML"),
        ("title: A", "title: B\ntitle: A", "the key 'title' stands here twice"),
        ('"Yes, with care."', '"' + "Yes, " * 26 + '."', "a verdict has at most 25 words"),
        ('"Yes, with care."', "Perhaps", "a verdict is a whole sentence with its full stop"),
        ("about.test", "about.exam", "the file of 'about.exam' is about_exam.md"),
        ("A test", "A test " * 9, "the title has more than 60 characters"),
        ("Because it is so.", "So it is. " * 41, "the passage 'why' has more than 120 words"),
        ("doi: 10.1371/journal.pone.0150799", "url: nowhere", "a source has a doi or an https url"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    root: Path, put: Put, old: str, new: str, says: str
) -> None:
    line = put(old, new)

    found = [fault for fault in _faults(root) if says in fault.message]

    assert [fault.file for fault in found] == [FILE]
    assert line - 3 <= found[0].line <= line + 1


@pytest.mark.parametrize("line", ["grade: some", "reviewed: 2026-11-23", "title: A test"])
def test_a_missing_key(root: Path, put: Put, line: str) -> None:
    put(line + "\n", "")

    key, _, _ = line.partition(":")
    assert _faults(root) == [Fault(FILE, 2, f"the key '{key}' is missing")]


@pytest.mark.parametrize(
    ("attributes", "says"),
    [
        ("{kind=why}", "has to name the passage"),
        ("{#why kind=song}", "kind has to be one of"),
        ("{#why kind=why colour=red}", "'colour' is no attribute of a passage"),
        ('{#why kind=why claims="C99"}', "a claim that the topic has not: C99"),
        ('{#why kind=why sources="S999"}', "a source that the topic has not: S999"),
        ("{#how kind=why}", "'how' is copied"),
    ],
)
def test_what_is_wrong_above_a_passage(root: Path, put: Put, attributes: str, says: str) -> None:
    line = put("{#why kind=why}", attributes)

    (fault,) = (fault for fault in _faults(root) if says in fault.message)

    assert fault.file == FILE
    assert line <= fault.line <= line + 6


@pytest.mark.parametrize("kind", ["why", "how", "next"])
def test_a_topic_without_one_of_its_parts(root: Path, put: Put, kind: str) -> None:
    put(f"kind={kind}", "kind=what")

    assert [f.message for f in _faults(root)] == [f"a passage of kind '{kind}' is missing"]


def test_fewer_than_ten_questions(root: Path, put: Put) -> None:
    line = put("  - question ten\n", "")

    (fault,) = _faults(root)

    assert fault.message == "at least 10 example questions are needed"
    assert line - 10 < fault.line < line


@pytest.mark.parametrize("kind", ["article", "studies"])
def test_an_overclaim_where_article_and_studies_do_not_both_speak(
    root: Path, put: Put, kind: str
) -> None:
    put(f"kind={kind}", "kind=what")

    assert [f.message for f in _faults(root)] == [
        f"claims more than studies show: '{kind}' is missing"
    ]


def test_what_studies_show_without_a_source(root: Path, put: Put) -> None:
    put('claims="C36" sources="S59"', 'claims="C36"')

    assert "no source: what studies show needs one" in _faults(root)[0].message


def test_a_question_that_another_topic_has_too(root: Path, put: Put) -> None:
    other = TOPIC.replace("about.test", "about.tests").replace("- question", "- query")
    other = other.replace("- query ten", "- Question ten")
    (root / "knowledge/about_tests.md").write_text(other, encoding="utf-8")

    said = "the question 'Question ten' stands in about.test too"
    assert _faults(root) == [Fault("knowledge/about_tests.md", 17, said)]


def test_a_topic_under_the_name_of_another(root: Path, put: Put) -> None:
    other = TOPIC.replace("- question", "- query")
    (root / "knowledge/about_tests.md").write_text(other, encoding="utf-8")

    found = {(f.file, f.line): f.message for f in _faults(root)}

    assert set(found) == {("knowledge/about_tests.md", 2)}
    assert "'about.test' is the topic of knowledge/about_test.md already" in {
        f.message for f in _faults(root)
    }


def test_a_claim_that_no_passage_carries(content: Path) -> None:
    path = content / "knowledge/science_muscles_glutes.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('claims="C08"', ""), encoding="utf-8")

    assert [f.message for f in load_knowledge(content)[1]] == ["no passage carries claim C08"]


def test_a_topic_that_was_taken_out_does_not_come_back(root: Path, put: Put) -> None:
    retired = root / "knowledge/retired.yaml"
    retired.write_text("retired: [about.test]\n", encoding="utf-8")

    said = "the topic 'about.test' is retired, and never used again"
    assert _faults(root) == [Fault(FILE, 2, said)]


def test_the_list_of_the_retired_may_be_missing_but_not_wrong(root: Path, put: Put) -> None:
    retired = root / "knowledge/retired.yaml"
    assert _faults(root) == []

    retired.write_text("# lost\nretyred: []\n", encoding="utf-8")
    assert _faults(root) == [
        Fault("knowledge/retired.yaml", 2, "the key 'retyred' is not known here")
    ]


def test_a_file_without_front_matter(root: Path) -> None:
    (root / "knowledge/stray.md").write_text("# A stray thought\n", encoding="utf-8")

    said = "begins with front matter between two lines of ---"
    assert _faults(root) == [Fault("knowledge/stray.md", 1, said)]
