"""Puts everything together, once; the only reader of the wall clock."""

import asyncio
import os
import signal
import socket
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from datetime import UTC, datetime, timedelta

import structlog
from telegram import Bot, BotCommand
from telegram.error import InvalidToken, TelegramError
from telegram.ext import ApplicationBuilder, ExtBot

from bot.coach.desk import Desk
from bot.coach.pushing import Carrier, Pump
from bot.config import Settings
from bot.content.shelf import Shelf
from bot.domain.errors import NotReady, SettingWrong
from bot.domain.lease import Holder
from bot.domain.messages import Delivery
from bot.domain.pushes import Push
from bot.handlers.buttons import Buttons
from bot.handlers.errors import Errors
from bot.handlers.membership import Membership
from bot.handlers.messages import Messages
from bot.handlers.routes import AnyApplication, add_routes
from bot.places import Places
from bot.run import REFUSED, Poller
from bot.scheduling.ticker import Ticker
from bot.storage.database import Database
from bot.storage.schema import migrate, schema_state
from bot.wire.limiter import Limiter
from bot.wire.messenger import FileIds, Messenger
from bot.wire.transport import READ_SECONDS, Transport

TICK_SECONDS = 0.25
BEAT_SECONDS = 3.0
LEASE = timedelta(seconds=12)
STOP_SECONDS = 12.0
CONTENT_SECONDS = 5.0
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
LEASE_NAME = "bot"
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
    pump: Pump
    clock: Clock
    holder: Holder


@asynccontextmanager
async def assemble(settings: Settings, clock: Clock = wall_clock) -> AsyncIterator[App]:
    """Open the database, load the content, connect the wire. Raises NotReady or ContentWrong."""
    token = settings.need_token()
    async with AsyncExitStack() as stack:
        database = await ready_database(settings)
        stack.push_async_callback(database.close)
        shelf = await asyncio.to_thread(Shelf.open, settings.content)
        places = stack.enter_context(Places.open(settings.content / "places.sqlite"))
        desk = Desk(database, shelf, places)
        bot: ExtBot[None] = ExtBot(
            token,
            base_url=settings.api_url,
            base_file_url=settings.file_url,
            request=Transport(connections=64),
            get_updates_request=Transport(connections=4, read=READ_SECONDS + 50),
        )
        stack.push_async_callback(_close_bot, bot)
        messenger = Messenger(bot, Limiter(settings.send_rate), FileIds())
        holder = Holder(uuid.uuid4().hex, os.getpid(), socket.gethostname())
        carrier = Carrier(messenger.push, clock, holder.owner, _alarm, _note_push)
        pump = Pump(desk, carrier)
        application = ApplicationBuilder().bot(bot).updater(None).job_queue(None).build()
        yield App(settings, desk, bot, application, messenger, pump, clock, holder)


async def ready_database(settings: Settings) -> Database:
    """The database at its newest schema: SQLite migrates by itself, PostgreSQL must be told."""
    database = await Database.open(settings.database_url)
    try:
        state = await schema_state(database)
        if state == "newer":
            raise NotReady("the database is newer than this program: install the newer version")
        if state == "old" and not settings.sqlite:
            raise NotReady("the database has an old schema: run `bot migrate` first")
        if state != "current":
            await migrate(database)
    except BaseException:
        await database.close()
        raise
    return database


async def run(
    settings: Settings,
    role: str = "all",
    clock: Clock = wall_clock,
    stop: asyncio.Event | None = None,
) -> None:
    """The bot until SIGTERM, SIGINT or `stop`. Raises SettingWrong where the token is refused."""
    stop = stop or asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError, RuntimeError, ValueError):
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with assemble(settings, clock) as app:
        if await _meet_telegram(app.bot, stop) and await _hold_lease(app, stop):
            await _live(app, role, stop)


