"""The webhook while strangers post to it without a pause: they get nothing, a person everything."""

import asyncio
from collections import Counter
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import aiohttp

from bot.demo.standin import StandIn
from bot.web import LARGEST_BODY, SECRET_HEADER
from tests.process.test_process import PATIENCE
from tests.process.test_webhook import hooked, now

STRANGERS = 16
WORDS = ("/start", "should I replace leg day?", "why?", "/today", "/week", "/settings", "/help")
FORGED = b'{"update_id": 900000001, "message": {"text": "/start", "chat": {"id": 66, "type": "private"}}}'


class Crowd:
    """Strangers who know the address of the webhook, but not its secret."""

    def __init__(self, hook: str) -> None:
        self.told: Counter[int] = Counter()
        self._posts = (
            (hook, FORGED, ""),
            (hook, FORGED, "guessed-secret"),
            (hook, b"[" * 5_000, "x" * 256),
            (hook.rsplit("/", 1)[0] + "/" + "0" * 32, FORGED, "guessed-secret"),
            (hook, bytes(LARGEST_BODY + 1), ""),
        )

    async def posting(self, stop: asyncio.Event) -> None:
        async with aiohttp.ClientSession() as web:
            while not stop.is_set():
                for address, body, secret in self._posts:
                    headers = {SECRET_HEADER: secret}
                    # who sends much is cut off before having said all
                    with suppress(aiohttp.ClientError):
                        async with web.post(address, data=BytesIO(body), headers=headers) as answer:
                            self.told[answer.status] += 1


async def test_strangers_get_nothing_and_a_person_is_answered_meanwhile(tmp_path: Path) -> None:
    stop = asyncio.Event()
    async with StandIn(now) as telegram, hooked(tmp_path, telegram) as address:
        assert telegram.delivery.hook is not None
        crowd = Crowd(telegram.delivery.hook.url)
        posting = [asyncio.create_task(crowd.posting(stop)) for _ in range(STRANGERS)]
        ann = telegram.people.add("Ann")
        heard = []
        for words in WORDS:
            ann.says(words)
            heard.append(await ann.hears(PATIENCE))
        stop.set()
        await asyncio.gather(*posting)
        async with aiohttp.ClientSession() as web:
            metrics = await (await web.get(f"{address}/metrics")).text()

    assert len(heard) == len(WORDS)
    assert set(crowd.told) <= {403, 404}
    assert sum(crowd.told.values()) > 10 * STRANGERS
    assert f'bot_updates_total{{outcome="handled"}} {len(WORDS)}.0' in metrics
    assert "bot_alarms_total{" not in metrics
