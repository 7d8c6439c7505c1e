"""Builds the rooms, once, in one place."""

import asyncio
import os
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

import structlog
from telegram import Bot
from telegram.error import TelegramError
from telegram.ext import ApplicationBuilder, ExtBot

from bot.app.alarms import Alarms
from bot.app.clock import Guard, Heard
from bot.app.pictures import KeptPictures
from bot.app.place import this_place
from bot.coach.desk import Desk
from bot.coach.pushing import IN_FLIGHT, Carrier, Pump
from bot.coach.shelf import Shelf
from bot.config import Settings
from bot.domain.errors import NotReady
from bot.domain.lease import Holder
from bot.domain.messages import Delivery, Message
from bot.domain.pushes import Push
from bot.handlers.routes import AnyApplication
from bot.places import Places
from bot.pulse import Pulse
from bot.storage.database import Database
from bot.storage.schema import migrate, schema_state
from bot.wire.file_ids import FileIds
from bot.wire.limiter import Limiter
from bot.wire.messenger import Messenger
from bot.wire.transport import READ_SECONDS, Transport

LONG_POLL_SECONDS = 50
FREE_RATE = 30.0  # what Telegram lets a bot send for nothing
AWAY_SECONDS = 0.25
MOST = 400  # Telegram refuses what has more than a thousand calls open
REPLYING = 48
log = structlog.get_logger()

Clock = Callable[[], datetime]


def wall_clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class App:
    """The bot, put together but not yet started."""

    settings: Settings
    desk: Desk
    bot: ExtBot[None]
    application: AnyApplication
    messenger: Messenger
    limiter: Limiter
    pump: Pump
    pulse: Pulse
    alarms: Alarms
    clock: Clock
    guard: Guard
    holder: Holder


@asynccontextmanager
async def assemble(
    settings: Settings,
    clock: Clock = wall_clock,
    shelf: Shelf | None = None,
    said: Callable[[int, Message], None] = lambda _chat_id, _message: None,
    pulse: Pulse | None = None,
) -> AsyncIterator[App]:
    """Open the database, load the content, connect the wire. Raises NotReady or ContentWrong.

    `shelf` is content that was opened already; `said` hears of each message that goes out;
    `pulse` is that of a process whose web side is open already.
    """
    token = settings.need_token()
    async with AsyncExitStack() as stack:
        database = await ready_database(settings)
        stack.push_async_callback(database.close)
        shelf = shelf or await _shelf(settings)
        places = stack.enter_context(Places.open(settings.content / "places.sqlite"))
        pulse = pulse or Pulse(clock())
        desk = Desk(database, shelf, places, settings.admins, pulse.answered)
        heard = Heard()
        bot = _bot(settings, token, heard)
        stack.push_async_callback(_close_bot, bot)
        limiter = Limiter(settings.send_rate)
        file_ids = FileIds(KeptPictures(database))
        messenger = Messenger(bot, limiter, file_ids, pulse.refused, said)
        alarms = Alarms(settings.admins, messenger, desk, clock, pulse)
        guard = Guard(clock, partial(heard.ask, bot), alarms.ring)
        stack.push_async_callback(guard.close)
        holder = Holder(uuid.uuid4().hex, os.getpid(), this_place())
        application = ApplicationBuilder().bot(bot).updater(None).job_queue(None).build()
        yield App(
            settings=settings,
            desk=desk,
            bot=bot,
            application=application,
            messenger=messenger,
            limiter=limiter,
            pump=Pump(desk, _carrier(settings, messenger, guard, alarms, pulse, holder)),
            pulse=pulse,
            alarms=alarms,
            clock=clock,
            guard=guard,
            holder=holder,
        )


async def _shelf(settings: Settings) -> Shelf:
    log.info("content.reading", the_first_time="a minute or two")
    shelf = await asyncio.to_thread(Shelf.open, settings.content, settings.cache)
    if shelf.content.engine.note:
        log.warning("answers.degraded", reason=shelf.content.engine.note)
    return shelf


async def ready_database(settings: Settings) -> Database:
    """The database at its newest schema: SQLite migrates by itself, PostgreSQL must be told."""
    database = await Database.open(settings.database_url)
    try:
        state = await schema_state(database)
        if state in ("old", "empty") and not settings.sqlite:
            raise NotReady("the database has an old schema: run `bot migrate` first")
        if state != "current":
            await migrate(database)
    except BaseException:
        await database.close()
        raise
    return database


def in_flight_at(rate: float) -> int:
    """Sixteen suffice at the free rate; a paid one needs as many as go out while one is away."""
    return IN_FLIGHT if rate <= FREE_RATE else min(max(IN_FLIGHT, int(rate * AWAY_SECONDS)), MOST)


def _bot(settings: Settings, token: str, heard: Heard) -> ExtBot[None]:
    connections = in_flight_at(settings.send_rate) + REPLYING
    return ExtBot(
        token,
        base_url=settings.api_url,
        base_file_url=settings.file_url,
        request=Transport(connections, heard=heard.note),
        get_updates_request=Transport(connections=4, read=READ_SECONDS + LONG_POLL_SECONDS),
    )


async def _close_bot(bot: Bot) -> None:
    with suppress(TelegramError):
        await bot.shutdown()


def _carrier(
    settings: Settings,
    messenger: Messenger,
    guard: Guard,
    alarms: Alarms,
    pulse: Pulse,
    holder: Holder,
) -> Carrier:
    return Carrier(
        send=messenger.push,
        clock=guard.now,
        owner=holder.owner,
        alarm=alarms.ring,
        sent=_noting(pulse),
        in_flight=in_flight_at(settings.send_rate),
        settled=pulse.settling.observe,
    )


def _noting(pulse: Pulse) -> Callable[[Push, Delivery, datetime], None]:
    def note(push: Push, delivery: Delivery, now: datetime) -> None:
        late = (now - push.due).total_seconds()
        pulse.pushes.labels(push.kind.value, delivery.fate.value).inc()
        pulse.lateness.observe(max(late, 0.0))
        log.info(
            "push", person=push.person_id, kind=push.kind, fate=delivery.fate, late=round(late, 3)
        )

    return note
