"""The bot from start to stop: meet Telegram, become the holder, poll and push, end tidily."""

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import Any

import aiohttp
import structlog
from telegram import BotCommand
from telegram.error import InvalidToken

from bot.app.assembly import App, Clock, assemble, wall_clock
from bot.app.edits import fresh_content
from bot.app.front import MEETING, Front
from bot.app.lease import BEAT_SECONDS, STOP_SECONDS, Beat, hold, names_of, release
from bot.app.memory import settle, share_one_heap
from bot.app.site import patiently, register_webhook, troubles
from bot.app.zones import marks
from bot.coach import broadcasting, zone_law
from bot.coach.privacy import forget_old
from bot.coach.shelf import Shelf
from bot.config import Settings
from bot.domain.errors import SettingWrong
from bot.domain.retention import KEEPING
from bot.handlers.buttons import Buttons
from bot.handlers.errors import Errors
from bot.handlers.flood import Flood
from bot.handlers.inbox import Inbox
from bot.handlers.membership import Membership
from bot.handlers.messages import Messages
from bot.handlers.routes import add_guard, add_routes
from bot.pulse import LATE_TICK, Pulse
from bot.run import REFUSED, Poller, watch
from bot.scheduling.ticker import Ticker

TICK_SECONDS = 0.1
CONTENT_SECONDS = 2.0
PROGRESS_SECONDS = 2.0
FORGET_SECONDS = KEEPING.looked_at.total_seconds()
HEARTBEAT_SECONDS = 60.0
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)
# A system without them, a loop that has ended, a thread that is not the first.
_NO_SIGNALS = (NotImplementedError, RuntimeError, ValueError)
log = structlog.get_logger()


async def run(
    settings: Settings,
    role: str = "all",
    clock: Clock = wall_clock,
    stop: asyncio.Event | None = None,
    shelf: Shelf | None = None,
) -> None:
    """The bot until SIGTERM, SIGINT or `stop`. Raises SettingWrong where Telegram refuses the
    token, or the port is taken."""
    share_one_heap()
    signals = stop is None
    stop = stop or stop_signal()
    pulse = Pulse(clock())
    try:
        async with Front(settings, role, pulse) as front:
            await front.begin(clock)
            early = [asyncio.create_task(_leave_early(stop))] if signals else []
            async with assemble(settings, clock, shelf, pulse=pulse) as app:
                await _cancel(*early)
                await serve(app, role, stop, front)
    finally:
        if signals:
            _be_deaf()


async def _leave_early(stop: asyncio.Event) -> None:
    """Nothing is under way while the content is read; the thread that reads cannot be stopped."""
    await stop.wait()
    log.info("stopped")
    os._exit(0)


def stop_signal() -> asyncio.Event:
    """Set once SIGTERM or SIGINT asks for the end."""
    stop = asyncio.Event()
    for name in STOP_SIGNALS:
        with suppress(*_NO_SIGNALS):
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
    return stop


def _be_deaf() -> None:
    """All is done: a platform that signals more than once must not spoil the exit code."""
    for name in STOP_SIGNALS:
        with suppress(*_NO_SIGNALS):
            asyncio.get_running_loop().remove_signal_handler(name)
            signal.signal(name, signal.SIG_IGN)


async def serve(app: App, role: str, stop: asyncio.Event, front: Front | None = None) -> None:
    """Once Telegram is met: live as the holder of this role until `stop`, stand by otherwise.

    `front` is the web side, where there is one.
    """
    front = front or Front(app.settings, role, app.pulse)
    front.waits_for = MEETING
    if not await _meet_telegram(app, stop):
        return
    inbox = connect(app)
    front.open(app, inbox)
    names = names_of(role, webhook=app.settings.webhook_url is not None)
    hooking = [asyncio.create_task(_hook(app, front))] if front.takes_updates else []
    ticker = _own_ticker()
    ticker.every(CONTENT_SECONDS, partial(fresh_content, app))
    ticker.start()
    settle()
    try:
        while not stop.is_set() and await hold(app, names, stop):
            await front.listening()
            await live(app, inbox, role, stop, front)
    finally:
        await front.close()
        await _cancel(*hooking)
        ticker.stop()


async def live(app: App, inbox: Inbox, role: str, stop: asyncio.Event, front: Front) -> None:
    """Poll and push until `stop`, or until another process has taken over; what is under way is
    finished, never cut off."""
    lost = asyncio.Event()
    names = names_of(role, webhook=app.settings.webhook_url is not None)
    beat = Beat(app, names, lost)
    poller = Poller(app.bot, inbox, app.pulse, app.clock, beat.is_fresh)
    ticker = _ticker(app, role, beat)
    app.pulse.pushes_here = role in ("all", "push")
    app.pulse.answers_here = role in ("all", "web")
    app.pulse.last_tick = app.pulse.last_poll = app.clock()
    tasks = [asyncio.create_task(work) for work in _work(app, poller)]
    aside = [asyncio.create_task(work) for work in _once(app)]
    ticker.start()
    log.info("running", role=role, mode="webhook" if app.settings.webhook_url else "polling")
    try:
        await _first_of((stop, lost), [*tasks, *front.serving])
    finally:
        app.pump.close()
        poller.close()
        if not lost.is_set():
            front.end()
        await _ended(tasks)
        await _cancel(*aside)
        ticker.stop()
        await release(app, names)
    for task in tasks:
        if not task.cancelled():
            task.result()


