"""`content/README.md` teaches with examples; each of them is put in place and loaded here.

A fence of an example says where it belongs: `new FILE` writes the file, `end FILE` goes to its
end, `below KEY FILE` stands under that line, `set FILE` takes the place of the entry that has the
same key; `fault WRITTEN SLIP FILE` shows what the check says to a slip.
"""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.coach.shelf import inspect
from bot.coach.stock import Checked
from bot.content.workouts import load_workouts
from bot.domain.safety import Urgency
from bot.domain.scan import scan
from bot.domain.wishes import wish_of
from bot.domain.workouts import Kind, Level
from tests.content.conftest import CONTENT, copied

README = (CONTENT / "README.md").read_text(encoding="utf-8")
_FENCE = re.compile(r"^(`{3,})(\w+) (\w+) ([^\n]+)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
FORMATS = [
    "knowledge/about_music.md",
    "workouts/my_sessions.yaml",
    "workouts/my_drills.yaml",
    "workouts/my_exercises.yaml",
    "rules/plan.yaml",
    "rules/reasons.yaml",
    "safety/flags/my_flags.yaml",
    "templates/log/skip.j2",
    "answering/wishes.yaml",
    "answering/small_talk.yaml",
    "templates/small/weather.j2",
    "templates/facts.yaml",
    "answering/outside.yaml",
    "answering/router.yaml",
    "workouts/retired.yaml",
]


class Shown(NamedTuple):
    """An example as the README shows it."""

    how: str
    where: list[str]
    text: str


def _examples() -> list[Shown]:
    return [Shown(how, rest.split(), text) for _, _, how, rest, text in _FENCE.findall(README)]


def _apply(shown: Shown, root: Path) -> None:
    path = root / shown.where[-1]
    if shown.how == "new":
        path.write_text(shown.text, encoding="utf-8")
        return
    old = path.read_text(encoding="utf-8")
    if shown.how == "end":
        path.write_text(old.rstrip("\n") + "\n" + shown.text, encoding="utf-8")
    elif shown.how == "below":
        line = re.search(rf"^ *{shown.where[0]}:\n", old, re.MULTILINE)
        assert line, shown.where
        path.write_text(old[: line.end()] + shown.text + old[line.end() :], encoding="utf-8")
    else:
        assert shown.how == "set", shown.how
        path.write_text(_exchanged(old, shown.text), encoding="utf-8")


def _exchanged(old: str, text: str) -> str:
    """`old` with the entry of the same key, and all that stands further in below it, replaced."""
    blanks, key = re.match(r"( *)(\w+):", text).groups()  # type: ignore[union-attr]
    entry = re.compile(rf"^{blanks}{key}:.*\n(?:{blanks} +.*\n)*", re.MULTILINE)
    assert entry.search(old), key
    return entry.sub(lambda _: text, old, count=1)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copied(tmp_path_factory.mktemp("readme") / "content")
    for shown in _examples():
        if shown.how != "fault":
            _apply(shown, folder)
    return folder


@pytest.fixture(scope="module")
def checked(root: Path) -> Checked:
    value, faults = inspect(root)
    assert list(map(str, faults)) == []
    assert value is not None
    return value


@pytest.mark.parametrize("name", FORMATS)
def test_there_is_an_example_of_each_format(name: str) -> None:
    assert name in {shown.where[-1] for shown in _examples() if shown.how != "fault"}


def test_all_examples_together_pass_the_check(checked: Checked) -> None:
    assert checked.knowledge.topics


def test_the_topic_is_known_with_its_passages(checked: Checked) -> None:
    topic = checked.knowledge.topics["about.music"]

    assert {ready.name for ready in topic.ready} == {"hills"}
    assert checked.knowledge.passage("about.music#hard")


def test_session_drill_and_exercise_are_in_the_library(checked: Checked) -> None:
    library = checked.library

    assert library.session("HILL-EVENING").kind is Kind.HILL
    assert library.drill("side-skip").dose[Level.BEGINNER] == "2 × 10 m"
    assert library.exercise("wall-sit").serves


def test_the_rule_and_the_reason_are_taken(checked: Checked) -> None:
    assert checked.rules.plan.growth.factor == 1.05
    assert checked.rules.reasons["deload"].words.startswith("Lighter on purpose.")


def test_the_red_flag_is_found_in_a_message(checked: Checked) -> None:
    said = "came back from the snow and two fingers are white and numb"

    flag = scan(said, checked.safety)

    assert flag is not None
    assert (flag.id, flag.urgency) == ("frostbite", Urgency.TODAY)


def test_the_sentences_are_said(checked: Checked) -> None:
    assert checked.texts.render("log/skip", title="Strides").startswith("All right, Strides is off")
    assert "window" in checked.texts.render("small/weather")


@pytest.mark.parametrize("said", ["why do i have this session today", "what is this workout"])
def test_the_wish_is_understood_by_its_patterns_alone(checked: Checked, said: str) -> None:
    expected = "/why" if said.startswith("why") else None

    assert wish_of(said, checked.wishes) == expected


def test_the_router_learns_wish_small_talk_and_outside(checked: Checked) -> None:
    labels = {example.text: example.label for example in checked.answering.examples}

    assert labels["explain this workout to me"] == "do/why_today"
    assert labels["it is raining again"] == "say/weather"
    assert labels["which yoga pose opens the hips"] == ""
    assert checked.answering.router.words.short["runz"] == "runs"


def test_the_faults_that_the_readme_shows_are_those_that_the_check_gives(root: Path) -> None:
    (shown,) = [example for example in _examples() if example.how == "fault"]
    right, wrong, name = shown.where
    path = root / name
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")

    _, faults = load_workouts(root)
    path.write_text(text, encoding="utf-8")

    assert "\n".join(map(str, faults)) + "\n" == shown.text
