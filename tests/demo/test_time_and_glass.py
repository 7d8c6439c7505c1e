"""What the page asks beside the chat: the time, one more person, why. Without a browser."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest

from bot.demo.people import Person
from bot.demo.stage import Play
from tests.browser.stage import demo
from tests.house import shelf


@pytest.fixture
async def play() -> AsyncIterator[Play]:
    async with demo(shelf()) as running:
        yield running


async def test_moving_plays_each_due_moment_at_its_own_time_over_a_clock_change(
    play: Play,
) -> None:
    ann = await _daily_in_berlin(play)
    await _acts(play, f"time/{ann.id}", to="change")
    moved = await _acts(play, f"time/{ann.id}", to="push")
    came = [post.at.replace(second=0, microsecond=0) for post in ann.reads()[-2:]]

    assert moved["zone"] == "Europe/Berlin"
    assert came == [
        datetime(2026, 3, 28, 6, 0, tzinfo=UTC),
        datetime(2026, 3, 29, 5, 0, tzinfo=UTC),
    ]


async def test_the_time_of_everybody_moves(play: Play) -> None:
    ann = await _daily_in_berlin(play)
    someone = await _acts(play, "cast")
    before = len(ann.reads())
    await _acts(play, f"time/{someone['id']}", to="week")

    assert len(ann.reads()) - before == 7


async def test_who_comes_with_a_click_is_signed_up_elsewhere(play: Play) -> None:
    await _daily_in_berlin(play)
    ben = await _acts(play, "cast")
    seen = await _asks(play, f"time/{ben['id']}")

    assert (seen["level"], seen["zone"]) == ("intermediate", "Asia/Kathmandu")
    assert seen["change"] is None
    assert len(seen["next"]) == 3


@pytest.mark.parametrize(
    ("where", "words"), [("push", "no message is planned"), ("change", "clocks do not change"),
                         ("yesterday", "move to push, day, week or change")]
)  # fmt: skip
async def test_a_moment_that_is_not_there_is_told_so(play: Play, where: str, words: str) -> None:
    stranger = play.telegram.people.add("Cleo")
    told = await _acts(play, f"time/{stranger.id}", to=where)

    assert words in told["error"]


async def test_an_answer_tells_how_it_was_understood_and_what_it_rests_on(play: Play) -> None:
    ann = await _daily_in_berlin(play)
    await _says(play, ann, "should I replace leg day with hill sprints?")
    why = await _asks(play, f"why/{ann.id}/{ann.reads()[-1].message_id}")
    origin = why["origin"]

    assert (origin["kind"], origin["template"]) == ("answer", "answer.j2")
    assert origin["scores"][0][0].startswith("replace_leg_day")
    assert all(words in ann.reads()[-1].text for _, words in origin["passages"])
    assert [call["method"] for call in why["calls"]] == ["sendChatAction", "sendMessage"]


async def test_a_session_tells_its_reason_codes(play: Play) -> None:
    ann = await _daily_in_berlin(play)
    await _says(play, ann, "/today")
    why = await _asks(play, f"why/{ann.id}/{ann.reads()[-1].message_id}")
    codes = [code for code, _ in why["origin"]["reasons"]]

    assert why["origin"]["sessions"]
    assert codes
    assert set(codes) <= set(play.app.desk.content.rules.reasons)


async def test_an_edited_message_tells_the_origin_of_its_newest_words(play: Play) -> None:
    ann = await _daily_in_berlin(play)
    await _says(play, ann, "/screening")
    await _presses(play, ann, "c:yes")
    post = ann.reads()[-1]
    asked = await _asks(play, f"why/{ann.id}/{post.message_id}")
    await _presses(play, ann, "s:none")
    told = await _asks(play, f"why/{ann.id}/{post.message_id}")

    assert asked["origin"]["template"] != told["origin"]["template"]
    assert told["calls"][-1]["method"] == "editMessageText"


async def test_what_a_person_wrote_has_no_origin(play: Play) -> None:
    ann = await _daily_in_berlin(play)
    own = ann.says("hello")
    why = await _asks(play, f"why/{ann.id}/{own.message_id}")

    assert why == {"origin": None, "calls": []}


async def _daily_in_berlin(play: Play) -> Person:
    ann = play.telegram.people.add("Ann")
    for words in ("/start", "/timezone Berlin", "/days all"):
        await _says(play, ann, words)
    return ann


async def _says(play: Play, person: Person, words: str) -> None:
    person.says(words)
    await _quiet(play)


async def _quiet(play: Play) -> None:
    await play.telegram.until(lambda: not play.telegram.updates.pending(), 60)


async def _presses(play: Play, person: Person, data: str) -> None:
    """The button of the last message whose data begins so."""
    post = person.reads()[-1]
    keys = [key["callback_data"] for row in post.buttons for key in row]
    person.presses(post, next(key for key in keys if key.startswith(data)))
    await _quiet(play)


async def _asks(play: Play, path: str) -> Any:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{play.telegram.origin}/control/{path}") as answer,
    ):
        return await answer.json()


async def _acts(play: Play, path: str, **body: str) -> Any:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{play.telegram.origin}/control/{path}", json=body) as answer,
    ):
        return await answer.json()
