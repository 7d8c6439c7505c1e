"""The budget of messages: smooth, replies first, one chat not too fast, refusals respected."""

import asyncio

import pytest

from bot.wire.limiter import CATCH_UP, REPLY_LEAD, Limiter
from tests.limiter.conftest import SwiftLoop


async def seconds(limiter: Limiter, chats: list[int], *, reply: bool) -> float:
    """How long it takes until a message to each of the chats may have gone."""
    loop = asyncio.get_running_loop()
    start = loop.time()
    await asyncio.gather(*(limiter.turn(chat, reply=reply) for chat in chats))
    return loop.time() - start


async def test_pushes_go_out_at_the_rate_and_not_in_a_burst() -> None:
    took = await seconds(Limiter(rate=200), list(range(1, 61)), reply=False)

    assert took == pytest.approx(59 / 200 - CATCH_UP, abs=1 / 200)


async def test_replies_run_ahead_by_twenty() -> None:
    took = await seconds(Limiter(rate=10), list(range(1, 21)), reply=True)

    assert took == 0


async def test_time_that_passes_on_another_clock_fills_the_budgets() -> None:
    limiter = Limiter(rate=10)
    await seconds(limiter, [7] * 5, reply=True)
    limiter.passed(60)

    assert await seconds(limiter, [7], reply=False) == 0


async def test_pushes_yield_what_replies_took_first() -> None:
    limiter = Limiter(rate=100)
    await seconds(limiter, list(range(1, 21)), reply=True)

    took = await seconds(limiter, [99], reply=False)

    assert took == pytest.approx(REPLY_LEAD / 100 - CATCH_UP)


async def test_one_chat_gets_one_push_a_second() -> None:
    took = await seconds(Limiter(rate=1000), [7, 7], reply=False)

    assert took == pytest.approx(1.0)


async def test_a_refused_chat_waits_and_the_others_do_not() -> None:
    limiter = Limiter(rate=1000)
    limiter.refused(7, 0.3)

    held, other = await asyncio.gather(
        seconds(limiter, [7], reply=True), seconds(limiter, [8], reply=True)
    )

    assert held == pytest.approx(0.3)
    assert other == 0


async def test_refusals_of_many_chats_hold_everything() -> None:
    limiter = Limiter(rate=1000)
    for chat in (1, 2, 3):
        limiter.refused(chat, 0.3)

    took = await seconds(limiter, [99], reply=True)

    assert took == pytest.approx(0.3)


async def test_replies_pass_the_pushes_that_wait() -> None:
    limiter = Limiter(rate=2)
    pushes = [asyncio.create_task(limiter.turn(chat, reply=False)) for chat in range(1, 17)]
    await asyncio.sleep(0)

    waits = [await limiter.turn(chat, reply=True, patience=0.1) for chat in range(101, 115)]

    assert waits == [0.0] * 14
    for push in pushes:
        push.cancel()
    await asyncio.gather(*pushes, return_exceptions=True)


async def test_a_push_that_would_wait_too_long_is_told_so_and_takes_no_turn() -> None:
    limiter = Limiter(rate=1000)
    limiter.refused(7, 60)

    left = await limiter.turn(7, reply=False, patience=5)

    assert left == pytest.approx(60)
    assert await limiter.turn(8, reply=False, patience=0.5) == 0.0


async def test_a_chat_hears_twenty_replies_at_once_and_then_one_a_second() -> None:
    limiter = Limiter(rate=1000)
    at_once = [await limiter.turn(7, reply=True, patience=0.1) for _ in range(20)]

    assert at_once == [0.0] * 20
    assert 0.5 < await limiter.turn(7, reply=True, patience=0.1) <= 1.0


async def test_a_group_hears_twenty_messages_a_minute() -> None:
    limiter = Limiter(rate=1000)
    at_once = [await limiter.turn(-7, reply=True, patience=0.1) for _ in range(20)]

    assert at_once == [0.0] * 20
    assert await limiter.turn(-7, reply=True, patience=5) == pytest.approx(60)
    assert await limiter.turn(-8, reply=True, patience=0.1) == 0.0


async def test_no_second_gets_more_pushes_than_the_rate_though_a_delay_is_made_up_for() -> None:
    limiter, loop = Limiter(rate=50), asyncio.get_running_loop()
    assert isinstance(loop, SwiftLoop)
    went: list[float] = []

    async def push(chat: int) -> None:
        await limiter.turn(chat, reply=False)
        went.append(loop.time())

    pushes = [asyncio.create_task(push(chat)) for chat in range(100)]
    await asyncio.sleep(0.3)
    loop.busy(0.08)
    await asyncio.gather(*pushes)

    assert max(sum(at <= other < at + 1 for other in went) for at in went) <= 50


async def test_what_came_late_counts_for_the_second_in_which_it_came() -> None:
    """The first ten are on their way for 0.4 s; the others are there at once."""
    limiter, loop = Limiter(rate=50), asyncio.get_running_loop()
    came: list[float] = []

    async def push(chat: int) -> None:
        await limiter.turn(chat, reply=False)
        went = loop.time()
        if chat < 10:
            await asyncio.sleep(0.4)
        came.append(loop.time())
        limiter.landed(went)

    await asyncio.gather(*(push(chat) for chat in range(90)))

    assert max(sum(at <= other < at + 1 for other in came) for at in came) <= 50
