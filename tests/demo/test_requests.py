"""What a request may look like: the forms it comes in, and what the schema refuses."""

import json
from io import BytesIO

import aiohttp
import pytest

from bot.demo.people import Person
from bot.demo.schema import Schema
from bot.demo.standin import StandIn
from tests.demo.clients import Wire


async def test_a_wrong_token_is_unauthorized(tg: StandIn, wire: Wire) -> None:
    async with wire.session.get(f"{tg.url}1:wrong/getMe") as response:
        body = await response.json()

    assert response.status == 401
    assert body == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_an_unknown_method_is_not_found(wire: Wire) -> None:
    body = await wire.call("sendTelegram")

    assert body["error_code"] == 404
    assert body["description"].startswith("Not Found")


async def test_a_method_may_be_written_in_any_case(wire: Wire) -> None:
    assert (await wire.result("GETME"))["is_bot"] is True


async def test_parameters_may_stand_in_the_address(wire: Wire, ann: Person) -> None:
    async with wire.session.get(
        wire.address("sendMessage"), params={"chat_id": ann.id, "text": "hi"}
    ) as response:
        body = await response.json()

    assert body["result"]["text"] == "hi"


async def test_parameters_may_come_as_json(wire: Wire, ann: Person) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
    message = {"chat_id": ann.id, "text": "hi", "reply_markup": keyboard}
    async with wire.session.post(wire.address("sendMessage"), json=message) as response:
        body = await response.json()

    assert body["result"]["reply_markup"] == keyboard


async def test_parameters_may_come_as_a_multipart_form(wire: Wire, ann: Person) -> None:
    with aiohttp.MultipartWriter("form-data") as form:
        for name, value in {"chat_id": str(ann.id), "text": "grüße\r\n--x"}.items():
            form.append(value).set_content_disposition("form-data", name=name)
    async with wire.session.post(wire.address("sendMessage"), data=form) as response:
        body = await response.json()

    assert body["result"]["text"] == "grüße\n--x"


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"text": "x"}, "chat_id is empty"),
        ({"chat_id": 5001}, "message text is empty"),
        ({"chat_id": 5001, "text": "x", "colour": "red"}, 'unknown parameter "colour"'),
        (
            {"chat_id": 5001, "text": "x", "disable_notification": "perhaps"},
            'field "disable_notification" must be of type Boolean',
        ),
        (
            {"chat_id": 5001, "text": "x", "message_thread_id": "one"},
            "can't parse message thread id JSON object",
        ),
        ({"chat_id": 5001, "text": "x", "entities": "{"}, "can't parse entities JSON object"),
        (
            {"chat_id": 5001, "text": "x", "link_preview_options": {"is_disable": True}},
            "can't parse LinkPreviewOptions: Unknown field",
        ),
        (
            {"chat_id": 5001, "text": "x", "entities": [{"type": "bold"}]},
            "can't parse MessageEntity: Can't find field",
        ),
        (
            {"chat_id": 5001, "text": "x", "entities": {"type": "bold"}},
            'field "entities" must be of type Array of MessageEntity',
        ),
    ],
)
async def test_what_the_bot_api_does_not_know_is_refused(
    wire: Wire, ann: Person, params: dict[str, object], words: str
) -> None:
    body = await wire.call("sendMessage", **params)

    assert body["error_code"] == 400
    assert body["description"].startswith(f"Bad Request: {words}")


@pytest.mark.parametrize("body", [b"{", b"[1]", b'"x"'])
async def test_broken_json_is_refused(wire: Wire, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    async with wire.session.post(wire.address("getMe"), data=body, headers=headers) as response:
        refusal = await response.json()

    assert response.status == 400
    assert refusal["ok"] is False


async def test_text_that_is_not_utf8_is_refused(wire: Wire) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    async with wire.session.post(
        wire.address("sendMessage"), data=b"text=\xff", headers=headers
    ) as response:
        refusal = await response.json()

    assert refusal["description"] == "Bad Request: strings must be encoded in UTF-8"


async def test_a_body_over_the_upload_limit_is_refused(wire: Wire) -> None:
    headers = {"Content-Type": "application/octet-stream"}
    async with wire.session.post(
        wire.address("sendDocument"), data=BytesIO(b"x" * (52 * 1024 * 1024)), headers=headers
    ) as response:
        refusal = json.loads(await response.text())

    assert refusal["error_code"] == 413


async def test_a_file_that_nothing_refers_to_is_refused(wire: Wire, ann: Person) -> None:
    form = aiohttp.FormData({"chat_id": str(ann.id), "text": "x"})
    form.add_field("stray", b"x", filename="x.png")
    async with wire.session.post(wire.address("sendMessage"), data=form) as response:
        refusal = await response.json()

    assert refusal["description"].startswith('Bad Request: unknown parameter "stray"')


async def test_a_chat_that_is_unknown_is_not_found(wire: Wire) -> None:
    assert await wire.words("sendMessage", chat_id=77, text="x") == "Bad Request: chat not found"
    assert await wire.words("getChat", chat_id="@nobody") == "Bad Request: chat not found"


@pytest.mark.parametrize("method", sorted(Schema.load().methods))
async def test_every_method_of_the_schema_is_answered(wire: Wire, method: str) -> None:
    body = await wire.call(method)

    assert body["ok"] or body["error_code"] == 400
