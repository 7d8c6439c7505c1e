"""What is said reaches Telegram once, and each trouble has its own end."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image
from telegram.ext import ExtBot

from bot.demo.people import Person
from bot.demo.standin import StandIn
from bot.domain.messages import Button, Fate, Message, Picture
from bot.wire.file_ids import FileIds
from bot.wire.limiter import Limiter
from bot.wire.messenger import Messenger
from bot.wire.transport import Transport

NOW = datetime(2026, 11, 23, 6, 58, tzinfo=UTC)


@pytest.fixture
async def tg() -> AsyncIterator[StandIn]:
    async with StandIn(lambda: NOW) as standin:
        yield standin


@pytest.fixture
async def messenger(tg: StandIn) -> AsyncIterator[Messenger]:
    bot: ExtBot[None] = ExtBot(
        tg.token, base_url=tg.url, request=Transport(read=0.5), get_updates_request=Transport()
    )
    async with bot:
        yield Messenger(bot, Limiter(rate=500), FileIds())


@pytest.fixture
def ann(tg: StandIn) -> Person:
    person = tg.people.add("Ann")
    person.says("hi")
    return person


def png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (64, 64), "navy").save(out, "PNG")
    return out.getvalue()


async def test_a_message_with_buttons_arrives_as_it_was_said(
    messenger: Messenger, ann: Person
) -> None:
    said = Message("<b>Hill</b> &amp; more", ((Button("Done", "/done"),),))

    delivery = await messenger.push(ann.id, said)

    post = ann.reads()[-1]
    assert delivery.fate is Fate.SENT
    assert delivery.message_id == post.message_id
    assert post.text == "Hill & more"
    assert post.buttons[0][0]["text"] == "Done"


async def test_a_picture_goes_up_once_and_then_by_its_file_id(
    messenger: Messenger, tg: StandIn, ann: Person
) -> None:
    said = Message("Hill", picture=Picture("hill-1", png()))
    await messenger.push(ann.id, said)
    await messenger.push(ann.id, said)

    calls = tg.calls.find("sendPhoto")
    assert len(calls) == 2
    assert ann.reads()[0].message["photo"][-1]["file_id"] == calls[1].params["photo"]


async def test_a_location_button_is_a_keyboard_of_the_chat(
    messenger: Messenger, ann: Person
) -> None:
    await messenger.reply(ann.id, Message("Where?", ask_location="Share my location"))

    assert ann.chat.keyboard is not None
    assert ann.chat.keyboard["keyboard"][0][0]["request_location"] is True


async def test_a_document_carries_its_name(messenger: Messenger, ann: Person) -> None:
    await messenger.reply(ann.id, Message("Yours", document=("export.zip", b"PK")))

    assert ann.reads()[-1].message["document"]["file_name"] == "export.zip"


async def test_a_blocked_person_is_gone(messenger: Messenger, ann: Person) -> None:
    ann.blocks()

    assert (await messenger.push(ann.id, Message("hi"))).fate is Fate.GONE


async def test_a_refused_push_is_handed_back_to_be_tried_later(
    messenger: Messenger, tg: StandIn, ann: Person
) -> None:
    tg.faults.flood("sendMessage", retry_after=3)

    delivery = await messenger.push(ann.id, Message("hi"))

    assert (delivery.fate, delivery.wait) == (Fate.RETRY, 3.0)
    assert ann.reads() == ()


async def test_a_refused_reply_waits_and_comes_once(
    messenger: Messenger, tg: StandIn, ann: Person
) -> None:
    tg.faults.flood("sendMessage", retry_after=1)

    delivery = await messenger.reply(ann.id, Message("hi"))

    assert delivery.fate is Fate.SENT
    assert len(ann.reads()) == 1


async def test_a_lost_answer_is_unknown_and_a_reply_is_not_said_again(
    messenger: Messenger, tg: StandIn, ann: Person
) -> None:
    tg.faults.lose_answer("sendMessage")

    delivery = await messenger.reply(ann.id, Message("hi"))

    assert delivery.fate is Fate.UNKNOWN
    assert len(ann.reads()) == 1


async def test_a_hanging_answer_is_unknown(messenger: Messenger, tg: StandIn, ann: Person) -> None:
    tg.faults.hang("sendMessage", seconds=0.7)

    assert (await messenger.push(ann.id, Message("hi"))).fate is Fate.UNKNOWN


async def test_a_server_that_is_not_there_never_got_the_message() -> None:
    bot: ExtBot[None] = ExtBot(
        "1000001:stand-in-for-telegram",
        base_url="http://127.0.0.1:9/bot",
        request=(transport := Transport()),
    )
    await transport.initialize()
    messenger = Messenger(bot, Limiter(rate=500), FileIds())

    delivery = await messenger.push(1, Message("hi"))
    await transport.shutdown()

    assert delivery.fate is Fate.RETRY


async def test_broken_markup_goes_out_as_plain_words(messenger: Messenger, ann: Person) -> None:
    delivery = await messenger.reply(ann.id, Message("<b>Hill &amp; <i>more</b></i>"))

    assert delivery.fate is Fate.SENT
    assert ann.reads()[-1].text == "Hill & more"


async def test_a_message_that_is_too_long_is_a_dead_letter(
    messenger: Messenger, ann: Person
) -> None:
    assert (await messenger.push(ann.id, Message("x" * 5000))).fate is Fate.DEAD


async def test_the_same_words_edited_in_again_count_as_done(
    messenger: Messenger, ann: Person
) -> None:
    sent = await messenger.reply(ann.id, Message("hi"))
    assert sent.message_id is not None

    first = await messenger.edit(ann.id, sent.message_id, Message("hello"))
    again = await messenger.edit(ann.id, sent.message_id, Message("hello"))

    assert (first.fate, again.fate) == (Fate.SENT, Fate.SENT)
    assert ann.reads()[-1].text == "hello"


async def test_buttons_are_taken_off_an_answered_message(messenger: Messenger, ann: Person) -> None:
    sent = await messenger.reply(ann.id, Message("hi", ((Button("Done", "/done"),),)))
    assert sent.message_id is not None

    await messenger.drop_buttons(ann.id, sent.message_id)

    assert ann.reads()[-1].buttons == ()


async def test_an_old_button_press_is_no_error(messenger: Messenger, tg: StandIn) -> None:
    await messenger.acknowledge("404")

    assert not tg.calls.find("answerCallbackQuery")[-1].ok


async def test_typing_is_shown(messenger: Messenger, ann: Person) -> None:
    await messenger.typing(ann.id)

    assert ann.chat.typing() == "typing"
