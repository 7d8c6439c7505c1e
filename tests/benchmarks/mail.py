"""What people write to the bot, waiting at Telegram: fetched by polling, or brought to a webhook."""

import asyncio
import itertools
import json
import time
from collections import deque
from typing import Any
from urllib.parse import urlsplit

Json = dict[str, Any]
SIDE_BY_SIDE = 40  # Telegram's default of connections to one webhook
START = b"POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\n"
SECRET = b"X-Telegram-Bot-Api-Secret-Token: %s\r\nContent-Length: %d\r\n\r\n"


class Mail:
    """An update waits until it is confirmed; `written`: the instant of each, by its chat."""

    def __init__(self) -> None:
        self.url = ""
        self.written: dict[int, float] = {}
        self._secret = ""
        self._waiting: deque[Json] = deque()
        self._news = asyncio.Event()
        self._numbers = itertools.count(1)
        self._lines: list[asyncio.Task[None]] = []

    def clear(self) -> None:
        self.written.clear()

    async def write(self, chats: list[int], texts: list[str], rate: float = 0) -> Json:
        """A message from each chat, all at once or so many a second; the instants of each."""
        begin = time.monotonic()
        for number, chat in enumerate(chats):
            if rate:
                await asyncio.sleep(max(begin + number / rate - time.monotonic(), 0))
            self._add(chat, texts[number % len(texts)])
        return {"written": [self.written[chat] for chat in chats]}

    async def fetch(self, offset: int, seconds: float, most: int) -> list[Json]:
        """As getUpdates: what is below the offset is confirmed, and forgotten."""
        while self._waiting and self._waiting[0]["update_id"] < offset:
            self._waiting.popleft()
        if not self._waiting and seconds:
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), seconds)
            except TimeoutError:
                return []
        return list(itertools.islice(self._waiting, most))

    def deliver_to(self, url: str, secret: str) -> None:
        self.url, self._secret = url, secret
        self._lines = [asyncio.create_task(self._bring()) for _ in range(SIDE_BY_SIDE)]

    def _add(self, chat: int, text: str) -> None:
        user = {"id": chat, "is_bot": False, "first_name": "Ann"}
        message: Json = {
            "message_id": 1,
            "from": user,
            "chat": {"id": chat, "type": "private", "first_name": "Ann"},
            "date": int(time.time()),
            "text": text,
        }
        if text.startswith("/"):
            length = len(text.split()[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        self._waiting.append({"update_id": next(self._numbers), "message": message})
        self.written[chat] = time.monotonic()
        self._news.set()

    async def _bring(self) -> None:
        """One connection to the webhook: the next update when the last was handled."""
        address = urlsplit(self.url)
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        begin = START % (address.path.encode(), address.netloc.encode())
        while True:
            while not self._waiting:
                self._news.clear()
                await self._news.wait()
            update = self._waiting.popleft()
            body = json.dumps(update).encode()
            writer.write(begin + SECRET % (self._secret.encode(), len(body)) + body)
            head = await reader.readuntil(b"\r\n\r\n")
            if b" 200 " not in head.partition(b"\r\n")[0]:
                raise RuntimeError(head.decode())
            lower = head.lower()
            if b"content-length:" in lower:
                await reader.readexactly(int(lower.split(b"content-length:")[1].split()[0]))
