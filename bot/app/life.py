"""The bot from start to stop: meet Telegram, become the holder, poll and push, end tidily."""

import asyncio
import signal
from contextlib import suppress
from functools import partial
from typing import Any

import aiohttp
import structlog
import uvicorn
from telegram import BotCommand, Update
from telegram.error import InvalidToken, TelegramError

from bot.app.assembly import App, Clock, assemble, wall_clock
from bot.app.lease import BEAT_SECONDS, beat, hold, release, stopped_within
from bot.coach import broadcasting
from bot.coach.privacy import forget_old
from bot.config import Settings
from bot.domain.errors import NotReady, SettingWrong
from bot.domain.retention import KEEPING
from bot.handlers.buttons import Buttons
from bot.handlers.errors import Errors
from bot.handlers.flood import Flood
from bot.handlers.membership import Membership
from bot.handlers.messages import Messages
from bot.handlers.routes import ALLOWED_UPDATES, add_guard, add_routes
from bot.pulse import LATE_TICK
from bot.run import REFUSED, Poller, handle, read
from bot.scheduling.ticker import Ticker
from bot.web import Doors, server, site, webhook_path

TICK_SECONDS = 0.25
CONTENT_SECONDS = 2.0
PROGRESS_SECONDS = 2.0
FORGET_SECONDS = KEEPING.looked_at.total_seconds()
HEARTBEAT_SECONDS = 60.0
STOP_SECONDS = 12.0
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
log = structlog.get_logger()


async def run(
    settings: Settings,
    role: str = "all",
    clock: Clock = wall_clock,
    stop: asyncio.Event | None = None,
) -> None:
    """The bot until SIGTERM, SIGINT or `stop`. Raises SettingWrong where the token is refused."""
    stop = stop or stop_signal()
    async with assemble(settings, clock) as app:
        await serve(app, role, stop)


