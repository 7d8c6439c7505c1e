"""What each answer of Telegram's does to a push, row by row of the error table."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.pushes import PushState
from tests.house import house
from tests.push.living import SEVEN, WAYS, Post, berlin, latest, living_in_berlin

BLOCKED = "Forbidden: bot was blocked by the user"


@pytest.mark.parametrize(
    "words",
    [
        BLOCKED,
        "Forbidden: user is deactivated",
        "Forbidden: bot can't initiate conversation with a user",
    ],
)
async def test_who_cannot_be_reached_is_left_alone_until_they_return(
    tmp_path: Path, words: str
) -> None:
    async with berlin(tmp_path, "Ann") as (bot, (ann,), post):
        for way in WAYS:
            bot.tg.faults.error(way, 403, words)
        await bot.to(SEVEN)
        bot.tg.faults.lift()
        await bot.to(SEVEN + timedelta(days=1))
        away = post.counts()
        await bot.ask(ann, "/start")
        post = Post([ann])
        await bot.to(SEVEN + timedelta(days=2))

        assert away == [0]
        assert post.counts() == [1]


async def test_a_chat_that_is_not_there_is_left_alone_too(tmp_path: Path) -> None:
    async with berlin(tmp_path, "Ann") as (bot, (ann,), _):
        for way in WAYS:
            bot.tg.faults.error(way, 400, "Bad Request: chat not found")
        await bot.to(SEVEN)
        async with bot.app.desk.database.reading() as unit:
            person = await unit.people.get(ann.id)

        assert (await latest(bot, ann)).state is PushState.DEAD
        assert person is not None
        assert (person.reachable, person.next_push) == (False, None)


async def test_a_chat_that_got_a_new_id_is_followed_at_once(tmp_path: Path) -> None:
    async with berlin(tmp_path, "Ann", "Other") as (bot, (ann, other), post):
        for way in WAYS:
            bot.tg.faults.error(
                way, 400, "Bad Request: group chat was upgraded", chat_id=ann.id,
                migrate_to_chat_id=other.id,
            )  # fmt: skip
        await bot.to(SEVEN)
        await bot.later(seconds=1)

        assert post.counts() == [0, 2]
        assert (await latest(bot, ann)).state is PushState.SENT


async def test_an_error_of_ours_is_a_dead_letter_and_an_alarm(tmp_path: Path) -> None:
    async with house(tmp_path, ADMIN_IDS="777") as bot:
        host = bot.tg.people.add("Host", user_id=777)
        host.says("/help")
        await host.hears()
        (ann,) = await living_in_berlin(bot, "Ann")
        for way in WAYS:
            bot.tg.faults.error(way, 400, "Bad Request: MEDIA_CAPTION_TOO_LONG", chat_id=ann.id)
        await bot.to(SEVEN)
        await bot.later(minutes=30)

        assert (await latest(bot, ann)).state is PushState.DEAD
        assert "dead letter" in (await host.hears()).text


async def test_a_refused_token_keeps_everything_for_later(tmp_path: Path) -> None:
    async with berlin(tmp_path, "Ann") as (bot, (ann,), post):
        for way in WAYS:
            bot.tg.faults.error(way, 401)
        await bot.to(SEVEN)
        refused = await latest(bot, ann)
        bot.tg.faults.lift()
        await bot.later(minutes=2)

        assert refused.state is PushState.RETRY
        assert post.counts() == [1]


@pytest.mark.parametrize("code", [500, 502, 503, 504])
async def test_a_server_in_trouble_is_tried_again_with_growing_pauses(
    tmp_path: Path, code: int
) -> None:
    async with berlin(tmp_path, "Ann") as (bot, (ann,), post):
        pauses = []
        for way in WAYS:
            bot.tg.faults.error(way, code, times=None)
        await bot.to(SEVEN)
        for _ in range(3):
            waiting = await latest(bot, ann)
            assert waiting.not_before is not None
            pauses.append(waiting.not_before - bot.clock.now)
            await bot.to(waiting.not_before)
        bot.tg.faults.lift()
        await bot.later(minutes=10)

        assert pauses == sorted(set(pauses))
        assert post.counts() == [1]


async def test_a_session_whose_answer_was_lost_comes_again_and_is_marked_as_in_doubt(
    tmp_path: Path,
) -> None:
    async with berlin(tmp_path, "Ann") as (bot, (ann,), post):
        for way in WAYS:
            bot.tg.faults.lose_answer(way)
        await bot.to(SEVEN)
        doubtful = await latest(bot, ann)
        bot.tg.faults.lift()
        await bot.later(minutes=1)
        await bot.later(minutes=10)

        assert "in doubt" in (doubtful.reason or "")
        assert post.counts() == [2]


async def test_a_note_whose_answer_was_lost_does_not_come_again(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        (ann,) = await living_in_berlin(bot, "Ann")
        await bot.ask(ann, "/days mon")
        await bot.ask(ann, "/notes on")
        post = Post([ann])
        for way in WAYS:
            bot.tg.faults.lose_answer(way)
        await bot.to(SEVEN)
        bot.tg.faults.lift()
        await bot.later(minutes=10)

        assert (await latest(bot, ann)).state is PushState.UNKNOWN
        assert post.counts() == [1]


async def test_a_connection_that_was_refused_never_doubles_and_never_loses(tmp_path: Path) -> None:
    async with berlin(tmp_path, "Ann", "Bea") as (bot, _, post):
        bot.tg.faults.outage()
        await bot.to(SEVEN)
        await bot.later(minutes=10)
        bot.tg.faults.lift()
        await bot.later(minutes=6)
        await bot.later(minutes=6)

        assert all(1 <= count <= 2 for count in post.counts())
