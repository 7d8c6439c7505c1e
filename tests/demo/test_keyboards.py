"""Buttons: what Telegram takes, what a press does, how long it may be answered."""

from typing import Any

import aiogram
import pytest
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.demo.people import Impossible, Person
from bot.demo.standin import StandIn
from tests.demo.clients import Hands, Wire

YES_NO = {
    "inline_keyboard": [
        [{"text": "Yes", "callback_data": "y"}, {"text": "No", "callback_data": "n"}]
    ]
}


def _key(**fields: object) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Go", **fields}]]}


async def _ask(wire: Wire, ann: Person, markup: object) -> str:
    return await wire.words("sendMessage", chat_id=ann.id, text="?", reply_markup=markup)


async def test_a_press_comes_with_its_data_and_message(wire: Wire, ann: Person) -> None:
    await _ask(wire, ann, YES_NO)
    press = ann.presses(await ann.hears(), "No")
    query = (await wire.result("getUpdates"))[0]["callback_query"]

    assert query["id"] == press.query_id
    assert query["data"] == "n"
    assert query["from"]["id"] == ann.id
    assert query["message"]["text"] == "?"


async def test_the_answer_to_a_press_reaches_the_person(wire: Wire, ann: Person) -> None:
    await _ask(wire, ann, YES_NO)
    press = ann.presses(await ann.hears(), "y")
    spinning = ann.answer_to(press)
    await wire.result("answerCallbackQuery", callback_query_id=press.query_id, text="noted")

    assert spinning is None
    assert ann.answer_to(press) == {"text": "noted"}


@pytest.mark.parametrize(
    ("seconds", "words"), [(150, "ok"), (151, "Bad Request: query is too old")]
)
async def test_a_press_can_be_answered_for_150_seconds(
    wire: Wire, clock: Hands, ann: Person, seconds: int, words: str
) -> None:
    await _ask(wire, ann, YES_NO)
    press = ann.presses(await ann.hears(), "y")
    clock.advance(seconds=seconds)
    answer = await wire.words("answerCallbackQuery", callback_query_id=press.query_id)

    assert answer.startswith(words)


async def test_a_press_is_answered_once(wire: Wire, ann: Person) -> None:
    await _ask(wire, ann, YES_NO)
    press = ann.presses(await ann.hears(), "y")
    await wire.result("answerCallbackQuery", callback_query_id=press.query_id)
    again = await wire.words("answerCallbackQuery", callback_query_id=press.query_id)

    assert again == (
        "Bad Request: query is too old and response timeout expired or query ID is invalid"
    )


async def test_an_answer_has_200_characters(wire: Wire, ann: Person) -> None:
    await _ask(wire, ann, YES_NO)
    press = ann.presses(await ann.hears(), "y")
    words = await wire.words(
        "answerCallbackQuery", callback_query_id=press.query_id, text="x" * 201
    )

    assert words == "Bad Request: MESSAGE_TOO_LONG"


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        (_key(callback_data="x" * 64), "ok"),
        (_key(callback_data="x" * 65), "Bad Request: BUTTON_DATA_INVALID"),
        (_key(callback_data="é" * 33), "Bad Request: BUTTON_DATA_INVALID"),
        (_key(callback_data=""), "Bad Request: BUTTON_DATA_INVALID"),
        (
            _key(),
            "Bad Request: can't parse inline keyboard button: "
            "Text buttons are unallowed in the inline keyboard",
        ),
        (
            _key(callback_data="x", url="https://example.org"),
            "Bad Request: can't parse inline keyboard button: more than one action in a button",
        ),
        (_key(url="https://example.org"), "ok"),
        (_key(copy_text={"text": "1234"}), "ok"),
        (
            _key(url="nonsense"),
            "Bad Request: inline keyboard button URL 'nonsense' is invalid: Wrong HTTP URL",
        ),
        (
            {"inline_keyboard": [[{"text": " ", "callback_data": "x"}]]},
            "Bad Request: inline keyboard button text must be non-empty",
        ),
        (
            {"inline_keyboard": [[{"callback_data": "x"}]]},
            "Bad Request: can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (
            {"inline_keyboard": [[{"text": "x", "callback_dat": "x"}]]},
            'Bad Request: can\'t parse inline keyboard button: Unknown field "callback_dat"',
        ),
        (
            {"inline_keyboard": [{"text": "x", "callback_data": "x"}]},
            'Bad Request: field "inline_keyboard" must be of type Array of InlineKeyboardButton',
        ),
        (
            {"inline_keyboards": []},
            "Bad Request: can't parse reply markup: Unsupported type specified",
        ),
        ("[", "Bad Request: can't parse reply keyboard markup JSON object"),
    ],
)
async def test_a_keyboard_that_telegram_would_not_take_is_refused(
    wire: Wire, ann: Person, markup: object, words: str
) -> None:
    assert await _ask(wire, ann, markup) == words


