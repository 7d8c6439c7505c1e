"""Plain words that are wishes: each becomes the chat command that does the same."""

import pytest

from bot.coach.asking import Context, reply_to
from tests.house import shelf

SAID = {
    "change time to 6:30": "/time 06:30",
    "please move my daily push to 7pm": "/time 19:00",
    "skip today": "/skip",
    "pause for a week": "/pause 7",
    "i did it": "/done",
    "done, it was an 8": "/done 8",
    "too hard": "/easier",
    "I can only train mon wed fri": "/days mon wed fri",
    "train on tuesday and saturday": "/days tue sat",
    "i moved to lisbon": "/timezone lisbon",
    "i lift on tue and fri": "/lift tue fri",
    "what's on today?": "/today",
    "show me tomorrow": "/tomorrow",
    "show my plan": "/plan",
    "why this session": "/why",
    "stop sending me messages": "/stop",
    "resume": "/resume",
    "show my settings": "/settings",
    "when is the next message": "/when",
    "make me an intermediate": "/level intermediate",
    "i only have 30 minutes": "/minutes 30",
    "use the stairs from now on": "/terrain stairs",
    "help": "/help",
}


@pytest.mark.parametrize("words", SAID)
def test_a_wish_in_plain_words_is_understood(words: str) -> None:
    reply = reply_to(shelf().content, words, Context())

    assert reply.command == SAID[words]


@pytest.mark.parametrize(
    "words",
    [
        "should i skip leg day",
        "why do hills work",
        "is it bad to stop running for a week",
        "how much time between hill sessions",
        "what days are best for hills",
    ],
)
def test_a_question_that_sounds_like_a_wish_is_answered(words: str) -> None:
    assert reply_to(shelf().content, words, Context()).command is None
