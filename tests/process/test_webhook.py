"""Webhook mode, whole: registered by itself, guarded by its secret, confirmed after handling."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import aiohttp

from bot.app.life import run
from bot.config import Settings, read
from bot.demo.standin import StandIn
from tests.house import CACHE, ROOT, shelf
from tests.process.test_process import PATIENCE


def now() -> datetime:
    return datetime.now(UTC)


async def test_a_person_is_answered_over_the_webhook_and_health_is_told(tmp_path: Path) -> None:
    async with StandIn(now) as telegram, hooked(tmp_path, telegram) as address:
        ann = telegram.people.add("Ann")
        ann.says("/start")
        welcome = await ann.hears(PATIENCE)
        async with aiohttp.ClientSession() as web:
            well = (await web.get(f"{address}/healthz")).status
            ready = (await web.get(f"{address}/readyz")).status
            metrics = await (await web.get(f"{address}/metrics")).text()
            foreign = (await web.post(f"{address}/telegram", json={"update_id": 1})).status

        assert "signed up" in welcome.text
        assert (well, ready) == (200, 200)
        assert "updates" in metrics
        assert foreign in (401, 403, 404)


async def test_an_update_without_the_secret_is_not_handled(tmp_path: Path) -> None:
    async with StandIn(now) as telegram, hooked(tmp_path, telegram):
        assert telegram.delivery.hook is not None
        hook = telegram.delivery.hook.url
        async with aiohttp.ClientSession() as web:
            bare = (await web.post(hook, json={"update_id": 1})).status
            wrong = (
                await web.post(
                    hook, json={"update_id": 1}, headers={"X-Telegram-Bot-Api-Secret-Token": "x"}
                )
            ).status

        assert {bare, wrong} <= {401, 403}


async def test_two_replicas_that_start_together_register_once(tmp_path: Path) -> None:
    shared = {"DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path / 'coach.db'}"}
    async with StandIn(now) as telegram:
        one = settings_of(tmp_path, telegram, **shared)
        two = settings_of(tmp_path, telegram, WEBHOOK_URL=one.webhook_url or "", **shared)
        async with replica(one), replica(two):
            ann = telegram.people.add("Ann")
            ann.says("/start")
            welcome = await ann.hears(PATIENCE)
            # each has asked at least once, and the second knows that nothing is left to do
            await telegram.until(lambda: telegram.calls.counts["getWebhookInfo"] >= 2, PATIENCE)
        registered = telegram.calls.counts["setWebhook"]

    assert "signed up" in welcome.text
    assert registered == 1


@asynccontextmanager
async def replica(settings: Settings, role: str = "web") -> AsyncIterator[None]:
    """A process of this role until the context ends, on content that is opened already."""
    stop = asyncio.Event()
    living = asyncio.create_task(run(settings, role, now, stop, shelf()))
    try:
        yield
    finally:
        stop.set()
        await living


@asynccontextmanager
async def hooked(folder: Path, telegram: StandIn, **env: str) -> AsyncIterator[str]:
    """The bot in webhook mode until the context ends; its address."""
    settings = settings_of(folder, telegram, **env)
    async with replica(settings, "all"):
        await telegram.until(lambda: telegram.delivery.hook is not None, PATIENCE)
        yield f"http://127.0.0.1:{settings.port}"


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def settings_of(folder: Path, telegram: StandIn, **env: str) -> Settings:
    port = free_port()
    return read(
        {
            "TELEGRAM_BOT_TOKEN": telegram.token,
            "TELEGRAM_API_URL": telegram.url,
            "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'coach.db'}",
            "WEBHOOK_URL": f"http://127.0.0.1:{port}",
            "PORT": str(port),
            "XDG_CACHE_HOME": str(CACHE.parent),
            **env,
        },
        ROOT / "content",
    )