@pytest.mark.parametrize(
    ("rows", "row", "words"),
    [
        (12, 8, "ok"),
        (13, 8, "Bad Request: reply markup is too long"),
        (1, 9, "Bad Request: reply markup is too long"),
    ],
)
async def test_a_keyboard_has_100_buttons_and_8_in_a_row(
    wire: Wire, ann: Person, rows: int, row: int, words: str
) -> None:
    button = {"text": "x", "callback_data": "x"}

    assert await _ask(wire, ann, {"inline_keyboard": [[button] * row] * rows}) == words


async def test_a_button_that_is_not_there_cannot_be_pressed(wire: Wire, ann: Person) -> None:
    await _ask(wire, ann, YES_NO)
    post = await ann.hears()

    with pytest.raises(Impossible):
        ann.presses(post, "Maybe")


async def test_a_late_finger_presses_a_button_that_was_edited_away(
    tg: StandIn, wire: Wire, ann: Person
) -> None:
    await _ask(wire, ann, YES_NO)
    post = await ann.hears()
    await wire.result("editMessageText", chat_id=ann.id, message_id=post.message_id, text="thanks")
    press = ann.presses(post, "Yes", stale=True)

    assert press.data == "y"
    with pytest.raises(Impossible):
        ann.presses(post, "Yes")


async def test_a_press_under_a_deleted_message_brings_an_inaccessible_one(
    gram: aiogram.Bot, ann: Person
) -> None:
    keyboard = InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text="Yes", callback_data="y")]]
    )
    sent = await gram.send_message(ann.id, "?", reply_markup=keyboard)
    post = await ann.hears()
    await gram.delete_message(ann.id, sent.message_id)
    ann.presses(post, "Yes", stale=True)
    query = (await gram.get_updates())[0].callback_query

    assert query is not None
    assert isinstance(query.message, aiogram.types.InaccessibleMessage)


async def test_a_reply_keyboard_changes_what_the_person_types_with(wire: Wire, ann: Person) -> None:
    place = {
        "keyboard": [[{"text": "My place", "request_location": True}, "Later"]],
        "one_time_keyboard": True,
    }
    await _ask(wire, ann, place)
    shown = ann.chat.keyboard
    ann.shares_location(52.52, 13.405)

    assert shown is not None
    assert [key["text"] for key in shown["keyboard"][0]] == ["My place", "Later"]
    assert ann.chat.keyboard is None


async def test_a_reply_keyboard_can_be_taken_away(wire: Wire, ann: Person) -> None:
    await _ask(wire, ann, {"keyboard": [["Yes"]]})
    await _ask(wire, ann, {"remove_keyboard": True})

    assert ann.chat.keyboard is None


async def test_a_place_is_asked_for_in_private_only(tg: StandIn, wire: Wire, ann: Person) -> None:
    group = tg.groups.make("Runners", ann.account)
    words = await wire.words(
        "sendMessage",
        chat_id=group.chat_id,
        text="?",
        reply_markup={"keyboard": [[{"text": "My place", "request_location": True}]]},
    )

    assert words == "Bad Request: location can be requested in private chats only"
