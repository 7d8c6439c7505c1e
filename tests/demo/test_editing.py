"""Edits and deletions: what changes, what is refused, what the transcript keeps."""

from typing import Any

import pytest

from bot.demo.people import Person
from bot.demo.standin import StandIn
from tests.demo.clients import Hands, Wire
from tests.demo.makers import png

YES = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}


async def _edit(wire: Wire, ann: Person, number: int, **params: Any) -> str:
    return await wire.words(
        "editMessageText", chat_id=ann.id, message_id=number, **{"text": "new"} | params
    )


async def _sent(wire: Wire, ann: Person, **params: Any) -> int:
    sent = await wire.result("sendMessage", chat_id=ann.id, **{"text": "old"} | params)
    return int(sent["message_id"])


async def test_an_edit_replaces_the_words_and_keeps_the_old_ones(wire: Wire, ann: Person) -> None:
    await _sent(wire, ann)
    post = await ann.hears()
    await _edit(wire, ann, post.message_id, text="<b>new</b>", parse_mode="HTML")
    edited = ann.reads()[-1]

    assert edited.text == "new"
    assert edited.message["edit_date"]
    assert [earlier["text"] for earlier in edited.earlier] == ["old"]


async def test_an_edit_without_a_keyboard_takes_the_keyboard_away(wire: Wire, ann: Person) -> None:
    number = await _sent(wire, ann, reply_markup=YES)
    await _edit(wire, ann, number)

    assert ann.reads()[-1].buttons == ()


async def test_the_keyboard_alone_can_be_replaced(wire: Wire, ann: Person) -> None:
    number = await _sent(wire, ann)
    await wire.result("editMessageReplyMarkup", chat_id=ann.id, message_id=number, reply_markup=YES)
    edited = ann.reads()[-1]

    assert edited.buttons[0][0]["text"] == "Yes"
    assert "edit_date" not in edited.message


async def test_the_same_again_is_not_modified(wire: Wire, ann: Person) -> None:
    number = await _sent(wire, ann, reply_markup=YES)
    words = await _edit(wire, ann, number, text=" old ", reply_markup=YES)

    assert words == (
        "Bad Request: message is not modified: specified new message content and reply markup "
        "are exactly the same as a current content and reply markup of the message"
    )


async def test_the_same_edit_twice_is_not_modified(wire: Wire, clock: Hands, ann: Person) -> None:
    number = await _sent(wire, ann)
    await _edit(wire, ann, number)
    clock.advance(minutes=1)

    assert "message is not modified" in await _edit(wire, ann, number)


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"text": "x" * 4097}, "Bad Request: MESSAGE_TOO_LONG"),
        ({"text": "<br>", "parse_mode": "HTML"}, "Bad Request: can't parse entities"),
        ({"reply_markup": {"keyboard": [["x"]]}}, "Bad Request: can't parse reply markup"),
    ],
)
async def test_an_edit_keeps_to_the_limits(
    wire: Wire, ann: Person, params: dict[str, Any], words: str
) -> None:
    number = await _sent(wire, ann)

    assert (await _edit(wire, ann, number, **params)).startswith(words)
    assert ann.reads()[-1].text == "old"


async def test_a_message_that_is_not_there_cannot_be_edited(wire: Wire, ann: Person) -> None:
    assert await _edit(wire, ann, 999) == "Bad Request: message to edit not found"


async def test_a_message_of_the_person_cannot_be_edited(wire: Wire, ann: Person) -> None:
    own = ann.says("mine")

    assert await _edit(wire, ann, own.message_id) == "Bad Request: message can't be edited"


async def test_a_message_with_a_reply_keyboard_cannot_be_edited(wire: Wire, ann: Person) -> None:
    number = await _sent(wire, ann, reply_markup={"keyboard": [["Yes"]]})

    assert await _edit(wire, ann, number) == "Bad Request: message can't be edited"


async def test_a_picture_has_a_caption_and_no_text(tg: StandIn, wire: Wire, ann: Person) -> None:
    stored = await wire.upload("sendPhoto", "photo", png(), chat_id=ann.id, caption="old")
    number = stored["message_id"]
    refused = await _edit(wire, ann, number)
    await wire.result("editMessageCaption", chat_id=ann.id, message_id=number, caption="new")

    assert refused == "Bad Request: there is no text in the message to edit"
    assert ann.reads()[-1].text == "new"


async def test_a_text_has_no_caption(wire: Wire, ann: Person) -> None:
    number = await _sent(wire, ann)
    words = await wire.words("editMessageCaption", chat_id=ann.id, message_id=number, caption="new")

    assert words == "Bad Request: there is no caption in the message to edit"


async def test_a_picture_takes_the_place_of_another(wire: Wire, ann: Person) -> None:
    first = await wire.upload("sendPhoto", "photo", png(), chat_id=ann.id, caption="old")
    second = await wire.upload("sendPhoto", "photo", png(20, 30), chat_id=ann.id)
    media = {"type": "photo", "media": second["photo"][-1]["file_id"], "caption": "new"}
    edited = await wire.result(
        "editMessageMedia", chat_id=ann.id, message_id=first["message_id"], media=media
    )

    assert (edited["photo"][-1]["width"], edited["caption"]) == (20, "new")


async def test_a_message_can_be_deleted_for_two_days(wire: Wire, clock: Hands, ann: Person) -> None:
    young = await _sent(wire, ann)
    old = await _sent(wire, ann)
    deleted = await wire.words("deleteMessage", chat_id=ann.id, message_id=young)
    clock.advance(hours=48, seconds=1)
    refused = await wire.words("deleteMessage", chat_id=ann.id, message_id=old)

    assert deleted == "ok"
    assert refused == "Bad Request: message can't be deleted for everyone"
    assert [post.message_id for post in ann.reads()] == [old]


async def test_a_deleted_message_is_gone_and_still_in_the_transcript(
    wire: Wire, ann: Person
) -> None:
    number = await _sent(wire, ann)
    await wire.result("deleteMessage", chat_id=ann.id, message_id=number)
    again = await wire.words("deleteMessage", chat_id=ann.id, message_id=number)

    assert again == "Bad Request: message to delete not found"
    assert await _edit(wire, ann, number) == "Bad Request: message to edit not found"
    assert ann.chat.posts[number].deleted


async def test_many_are_deleted_at_once_and_missing_ones_passed_over(
    wire: Wire, ann: Person
) -> None:
    numbers = [await _sent(wire, ann), await _sent(wire, ann), 999]
    await wire.result("deleteMessages", chat_id=ann.id, message_ids=numbers)

    assert ann.reads() == ()
