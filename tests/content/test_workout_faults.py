"""A wrong library is refused, with the file and the line of what is wrong."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.content.documents import Fault
from bot.content.workouts import load_workouts
from bot.domain.library import Library
from bot.domain.workouts import Kind, Level, Session

Edit = Callable[[str, str, str], int]


class Entry:
    """One entry of a copied file, to be broken; lines count from 1, as an editor does."""

    def __init__(self, root: Path, file: str, name: str) -> None:
        self.path = root / file
        self.file = file
        self.root = root
        text = self.path.read_text(encoding="utf-8")
        self.start = text.index(f"  - id: {name}\n")
        end = text.find("\n  - id: ", self.start)
        self.end = len(text) if end < 0 else end

    def replace(self, pattern: str, new: str) -> None:
        """Put `new` in place of the first match inside the entry."""
        text = self.path.read_text(encoding="utf-8")
        entry, times = re.subn(pattern, new, text[self.start : self.end], count=1)
        assert times == 1, pattern
        self.path.write_text(text[: self.start] + entry + text[self.end :], encoding="utf-8")

    def line(self, words: str = "- id:") -> int:
        """The line of the first `words` inside the entry."""
        text = self.path.read_text(encoding="utf-8")
        return text[: text.index(words, self.start)].count("\n") + 1

    def faults(self) -> list[Fault]:
        return load_workouts(self.root)[1]

    def has(self, words: str, line: int) -> bool:
        """Whether a fault of this file and line says `words`."""
        return any(
            (f.file, f.line) == (self.file, line) and words in f.message for f in self.faults()
        )


@pytest.fixture
def deload(library: Library) -> Session:
    return next(row for row in library.rows(Kind.HILL, Level.BEGINNER) if row.deload)


def test_a_deload_that_does_not_cut(content: Path, deload: Session) -> None:
    entry = Entry(content, "workouts/hill.yaml", deload.id)
    entry.replace(r"reps: \d+", "reps: 60")

    assert entry.has("cuts by", entry.line("- reps:"))


def test_a_week_of_deload_that_is_not_marked_as_one(content: Path, deload: Session) -> None:
    entry = Entry(content, "workouts/hill.yaml", deload.id)
    entry.replace("deload: true", "deload: false")

    assert entry.has("is a deload", entry.line("deload:"))


@pytest.mark.parametrize("level", Level)
def test_more_contacts_than_the_cap(content: Path, library: Library, level: Level) -> None:
    row = library.rows(Kind.DRILL, level)[0]
    entry = Entry(content, "workouts/drill.yaml", row.id)
    entry.replace(r"count: \d+, (?=[^}\n]*drill: pogo)", "count: 400, ")

    assert entry.has("the cap is", entry.line("- reps:"))


def test_more_than_two_fast_repetitions_over_the_step_before(
    content: Path, library: Library
) -> None:
    sprints = [r for r in library.rows(Kind.HILL, Level.INTERMEDIATE) if r.code == "H3"]
    later = next(row for row in sprints[1:] if not row.deload)
    entry = Entry(content, "workouts/hill.yaml", later.id)
    entry.replace(r"reps: \d+", "reps: 40")

    assert entry.has("a step is at most", entry.line("- reps:"))


def test_an_id_that_stands_there_twice(content: Path) -> None:
    entry = Entry(content, "workouts/hill.yaml", "HILL-B-02")
    entry.replace("HILL-B-02", "HILL-B-01")

    assert entry.has("stands here twice", entry.line())


def test_an_id_that_does_not_fit_its_week(content: Path) -> None:
    entry = Entry(content, "workouts/hill.yaml", "HILL-B-02")
    entry.replace("HILL-B-02", "HILL-B-99")

    assert entry.has("HILL-B-02", entry.line())


@pytest.mark.parametrize("key", ["title", "grade", "srpe", "why", "because", "cues"])
def test_a_missing_key(content: Path, key: str) -> None:
    entry = Entry(content, "workouts/hill.yaml", "HILL-B-03")
    entry.replace(rf"\n    {key}:.*(\n      - .*)*", "")

    assert entry.has(f"{key}' is missing", entry.line())


def test_an_unknown_key(content: Path) -> None:
    entry = Entry(content, "workouts/hill.yaml", "HILL-B-03")
    entry.replace("\n    grade:", "\n    colour: red\n    grade:")

    assert entry.has("colour' is not known here", entry.line("colour:"))


def test_minutes_that_were_written_down_are_refused_because_they_are_computed(
    content: Path,
) -> None:
    entry = Entry(content, "workouts/hill.yaml", "HILL-B-03")
    entry.replace("\n    grade:", "\n    minutes: 30\n    grade:")

    assert entry.has("minutes' is not known here", entry.line("minutes:"))


def test_a_key_that_stands_there_twice(content: Path) -> None:
    entry = Entry(content, "workouts/hill.yaml", "HILL-B-03")
    entry.replace("\n    grade:", "\n    title: Another\n    grade:")

    assert entry.has("stands here twice", entry.line("title: Another"))


def test_a_drill_that_does_not_exist(content: Path) -> None:
    entry = Entry(content, "workouts/drill.yaml", "DRILL-B-01")
    entry.replace(r"drill: [a-z-]+", "drill: a-flight")

    assert entry.has("there is no drill 'a-flight'", entry.line("drill: a-flight"))


def test_a_step_with_two_measures(content: Path) -> None:
    entry = Entry(content, "workouts/hill.yaml", "HILL-B-03")
    entry.replace(r"seconds: \d+,", "seconds: 20, metres: 40,")

    assert entry.has("exactly one of seconds, metres and count", entry.line("{do:"))


def test_a_reason_too_long_for_one_line(content: Path) -> None:
    entry = Entry(content, "workouts/hill.yaml", "HILL-B-03")
    entry.replace("because: .*", "because: " + "so " * 80)

    assert entry.has("at most 160 characters", entry.line("because:"))


def test_a_deload_that_is_hard(content: Path, deload: Session) -> None:
    entry = Entry(content, "workouts/hill.yaml", deload.id)
    entry.replace("grade: [ML]", "grade: H")

    assert entry.has("a deload is never hard", entry.line("grade:"))


def test_bounding_that_is_not_marked_as_such(content: Path, library: Library) -> None:
    row = next(r for r in library.rows(Kind.HILL, Level.ADVANCED) if r.code == "H6")
    entry = Entry(content, "workouts/hill.yaml", row.id)
    entry.replace("    x: true\n", "    x: false\n")

    assert entry.has("bounding or all-out work decides x", entry.line("x: false"))


def test_a_week_without_its_row(content: Path) -> None:
    entry = Entry(content, "workouts/interval.yaml", "INT-B-05")
    entry.replace("(?s).*", "")

    assert any("week 5 has no row" in fault.message for fault in entry.faults())


def test_a_terrain_without_an_equivalent(content: Path, edit: Edit) -> None:
    edit(
        "workouts/equivalents.yaml",
        "code: H1\n    terrain: stairs",
        "code: H9\n    terrain: stairs",
    )

    faults = load_workouts(content)[1]

    assert any("H1 has no equivalent for stairs" in fault.message for fault in faults)


def test_a_passage_that_does_not_exist(content: Path, passages: frozenset[str]) -> None:
    entry = Entry(content, "workouts/hill.yaml", "HILL-B-03")
    entry.replace("why: .*", 'why: "method.hill_sprints#wings"')

    faults = load_workouts(content, passages)[1]

    assert [(f.file, f.line) for f in faults] == [(entry.file, entry.line("why:"))]
    assert "no passage 'method.hill_sprints#wings'" in faults[0].message


def test_a_warm_up_that_is_too_long_for_its_stage(content: Path) -> None:
    entry = Entry(content, "workouts/warmups.yaml", "WARM-HARD")
    entry.replace(r"seconds: \d+", "seconds: 9000")

    assert any("this stage takes" in fault.message for fault in entry.faults())


def test_text_that_is_no_yaml(content: Path, edit: Edit) -> None:
    line = edit("workouts/easy.yaml", "kind: easy", "kind: [easy")

    faults = load_workouts(content)[1]

    assert {fault.file for fault in faults} == {"workouts/easy.yaml"}
    assert all(fault.line >= line for fault in faults)


def test_a_number_within_the_caps_may_be_changed(content: Path, library: Library) -> None:
    first = library.rows(Kind.INTERVAL, Level.BEGINNER)[0]
    entry = Entry(content, "workouts/interval.yaml", first.id)
    entry.replace(r"reps: \d+", f"reps: {first.blocks[0].reps + 1}")

    assert entry.faults() == []


# --- retired -----------------------------------------------------------------------------------


def test_a_retired_id_is_never_used_again(content: Path, edit: Edit) -> None:
    edit("workouts/retired.yaml", "retired: []", "retired: [HILL-B-03, a-skip, wall-walk]")
    hill = Entry(content, "workouts/hill.yaml", "HILL-B-03")
    drill = Entry(content, "workouts/drills.yaml", "a-skip")

    said = "is retired, and never used again"

    assert hill.faults() == [
        Fault(drill.file, drill.line(), f"the id 'a-skip' {said}"),
        Fault(hill.file, hill.line(), f"the id 'HILL-B-03' {said}"),
    ]


def test_the_list_of_the_retired_holds_ids_alone(content: Path, edit: Edit) -> None:
    line = edit("workouts/retired.yaml", "retired: []", "retired: 7")

    loaded, faults = load_workouts(content)

    assert loaded is None
    assert [(f.file, f.line) for f in faults] == [("workouts/retired.yaml", line)]


def test_a_retired_session_can_be_read_and_is_planned_no_more(content: Path) -> None:
    entry = Entry(content, "workouts/recovery.yaml", "REC-WALK-45")
    entry.replace("\n    grade:", "\n    retired: true\n    grade:")

    loaded, faults = load_workouts(content)

    assert faults == []
    assert loaded is not None
    assert loaded.library.find("rec-walk-45") is not None
    assert "REC-WALK-45" not in {s.id for s in loaded.library.of_kind(Kind.RECOVERY)}


def test_a_retired_drill_is_in_no_session(content: Path) -> None:
    entry = Entry(content, "workouts/drills.yaml", "carioca")
    entry.replace("\n    impact:", "\n    retired: true\n    impact:")

    faults = entry.faults()

    assert faults
    assert {fault.message for fault in faults} == {"the drill 'carioca' is retired"}
