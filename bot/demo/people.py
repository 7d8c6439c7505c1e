"""People who use the bot: what they say, press, send, block; and what they read."""

from dataclasses import dataclass, field

from bot.demo.callbacks import Press, Presses
from bot.demo.entities import settle
from bot.demo.files import Upload, photo_sizes
from bot.demo.formatting import Formatted, units
from bot.demo.groups import Groups
from bot.demo.refusals import Json
from bot.demo.updates import CALLBACK_LIFE, UpdateQueue
from bot.demo.world import Account, Chat, Post, World

FIRST_ID = 5_001
_LONGEST = 4096


class Impossible(Exception):
    """Something that nobody can do in Telegram: a button that is not there, and the like."""


@dataclass(frozen=True, slots=True)
class Street:
    """What people need to be heard: the world, the bot's updates, the presses, the groups."""

    world: World
    updates: UpdateQueue
    presses: Presses
    groups: Groups


@dataclass(slots=True)
class Person:
    """One person. Acts are in the present: `ann.says("hi")`, `ann.presses(post, "yes")`.

    Who never wrote to the bot cannot be written to; who writes after blocking has unblocked.
    """

    street: Street
    account: Account
    _heard: dict[int, int] = field(default_factory=dict)

    @property
    def id(self) -> int:
        return int(self.account.user["id"])

    @property
    def chat(self) -> Chat:
        """The private chat with the bot."""
        return self.street.world.chats[self.id]

    def says(self, text: str, chat: Chat | None = None, reply_to: int | None = None) -> Post:
        """A text message, to the bot or in a group."""
        formatted = settle(Formatted(text), self.street.world.user)
        if not 1 <= units(formatted.text) <= _LONGEST:
            raise Impossible("a message has 1 to 4096 characters")
        content: Json = {"text": formatted.text}
        if formatted.entities:
            content["entities"] = list(formatted.entities)
        return self.sends(content, chat, reply_to)

    def sends(self, content: Json, chat: Chat | None = None, reply_to: int | None = None) -> Post:
        """A message of any kind: `content` holds the fields of Telegram's Message."""
        where = chat or self.chat
        self._come_to(where)
        if reply_to is not None:
            content = content | {"reply_to_message": self._post(where, reply_to).message}
        post = self.street.world.add(where, self.account.user, content)
        if where.keyboard and where.keyboard.get("one_time_keyboard"):
            where.keyboard = None
        self._tell("message", where, post)
        return post

    def shares_location(self, latitude: float, longitude: float) -> Post:
        return self.sends({"location": {"latitude": latitude, "longitude": longitude}})

    def sends_photo(self, content: bytes, caption: str = "") -> Post:
        stored = self.street.world.files.keep_photo(Upload("photo.png", "image/png", content))
        words = {"caption": caption} if caption else {}
        return self.sends({"photo": photo_sizes(stored), **words})

    def sends_voice(self, seconds: int = 3) -> Post:
        file = self._file("voice", "ogg", "audio/ogg")
        return self.sends({"voice": {**file, "duration": seconds, "mime_type": "audio/ogg"}})

    def sends_sticker(self, emoji: str = "💪") -> Post:
        file = self._file("sticker", "webp", "image/webp")
        shape = {"type": "regular", "width": 512, "height": 512}
        kind = {"is_animated": False, "is_video": False, "emoji": emoji}
        return self.sends({"sticker": {**file, **shape, **kind}})

    def edits(self, post: Post, text: str, chat: Chat | None = None) -> Post:
        """The person corrects an own message."""
        where = chat or self.chat
        if post.message["from"]["id"] != self.id:
            raise Impossible("only own messages can be edited")
        formatted = settle(Formatted(text), self.street.world.user)
        name = "text" if "text" in post.message else "caption"
        now = int(self.street.world.clock().timestamp())
        message = {**post.message, name: formatted.text, "edit_date": now}
        message.pop("entities", None)
        if formatted.entities:
            message["entities"] = list(formatted.entities)
        changed = self.street.world.change(where, post, message)
        self._tell("edited_message", where, changed)
        return changed

    def presses(
        self, post: Post, button: str, chat: Chat | None = None, *, stale: bool = False,
        forged: bool = False,
    ) -> Press:  # fmt: skip
        """A button under a message, by its words or its data; `stale`: one that has been edited
        away, but that the person's screen still shows; `forged`: data that no button has."""
        where = chat or self.chat
        now = where.posts[post.message_id]
        data = _data(now, button) or (_stale_data(now, button) if stale else None)
        if forged:
            data = button
        if data is None or (now.deleted and not stale):
            raise Impossible(f"there is no button {button!r} under message {post.message_id}")
        press = self.street.presses.keep(self.id, where.chat_id, post.message_id, data)
        message = now.message if not now.deleted else _inaccessible(now)
        body = {"id": press.query_id, "from": self.account.user, "message": message,
                "chat_instance": str(where.chat_id), "data": data}  # fmt: skip
        self.street.updates.put("callback_query", body, f"user {self.id}", CALLBACK_LIFE)
        return press

    def answer_to(self, press: Press) -> Json | None:
        """What the bot said to the press; None while the button still spins."""
        return self.street.presses.get(press.query_id).answer

    def blocks(self) -> None:
        """Blocks the bot: it gets a my_chat_member, and 403 from now on."""
        self._set_blocked(blocked=True)

    def unblocks(self) -> None:
        self._set_blocked(blocked=False)

    def deletes_account(self) -> None:
        """The bot gets 403 "user is deactivated" and no word of it."""
        self.account.gone = True
        self.street.world.bell.ring()

    def reads(self, chat: Chat | None = None) -> tuple[Post, ...]:
        """What the bot has said in this chat and not taken back."""
        bot = self.street.world.bot["id"]
        posts = (chat or self.chat).posts.values()
        return tuple(p for p in posts if p.message["from"]["id"] == bot and not p.deleted)

    async def hears(self, seconds: float = 30.0, chat: Chat | None = None) -> Post:
        """The bot's next message that was not heard yet. Raises TimeoutError."""
        where = chat or self.chat
        last = self._heard.get(where.chat_id, 0)

        def unheard() -> list[Post]:
            return [post for post in self.reads(where) if post.message_id > last]

        if not await self.street.world.bell.until(lambda: bool(unheard()), seconds):
            raise TimeoutError(f"the bot said nothing new to {self.id} in {seconds} s")
        post = unheard()[0]
        self._heard[where.chat_id] = post.message_id
        return post

    def _come_to(self, chat: Chat) -> None:
        if self.account.gone:
            raise Impossible("the account is deleted")
        if chat.kind == "private":
            self.account.started = True
            if self.account.blocked:
                self.unblocks()
        elif self.id not in chat.members:
            raise Impossible("not a member of this group")

    def _tell(self, kind: str, chat: Chat, post: Post) -> None:
        if chat.kind == "private" or self.street.groups.bot_sees(chat, post):
            self.street.updates.put(kind, post.message, f"chat {chat.chat_id}")

    def _set_blocked(self, *, blocked: bool) -> None:
        if self.account.blocked == blocked:
            return
        self.account.blocked = blocked
        statuses = ("member", "kicked") if blocked else ("kicked", "member")
        self.street.groups.tell_membership(self.chat, self.account.user, *statuses)

    def _post(self, chat: Chat, message_id: int) -> Post:
        post = chat.posts.get(message_id)
        if post is None:
            raise Impossible(f"there is no message {message_id}")
        return post

    def _file(self, name: str, ending: str, mime: str) -> Json:
        content = f"{name} of {self.id}".encode()
        upload = Upload(f"{name}.{ending}", mime, content)
        stored = self.street.world.files.keep(name, upload)
        return {"file_id": stored.file_id, "file_unique_id": stored.unique_id,
                "file_size": len(content)}  # fmt: skip


def _data(post: Post, button: str) -> str | None:
    return _found([post.message], button)


def _stale_data(post: Post, button: str) -> str | None:
    return _found([*post.earlier, post.message], button)


def _found(versions: list[Json], button: str) -> str | None:
    for message in versions:
        for row in message.get("reply_markup", {}).get("inline_keyboard", []):
            for key in row:
                if "callback_data" in key and button in (key["text"], key["callback_data"]):
                    return str(key["callback_data"])
    return None


def _inaccessible(post: Post) -> Json:
    """A message that is gone: date 0, no text, nothing to edit."""
    return {"chat": post.message["chat"], "message_id": post.message_id, "date": 0}
