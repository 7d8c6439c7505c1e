"""Who and what there is on Telegram's side: people, chats, messages, the bot."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime

from bot.demo.bell import Bell
from bot.demo.files import Files
from bot.demo.refusals import Json, Refused, bad_request, forbidden
from bot.demo.updates import Clock

ACTION_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Post:
    """A message of a chat as it is now. `earlier`: what it was before each edit.

    `message` is what the bot's answers and updates hold; `call` is the number of the call that
    made it, None where a person did.
    """

    message: Json
    at: datetime
    revision: int
    call: int | None = None
    earlier: tuple[Json, ...] = ()
    deleted: bool = False

    @property
    def message_id(self) -> int:
        return int(self.message["message_id"])

    @property
    def text(self) -> str:
        """The words: of a text message, or below a picture or file."""
        return str(self.message.get("text", self.message.get("caption", "")))

    @property
    def buttons(self) -> tuple[tuple[Json, ...], ...]:
        rows = self.message.get("reply_markup", {}).get("inline_keyboard", [])
        return tuple(tuple(row) for row in rows)

    def as_json(self) -> Json:
        return {
            "message": self.message,
            "at": self.at.isoformat(),
            "revision": self.revision,
            "call": self.call,
            "edits": len(self.earlier),
            "earlier": list(self.earlier),
            "deleted": self.deleted,
        }


@dataclass(slots=True)
class Account:
    """A user of Telegram and how they stand to the bot."""

    user: Json
    started: bool = False
    blocked: bool = False
    gone: bool = False


@dataclass(slots=True)
class Chat:
    """A chat with the bot in it, or that it was in. `status`: member, left or kicked."""

    chat_id: int
    kind: str
    title: str = ""
    status: str = "member"
    upgraded_to: int | None = None
    members: set[int] = field(default_factory=set)
    posts: dict[int, Post] = field(default_factory=dict)
    keyboard: Json | None = None
    keyboard_posts: set[int] = field(default_factory=set)
    action: tuple[str, float] | None = None
    revision: int = 0

    def act(self, what: str) -> None:
        """The bot is typing, drawing or the like."""
        self.action = (what, asyncio.get_running_loop().time())

    def show_keyboard(self, markup: Json, message_id: int) -> None:
        """A message changed what the person types with; such a message is never edited."""
        self.keyboard = markup if "keyboard" in markup else None
        self.keyboard_posts.add(message_id)

    def typing(self) -> str | None:
        """What the bot is shown to be doing: it lasts five seconds, or until it speaks."""
        if self.action is None:
            return None
        what, since = self.action
        return what if asyncio.get_running_loop().time() - since < ACTION_SECONDS else None


class World:
    """Everything that is kept. `clock` gives the time: nothing here reads another one."""

    def __init__(self, token: str, clock: Clock, bell: Bell) -> None:
        self.clock = clock
        self.bell = bell
        self.files = Files()
        self.accounts: dict[int, Account] = {}
        self.chats: dict[int, Chat] = {}
        self._last_message = 0
        self.bot: Json = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Coach",
            "username": "coach_demo_bot",
        }

    def user(self, user_id: int) -> Json | None:
        if user_id == self.bot["id"]:
            return self.bot
        account = self.accounts.get(user_id)
        return account.user if account else None

    def chat_json(self, chat: Chat) -> Json:
        """The chat as messages name it."""
        if chat.kind != "private":
            return {"id": chat.chat_id, "type": chat.kind, "title": chat.title}
        user = self.accounts[chat.chat_id].user
        names = {k: user[k] for k in ("first_name", "last_name", "username") if k in user}
        return {"id": chat.chat_id, "type": "private"} | names

    def reach(self, chat_id: object) -> Chat:
        """The chat that the bot may see. Raises Refused where Telegram knows none."""
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def reach_to_write(self, chat_id: object) -> Chat:
        """The chat that the bot may write to. Raises Refused: 403, or 400 with the new chat."""
        chat = self.reach(chat_id)
        if chat.upgraded_to is not None:
            words = "Bad Request: group chat was upgraded to a supergroup chat"
            raise Refused(400, words, migrate_to_chat_id=chat.upgraded_to)
        if chat.kind == "private":
            self._check_account(self.accounts[chat.chat_id])
        elif chat.status == "kicked":
            raise forbidden(f"bot was kicked from the {chat.kind} chat")
        elif chat.status == "left":
            raise forbidden(f"bot is not a member of the {chat.kind} chat")
        return chat

    def _check_account(self, account: Account) -> None:
        if account.gone:
            raise forbidden("user is deactivated")
        if account.blocked:
            raise forbidden("bot was blocked by the user")
        if not account.started:
            raise forbidden("bot can't initiate conversation with a user")

    def add(self, chat: Chat, sender: Json, content: Json, call: int | None = None) -> Post:
        """A new message at the end of the chat; ids rise through all of the bot's chats."""
        self._last_message += 1
        now = self.clock()
        message = {
            "message_id": self._last_message,
            "from": sender,
            "chat": self.chat_json(chat),
            "date": int(now.timestamp()),
            **content,
        }
        if sender is self.bot:
            chat.action = None
        return self._put(chat, Post(message, now, self.bell.revision + 1, call))

    def change(self, chat: Chat, post: Post, message: Json) -> Post:
        """The message with other content; what it was is kept as `earlier`."""
        earlier = (*post.earlier, post.message)
        return self._put(chat, Post(message, post.at, self.bell.revision + 1, post.call, earlier))

    def delete(self, chat: Chat, post: Post) -> None:
        """The message is gone for both sides; the transcript still shows that it was."""
        revision = self.bell.revision + 1
        gone = Post(post.message, post.at, revision, post.call, post.earlier, deleted=True)
        self._put(chat, gone)

    def touch(self, chat: Chat) -> int:
        """Something about the chat is new: whoever looks at it is told; its revision."""
        chat.revision = self.bell.ring()
        return chat.revision

    def _put(self, chat: Chat, post: Post) -> Post:
        chat.posts[post.message_id] = post
        self.touch(chat)
        return post


def post_of(chat: Chat, message_id: int, purpose: str) -> Post:
    """The message, or Telegram's "message to … not found"."""
    post = chat.posts.get(message_id)
    if post is None or post.deleted:
        raise bad_request(f"{purpose} not found")
    return post
