"""One update, from Telegram's raw form to its end: handled, or given up with a word to the person.

An update that always fails, takes too long or cannot be read is apologised for, counted and
alarmed; then it counts as handled, so that it is never fetched for ever.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import structlog
from telegram import Bot, Update

from bot.domain.errors import NotReady
from bot.handlers.errors import End, Errors
from bot.handlers.routes import AnyApplication

UPDATE_SECONDS = 20.0
APOLOGY_SECONDS = 5.0
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 5.0
log = structlog.get_logger()


class Inbox:
    """`count` hears each outcome; `seconds`: how long one update may hold up those behind it."""

    def __init__(
        self,
        application: AnyApplication,
        errors: Errors,
        count: Callable[[str], None],
        seconds: float = UPDATE_SECONDS,
    ) -> None:
        self._application = application
        self._errors = errors
        self._count = count
        self.seconds = seconds

    async def take(self, raw: dict[str, Any]) -> None:
        """To its end, however long the database is away: nothing could be handled meanwhile."""
        pause = FIRST_PAUSE
        while True:
            try:
                await self.try_once(raw)
            except NotReady:
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            else:
                return

    async def try_once(self, raw: dict[str, Any]) -> None:
        """Raises NotReady where the database is away: it has had no effect, and may come again."""
        update = read(raw, self._application.bot)
        if update is None:
            await self._give_up("unreadable", raw)
            return
        try:
            async with asyncio.timeout(self.seconds):
                await self._application.process_update(update)
        except TimeoutError:
            log.error("update.slow", update=update.update_id)
            await self._give_up("slow", raw)
            return
        end = self._errors.end_of(update.update_id)
        if end is End.AWAY:
            raise NotReady("the database was away")
        self._count(end)

    async def _give_up(self, outcome: str, raw: dict[str, Any]) -> None:
        self._count(outcome)
        with suppress(TimeoutError):
            async with asyncio.timeout(APOLOGY_SECONDS):
                await self._errors.give_up(f"update {outcome}", private_chat_of(raw))


def read(raw: dict[str, Any], bot: Bot) -> Update | None:
    """An update as a value; None, with a line in the log, where it cannot be read."""
    try:
        return Update.de_json(raw, bot)
    except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError, OSError) as error:
        log.error("update.unreadable", update=raw.get("update_id"), reason=type(error).__name__)
        return None


def chat_of(raw: dict[str, Any]) -> int:
    """What must stay in order: the chat of the update, else its person, else 0."""
    for about in _abouts(raw):
        for place in (about.get("message"), about):
            chat = place.get("chat") if isinstance(place, dict) else None
            if isinstance(chat, dict) and isinstance(chat.get("id"), int):
                return int(chat["id"])
        person = about.get("from")
        if isinstance(person, dict) and isinstance(person.get("id"), int):
            return int(person["id"])
    return 0


def private_chat_of(raw: dict[str, Any]) -> int | None:
    """Where an apology may go: never to a group."""
    chat = chat_of(raw)
    return chat if chat > 0 else None


def _abouts(raw: dict[str, Any]) -> list[dict[str, Any]]:
    return [value for value in raw.values() if isinstance(value, dict)]
