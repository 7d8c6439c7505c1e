"""A Telegram in a process of its own, as quick as one core allows: it answers, limits and counts.

Run as `python -m tests.benchmarks.telegram`: each line of stdin is an order, as JSON; each line of
stdout its answer. `bot.demo` is the strict one; this one is for speed, and checks nothing but its
own limits: so many messages in any one second, one a second to a chat.
"""

import asyncio
import itertools
import json
import re
import sys
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from tests.benchmarks.mail import Mail

Json = dict[str, Any]
ME = {"id": 1, "is_bot": True, "first_name": "Coach", "username": "coach_bot"}
HEAD = b"HTTP/1.1 %d OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
PART = re.compile(rb'name="(\w+)"(?:;[^\r]*)?\r\n(?:[^\r]+\r\n)*\r\n([^\r]*)')
MESSAGES = ("sendMessage", "sendPhoto", "sendDocument")
BATCH = 100


@dataclass(slots=True)
class Telegram:
    """`sent`: chat and instant of each message (the monotonic clock that all processes share)."""

    limit: int = 0
    sent: list[tuple[int, float]] = field(default_factory=list)
    refused: int = 0
    uploads: int = 0
    mail: Mail = field(default_factory=Mail)
    _window: deque[float] = field(default_factory=deque)
    _chats: dict[int, float] = field(default_factory=dict)
    _numbers: Any = field(default_factory=lambda: itertools.count(1))

    async def answer(self, method: str, given: Json, now: float) -> tuple[int, Json]:
        if method in MESSAGES:
            return self._message(method, given, now)
        if method.lower() == "getupdates":
            offset, seconds = int(given.get("offset", 0)), float(given.get("timeout", 0))
            return 200, _ok(await self.mail.fetch(offset, seconds, BATCH))
        if method == "setWebhook":
            self.mail.deliver_to(given["url"], given.get("secret_token", ""))
        if method == "getMe":
            return 200, _ok(ME)
        if method == "getWebhookInfo":
            info = {"has_custom_certificate": False, "pending_update_count": 0}
            return 200, _ok({"url": self.mail.url, "allowed_updates": [], **info})
        return 200, _ok(True)

    def _message(self, method: str, given: Json, now: float) -> tuple[int, Json]:
        chat = int(given["chat_id"])
        if self._too_fast(chat, now):
            self.refused += 1
            words = "Too Many Requests: retry after 1"
            parameters = {"retry_after": 1}
            return 429, {"ok": False, "error_code": 429, "description": words,
                         "parameters": parameters}  # fmt: skip
        self.sent.append((chat, now))
        return 200, _ok(self._kept(method, given, chat))

    def _too_fast(self, chat: int, now: float) -> bool:
        if not self.limit:
            return False
        while self._window and self._window[0] <= now - 1.0:
            self._window.popleft()
        if len(self._window) >= self.limit or now - self._chats.get(chat, 0.0) < 1.0:
            return True
        self._window.append(now)
        self._chats[chat] = now
        return False

    def _kept(self, method: str, given: Json, chat: int) -> Json:
        message: Json = {
            "message_id": next(self._numbers),
            "from": ME,
            "chat": {"id": chat, "type": "private", "first_name": "Ann"},
            "date": int(time.time()),
        }
        if "reply_markup" in given:
            message["reply_markup"] = json.loads(given["reply_markup"])
        if method == "sendPhoto":
            key = given.get("photo", "")
            self.uploads += not key.startswith("file-")
            file_id = key if key.startswith("file-") else f"file-{next(self._numbers)}"
            size = {"width": 1280, "height": 720, "file_unique_id": file_id[:12]}
            message["photo"] = [{"file_id": file_id, **size}]
        message["caption" if method != "sendMessage" else "text"] = given.get(
            "caption", given.get("text", "")
        )
        return message

    async def order(self, order: Json) -> Json:
        """What the one who measures wants of it."""
        match order.pop("do"):
            case "limit":
                self.limit = order["limit"]
                return {}
            case "clear":
                self.sent.clear()
                self.mail.clear()
                self.refused = self.uploads = 0
                return {}
            case "write":
                return await self.mail.write(**order)
            case "messages":
                return {"sent": self.sent, "refused": self.refused, "uploads": self.uploads}
            case "until":
                async with asyncio.timeout(order["seconds"]):
                    while len(self.sent) < order["messages"]:  # noqa: ASYNC110  (a bell for each would cost)
                        await asyncio.sleep(0.01)
                return {}
            case other:
                raise ValueError(other)


class Line(asyncio.Protocol):
    """One connection: a request at a time, read by its Content-Length."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._came = b""
        self._busy: set[asyncio.Task[None]] = set()

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._came += data
        head, found, body = self._came.partition(b"\r\n\r\n")
        if not found:
            return
        length = LENGTH.search(head)
        if len(body) < (int(length[1]) if length else 0):
            return
        self._came = b""
        task = asyncio.get_running_loop().create_task(self._respond(head, body, time.monotonic()))
        self._busy.add(task)
        task.add_done_callback(self._busy.discard)

    async def _respond(self, head: bytes, body: bytes, now: float) -> None:
        method = head.split(b" ", 2)[1].rpartition(b"/")[2].decode()
        status, answer = await self._telegram.answer(method, _given(head, body), now)
        out = json.dumps(answer).encode()
        self._transport.write(HEAD % (status, len(out)) + out)


def _given(head: bytes, body: bytes) -> Json:
    if b"multipart/form-data" in head:
        return {n.decode(): value.decode("latin-1") for n, value in PART.findall(body)}
    if b"application/json" in head:
        return dict(json.loads(body))
    return dict(parse_qsl(body.decode()))


def _ok(result: object) -> Json:
    return {"ok": True, "result": result}


async def main() -> None:
    telegram = Telegram()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Line(telegram), "127.0.0.1", 0)
    sys.stdout.write(json.dumps({"port": server.sockets[0].getsockname()[1]}) + "\n")
    sys.stdout.flush()
    while line := await asyncio.to_thread(sys.stdin.readline):
        answer = await telegram.order(json.loads(line))
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main())
