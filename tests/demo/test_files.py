"""Pictures and documents: uploads, file ids, downloads, limits."""

import aiogram
import pytest
import telegram
from aiogram.types import BufferedInputFile, InputMediaPhoto

from bot.demo.people import Person
from bot.demo.standin import StandIn
from tests.demo.clients import Wire
from tests.demo.makers import gif, jpeg, png, webp


async def test_a_picture_is_uploaded_with_its_caption(bot: telegram.Bot, ann: Person) -> None:
    sent = await bot.send_photo(ann.id, png(640, 480), caption="<b>Hill</b>", parse_mode="HTML")

    assert (sent.photo[-1].width, sent.photo[-1].height) == (640, 480)
    assert sent.caption == "Hill"
    assert sent.caption_entities[0].type == "bold"


async def test_a_picture_goes_up_once_and_then_by_its_id(bot: telegram.Bot, ann: Person) -> None:
    first = await bot.send_photo(ann.id, png())
    second = await bot.send_photo(ann.id, first.photo[-1].file_id)

    assert second.photo[-1].file_unique_id == first.photo[-1].file_unique_id


@pytest.mark.parametrize("content", [b"\r\n--", b"\r\n", b"--x--", bytes(range(256)) * 40])
async def test_what_comes_down_is_what_went_up(
    bot: telegram.Bot, ann: Person, content: bytes
) -> None:
    sent = await bot.send_document(ann.id, content, filename="plan.ics")

    assert sent.document is not None
    assert sent.document.file_name == "plan.ics"
    file = await sent.document.get_file()

    assert bytes(await file.download_as_bytearray()) == content


async def test_aiogram_downloads_it_too(gram: aiogram.Bot, ann: Person) -> None:
    sent = await gram.send_document(ann.id, BufferedInputFile(b"BEGIN", filename="plan.ics"))

    assert sent.document is not None
    loaded = await gram.download(sent.document)

    assert loaded is not None
    assert loaded.read() == b"BEGIN"


@pytest.mark.parametrize("make", [png, jpeg, gif, webp])
async def test_the_size_is_read_from_each_kind_of_picture(
    wire: Wire, ann: Person, make: object
) -> None:
    assert callable(make)
    sent = await wire.upload("sendPhoto", "photo", make(120, 80), chat_id=ann.id)

    assert (sent["photo"][-1]["width"], sent["photo"][-1]["height"]) == (120, 80)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "file must be non-empty"),
        (b"no picture", "IMAGE_PROCESS_FAILED"),
        (b"\xff\xd8\xff", "IMAGE_PROCESS_FAILED"),
        (b"\xff\xd8no", "IMAGE_PROCESS_FAILED"),
        (png(2, 41), "PHOTO_INVALID_DIMENSIONS"),
        (jpeg(6000, 4001), "PHOTO_INVALID_DIMENSIONS"),
        (
            png() + b"\0" * (10 * 1024 * 1024),
            f"file of size {len(png()) + 10 * 1024 * 1024} bytes is too big for a photo; "
            "the maximum size is 10485760 bytes",
        ),
    ],
    ids=["empty", "text", "cut", "broken", "steep", "wide", "heavy"],
)
async def test_what_telegram_takes_for_no_photo_is_refused(
    wire: Wire, ann: Person, content: bytes, words: str
) -> None:
    refusal = await wire.upload_words("sendPhoto", "photo", content, chat_id=ann.id)

    assert refusal == f"Bad Request: {words}"
    assert ann.reads() == ()


async def test_a_caption_has_1024_units_after_parsing(wire: Wire, ann: Person) -> None:
    fits = await wire.upload_words(
        "sendPhoto",
        "photo",
        png(),
        chat_id=ann.id,
        caption=f"<b>{'x' * 1024}</b>",
        parse_mode="HTML",
    )
    over = await wire.upload_words("sendPhoto", "photo", png(), chat_id=ann.id, caption="😀" * 513)

    assert fits == "ok"
    assert over == "Bad Request: message caption is too long"