async def _ended(tasks: list[asyncio.Task[None]]) -> None:
    """What is under way has its time; then it is cut off."""
    if tasks:
        _, late = await asyncio.wait(tasks, timeout=STOP_SECONDS)
        await _cancel(*late)


def _work(app: App, poller: Poller) -> Iterator[Any]:
    """The loops that this role runs; where one ends by itself, the process does."""
    if app.pulse.pushes_here:
        app.pump.open()
        yield app.pump.run()
    if app.pulse.answers_here and not app.settings.webhook_url:
        yield poller.run()
        yield watch(poller, app.bot.get_me)


def _once(app: App) -> Iterator[Any]:
    """What is done once beside the loops."""
    if app.pulse.pushes_here:
        yield forget(app)
        yield _follow_the_law(app)
    if app.pulse.answers_here and not app.settings.webhook_url:
        yield patiently(lambda: app.bot.delete_webhook(drop_pending_updates=False))


async def _hook(app: App, front: Front) -> None:
    """Telegram is told of an address only once somebody answers there."""
    await front.listening()
    await register_webhook(app)


def _own_ticker() -> Ticker:
    return Ticker(lambda words: log.error("tick.failed", reason=words))


def _ticker(app: App, role: str, beat: Beat) -> Ticker:
    ticker = _own_ticker()
    ticker.every(BEAT_SECONDS, beat.send)
    if role in ("all", "push"):
        ticker.every(TICK_SECONDS, partial(ring, app))
        ticker.every(PROGRESS_SECONDS, partial(tell_progress, app))
        ticker.every(FORGET_SECONDS, partial(forget, app))
    if app.settings.heartbeat_url:
        ticker.every(HEARTBEAT_SECONDS, partial(heartbeat, app, app.settings.heartbeat_url))
    return ticker


async def _first_of(events: tuple[asyncio.Event, ...], tasks: list[asyncio.Task[None]]) -> None:
    """Wait until a stop is wanted or one of the loops has ended by itself."""
    waits = [asyncio.create_task(event.wait()) for event in events]
    await asyncio.wait([*waits, *tasks], return_when=asyncio.FIRST_COMPLETED)
    await _cancel(*waits)


async def _cancel(*tasks: asyncio.Task[Any]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _meet_telegram(app: App, stop: asyncio.Event) -> bool:
    """Learn our own name. Telegram out of reach is one line and a growing pause, for ever."""

    async def meet() -> None:
        await app.application.initialize()
        await app.bot.set_my_commands(_menu(app))

    meeting = asyncio.create_task(patiently(meet))
    try:
        await _first_of((stop,), [meeting])
        if meeting.done():
            meeting.result()
    except InvalidToken:
        raise SettingWrong(REFUSED) from None
    finally:
        await _cancel(meeting)
    return not stop.is_set()


def _menu(app: App) -> list[BotCommand]:
    """The command menu stands in the content, a line each: `name = words`."""
    lines = app.desk.texts.render("menu").splitlines()
    pairs = (line.partition("=") for line in lines if "=" in line)
    return [BotCommand(name.strip(), words.strip()) for name, _, words in pairs]


def connect(app: App) -> Inbox:
    """Who hears what; the way in for updates."""
    messages = Messages(app.desk, app.messenger, app.clock, app.bot.username)
    buttons = Buttons(app.desk, app.messenger, app.clock)
    errors = Errors(app.desk, app.messenger, app.alarms.ring)
    add_guard(app.application, Flood(app.desk, app.messenger, app.clock))
    add_routes(app.application, messages, buttons, Membership(app.desk, app.clock), errors)
    return Inbox(app.application, errors, lambda outcome: app.pulse.updates.labels(outcome).inc())


async def tell_progress(app: App) -> None:
    """How a broadcast stands, in the message that began it."""
    told = await broadcasting.progress(app.desk)
    if told is not None:
        chat_id, message_id, message = told
        await app.messenger.edit(chat_id, message_id, message)


async def forget(app: App) -> None:
    """What has become too old to keep."""
    await forget_old(app.desk, app.clock())


async def _follow_the_law(app: App) -> None:
    """A zone's rules have changed since the last start: the next messages move with them."""
    moved = await zone_law.follow(app.desk, await asyncio.to_thread(marks))
    if moved:
        log.warning("zones.changed", people=moved)


async def ring(app: App) -> None:
    app.guard.look()
    now = app.clock()
    if app.pulse.last_tick is not None and now - app.pulse.last_tick > LATE_TICK:
        app.alarms.ring("late tick")
    app.pulse.last_tick = now
    app.pump.ring()


async def heartbeat(app: App, url: str) -> None:
    """Tell something outside that all is well; silence is what alarms there."""
    if await troubles(app):
        return
    timeout = aiohttp.ClientTimeout(total=10)
    with suppress(aiohttp.ClientError, TimeoutError):
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(url):
            pass
