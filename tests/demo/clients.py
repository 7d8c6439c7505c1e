"""What the tests hold in their hands: a clock that moves when told to, and the bare wire."""

import json
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import aiohttp

from bot.demo.standin import StandIn


class Hands:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 5, 7, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **units: float) -> None:
        self.now += timedelta(**units)


class Wire:
    """Bare calls of the Bot API, so that a test can send what no library would."""

    def __init__(self, tg: StandIn, session: aiohttp.ClientSession) -> None:
        self.tg = tg
        self.session = session

    async def call(self, method: str, /, **params: object) -> dict[str, Any]:
        """A form, objects as JSON text; the answer's body."""
        form = {k: v if isinstance(v, str) else json.dumps(v) for k, v in params.items()}
        async with self.session.post(self.address(method), data=form) as response:
            body: dict[str, Any] = await response.json()
            return body

    async def words(self, method: str, /, **params: object) -> str:
        """The refusal's description; "ok" where there was none."""
        return str((await self.call(method, **params)).get("description", "ok"))

    async def result(self, method: str, /, **params: object) -> Any:
        body = await self.call(method, **params)

        assert body["ok"], body["description"]
        return body["result"]

    async def upload(
        self, method: str, field: str, content: bytes, /, **params: object
    ) -> dict[str, Any]:
        """A multipart form with one file; the result."""
        body = await self._upload(method, field, content, params)

        assert body["ok"], body["description"]
        result: dict[str, Any] = body["result"]
        return result

    async def upload_words(
        self, method: str, field: str, content: bytes, /, **params: object
    ) -> str:
        body = await self._upload(method, field, content, params)
        return str(body.get("description", "ok"))

    async def _upload(
        self, method: str, field: str, content: bytes, params: dict[str, object]
    ) -> dict[str, Any]:
        form = aiohttp.FormData({name: str(value) for name, value in params.items()})
        form.add_field(field, BytesIO(content), filename="file.png", content_type="image/png")
        async with self.session.post(self.address(method), data=form) as response:
            body: dict[str, Any] = await response.json()
            return body

    def address(self, method: str) -> str:
        return f"{self.tg.url}{self.tg.token}/{method}"
