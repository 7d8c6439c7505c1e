"""What a host must hear: a late tick, once an hour; and silence where something is not well."""

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.app.life import heartbeat, ring
from bot.app.site import troubles
from bot.web import server
from tests.house import house
from tests.test_web import served

BOSS = 4242


@pytest.mark.parametrize("late", [29, 31])
async def test_a_late_tick_is_told_to_the_admins_once_an_hour(tmp_path: Path, late: int) -> None:
    async with house(tmp_path, ADMIN_IDS=str(BOSS)) as bot:
        boss = bot.tg.people.add("Boss", user_id=BOSS)
        await bot.ask(boss, "/help")
        await ring(bot.app)
        for _ in range(3):
            await bot.later(seconds=late)
            await ring(bot.app)
        await bot.quiet(boss)
        told = await bot.tg.until(lambda: "late tick" in boss.reads()[-1].text, 0.2)

        assert told is (late > 30)
        assert sum("late tick" in post.text for post in boss.reads()) == told


async def test_silence_says_that_the_tick_is_late(tmp_path: Path) -> None:
    heard: list[str] = []

    async def beat(request: Request) -> Response:
        heard.append(request.url.path)
        return PlainTextResponse("ok")

    site = Starlette(routes=[Route("/beat", beat)])
    async with house(tmp_path) as bot, served(server(site, 0, "127.0.0.1")) as port:
        address = f"http://127.0.0.1:{port}/beat"
        await ring(bot.app)
        bot.app.pulse.last_poll = bot.clock.now
        await heartbeat(bot.app, address)
        well = len(heard)
        await bot.later(minutes=1)
        await heartbeat(bot.app, address)

        assert well == 1
        assert len(heard) == 1
        assert await troubles(bot.app) == ("the tick is late",)
