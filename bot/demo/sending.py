"""The methods that put something into a chat."""

from bot.demo.composing import document_content, photo_content, reply_content, text_content
from bot.demo.markup import check_markup, inline, replaces_keyboard
from bot.demo.refusals import Json, bad_request
from bot.demo.world import Chat, Post, World

ACTIONS = (
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note",
    "upload_video_note",
)  # fmt: skip
_ALBUM = (2, 10)


class Sending:
    """sendMessage, sendPhoto, sendDocument, sendMediaGroup, sendChatAction."""

    def __init__(self, world: World) -> None:
        self._world = world

    def message(self, params: Json, call: int) -> Json:
        content = text_content(self._world, params)
        return self._send(params, content, call)

    def photo(self, params: Json, call: int) -> Json:
        return self._send(params, photo_content(self._world, params), call)

    def document(self, params: Json, call: int) -> Json:
        return self._send(params, document_content(self._world, params), call)

    def album(self, params: Json, call: int) -> list[Json]:
        chat = self._world.reach_to_write(params["chat_id"])
        media = params["media"]
        if not _ALBUM[0] <= len(media) <= _ALBUM[1]:
            few = len(media) < _ALBUM[0]
            raise bad_request(f"Too {'few' if few else 'many'} messages to send as an album")
        contents = [self.medium(item) for item in media]
        if len({"photo" in content for content in contents}) > 1:
            raise bad_request("Can't use the media of the specified type in the album")
        group = {"media_group_id": str(call)}
        return [self._add(chat, content | group, None, call).message for content in contents]

    def medium(self, item: Json) -> Json:
        """The content of one InputMedia."""
        if item["type"] == "photo":
            return photo_content(self._world, item, "media")
        if item["type"] == "document":
            return document_content(self._world, item, "media")
        raise bad_request(f"the stand-in sends no {item['type']}")

    def action(self, params: Json, _call: int) -> bool:
        if params["action"] not in ACTIONS:
            raise bad_request("Wrong parameter action in request")
        chat = self._world.reach_to_write(params["chat_id"])
        chat.act(params["action"])
        self._world.touch(chat)
        return True

    def _send(self, params: Json, content: Json, call: int) -> Json:
        chat = self._world.reach_to_write(params["chat_id"])
        markup = params.get("reply_markup")
        check_markup(markup, chat)
        content |= reply_content(chat, params)
        if params.get("protect_content"):
            content["has_protected_content"] = True
        return self._add(chat, content, markup, call).message

    def _add(self, chat: Chat, content: Json, markup: Json | None, call: int) -> Post:
        shown = inline(markup)
        if shown:
            content["reply_markup"] = shown
        post = self._world.add(chat, self._world.bot, content, call)
        if markup is not None and replaces_keyboard(markup):
            chat.show_keyboard(markup, post.message_id)
            self._world.touch(chat)
        return post
