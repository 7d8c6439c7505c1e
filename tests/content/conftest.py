"""The content, loaded once, and copies of it for tests that break something."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.content.knowledge import load_knowledge
from bot.content.workouts import Workouts, load_workouts
from bot.domain.knowledge import Knowledge
from bot.domain.library import Library

CONTENT = Path(__file__).parent.parent.parent / "content"


def copied(target: Path) -> Path:
    """A copy of `content/` without the table of places, which no loader here reads."""
    return Path(shutil.copytree(CONTENT, target, ignore=shutil.ignore_patterns("*.sqlite")))


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return copied(tmp_path / "content")


@pytest.fixture
def edit(content: Path) -> Callable[[str, str, str], int]:
    """Put `new` in place of the first `old` of a file; returns the line where it begins."""

    def put(name: str, old: str, new: str) -> int:
        path = content / name
        text = path.read_text(encoding="utf-8")
        before, found, after = text.partition(old)
        assert found, f"{name} has no {old!r}"
        path.write_text(before + new + after, encoding="utf-8")
        return before.count("\n") + 1

    return put


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    loaded, faults = load_knowledge(CONTENT)
    assert loaded is not None
    assert not faults
    return loaded


@pytest.fixture(scope="session")
def passages(knowledge: Knowledge) -> frozenset[str]:
    return frozenset(p.id for topic in knowledge for p in topic.passages.values())


@pytest.fixture(scope="session")
def workouts(passages: frozenset[str]) -> Workouts:
    loaded, faults = load_workouts(CONTENT, passages)
    assert loaded is not None
    assert not faults
    return loaded


@pytest.fixture(scope="session")
def library(workouts: Workouts) -> Library:
    return workouts.library