@pytest.mark.parametrize(
    ("photo", "words"),
    [
        ("AgADnonsense", "wrong file identifier/HTTP URL specified"),
        ("https://example.org/a.png", "failed to get HTTP URL content"),
        ("attach://missing", "there is no file missing in the request"),
    ],
)
async def test_a_picture_that_cannot_be_had_is_refused(
    wire: Wire, ann: Person, photo: str, words: str
) -> None:
    refusal = await wire.words("sendPhoto", chat_id=ann.id, photo=photo)

    assert refusal == f"Bad Request: {words}"


async def test_a_document_is_no_photo(wire: Wire, ann: Person) -> None:
    sent = await wire.upload("sendDocument", "document", b"x", chat_id=ann.id)
    words = await wire.words("sendPhoto", chat_id=ann.id, photo=sent["document"]["file_id"])

    assert words == "Bad Request: can't use file of type Document as Photo"


async def test_a_photo_is_no_document(wire: Wire, ann: Person) -> None:
    sent = await wire.upload("sendPhoto", "photo", png(), chat_id=ann.id)
    words = await wire.words("sendDocument", chat_id=ann.id, document=sent["photo"][0]["file_id"])

    assert words == "Bad Request: can't use file of type Photo as Document"


async def test_an_unknown_file_cannot_be_got(wire: Wire) -> None:
    assert await wire.words("getFile", file_id="x") == "Bad Request: invalid file_id"


async def test_downloads_end_at_20_megabytes(wire: Wire, ann: Person) -> None:
    heavy = await wire.upload(
        "sendDocument", "document", b"x" * (20 * 1024 * 1024 + 1), chat_id=ann.id
    )
    words = await wire.words("getFile", file_id=heavy["document"]["file_id"])

    assert words == "Bad Request: file is too big"


async def test_a_file_is_had_with_the_token_only(tg: StandIn, wire: Wire, ann: Person) -> None:
    sent = await wire.upload("sendDocument", "document", b"x", chat_id=ann.id)
    path = (await wire.result("getFile", file_id=sent["document"]["file_id"]))["file_path"]
    statuses = []
    for token in (tg.token, "1:wrong"):
        async with wire.session.get(f"{tg.file_url}{token}/{path}") as response:
            statuses.append(response.status)

    assert statuses == [200, 404]


async def test_an_album_is_several_messages_of_one_group(gram: aiogram.Bot, ann: Person) -> None:
    files = [BufferedInputFile(png(10, height), filename="x.png") for height in (11, 12)]
    sent = await gram.send_media_group(ann.id, [InputMediaPhoto(media=file) for file in files])

    assert [message.photo[-1].height for message in sent if message.photo] == [11, 12]
    assert len({message.media_group_id for message in sent}) == 1


@pytest.mark.parametrize(("amount", "words"), [(1, "few"), (11, "many")])
async def test_an_album_has_2_to_10_pictures(
    wire: Wire, ann: Person, amount: int, words: str
) -> None:
    sent = await wire.upload("sendPhoto", "photo", png(), chat_id=ann.id)
    media = [{"type": "photo", "media": sent["photo"][0]["file_id"]}] * amount
    refusal = await wire.words("sendMediaGroup", chat_id=ann.id, media=media)

    assert refusal == f"Bad Request: too {words} messages to send as an album"


async def test_an_album_is_of_one_kind(wire: Wire, ann: Person) -> None:
    photo = await wire.upload("sendPhoto", "photo", png(), chat_id=ann.id)
    document = await wire.upload("sendDocument", "document", b"x", chat_id=ann.id)
    media = [
        {"type": "photo", "media": photo["photo"][0]["file_id"]},
        {"type": "document", "media": document["document"]["file_id"]},
    ]
    refusal = await wire.words("sendMediaGroup", chat_id=ann.id, media=media)

    assert refusal == "Bad Request: can't use the media of the specified type in the album"
