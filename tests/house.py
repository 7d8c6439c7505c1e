"""The whole bot in one process, against the stand-in over HTTP, on a clock that tests move."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app.assembly import App, assemble, ready_database
from bot.app.life import connect
from bot.coach.shelf import Shelf
from bot.config import read
from bot.demo.people import Person
from bot.demo.standin import StandIn
from bot.demo.world import Post
from bot.handlers.inbox import Inbox
from bot.run import Poller

ROOT = Path(__file__).parent.parent
CACHE = ROOT / ".cache" / "leg-strength-coach"  # kept from one run of the tests to the next
START = datetime(2026, 11, 23, 6, 58, tzinfo=UTC)  # a Monday


class Clock:
    """A wall clock that stands still until it is moved."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


class House:
    """People talk to `tg`; `to` and `later` move the time and let everything due happen."""

    def __init__(self, tg: StandIn, clock: Clock, app: App, inbox: Inbox) -> None:
        self.tg = tg
        self.clock = clock
        self.app = app
        self.inbox = inbox

    async def to(self, instant: datetime) -> None:
        gone = (instant - self.clock.now).total_seconds()
        self.clock.now = instant
        self.app.limiter.passed(max(gone, 0.0))  # the limiter reads a clock of its own
        await self.app.pump.once()

    async def later(self, **length: float) -> None:
        await self.to(self.clock.now + timedelta(**length))

    async def hours(self, count: int) -> None:
        """Hour by hour, as a process that was never down would live it."""
        for _ in range(count):
            await self.later(hours=1)

    async def signed_up(self, name: str = "Ann") -> Person:
        """A newcomer who has sent /start and read the welcome."""
        person = self.tg.people.add(name)
        person.says("/start")
        await person.hears()
        return person

    async def ask(self, person: Person, words: str) -> Post:
        """Say something, and the bot's first message in return."""
        await self.quiet(person)
        person.says(words)
        return await person.hears()

    async def press(self, person: Person, button: str) -> Post:
        """Press a button of the latest message that has it, and what the bot says then."""
        await self.quiet(person)
        for post in reversed(person.reads()):
            words = [key.get("text") for row in post.buttons for key in row]
            if button in words:
                person.presses(post, button)
                return await person.hears()
        raise AssertionError(f"no button {button!r} is on the screen")

    async def quiet(self, person: Person) -> None:
        """Everything said so far counts as heard, once the bot has said it all."""
        await self.settled()
        self.app.limiter.passed(1.0)  # as long as it takes to say the next thing
        for _ in range(len(person.reads())):
            try:
                await person.hears(seconds=0)
            except TimeoutError:
                return

    async def settled(self) -> None:
        """Until the bot has handled and confirmed everything that it was told."""
        await self.tg.until(lambda: not self.tg.updates.pending(), 5)


@lru_cache(maxsize=1)
def shelf() -> Shelf:
    """The project's own content, opened once for all tests."""
    return Shelf.open(ROOT / "content", CACHE)


@lru_cache(maxsize=1)
def empty_database() -> tuple[bytes, int]:
    """A file at the newest schema with its mode: each test takes a copy instead of migrating."""

    async def migrated(url: str) -> None:
        await (await ready_database(read({"DATABASE_URL": url}, ROOT / "content"))).close()

    with TemporaryDirectory() as folder:
        file = Path(folder) / "coach.db"
        asyncio.run(migrated(f"sqlite+aiosqlite:///{file}"))
        return file.read_bytes(), file.stat().st_mode


@asynccontextmanager
async def house(
    folder: Path, clock: Clock | None = None, tg: StandIn | None = None, **env: str
) -> AsyncIterator[House]:
    """A bot that polls; pushes go out when the time is moved."""
    clock = clock or Clock()
    if tg is None:
        async with StandIn(clock) as own, _inside(folder, clock, own, env) as built:
            yield built
    else:
        async with _inside(folder, clock, tg, env) as built:
            yield built


@asynccontextmanager
async def _inside(
    folder: Path, clock: Clock, tg: StandIn, env: dict[str, str]
) -> AsyncIterator[House]:
    settings = read(
        {
            "TELEGRAM_BOT_TOKEN": tg.token,
            "TELEGRAM_API_URL": tg.url,
            "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'coach.db'}",
            "SEND_RATE": "1000",
            **env,
        },
        ROOT / "content",
    )
    file = folder / "coach.db"
    if not file.exists():
        empty, mode = await asyncio.to_thread(empty_database)
        file.write_bytes(empty)
        file.chmod(mode)
    own = "CONTENT_DIR" in env
    async with assemble(settings, clock, None if own else shelf()) as app:
        await app.application.initialize()
        inbox = connect(app)
        poller = Poller(app.bot, inbox, app.pulse, clock)
        polling = asyncio.create_task(poller.run())
        try:
            yield House(tg, clock, app, inbox)
        finally:
            poller.close()
            await polling
