"""What `/readyz` answers, and the webhook: registered once, whoever starts with whom."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog
from telegram import WebhookInfo
from telegram.error import InvalidToken, TelegramError

from bot.app.assembly import App
from bot.domain.errors import NotReady
from bot.handlers.routes import ALLOWED_UPDATES
from bot.storage.schema import schema_state
from bot.web import webhook_path

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
TURN = timedelta(seconds=30)
_SCHEMAS = {
    "newer": "newer than this program: update the program",
    "old": "older than this program: run `bot migrate`",
    "empty": "gone: put the backup back, or start anew",
}
log = structlog.get_logger()


async def troubles(app: App) -> tuple[str, ...]:
    """What is not well, in words for a host; empty when all is."""
    found = app.pulse.troubles(app.clock())
    try:
        state = await schema_state(app.desk.database)
        if state != "current":
            found = (*found, f"the database's schema is {_SCHEMAS[state]}")
    except NotReady:
        found = (*found, "the database cannot be reached")
    if app.settings.webhook_url:  # a webhook is silent while nobody writes
        found = tuple(trouble for trouble in found if "Telegram" not in trouble)
    return found


async def register_webhook(app: App) -> None:
    """Once, also when several replicas start together: one of them has the turn, the others look
    whether it is done."""
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
