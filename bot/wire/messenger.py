"""Says a message to a chat and tells what became of it; no error of Telegram's gets past here."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from html import unescape

import structlog
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
)
from telegram import Message as Sent
from telegram.constants import ChatAction, ParseMode
from telegram.error import TelegramError

from bot.domain.messages import Delivery, Fate, Message
from bot.wire.errors import is_parse_error, is_stale_file, judge
from bot.wire.limiter import Limiter

_UPLOAD_PATIENCE = 3.0
_TAG = re.compile(r"</?[a-z][^>]*>")
_TRIES = 4
PUSH_PATIENCE = 5.0  # s; a push that would wait longer gives its place in flight to another
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
log = structlog.get_logger()


class FileIds:
    """The file ids that Telegram gave to our pictures: each goes up once. Bounded."""

    def __init__(self, most: int = 4096) -> None:
        self._ids: dict[str, str] = {}
        self._uploads: dict[str, asyncio.Event] = {}
        self._most = most

    async def get(self, key: str) -> str | None:
        """The id; None: the picture must go up. Waits a little for an upload that is under way."""
        if key not in self._ids and (upload := self._uploads.get(key)) is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(upload.wait(), _UPLOAD_PATIENCE)
        return self._ids.get(key)

    @contextmanager
    def upload(self, key: str) -> Iterator[None]:
        """Meanwhile others who need this picture wait for its id."""
        done = self._uploads.setdefault(key, asyncio.Event())
        try:
            yield
        finally:
            self._uploads.pop(key, None)
            done.set()

    def forget(self, key: str) -> None:
        self._ids.pop(key, None)

    def keep(self, key: str, file_id: str) -> None:
        if len(self._ids) >= self._most:
            self._ids.pop(next(iter(self._ids)))
        self._ids[key] = file_id


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

        async def call() -> object:
            return await self._bot.edit_message_text(
                message.text,
                chat_id=chat_id,
                message_id=message_id,
                parse_mode=ParseMode.HTML,
                reply_markup=_inline(message),
                link_preview_options=_NO_PREVIEW,
            )

        return await self._patiently(chat_id, call)

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
        return Delivery(Fate.SENT, message_id=sent.message_id if isinstance(sent, Sent) else None)

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
        markup = _markup(message)
        if message.document is not None:
            name, content = message.document
            return await self._bot.send_document(
                chat_id, content, caption=words, filename=name, parse_mode=mode, reply_markup=markup
            )
        if message.picture is None:
            return await self._bot.send_message(
                chat_id,
                words,
                parse_mode=mode,
                reply_markup=markup,
                link_preview_options=_NO_PREVIEW,
            )
        return await self._send_picture(chat_id, message, words, mode)

    async def _send_picture(
        self, chat_id: int, message: Message, words: str, mode: ParseMode | None
    ) -> object:
        """By its id where Telegram has the picture; an id that it has forgotten goes up again."""
        picture = message.picture
        if picture is None:
            raise ValueError("a message without a picture")
        photo = partial(
            self._bot.send_photo,
            chat_id,
            caption=words,
            parse_mode=mode,
            reply_markup=_markup(message),
        )
        known = await self._file_ids.get(picture.key)
        if known is not None:
            try:
                return await photo(known)
            except TelegramError as error:
                if not is_stale_file(error):
                    raise
                self._file_ids.forget(picture.key)
        with self._file_ids.upload(picture.key):
            sent = await photo(picture.png, filename=f"{picture.key}.png")
            if sent.photo:
                self._file_ids.keep(picture.key, sent.photo[-1].file_id)
        return sent


def _markup(message: Message) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | None:
    if message.ask_location is not None:
        button = KeyboardButton(message.ask_location, request_location=True)
        return ReplyKeyboardMarkup([[button]], resize_keyboard=True, one_time_keyboard=True)
    return _inline(message)


def _inline(message: Message) -> InlineKeyboardMarkup | None:
    if not message.buttons:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(b.text, callback_data=b.data) for b in row]
            for row in message.buttons
        ]
    )
