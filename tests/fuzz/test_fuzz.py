"""Whatever Telegram may send, the bot goes on, and each private text gets a reply."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import aiohttp
import pytest

from bot.demo.people import Person
from bot.demo.standin import StandIn
from bot.web import SECRET_HEADER
from tests.fuzz.making import Json, Maker
from tests.house import house
from tests.process.test_process import PATIENCE, running
from tests.process.test_webhook import free_port, hooked, now

# python-telegram-bot announces changes of types that it makes in values which nobody here reads
pytestmark = pytest.mark.filterwarnings(
    "ignore:.*will be of type:telegram.warnings.PTBDeprecationWarning"
)
SEED = 20_261_125
EACH = 15  # more from one person at once would be a flood
AT_ONCE = 16
FIRST_NUMBER = 500_000_001
FLAT_KIB = 4 * 1024  # the caches, which have a bound each, are nearly full by then


@dataclass(slots=True)
class Run:
    """What was posted, what was refused, and which texts nobody answered."""

    telegram: StandIn
    maker: Maker
    random: Random
    number: int = FIRST_NUMBER
    refused: list[Json] = field(default_factory=list)
    unanswered: list[Json] = field(default_factory=list)

    async def everything(self, count: int) -> None:
        """`count` updates by as many people as it takes, some of them at once."""
        first = self.number
        async with self._posting() as post, asyncio.TaskGroup() as group:
            people = iter(range(first, first + -(-count // EACH)))
            for _ in range(AT_ONCE):
                group.create_task(self._one_after_another(people, post))

    async def _one_after_another(self, people: Iterator[int], post: Any) -> None:
        for place in people:
            person = self.telegram.people.add("P", user_id=place)
            person.account.started = True
            await self._life(person, post)
            # The stand-in is not what is measured: it need not remember who has gone.
            self.telegram.world.chats[person.id].posts.clear()

    async def _life(self, person: Person, post: Any) -> None:
        for second in range(EACH):
            kind = self.random.choice(["message", "message", *self.maker.kinds])
            self.number += 1
            date = int(now().timestamp()) + 2 * second
            update = self.maker.update(
                kind, self.number, person.account.user, self._chat(person), date
            )
            before = len(person.reads())
            if await post(update) != 200:
                self.refused.append(update)
            if words_of(update) and len(person.reads()) == before:
                self.unanswered.append(update)

    def _chat(self, person: Person) -> Json:
        """Private in most cases; else a group, a supergroup or a channel that nobody knows."""
        private = {"id": person.id, "type": "private", "first_name": "P"}
        far = -self.random.randrange(10**6, 10**7)
        kind = self.random.choice(("group", "supergroup", "channel"))
        return private if self.random.random() < 0.7 else {"id": far, "type": kind, "title": "G"}

    @asynccontextmanager
    async def _posting(self) -> AsyncIterator[Any]:
        hook = self.telegram.delivery.hook
        assert hook is not None
        async with aiohttp.ClientSession() as web:

            async def post(update: Json) -> int:
                headers = {SECRET_HEADER: hook.secret}
                async with web.post(hook.url, json=update, headers=headers) as answer:
                    return answer.status

            yield post


def words_of(update: Json) -> str:
    """What the person wrote in a private chat; empty where there is nothing to answer."""
    body = update.get("message") or update.get("edited_message")
    if body is None or body["chat"]["type"] != "private":
        return ""
    return str(body.get("text") or body.get("caption") or "")


async def test_random_updates_of_every_kind_and_hostile_texts(tmp_path: Path) -> None:
    async with StandIn(now) as telegram, hooked(tmp_path, telegram, SEND_RATE="1000") as address:
        random = Random(SEED)  # noqa: S311  (nothing is kept secret by it)
        run = Run(telegram, Maker(random), random)
        await run.everything(600)
        async with aiohttp.ClientSession() as web:
            metrics = await (await web.get(f"{address}/metrics")).text()

    assert run.refused == []
    assert [words_of(update) for update in run.unanswered] == []
    assert "bot_alarms_total{" not in metrics


async def test_an_update_that_no_library_can_read_stops_nothing(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        ann.sends({"video_note": {"file_id": "x", "length": 1, "duration": 2**60}})
        said = await bot.ask(ann, "/help")

    assert "/today" in said.text


@pytest.mark.soak
async def test_a_hundred_thousand_updates_leave_the_process_as_it_was(tmp_path: Path) -> None:
    port = free_port()
    env = {"WEBHOOK_URL": f"http://127.0.0.1:{port}", "PORT": str(port), "SEND_RATE": "1000"}
    async with StandIn(now) as telegram, running(tmp_path, telegram, **env) as process:
        assert process.stderr is not None
        saying = asyncio.create_task(process.stderr.read())
        await telegram.until(lambda: telegram.delivery.hook is not None, PATIENCE)
        random = Random(SEED + 1)  # noqa: S311
        run = Run(telegram, Maker(random), random)
        await run.everything(100_000)
        before = _resident_kib(process.pid)
        await run.everything(40_000)
        after = _resident_kib(process.pid)
        process.terminate()
        said = (await saying).decode()

    assert run.refused == []
    assert [words_of(update) for update in run.unanswered] == []
    assert "Traceback" not in said
    assert after - before < FLAT_KIB


def _resident_kib(process_id: int) -> int:
    status = Path(f"/proc/{process_id}/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0])
