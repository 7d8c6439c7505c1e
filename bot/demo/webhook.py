"""Webhook delivery: in order within a chat, side by side across chats, again after a failure."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import aiohttp

from bot.demo.refusals import Json
from bot.demo.updates import Kept, UpdateQueue

ANSWER_SECONDS = 60.0
LONGEST_PAUSE = 60.0
LONGEST_RETRY_AFTER = 3600.0
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  (a header's name)

Perform = Callable[[Json], None]


@dataclass(frozen=True, slots=True)
class Hook:
    """Where updates go, and how."""

    url: str
    secret: str = ""
    max_connections: int = 40


@dataclass(frozen=True, slots=True)
class Attempt:
    """One delivery: `status` is None where no answer came; `second` is the loop's own time."""

    update_id: int
    queue: str
    status: int | None
    second: float


class Delivery:
    """Takes updates from the queue to the hook. `pace` scales every pause and the timeout.

    The first repeat comes at once, then after 2, 4, 8 … up to 60 seconds, or as `Retry-After`
    says; an update is given up where the next try would come after its expiry.
    """

    def __init__(self, updates: UpdateQueue, perform: Perform, pace: float) -> None:
        self._updates = updates
        self._perform = perform
        self.pace = pace
        self.hook: Hook | None = None
        self.attempts: list[Attempt] = []
        self.last_error: tuple[int, str] | None = None
        self.paused = False
        self._session: aiohttp.ClientSession | None = None
        self._slots = asyncio.Semaphore(1)
        self._lines: dict[str, asyncio.Task[None]] = {}

    async def point_at(self, hook: Hook | None) -> None:
        """Deliver to this hook from now on; what is under way is cut off."""
        await self.close()
        self.hook = hook
        if hook is not None:
            self._slots = asyncio.Semaphore(hook.max_connections)
            connector = aiohttp.TCPConnector(limit=0)
            self._session = aiohttp.ClientSession(connector=connector)
            self.look_everywhere()

    async def close(self) -> None:
        self.hook = None
        lines, self._lines = list(self._lines.values()), {}
        for line in lines:
            line.cancel()
        await asyncio.gather(*lines, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None

    def look_everywhere(self) -> None:
        for queue in self._updates.queues():
            self.look(queue)

    def look(self, queue: str) -> None:
        """See that someone is at work for this queue; called whenever an update arrives."""
        if self.hook is not None and not self.paused and queue not in self._lines:
            self._lines[queue] = asyncio.create_task(self._serve(queue, self.hook))

    async def _serve(self, queue: str, hook: Hook) -> None:
        failures: defaultdict[int, int] = defaultdict(int)
        try:
            while (kept := self._updates.first(queue)) is not None and not self.paused:
                pause = await self._attempt(kept, hook, failures[kept.update_id])
                failures[kept.update_id] += 1
                if pause is None:
                    self._updates.forget(kept.update_id)
                elif self._updates.outlives(kept, timedelta(seconds=pause)):
                    await asyncio.sleep(pause * self.pace)
                else:
                    self._updates.forget(kept.update_id)
        finally:
            if self._lines.get(queue) is asyncio.current_task():
                del self._lines[queue]

    async def _attempt(self, kept: Kept, hook: Hook, failures: int) -> float | None:
        """None where it arrived, else the seconds until the next try."""
        async with self._slots:
            second = asyncio.get_running_loop().time()
            try:
                status, wait, body = await self._post(kept, hook)
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                status, wait, body = None, 0.0, b""
                self._note(f"Webhook connection closed ({type(error).__name__})")
            self.attempts.append(Attempt(kept.update_id, kept.queue, status, second))
        if status is not None and 200 <= status < 300:
            self._reply(body)
            return None
        if status is not None:
            self._note(f"Wrong response from the webhook: {status}")
        usual = 0.0 if failures == 0 else min(2.0**failures, LONGEST_PAUSE)
        return wait or usual

    async def _post(self, kept: Kept, hook: Hook) -> tuple[int, float, bytes]:
        headers = {"Content-Type": "application/json"}
        if hook.secret:
            headers[SECRET_HEADER] = hook.secret
        if self._session is None:
            raise ConnectionError("the delivery is closed")
        async with self._session.post(
            hook.url,
            data=json.dumps(kept.as_json()),
            headers=headers,
            allow_redirects=False,
            timeout=aiohttp.ClientTimeout(total=ANSWER_SECONDS * self.pace),
        ) as response:
            asked = response.headers.get("Retry-After", "")
            wait = min(float(asked), LONGEST_RETRY_AFTER) if asked.isdecimal() else 0.0
            return response.status, wait, await response.read()

    def _reply(self, body: bytes) -> None:
        """A 2xx may hold a call; its result goes nowhere."""
        try:
            call = json.loads(body)
        except ValueError:
            return
        if isinstance(call, dict) and isinstance(call.get("method"), str):
            self._perform(call)

    def _note(self, words: str) -> None:
        self.last_error = (self._updates.now_unix(), words)
