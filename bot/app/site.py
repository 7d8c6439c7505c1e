"""The web side of the running bot: what stands behind each address, and the webhook's address."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import Any

import structlog
import uvicorn
from telegram import WebhookInfo
from telegram.error import InvalidToken, TelegramError

from bot.app.assembly import App
from bot.domain.errors import NotReady
from bot.handlers.inbox import Inbox
from bot.handlers.routes import ALLOWED_UPDATES
from bot.storage.schema import schema_state
from bot.web import Doors, server, site, webhook_path

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
TURN = timedelta(seconds=30)
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
        partial(troubles, app),
        settings.metrics_token,
        settings.webhook_secret if answers else None,
        update if answers else None,
    )
    return server(site(doors, webhook_path(settings.need_token())), settings.port)


async def troubles(app: App) -> tuple[str, ...]:
    """What is not well, in words for a host; empty when all is."""
    found = app.pulse.troubles(app.clock())
    try:
        if await schema_state(app.desk.database) != "current":
            found = (*found, "the database has another schema than this program")
    except NotReady:
        found = (*found, "the database cannot be reached")
    if app.settings.webhook_url:  # a webhook is silent while nobody writes
        found = tuple(trouble for trouble in found if "Telegram" not in trouble)
    return found


async def register_webhook(
    app: App, site_server: uvicorn.Server, tasks: list[asyncio.Task[None]]
) -> None:
    """Once, also when several replicas start together: one of them has the turn, the others look
    whether it is done."""
    await _listening(site_server, tasks)
    url = f"{app.settings.webhook_url}{webhook_path(app.settings.need_token())}"

    async def register() -> None:
        while not _is_set(await app.bot.get_webhook_info(), url):
            if await _has_turn(app):
                await app.bot.set_webhook(
                    url,
                    allowed_updates=list(ALLOWED_UPDATES),
                    secret_token=app.settings.webhook_secret,
                )
                return
            await asyncio.sleep(FIRST_PAUSE)

    await patiently(register)


def _is_set(known: WebhookInfo, url: str) -> bool:
    return known.url == url and set(known.allowed_updates) == set(ALLOWED_UPDATES)


async def _has_turn(app: App) -> bool:
    """Whether this replica is the one to register; after a while another may try."""
    try:
        async with app.desk.database.writing() as unit:
            now = await unit.leases.clock() or app.clock()
            lease = await unit.leases.take("webhook", app.holder, now, TURN)
    except NotReady:
        return False
    return lease.holder.owner == app.holder.owner


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
