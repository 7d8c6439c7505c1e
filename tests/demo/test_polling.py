"""getUpdates: long polls, offsets, kinds, one poller at a time, updates that expire."""

import asyncio
from datetime import timedelta

import pytest
import telegram

from bot.demo.people import Person
from bot.demo.standin import StandIn
from tests.demo.clients import Hands, Wire


async def test_a_poll_waits_for_the_next_message(
    tg: StandIn, bot: telegram.Bot, ann: Person
) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=10))
    await tg.until(lambda: tg.poller.waiting)
    ann.says("hello")

    updates = await asyncio.wait_for(poll, 2)

    assert [u.message.text for u in updates if u.message] == ["hello"]


async def test_a_poll_without_news_ends_empty_after_its_timeout(wire: Wire, ann: Person) -> None:
    loop = asyncio.get_running_loop()
    began = loop.time()
    updates = await wire.result("getUpdates", timeout=1)

    assert updates == []
    assert 0.9 < loop.time() - began < 2


async def test_updates_come_again_until_the_offset_confirms_them(wire: Wire, ann: Person) -> None:
    ann.says("one")
    ann.says("two")
    first = await wire.result("getUpdates")
    again = await wire.result("getUpdates")
    after = await wire.result("getUpdates", offset=first[0]["update_id"] + 1)

    assert first == again
    assert [u["message"]["text"] for u in after] == ["two"]


async def test_update_ids_rise_by_one(wire: Wire, ann: Person) -> None:
    for word in ("one", "two", "three"):
        ann.says(word)
    ids = [u["update_id"] for u in await wire.result("getUpdates")]

    assert ids == [ids[0], ids[0] + 1, ids[0] + 2]


async def test_the_ids_may_begin_anew_after_a_week_of_silence(
    tg: StandIn, wire: Wire, ann: Person
) -> None:
    tg.updates.number_on(7)
    ann.says("hello")

    assert (await wire.result("getUpdates"))[0]["update_id"] == 7


async def test_the_limit_bounds_a_batch(wire: Wire, ann: Person) -> None:
    for word in ("one", "two", "three"):
        ann.says(word)

    assert len(await wire.result("getUpdates", limit=2)) == 2


async def test_a_negative_offset_keeps_the_last_ones_only(wire: Wire, ann: Person) -> None:
    for word in ("one", "two", "three"):
        ann.says(word)
    last = await wire.result("getUpdates", offset=-1)

    assert [u["message"]["text"] for u in last] == ["three"]
    assert len(await wire.result("getUpdates")) == 1


async def test_a_second_poller_ends_the_first_with_a_conflict(
    tg: StandIn, wire: Wire, ann: Person
) -> None:
    first = asyncio.create_task(wire.call("getUpdates", timeout=10))
    await tg.until(lambda: tg.poller.waiting)
    second = asyncio.create_task(wire.call("getUpdates", timeout=10))
    refused = await asyncio.wait_for(first, 2)
    ann.says("hello")
    answered = await asyncio.wait_for(second, 2)

    assert refused["error_code"] == 409
    assert refused["description"] == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
    assert len(answered["result"]) == 1


async def test_polling_is_refused_while_a_webhook_is_set(wire: Wire) -> None:
    await wire.result("setWebhook", url="http://127.0.0.1:9/hook")
    refused = await wire.call("getUpdates")
    await wire.result("deleteWebhook")

    assert refused["error_code"] == 409
    assert refused["description"].startswith(
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook"
    )


async def test_a_webhook_ends_the_waiting_poll(tg: StandIn, wire: Wire) -> None:
    poll = asyncio.create_task(wire.call("getUpdates", timeout=10))
    await tg.until(lambda: tg.poller.waiting)
    await wire.result("setWebhook", url="http://127.0.0.1:9/hook")
    refused = await asyncio.wait_for(poll, 2)

    assert refused["description"] == "Conflict: terminated by setWebhook request"


async def test_a_poller_that_hangs_up_is_forgotten(tg: StandIn, wire: Wire) -> None:
    poll = asyncio.create_task(wire.call("getUpdates", timeout=30))
    await tg.until(lambda: tg.poller.waiting)
    poll.cancel()

    assert await tg.until(lambda: not tg.poller.waiting)


async def test_only_the_kinds_asked_for_arrive_and_the_choice_sticks(
    wire: Wire, ann: Person
) -> None:
    await wire.result("getUpdates", allowed_updates=["callback_query"])
    ann.says("hello")
    without = await wire.result("getUpdates")
    await wire.result("getUpdates", allowed_updates=[])
    ann.says("hello again")

    assert without == []
    assert len(await wire.result("getUpdates")) == 1


async def test_a_kind_that_does_not_exist_is_refused(wire: Wire) -> None:
    assert "unknown update type" in await wire.words("getUpdates", allowed_updates=["messages"])


async def test_blocking_reaches_the_bot_by_default(wire: Wire, ann: Person) -> None:
    ann.blocks()
    update = (await wire.result("getUpdates"))[0]["my_chat_member"]

    assert update["new_chat_member"]["status"] == "kicked"


async def test_a_message_is_kept_for_a_day(wire: Wire, clock: Hands, ann: Person) -> None:
    ann.says("hello")
    clock.advance(hours=23, minutes=59)
    kept = await wire.result("getUpdates")
    clock.advance(minutes=2)

    assert len(kept) == 1
    assert await wire.result("getUpdates") == []


@pytest.mark.parametrize(("age", "kept"), [(149, 1), (151, 0)])
async def test_a_press_is_kept_for_150_seconds(
    wire: Wire, clock: Hands, ann: Person, age: int, kept: int
) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
    await wire.result("sendMessage", chat_id=ann.id, text="?", reply_markup=keyboard)
    ann.presses(await ann.hears(), "Yes")
    clock.now += timedelta(seconds=age)

    assert len(await wire.result("getUpdates")) == kept
