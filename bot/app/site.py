"""The web side of the running bot: what stands behind each address, and the webhook's address."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import structlog
import uvicorn
from telegram.error import InvalidToken, TelegramError

from bot.app.assembly import App
from bot.domain.errors import NotReady
from bot.handlers.inbox import Inbox
from bot.handlers.routes import ALLOWED_UPDATES
from bot.web import Doors, server, site, webhook_path

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
log = structlog.get_logger()


def site_of(app: App, inbox: Inbox, role: str) -> uvicorn.Server | None:
    """The web server where a port is set; the webhook only where this role answers people."""
    settings = app.settings
    if settings.port is None:
        return None

    async def update(raw: dict[str, Any]) -> None:
        app.pulse.last_poll = app.clock()
        await inbox.try_once(raw)

    answers = settings.webhook_url is not None and role in ("all", "web")
    doors = Doors(
        app.pulse,
        partial(_troubles, app),
        settings.metrics_token,
        settings.webhook_secret if answers else None,
        update if answers else None,
    )
    return server(site(doors, webhook_path(settings.need_token())), settings.port)


async def _troubles(app: App) -> tuple[str, ...]:
    found = app.pulse.troubles(app.clock())
    try:
        async with app.desk.database.reading() as unit:
            await unit.meta.get("ready")
    except NotReady:
        found = (*found, "the database cannot be reached")
    if app.settings.webhook_url:  # a webhook is silent while nobody writes
        found = tuple(trouble for trouble in found if "Telegram" not in trouble)
    return found


async def register_webhook(
    app: App, site_server: uvicorn.Server, tasks: list[asyncio.Task[None]]
) -> None:
    """Once, also when several replicas start together: only where it is not set already."""
    await _listening(site_server, tasks)
    url = f"{app.settings.webhook_url}{webhook_path(app.settings.need_token())}"

    async def register() -> None:
        known = await app.bot.get_webhook_info()
        if known.url != url or set(known.allowed_updates) != set(ALLOWED_UPDATES):
            await app.bot.set_webhook(
                url,
                allowed_updates=list(ALLOWED_UPDATES),
                secret_token=app.settings.webhook_secret,
            )

    await patiently(register)


async def _listening(site_server: uvicorn.Server, tasks: list[asyncio.Task[None]]) -> None:
    """Telegram is told of an address only once somebody answers there."""
    while not site_server.started and not any(task.done() for task in tasks):  # noqa: ASYNC110  (uvicorn has no event for it)
        await asyncio.sleep(0.02)


async def serve_site(site_server: uvicorn.Server) -> None:
    # Without uvicorn's own signal handlers, which would end the process behind our back.
    await site_server._serve()


async def patiently(call: Callable[[], Awaitable[object]]) -> None:
    """Until Telegram takes it. Raises InvalidToken, which no patience helps."""
    pause = FIRST_PAUSE
    while True:
        try:
            await call()
        except InvalidToken:
            raise
        except TelegramError as error:
            log.warning("telegram.unreachable", reason=error.message, again_in=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        else:
            return
