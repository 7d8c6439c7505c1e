"""Plain words that are wishes: each becomes the chat command that does the same."""

from pathlib import Path

import pytest

from bot.coach.asking import Context, after, reply_to
from tests.house import house, shelf

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
    "i moved to lisbon": "/timezone Lisbon",
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
    "hey, i'm in new york until friday so use the time there please": "/timezone New York until Friday",
    "could you text me at quarter to six in the morning, i start early": "/time 05:45",
    "tues thurs n sat only": "/days tue thu sat",
    "i cant do mondays any more, use wedn and snuday": "/days wed sun",
    "a session must not be longer than three quarters of an hour": "/minutes 45",
    "i need a break of ten days, pause the plan": "/pause 10",
    "no hill here, only a staircase, so switch to that": "/terrain stairs",
    "did 6x8s, all done, felt like a seven": "/done 7",
    "finished that one": "/done",
    "seven is too early, make it nine": "/time 09:00",
    "change from 6 to 7:30": "/time 07:30",
    "i moved to lisbon for good": "/timezone Lisbon",
    "managed 4 of the 6 reps and went home": "/partly 67",
    "put it off till tomorrow": "/snooze tomorrow",
    "mvoe it to firday": "/move fri",
    "log a pain of three in my left shin": "/pain 3 shin",
    "sign me up": "/start",
    "I'm in Tokyo until 3 May": "/timezone Tokyo until 3 May",
    "in new york until friday": "/timezone New York until Friday",
    "visiting oslo for two weeks": "/timezone Oslo until 14",
    "i am in lima till may 3rd": "/timezone Lima until May 3rd",
}


@pytest.mark.parametrize("words", SAID)
def test_a_wish_in_plain_words_is_understood(words: str) -> None:
    reply = reply_to(shelf().content, words, Context())

    assert reply.command == SAID[words]


def test_the_value_that_a_wish_lacked_may_come_with_the_next_message() -> None:
    context = Context()
    replies = []
    for words in ("i want to change the time", "quarter to seven in the morning"):
        replies.append(reply_to(shelf().content, words, context))
        context = after(context, replies[-1])

    assert [reply.command for reply in replies] == ["/time", "/time 06:45"]


def test_a_time_that_is_only_half_understood_is_asked_for() -> None:
    reply = reply_to(shelf().content, "send it at seven hours forty-five please", Context())

    assert reply.command in ("/time", "/time 07:45")


@pytest.mark.parametrize(
    "words",
    ["set a timer for twelve minutes", "skip this song", "move my haircut to friday"],
)
def test_an_order_for_somebody_else_is_no_wish(words: str) -> None:
    assert reply_to(shelf().content, words, Context()).command is None


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


async def test_pain_and_the_self_test_are_explained(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        pain = await bot.ask(ann, "/pain")
        trials = await bot.ask(ann, "/test")

        assert "of 10" in pain.text
        assert "Heel raises" in trials.text
