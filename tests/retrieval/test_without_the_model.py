"""Where the sentence model is missing the bot says so and answers by full-text search."""

from pathlib import Path

from bot.coach.shelf import examples
from bot.domain.routing import RouterRules
from bot.retrieval import encoder
from bot.retrieval.encoder import Encoder, ModelMissing
from bot.retrieval.engine import Engine, Model, open_engine, rank_topics
from tests.house import shelf

LOWER_BAR = 0.8  # of the topics' own questions, each asked with one word left out


def test_it_says_why_and_still_finds_most_topics() -> None:
    engine = _engine()
    content = shelf().content
    asked = [(q, topic.id) for topic in content.knowledge for q in topic.questions]
    right = sum(_first(engine, _shortened(q)) == topic for q, topic in asked)

    assert engine.kind == "fts5"
    assert "switched off" in engine.note
    assert right / len(asked) >= LOWER_BAR


def test_what_is_outside_scores_below_the_bar() -> None:
    engine = _engine()

    for question in ("what is the capital of peru", "recipe for pancakes", "xyzzy"):
        best = engine.rank(question)[0]

        assert best.label == "" or best.score < engine.bars.answer


def test_the_nearest_text_comes_first() -> None:
    texts = ["protein helps muscles grow", "hills load the calves", "sleep seven hours"]

    assert _engine().near("how long should i sleep", texts)[0][0] == 2


def test_a_model_file_that_is_not_the_known_one_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "model.onnx"
    file.write_bytes(b"something else")
    words = ""
    try:
        Encoder.open(file)
    except ModelMissing as error:
        words = str(error)

    assert "hash" in words
    assert encoder.SHA256 not in words


def _engine() -> Engine:
    content = shelf().content
    rules: RouterRules = content.answering.router
    passages = [p.text for topic in content.knowledge for p in topic.passages.values()]
    return open_engine(examples(content.knowledge, content.answering), passages, rules, Model())


def _first(engine: Engine, question: str) -> str:
    return next((g.label for g in rank_topics(engine.rank(question)) if g.label), "")


def _shortened(question: str) -> str:
    words = question.split()
    return " ".join(words[:-1]) if len(words) > 3 else question