def stop_signal() -> asyncio.Event:
    """Set once SIGTERM or SIGINT asks for the end."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError, RuntimeError, ValueError):
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
    return stop


async def serve(app: App, role: str, stop: asyncio.Event) -> None:
    """Once Telegram is met and this process is the holder: live until `stop`."""
    if await _meet_telegram(app, stop) and await hold(app, stop):
        await live(app, role, stop)


async def live(app: App, role: str, stop: asyncio.Event) -> None:
    """Poll and push until `stop`; what is under way is finished, never cut off."""
    connect(app)
    poller = Poller(app.bot, app.application, app.pulse, app.clock)
    site_server = await _web(app, role)
    ticker = _ticker(app, role, stop)
    tasks = [asyncio.create_task(work) for work in await _work(app, role, poller, site_server)]
    ticker.start()
    if app.pulse.pushes_here:
        await forget(app)
    log.info("running", role=role, mode="webhook" if app.settings.webhook_url else "polling")
    try:
        if site_server is not None and app.pulse.answers_here and app.settings.webhook_url:
            await _listening(site_server, tasks)
            await _register_webhook(app, stop)
        await _first_of(stop, tasks)
    finally:
        app.pump.close()
        poller.close()
        if site_server is not None:
            site_server.should_exit = True
        done, late = await asyncio.wait(tasks, timeout=STOP_SECONDS)
        for task in late:
            task.cancel()
        ticker.stop()
        await release(app)
    for task in done:
        task.result()


async def _work(
    app: App, role: str, poller: Poller, site_server: uvicorn.Server | None
) -> list[Any]:
    """The loops that this role runs."""
    work: list[Any] = []
    app.pulse.pushes_here = role in ("all", "push")
    app.pulse.answers_here = role in ("all", "web")
    if app.pulse.pushes_here:
        work.append(app.pump.run())
    if app.pulse.answers_here and app.settings.webhook_url:
        app.pulse.last_poll = app.clock()
    elif app.pulse.answers_here:
        await app.bot.delete_webhook(drop_pending_updates=False)
        work.append(poller.run())
    if site_server is not None:
        work.append(_serve(site_server))
    return work


def _ticker(app: App, role: str, stop: asyncio.Event) -> Ticker:
    ticker = Ticker(lambda words: log.error("tick.failed", reason=words))
    ticker.every(BEAT_SECONDS, partial(beat, app, stop))
    ticker.every(CONTENT_SECONDS, partial(fresh_content, app))
    if role in ("all", "push"):
        ticker.every(TICK_SECONDS, partial(_ring, app))
        ticker.every(PROGRESS_SECONDS, partial(tell_progress, app))
        ticker.every(FORGET_SECONDS, partial(forget, app))
    if app.settings.heartbeat_url:
        ticker.every(HEARTBEAT_SECONDS, partial(_heartbeat, app, app.settings.heartbeat_url))
    return ticker


async def _first_of(stop: asyncio.Event, tasks: list[asyncio.Task[None]]) -> None:
    """Wait until a stop is wanted or one of the loops has ended by itself."""
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait([stopped, *tasks], return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()


async def _meet_telegram(app: App, stop: asyncio.Event) -> bool:
    """Learn our own name. Telegram out of reach is one line and a growing pause, for ever."""
    pause = FIRST_PAUSE
    while True:
        try:
            await app.application.initialize()
            await app.bot.set_my_commands(_menu(app))
        except InvalidToken:
            raise SettingWrong(REFUSED) from None
        except TelegramError as error:
            log.warning("telegram.unreachable", reason=error.message, again_in=pause)
            if await stopped_within(stop, pause):
                return False
            pause = min(pause * 2, LONGEST_PAUSE)
        else:
            return True


def _menu(app: App) -> list[BotCommand]:
    """The command menu stands in the content, a line each: `name = words`."""
    lines = app.desk.texts.render("menu").splitlines()
    pairs = (line.partition("=") for line in lines if "=" in line)
    return [BotCommand(name.strip(), words.strip()) for name, _, words in pairs]


def connect(app: App) -> None:
    messages = Messages(app.desk, app.messenger, app.clock, app.bot.username)
    buttons = Buttons(app.desk, app.messenger, app.clock)
    errors = Errors(app.desk, app.messenger, app.alarms.ring)
    add_guard(app.application, Flood(app.desk, app.messenger, app.clock))
    add_routes(app.application, messages, buttons, Membership(app.desk, app.clock), errors)


async def _web(app: App, role: str) -> uvicorn.Server | None:
    """The web server where a port is set; the webhook only where this role answers people."""
    settings = app.settings
    if settings.port is None:
        return None

    async def update(raw: dict[str, Any]) -> None:
        app.pulse.last_poll = app.clock()
        found = read(raw, app.bot)
        if found is not None:
            await _handle(app, found)

    answers = settings.webhook_url is not None and role in ("all", "web")
    doors = Doors(
        app.pulse,
        partial(_troubles, app),
        settings.metrics_token,
        settings.webhook_secret if answers else None,
        update if answers else None,
    )
    return server(site(doors, webhook_path(settings.need_token())), settings.port)


async def _handle(app: App, update: Update) -> None:
    await handle(app.application, update)
    app.pulse.updates.labels("handled").inc()


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


async def _register_webhook(app: App, stop: asyncio.Event) -> None:
    """Once, also when several replicas start together: only where it is not set already."""
    url = f"{app.settings.webhook_url}{webhook_path(app.settings.need_token())}"
    pause = FIRST_PAUSE
    while True:
        try:
            known = await app.bot.get_webhook_info()
            if known.url != url or set(known.allowed_updates) != set(ALLOWED_UPDATES):
                await app.bot.set_webhook(
                    url,
                    allowed_updates=list(ALLOWED_UPDATES),
                    secret_token=app.settings.webhook_secret,
                )
        except TelegramError as error:
            log.warning("webhook.refused", reason=error.message, again_in=pause)
            if await stopped_within(stop, pause):
                return
            pause = min(pause * 2, LONGEST_PAUSE)
        else:
            return


async def _listening(site_server: uvicorn.Server, tasks: list[asyncio.Task[None]]) -> None:
    """Telegram is told of an address only once somebody answers there."""
    while not site_server.started and not any(task.done() for task in tasks):  # noqa: ASYNC110  (uvicorn has no event for it)
        await asyncio.sleep(0.02)


async def _serve(site_server: uvicorn.Server) -> None:
    # Without uvicorn's own signal handlers, which would end the process behind our back.
    await site_server._serve()


async def tell_progress(app: App) -> None:
    """How a broadcast stands, in the message that began it."""
    told = await broadcasting.progress(app.desk)
    if told is not None:
        chat_id, message_id, message = told
        await app.messenger.edit(chat_id, message_id, message)


async def forget(app: App) -> None:
    """What has become too old to keep."""
    await forget_old(app.desk, app.clock())


async def _ring(app: App) -> None:
    now = app.clock()
    if app.pulse.last_tick is not None and now - app.pulse.last_tick > LATE_TICK:
        app.alarms.ring("late tick")
    app.pulse.last_tick = now
    app.pump.ring()


async def fresh_content(app: App) -> None:
    """Changed content is taken when it passes its check; else the old stays, and admins hear."""
    faults = await asyncio.to_thread(app.desk.shelf.refresh)
    if faults:
        log.error("content.refused", faults=[str(fault) for fault in faults[:5]])
        app.alarms.ring("content", "\n".join(str(fault) for fault in faults[:5]))


async def _heartbeat(app: App, url: str) -> None:
    """Tell something outside that all is well; silence is what alarms there."""
    if app.pulse.troubles(app.clock()):
        return
    timeout = aiohttp.ClientTimeout(total=10)
    with suppress(aiohttp.ClientError, TimeoutError):
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(url):
            pass
