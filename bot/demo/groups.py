"""Groups: who is in them, what the bot sees there, how they grow and move."""

from collections.abc import Iterable

from bot.demo.refusals import Json
from bot.demo.updates import UpdateQueue
from bot.demo.world import Account, Chat, Post, World

FIRST_GROUP = -4_001
FIRST_SUPERGROUP = -1_002_000_000_001


class Groups:
    """`privacy`: the bot sees commands, answers to itself and service messages only."""

    def __init__(self, world: World, updates: UpdateQueue, *, privacy: bool = True) -> None:
        self._world = world
        self._updates = updates
        self.privacy = privacy

    def make(self, title: str, founder: Account, kind: str = "group") -> Chat:
        """A group that the founder makes, the bot in it from the start."""
        supergroup = kind == "supergroup"
        same = [c for c in self._world.chats if (c <= FIRST_SUPERGROUP) == supergroup and c < 0]
        first = FIRST_SUPERGROUP if supergroup else FIRST_GROUP
        chat = Chat(min([*same, first + 1]) - 1, kind, title)
        chat.members.add(founder.user["id"])
        self._world.chats[chat.chat_id] = chat
        self.tell_membership(chat, founder.user, "left", "member")
        return chat

    def join(self, chat: Chat, account: Account) -> None:
        """A person comes in; the bot is told by a service message."""
        chat.members.add(account.user["id"])
        self._service(chat, account.user, {"new_chat_members": [account.user]})

    def leave(self, chat: Chat, account: Account) -> None:
        chat.members.discard(account.user["id"])
        self._service(chat, account.user, {"left_chat_member": account.user})

    def remove_bot(self, chat: Chat, by: Account) -> None:
        """The bot is thrown out: a my_chat_member, and 403 from now on."""
        chat.status = "kicked"
        self.tell_membership(chat, by.user, "member", "kicked")

    def upgrade(self, chat: Chat, by: Account) -> Chat:
        """The group becomes a supergroup with another id; the old one answers 400."""
        new = self.make(chat.title, by, "supergroup")
        new.members |= chat.members
        self._service(chat, by.user, {"migrate_to_chat_id": new.chat_id})
        self._service(new, by.user, {"migrate_from_chat_id": chat.chat_id})
        chat.upgraded_to = new.chat_id
        return new

    def every(self) -> Iterable[Chat]:
        return (chat for chat in self._world.chats.values() if chat.kind != "private")

    def bot_sees(self, chat: Chat, post: Post) -> bool:
        """Whether a person's message in this group reaches the bot."""
        if chat.status != "member":
            return False
        if not self.privacy:
            return True
        answered = post.message.get("reply_to_message", {}).get("from", {})
        if answered.get("id") == self._world.bot["id"]:
            return True
        return any(self._is_for_bot(post, entity) for entity in post.message.get("entities", ()))

    def tell_membership(self, chat: Chat, by: Json, before: str, after: str) -> None:
        """my_chat_member: the bot was blocked, let in, thrown out."""
        body = {
            "chat": self._world.chat_json(chat),
            "from": by,
            "date": int(self._world.clock().timestamp()),
            "old_chat_member": self._standing(before),
            "new_chat_member": self._standing(after),
        }
        self._updates.put("my_chat_member", body, f"chat {chat.chat_id}")
        self._world.bell.ring()

    def _standing(self, status: str) -> Json:
        until = {"until_date": 0} if status == "kicked" else {}
        return {"user": self._world.bot, "status": status} | until

    def _service(self, chat: Chat, sender: Json, content: Json) -> None:
        post = self._world.add(chat, sender, content)
        self._updates.put("message", post.message, f"chat {chat.chat_id}")

    def _is_for_bot(self, post: Post, entity: Json) -> bool:
        if entity["type"] != "bot_command" or entity["offset"] != 0:
            return False
        command = post.text[: entity["length"]]
        _, _, name = command.partition("@")
        return name.lower() in ("", self._world.bot["username"].lower())
