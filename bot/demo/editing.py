"""The methods that change or remove what is in a chat."""

from collections.abc import Callable
from datetime import timedelta

from bot.demo.composing import caption_content, text_content
from bot.demo.markup import check_markup, inline, replaces_keyboard
from bot.demo.refusals import NOT_MODIFIED, Json, Refused, bad_request
from bot.demo.sending import Sending
from bot.demo.world import Chat, Post, World, post_of

DELETABLE = timedelta(hours=48)
_TEXT = ("text", "entities", "link_preview_options")
_CAPTION = ("caption", "caption_entities", "show_caption_above_media")
_MEDIA = ("photo", "document", "has_media_spoiler", *_CAPTION)
_MOST_DELETED = 100


class Editing:
    """editMessageText, …Caption, …Media, …ReplyMarkup, deleteMessage, deleteMessages."""

    def __init__(self, world: World, sending: Sending) -> None:
        self._world = world
        self._sending = sending

    def text(self, params: Json, _call: int) -> Json:
        content = text_content(self._world, params, too_long="MESSAGE_TOO_LONG")
        return self._edit(params, _TEXT, lambda post: self._needs(post, "text", content))

    def caption(self, params: Json, _call: int) -> Json:
        content = caption_content(self._world, params)
        return self._edit(params, _CAPTION, lambda post: self._needs(post, "caption", content))

    def media(self, params: Json, _call: int) -> Json:
        return self._edit(
            params, (*_MEDIA, *_TEXT), lambda _: self._sending.medium(params["media"])
        )

    def markup(self, params: Json, _call: int) -> Json:
        return self._edit(params, (), lambda _: {})

    def delete(self, params: Json, _call: int) -> bool:
        chat = self._world.reach(params["chat_id"])
        self._delete(chat, post_of(chat, params["message_id"], "message to delete"))
        return True

    def delete_many(self, params: Json, _call: int) -> bool:
        """Those that can be found; the others are passed over, as Telegram does."""
        chat = self._world.reach(params["chat_id"])
        if len(params["message_ids"]) > _MOST_DELETED:
            raise bad_request("Too many message identifiers specified")
        for number in params["message_ids"]:
            post = chat.posts.get(number)
            if post is not None and not post.deleted:
                self._delete(chat, post)
        return True

    def _edit(self, params: Json, fields: tuple[str, ...], make: Callable[[Post], Json]) -> Json:
        """Replace these fields and the keyboard; a keyboard that is not given goes away."""
        if "chat_id" not in params or "message_id" not in params:
            raise bad_request("Message identifier is not specified")
        chat = self._world.reach_to_write(params["chat_id"])
        post = post_of(chat, params["message_id"], "message to edit")
        markup = params.get("reply_markup")
        check_markup(markup, chat)
        own = post.message["from"]["id"] == self._world.bot["id"]
        if not own or post.message_id in chat.keyboard_posts:
            raise bad_request("Message can't be edited")
        if markup is not None and replaces_keyboard(markup):
            raise bad_request("Inline keyboard expected")
        message = {k: v for k, v in post.message.items() if k not in (*fields, "reply_markup")}
        message |= make(post)
        if shown := inline(markup):
            message["reply_markup"] = shown
        if message == post.message:
            raise Refused(400, NOT_MODIFIED)
        if fields:
            message["edit_date"] = int(self._world.clock().timestamp())
        return self._world.change(chat, post, message).message

    def _needs(self, post: Post, what: str, content: Json) -> Json:
        """A picture has no text to edit, and a text no caption."""
        has = "text" if "text" in post.message else "caption"
        if has != what:
            raise bad_request(f"There is no {what} in the message to edit")
        return content

    def _delete(self, chat: Chat, post: Post) -> None:
        if chat.kind == "private" and self._world.clock() - post.at > DELETABLE:
            raise bad_request("Message can't be deleted for everyone")
        if chat.kind != "private" and post.message["from"]["id"] != self._world.bot["id"]:
            raise bad_request("Message can't be deleted")
        self._world.delete(chat, post)
