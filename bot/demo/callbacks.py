"""Presses of buttons, from the finger to the bot's answer."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.demo.refusals import TOO_OLD, Json, Refused, bad_request
from bot.demo.updates import CALLBACK_LIFE
from bot.demo.world import World


@dataclass(frozen=True, slots=True)
class Press:
    """A press as Telegram keeps it; `answer` is what the bot said to it, once it has."""

    query_id: str
    user_id: int
    chat_id: int
    message_id: int
    data: str
    at: datetime
    answer: Json | None = None
    revision: int = 0

    def as_json(self) -> Json:
        return {
            "query_id": self.query_id,
            "user_id": self.user_id,
            "message_id": self.message_id,
            "data": self.data,
            "answer": self.answer,
        }


@dataclass(slots=True)
class Presses:
    """Every press; a query can be answered once, within 150 s of the stand-in's clock."""

    world: World
    _presses: dict[str, Press] = field(default_factory=dict)

    def keep(self, user_id: int, chat_id: int, message_id: int, data: str) -> Press:
        number = str(7_000_000_000_000_000 + len(self._presses))
        press = Press(number, user_id, chat_id, message_id, data, self.world.clock())
        self._presses[number] = press
        return press

    def get(self, query_id: str) -> Press:
        return self._presses[query_id]

    def find(self, query_id: str) -> Press | None:
        return self._presses.get(query_id)

    def answered(self, chat_id: int, since: int = 0) -> tuple[Press, ...]:
        """The presses in this chat that the bot answered after this revision."""
        return tuple(
            press
            for press in self._presses.values()
            if press.chat_id == chat_id and press.revision > since
        )

    def answer(self, params: Json, _call: int) -> bool:
        """answerCallbackQuery."""
        press = self._presses.get(params["callback_query_id"])
        if press is None or press.answer is not None:
            raise Refused(400, TOO_OLD)
        if self.world.clock() - press.at > CALLBACK_LIFE:
            raise Refused(400, TOO_OLD)
        if params.get("url"):
            raise bad_request("URL_INVALID")
        answer = {k: v for k, v in params.items() if k in ("text", "show_alert")}
        revision = self.world.touch(self.world.chats[press.chat_id])
        self._presses[press.query_id] = replace(press, answer=answer, revision=revision)
        return True
