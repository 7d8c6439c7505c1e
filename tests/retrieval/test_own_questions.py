"""Every topic answers the questions that its own file names, and quotes its own words."""

import pytest

from bot.coach.asking import Context, reply_to
from bot.domain.answers import Reply, ReplyKind
from bot.texts import plain
from tests.house import shelf

TOPICS = sorted(shelf().content.knowledge.topics)
LONGEST = 1200


@pytest.mark.parametrize("name", TOPICS)
def test_a_topic_answers_its_own_questions_in_its_own_words(name: str) -> None:
    topic = shelf().content.knowledge.topics[name]
    families = [question for ready in topic.ready for question in ready.questions[:1]]
    for question in [*topic.questions[:3], *families]:
        reply = reply_to(shelf().content, question, Context())

        assert reply.kind in (ReplyKind.ANSWER, ReplyKind.EMERGENCY), question
        if reply.kind is ReplyKind.EMERGENCY:
            assert name == "care.pain", question
            continue
        assert reply.topics[:1] == (name,), question
        assert reply.quotes
        assert all(quote.text in _passage(quote.passage) for quote in reply.quotes)
        assert len(plain(reply.message.text)) <= LONGEST


def test_a_family_of_questions_gets_its_own_verdict() -> None:
    content = shelf().content
    for topic in content.knowledge:
        for ready in topic.ready:
            reply: Reply = reply_to(content, ready.questions[0], Context())

            assert reply.flag is not None or plain(reply.message.text).startswith(ready.verdict)


def _passage(name: str) -> str:
    passage = shelf().content.knowledge.passage(name)
    assert passage is not None
    return passage.text
