"""Content that was edited while the bot runs: taken when it passes its check."""

import asyncio

import structlog

from bot.app.assembly import App
from bot.app.memory import settle

log = structlog.get_logger()


async def fresh_content(app: App) -> None:
    """The old stays where the changed one is refused, and admins hear."""
    before = app.desk.shelf.content
    faults = await asyncio.to_thread(app.desk.shelf.refresh)
    if app.desk.shelf.content is not before:
        del before
        settle()
    if faults:
        log.error("content.refused", faults=[str(fault) for fault in faults[:5]])
        app.alarms.ring("content", "\n".join(str(fault) for fault in faults[:5]))
