"""A wrong topic is refused, with the file and the line of what is wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.content.documents import Fault
from bot.content.knowledge import load_knowledge

Edit = Callable[[str, str, str], int]
FILE = "knowledge/replace_leg_day.md"
WHY = '{#why kind=why claims="C35 C37" sources="S59 S60"}'


def _faults(root: Path) -> list[Fault]:
    return load_knowledge(root)[1]


def _first(root: Path) -> tuple[str, int, str]:
    found = _faults(root)[0]
    return found.file, found.line, found.message


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("grade: strong", "colour: red\ngrade: strong", "'colour' is not known here"),
        ("grade: strong", "grade: certain", "grade"),
        ("claims: [C35, C36, C37]", "claims: [C35, C36, C37", "is not valid YAML"),
        ("title: Can", "title: Is it\ntitle: Can", "stands here twice"),
    ],
)
def test_what_is_wrong_in_the_front_matter(
    content: Path, edit: Edit, old: str, new: str, says: str
) -> None:
    line = edit(FILE, old, new)

    file, at, message = _first(content)

    assert file == FILE
    assert line <= at <= line + 1
    assert says in message


@pytest.mark.parametrize("key", ["grade: strong\n", "reviewed: 2026-11-23\n"])
def test_a_missing_key(content: Path, edit: Edit, key: str) -> None:
    edit(FILE, key, "")

    file, line, message = _first(content)

    assert (file, line) == (FILE, 2)
    assert message == f"the key '{key.split(':', maxsplit=1)[0]}' is missing"


@pytest.mark.parametrize(
    ("attributes", "says"),
    [
        ("{kind=why}", "has to name the passage"),
        ("{#why kind=song}", "kind has to be one of"),
        ("{#why kind=why colour=red}", "'colour' is no attribute of a passage"),
        ('{#why kind=why claims="C99"}', "a claim that the topic has not: C99"),
        ('{#why kind=why sources="S999"}', "a source that the topic has not: S999"),
        ("{#home kind=why}", "'home' is copied"),
    ],
)
def test_what_is_wrong_above_a_passage(
    content: Path, edit: Edit, attributes: str, says: str
) -> None:
    edit(FILE, WHY, attributes)

    found = [fault for fault in _faults(content) if says in fault.message]

    assert [fault.file for fault in found] == [FILE]
    assert found[0].line > 1


def test_a_passage_of_more_than_120_words(content: Path, edit: Edit) -> None:
    line = edit(FILE, "## Why lifting stays\n\n", "## Why lifting stays\n\n" + "So it is. " * 41)

    assert _first(content) == (FILE, line, "the passage 'why' has more than 120 words")


def test_a_verdict_of_more_than_25_words(content: Path, edit: Edit) -> None:
    line = edit(FILE, 'verdict: "No.', 'verdict: "No, ' + "never " * 25 + ".")

    assert _first(content) == (FILE, line, "a verdict has at most 25 words")


def test_fewer_than_ten_questions(content: Path, edit: Edit) -> None:
    text = (content / FILE).read_text(encoding="utf-8")
    start, end = text.index("questions:"), text.index("answers:")
    line = edit(FILE, text[start:end], "questions:\n  - do runners need leg day\n")

    assert (FILE, line + 1, "at least 10 example questions are needed") == _first(content)


def test_a_claim_that_no_passage_carries(content: Path, edit: Edit) -> None:
    edit("knowledge/science_muscles_glutes.md", "claims: [C08]", "claims: []")
    path = content / "knowledge/science_muscles_glutes.md"
    path.write_text(path.read_text(encoding="utf-8").replace('claims="C08"', ""), encoding="utf-8")

    assert any(fault.message == "no passage carries claim C08" for fault in _faults(content))


def test_an_overclaim_without_what_studies_show(content: Path, edit: Edit) -> None:
    edit(FILE, "{#studies kind=studies", "{#studies kind=what")

    messages = {fault.message for fault in _faults(content) if fault.file == FILE}

    assert "claims more than studies show: 'studies' is missing" in messages


def test_what_studies_show_without_a_source(content: Path, edit: Edit) -> None:
    edit(
        FILE,
        '{#studies kind=studies claims="C35 C36" sources="S59 S60 S68"}',
        '{#studies kind=studies claims="C35 C36"}',
    )

    assert "no source: what studies show needs one" in _first(content)[2]


def test_a_question_that_another_topic_has_too(content: Path, edit: Edit) -> None:
    edit("knowledge/about_plan.md", "  - explain the levels\n", "  - do runners need leg day\n")

    file, line, message = _first(content)

    assert "stands in about.plan too" in message
    text = (content / file).read_text(encoding="utf-8").splitlines()
    assert text[line - 1] == "  - do runners need leg day"


def test_a_topic_under_the_name_of_another(content: Path, edit: Edit) -> None:
    line = edit("knowledge/about_plan.md", "topic: about.plan", "topic: about.bot")

    found = [fault for fault in _faults(content) if "is the topic of" in fault.message]

    assert [(f.file, f.line) for f in found] == [("knowledge/about_plan.md", line)]


def test_a_topic_that_was_taken_out_does_not_come_back(content: Path, edit: Edit) -> None:
    edit("knowledge/retired.yaml", "retired: []", "retired: [replace_leg_day]")

    assert _first(content) == (
        FILE,
        2,
        "the topic 'replace_leg_day' is retired, and never used again",
    )


def test_a_file_without_front_matter(content: Path) -> None:
    (content / "knowledge/stray.md").write_text("# A stray thought\n", encoding="utf-8")

    assert _first(content) == (
        "knowledge/stray.md",
        1,
        "begins with front matter between two lines of ---",
    )