async def _live(app: App, role: str, stop: asyncio.Event) -> None:
    """Poll and push until `stop`; what is under way is finished, never cut off."""
    _connect(app)
    poller = Poller(app.bot, app.application, app.clock)
    ticker = Ticker(_tick_failed)
    ticker.every(BEAT_SECONDS, partial(_beat, app, stop))
    ticker.every(CONTENT_SECONDS, partial(_fresh_content, app))
    work = []
    if role in ("all", "push"):
        ticker.every(TICK_SECONDS, partial(_ring, app))
        work.append(app.pump.run())
    if role in ("all", "web"):
        work.append(poller.run())
    tasks = [asyncio.create_task(each) for each in work]
    ticker.start()
    log.info("running", role=role, mode="polling")
    try:
        await _first_of(stop, tasks)
    finally:
        app.pump.close()
        poller.close()
        done, late = await asyncio.wait(tasks, timeout=STOP_SECONDS)
        for task in late:
            task.cancel()
        ticker.stop()
        await _release(app)
    for task in done:
        task.result()


async def _first_of(stop: asyncio.Event, tasks: list[asyncio.Task[None]]) -> None:
    """Wait until a stop is wanted or one of the loops has ended by itself."""
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait([stopped, *tasks], return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()


async def _meet_telegram(bot: ExtBot[None], stop: asyncio.Event) -> bool:
    """Learn our own name. Telegram out of reach is one line and a growing pause, for ever."""
    pause = FIRST_PAUSE
    while True:
        try:
            await bot.initialize()
            await bot.set_my_commands([BotCommand(name, words) for name, words in MENU])
        except InvalidToken:
            raise SettingWrong(REFUSED) from None
        except TelegramError as error:
            log.warning("telegram.unreachable", reason=error.message, again_in=pause)
            if await _stopped_within(stop, pause):
                return False
            pause = min(pause * 2, LONGEST_PAUSE)
        else:
            return True


async def _hold_lease(app: App, stop: asyncio.Event) -> bool:
    """Become the one that polls and pushes; a second process waits as a standby."""
    said = False
    while True:
        async with app.desk.database.writing() as unit:
            now = await unit.leases.clock() or app.clock()
            lease = await unit.leases.take(LEASE_NAME, app.holder, now, LEASE)
            if lease.holder.owner != app.holder.owner and _is_gone(lease.holder, app.holder):
                await unit.leases.release(LEASE_NAME, lease.holder.owner)
                continue
        if lease.holder.owner == app.holder.owner:
            return True
        if not said:
            log.info("standby", holder_pid=lease.holder.pid, holder_host=lease.holder.host)
            said = True
        if await _stopped_within(stop, BEAT_SECONDS):
            return False


def _is_gone(holder: Holder, mine: Holder) -> bool:
    """Whether the holder was a process of this machine that is no more."""
    if holder.host != mine.host:
        return False
    try:
        os.kill(holder.pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


async def _beat(app: App, stop: asyncio.Event) -> None:
    """A sign of life for the lease; where another has taken it over, we stop."""
    async with app.desk.database.writing() as unit:
        now = await unit.leases.clock() or app.clock()
        if not await unit.leases.beat(LEASE_NAME, app.holder.owner, now):
            log.error("lease.lost")
            stop.set()


async def _release(app: App) -> None:
    async with app.desk.database.writing() as unit:
        await unit.leases.release(LEASE_NAME, app.holder.owner)


async def _ring(app: App) -> None:
    app.pump.ring()


async def _fresh_content(app: App) -> None:
    await asyncio.to_thread(app.desk.shelf.refresh)


async def _stopped_within(stop: asyncio.Event, seconds: float) -> bool:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
    return stop.is_set()


async def _close_bot(bot: Bot) -> None:
    with suppress(TelegramError):
        await bot.shutdown()


def _connect(app: App) -> None:
    messages = Messages(app.desk, app.messenger, app.clock, app.bot.username)
    buttons = Buttons(app.desk, app.messenger, app.clock)
    errors = Errors(app.desk, app.messenger, _alarm)
    membership = Membership(app.desk, app.clock)
    add_routes(app.application, messages, buttons, membership, errors)


def _alarm(kind: str) -> None:
    log.error("alarm", kind=kind)


def _tick_failed(words: str) -> None:
    log.error("tick.failed", reason=words)


def _note_push(push: Push, delivery: Delivery, now: datetime) -> None:
    late = (now - push.due).total_seconds()
    log.info("push", person=push.person_id, kind=push.kind, fate=delivery.fate, late=round(late, 3))
