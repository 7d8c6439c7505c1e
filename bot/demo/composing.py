"""The content of a message from a call's parameters: words, pictures, files, replies."""

from bot.demo.entities import given, settle
from bot.demo.files import Stored, Upload, document, photo_sizes
from bot.demo.formatting import Formatted, parse_html, units
from bot.demo.refusals import Json, bad_request
from bot.demo.world import Chat, World

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
_LONGEST_RAW = 1 << 15


def words(world: World, params: Json, name: str, entities: str) -> Formatted:
    """The parsed text of the parameter `name`; its length is not judged here."""
    raw = str(params.get(name, "")).replace("\r", "")
    if len(raw.encode()) > _LONGEST_RAW:
        raise bad_request("Text is too long")
    mode = str(params.get("parse_mode", "")).lower()
    if mode in ("", "none"):
        return settle(given(raw, params.get(entities, ())), world.user)
    if mode != "html":
        raise bad_request("Unsupported parse_mode")
    return settle(parse_html(raw), world.user)


def text_content(world: World, params: Json, too_long: str = "message is too long") -> Json:
    """A text message's words and link preview. Raises Refused outside 1 to 4096 units."""
    if not params.get("text"):
        raise bad_request("message text is empty")
    formatted = words(world, params, "text", "entities")
    if not formatted.text:
        raise bad_request("text must be non-empty")
    if units(formatted.text) > LONGEST_TEXT:
        raise bad_request(too_long)
    content: Json = {"text": formatted.text}
    if formatted.entities:
        content["entities"] = list(formatted.entities)
    if "link_preview_options" in params:
        content["link_preview_options"] = params["link_preview_options"]
    return content


def caption_content(world: World, params: Json) -> Json:
    """The words below a picture or file. Raises Refused over 1024 units."""
    formatted = words(world, params, "caption", "caption_entities")
    if units(formatted.text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    content: Json = {"caption": formatted.text} if formatted.text else {}
    if formatted.entities:
        content["caption_entities"] = list(formatted.entities)
    if formatted.text and params.get("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return content


def photo_content(world: World, params: Json, name: str = "photo") -> Json:
    """A picture, uploaded now or known by its file id, with its caption."""
    caption = caption_content(world, params)
    value = params[name]
    if isinstance(value, Upload):
        stored = world.files.keep_photo(value)
    else:
        stored = _known(world, value)
        if stored.size is None:
            raise bad_request("can't use file of type Document as Photo")
    return {"photo": photo_sizes(stored)} | _spoiler(params) | caption


def document_content(world: World, params: Json, name: str = "document") -> Json:
    """A file, uploaded now or known by its id, with its caption."""
    caption = caption_content(world, params)
    value = params[name]
    if isinstance(value, Upload):
        stored = world.files.keep("documents", value)
    else:
        stored = _known(world, value)
        if stored.size is not None:
            raise bad_request("can't use file of type Photo as Document")
    return {"document": document(stored)} | caption


def reply_content(chat: Chat, params: Json) -> Json:
    """The message that is answered, where there is one."""
    reply = params.get("reply_parameters")
    if reply is None:
        return {}
    post = chat.posts.get(reply["message_id"])
    if post is not None and not post.deleted:
        answered = {k: v for k, v in post.message.items() if k != "reply_to_message"}
        return {"reply_to_message": answered}
    if reply.get("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")


def _known(world: World, value: str) -> Stored:
    if value.startswith(("http://", "https://")):
        raise bad_request("Failed to get HTTP URL content")
    return world.files.get(value)


def _spoiler(params: Json) -> Json:
    return {"has_media_spoiler": True} if params.get("has_spoiler") else {}
