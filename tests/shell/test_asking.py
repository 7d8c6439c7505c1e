"""`bot ask`: one question, or a batch of conversations, as scripts read it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.house import shelf
from tests.shell.conftest import Called

TALKS = {
    "leg day": ["should I replace leg day?"],
    "follow-up": ["are hill sprints good for my legs", "and how often?"],
    "flag": ["chest pain on the last rep", "how often should I run hills?", "thanks"],
    "command": ["please change time to 6:30"],
    "small": ["hello there"],
    "far": ["who won the election"],
    "empty": [""],
    "no words": ["👍"],
}
KEYS = {"kind", "topics", "confidence", "text", "quotes", "command"}


def test_a_batch_answers_every_conversation_in_its_order(
    bot: Callable[..., Called], tmp_path: Path
) -> None:
    lines = [json.dumps({"id": name, "turns": turns}) for name, turns in TALKS.items()]
    (tmp_path / "talks.jsonl").write_text("\n".join(lines), encoding="utf-8")
    code, out, _ = bot("ask", "--jsonl", "talks.jsonl")
    said = [json.loads(line) for line in out.splitlines()]
    kinds = {each["id"]: [reply["kind"] for reply in each["replies"]] for each in said}

    assert code == 0
    assert [each["id"] for each in said] == list(TALKS)
    assert all(set(reply) == KEYS for each in said for reply in each["replies"])
    assert kinds["leg day"] == ["answer"]
    assert kinds["follow-up"] == ["answer", "answer"]
    assert kinds["flag"] == ["emergency", "emergency", "smalltalk"]
    assert kinds["command"] == ["command"]
    assert kinds["small"] == ["smalltalk"]
    assert kinds["far"] == ["decline"]
    _check_quotes(said)
    _check_values(said)


def _check_quotes(said: list[dict[str, Any]]) -> None:
    """Each quote is an exact part of the passage that it names."""
    knowledge = shelf().content.knowledge
    quotes = [q for each in said for reply in each["replies"] for q in reply["quotes"]]
    for quote in quotes:
        passage = knowledge.passage(quote["passage"])

        assert passage is not None
        assert quote["text"] in passage.text


def _check_values(said: list[dict[str, Any]]) -> None:
    by_id = {each["id"]: each["replies"] for each in said}

    assert by_id["leg day"][0]["topics"][0] == "replace_leg_day"
    assert 0 < by_id["leg day"][0]["confidence"] <= 1
    assert by_id["follow-up"][1]["topics"][0] == "method.hill_sprints"
    assert by_id["command"][0]["command"] == "/time 06:30"
    assert by_id["small"][0]["command"] is None
    assert "<" not in by_id["leg day"][0]["text"]


def test_explain_prints_what_each_step_decided(bot: Callable[..., Called]) -> None:
    code, out, _ = bot("ask", "do hills build glutes", "--explain")

    assert code == 0
    for step in ("red flags:", "wish:", "follow-up:", "router:", "answer:"):
        assert step in out


def test_a_line_that_is_no_conversation_is_named(
    bot: Callable[..., Called], tmp_path: Path
) -> None:
    (tmp_path / "talks.jsonl").write_text('{"id": 1}\n', encoding="utf-8")
    code, _, errors = bot("ask", "--jsonl", "talks.jsonl")

    assert code == 2
    assert "line 1" in errors


def test_neither_and_both_of_question_and_file_are_refused(bot: Callable[..., Called]) -> None:
    neither, _, _ = bot("ask")
    both, _, errors = bot("ask", "why", "--jsonl", "x")

    assert (neither, both) == (2, 2)
    assert len(errors.strip().splitlines()) == 1


def test_a_missing_file_is_named(bot: Callable[..., Called]) -> None:
    code, _, errors = bot("ask", "--jsonl", "nowhere.jsonl")

    assert code == 2
    assert "nowhere.jsonl" in errors
