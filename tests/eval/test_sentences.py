"""What an answer says stands in the knowledge base, word for word."""

import re
from functools import cache
from pathlib import Path

from bot.domain.answers import Reply, ReplyKind
from bot.texts import plain
from tests.eval.questions import PARTS, cases
from tests.eval.said import said
from tests.house import shelf

KNOWLEDGE = Path(__file__).parents[2] / "content" / "knowledge"
SETS = ("in_scope", "follow_ups", "near")
MARKS = re.compile(r"\*\*|__|\[([^\]]*)\]\([^)]*\)|^[-*] |^#+ |^> ?", re.MULTILINE)
END = re.compile(r"(?<=[.!?])\s+|\n+|; ")


@cache
def answers() -> tuple[Reply, ...]:
    given = (
        reply
        for name in SETS
        for part in PARTS
        for case in cases(name, part)
        for reply in said(case)
    )
    return tuple(reply for reply in given if reply.kind is ReplyKind.ANSWER)


@cache
def knowledge() -> str:
    files = sorted(KNOWLEDGE.glob("*.md"))
    told = "\n".join(file.read_text(encoding="utf-8") for file in files)
    return " ".join(MARKS.sub(r"\1", told).replace('\\"', '"').split())


def test_each_sentence_of_each_answer_of_the_sets_stands_in_the_knowledge_base() -> None:
    sentences = {
        sentence.strip(" •")
        for reply in answers()
        for sentence in END.split(plain(reply.message.text))
    }
    foreign = sorted(sentence for sentence in sentences if sentence not in knowledge())

    assert len(sentences) > len(shelf().content.knowledge.topics)
    assert not foreign


def test_each_answer_of_the_sets_fits_its_length_and_quotes_what_it_rests_on() -> None:
    for reply in answers():
        text = plain(reply.message.text)
        assert len(text) <= 1200, text
        assert reply.quotes, text
        assert all(quote.text in text for quote in reply.quotes)
