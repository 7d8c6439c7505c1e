"""Says a message to a chat and tells what became of it; no error of Telegram's gets past here."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from html import unescape

import structlog
from telegram import Bot
from telegram.constants import ChatAction, ParseMode
from telegram.error import TelegramError

from bot.domain.messages import Delivery, Fate, Message, Picture
from bot.wire.errors import is_parse_error, is_stale_file, judge
from bot.wire.file_ids import FileIds
from bot.wire.keyboards import keyboard
from bot.wire.limiter import Limiter

_TAG = re.compile(r"</?[a-z][^>]*>")
_TRIES = 4
PUSH_PATIENCE = 5.0  # s; a push that would wait longer gives its place in flight to another
_NO_PREVIEW = '{"is_disabled": true}'
Facts = dict[str, object]
log = structlog.get_logger()


class Messenger:
    """Everything that the bot says goes through here, within the limiter's budget.

    `said` hears of each message just before it goes out.
    """

    def __init__(
        self,
        bot: Bot,
        limiter: Limiter,
        file_ids: FileIds,
        refused: Callable[[str], None] = lambda _kind: None,
        said: Callable[[int, Message], None] = lambda _chat_id, _message: None,
    ) -> None:
        self._bot = bot
        self._limiter = limiter
        self._file_ids = file_ids
        self._refused = refused
        self._said = said

    async def push(self, chat_id: int, message: Message) -> Delivery:
        """Hand one push to Telegram, once; the caller decides what follows from its fate."""
        left = await self._limiter.turn(chat_id, reply=False, patience=PUSH_PATIENCE)
        if left > 0:
            return Delivery(Fate.RETRY, wait=left, reason="not its turn yet")
        self._said(chat_id, message)
        return await self._call(chat_id, lambda: self._send(chat_id, message))

    async def reply(self, chat_id: int, message: Message) -> Delivery:
        """Answer a person: refused and never-sent calls are tried again, lost answers are not."""
        self._said(chat_id, message)
        return await self._patiently(chat_id, lambda: self._send(chat_id, message))

    async def edit(self, chat_id: int, message_id: int, message: Message) -> Delivery:
        """Put new words and buttons in the place of the old ones."""
        self._said(chat_id, message)
        facts = {**_text(message, message.text, ParseMode.HTML), "message_id": message_id}
        return await self._patiently(chat_id, lambda: self._raw("edit_MessageText", chat_id, facts))

    async def drop_buttons(self, chat_id: int, message_id: int) -> Delivery:
        """Take the buttons off a message that has been answered."""
        return await self._patiently(
            chat_id,
            lambda: self._bot.edit_message_reply_markup(chat_id=chat_id, message_id=message_id),
        )

    async def acknowledge(self, query_id: str, words: str = "") -> None:
        """Stop the button's spinning; a query that is too old has stopped by itself."""
        try:
            await self._bot.answer_callback_query(query_id, text=words or None)
        except TelegramError as error:
            log.info("acknowledge.failed", fate=judge(error).fate)

    async def typing(self, chat_id: int) -> None:
        try:
            await self._bot.send_chat_action(chat_id, ChatAction.TYPING)
        except TelegramError as error:
            log.info("typing.failed", fate=judge(error).fate)

    async def _patiently(self, chat_id: int, call: Callable[[], Awaitable[object]]) -> Delivery:
        delivery = Delivery(Fate.UNKNOWN)
        for _ in range(_TRIES):
            await self._limiter.turn(chat_id, reply=True)
            delivery = await self._call(chat_id, call)
            if delivery.fate is not Fate.RETRY:
                break
            self._limiter.refused(chat_id, delivery.wait)
        return delivery

    async def _call(self, chat_id: int, call: Callable[[], Awaitable[object]]) -> Delivery:
        went = asyncio.get_running_loop().time()
        try:
            sent = await call()
        except TelegramError as error:
            delivery = judge(error)
            if delivery.reason == "429":
                self._limiter.refused(chat_id, delivery.wait)
            if delivery.fate is not Fate.SENT:
                self._refused(delivery.fate.value)
            log.warning("send.failed", chat=chat_id, fate=delivery.fate, reason=delivery.reason)
            return delivery
        finally:
            self._limiter.landed(went)
        return Delivery(Fate.SENT, message_id=sent if isinstance(sent, int) else None)

    async def _send(self, chat_id: int, message: Message) -> object:
        try:
            return await self._send_as(chat_id, message, message.text, ParseMode.HTML)
        except TelegramError as error:
            if not is_parse_error(error):
                raise
            log.error("template.broken", reason=error.message)
            words = unescape(_TAG.sub("", message.text))
            return await self._send_as(chat_id, message, words, None)

    async def _send_as(
        self, chat_id: int, message: Message, words: str, mode: ParseMode | None
    ) -> object:
        if message.document is not None:
            name, content = message.document
            sent = await self._bot.send_document(
                chat_id, content, filename=name, api_kwargs=_caption(message, words, mode)
            )
            return sent.message_id
        if message.picture is None:
            return await self._raw("send_Message", chat_id, _text(message, words, mode))
        return await self._send_picture(chat_id, message.picture, _caption(message, words, mode))

    async def _send_picture(self, chat_id: int, picture: Picture, facts: Facts) -> object:
        """By its id where Telegram has the picture; an id that it has forgotten goes up again."""
        known = await self._file_ids.get(picture)
        if known is not None:
            try:
                return await self._raw("send_Photo", chat_id, {"photo": known, **facts})
            except TelegramError as error:
                if not is_stale_file(error):
                    raise
                await self._file_ids.forget(picture)
        with self._file_ids.upload(picture):
            sent = await self._bot.send_photo(
                chat_id, picture.png, filename=f"{picture.key}.png", api_kwargs=facts
            )
            if sent.photo:
                await self._file_ids.keep(picture, sent.photo[-1].file_id)
        return sent.message_id

    async def _raw(self, method: str, chat_id: int, facts: Facts) -> object:
        """A call in Telegram's own terms, and the number of the message that it made: to build and
        read the library's objects takes as long as all the rest.

        Spelt so, the library does not point to its own method.
        """
        sent = await self._bot.do_api_request(method, api_kwargs={"chat_id": chat_id, **facts})
        return sent.get("message_id") if isinstance(sent, dict) else None


def _text(message: Message, words: str, mode: ParseMode | None) -> Facts:
    return {
        "text": words,
        "parse_mode": mode,
        "reply_markup": keyboard(message),
        "link_preview_options": _NO_PREVIEW,
    }


def _caption(message: Message, words: str, mode: ParseMode | None) -> Facts:
    return {"caption": words, "parse_mode": mode, "reply_markup": keyboard(message)}
