"""What Telegram does to a text before it is shown: trims it, prunes entities, finds more."""

import re
from collections.abc import Callable, Iterable, Iterator

from bot.demo.formatting import Formatted, units
from bot.demo.refusals import Json, bad_request

MOST_ENTITIES = 100
_FOUND = (
    ("bot_command", re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")),
    ("email", re.compile(r"(?<![\w.])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("url", re.compile(r"(?<!\w)https?://[^\s<>\"]*[^\s<>\".,;:!?)]")),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z][A-Za-z0-9_]{2,31}(?!\w)")),
    ("hashtag", re.compile(r"(?<!\w)#\w*[^\W\d]\w*")),
)
_SOLID = ("code", "pre")
_QUOTES = ("blockquote", "expandable_blockquote")
_NO_FINDING_IN = ("code", "pre", "text_link", "text_mention")
_SENT_BY_BOTS = {
    "bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "text_link",
    "text_mention", "custom_emoji", "blockquote", "expandable_blockquote", "date_time",
}  # fmt: skip

Users = Callable[[int], Json | None]


def settle(formatted: Formatted, users: Users) -> Formatted:
    """The text as Telegram keeps it; `users` knows whom a mention by id may name."""
    entities = [e for e in map(_without_stray_language, formatted.entities) if _known(e, users)]
    entities = _prune(entities)
    trimmed = _trim(Formatted(formatted.text, tuple(entities)))
    found = _find(trimmed)
    every = sorted([*trimmed.entities, *found], key=lambda e: (e["offset"], -e["length"]))
    return Formatted(trimmed.text, tuple(every[:MOST_ENTITIES]))


def given(text: str, entities: Iterable[Json]) -> Formatted:
    """A text whose bot sent its entities by offsets instead of markup."""
    length = units(text)
    kept = [e for e in entities if e["type"] in _SENT_BY_BOTS]
    for entity in kept:
        if entity["offset"] < 0 or entity["length"] <= 0:
            raise bad_request("Entity has wrong offset or length")
        if entity["offset"] >= length:
            at = entity["offset"]
            raise bad_request(f"Entity begins after the end of the text at UTF-16 offset {at}")
        if entity["offset"] + entity["length"] > length:
            at = entity["offset"] + entity["length"]
            raise bad_request(f"Entity ends after the end of the text at UTF-16 offset {at}")
    return Formatted(text, tuple(kept))


def covered(text: str, entity: Json) -> str:
    """The words that an entity covers."""
    raw = text.encode("utf-16-le", "surrogatepass")
    start = entity["offset"] * 2
    return raw[start : start + entity["length"] * 2].decode("utf-16-le", "surrogatepass")


def _without_stray_language(entity: Json) -> Json:
    if entity["type"] == "code" and "language" in entity:
        return {key: value for key, value in entity.items() if key != "language"}
    return entity


def _known(entity: Json, users: Users) -> bool:
    """A mention of somebody unknown is left out; a known one gets the whole user."""
    if entity["type"] != "text_mention":
        return True
    user = users(entity["user"]["id"])
    if user is not None:
        entity["user"] = user
    return user is not None


def _prune(entities: list[Json]) -> list[Json]:
    """Nothing stands inside code, and no quotation inside another."""
    solid = [e for e in entities if e["type"] in _SOLID]
    quotes = [e for e in entities if e["type"] in _QUOTES]
    return [
        e
        for e in entities
        if not any(_inside(e, other) for other in solid if other is not e)
        and not (e["type"] in _QUOTES and any(_inside(e, q) for q in quotes if q is not e))
    ]


def _inside(entity: Json, other: Json) -> bool:
    begins, ends = entity["offset"], entity["offset"] + entity["length"]
    if (begins, ends) == (other["offset"], other["offset"] + other["length"]):
        return entity["type"] not in _SOLID + _QUOTES
    return bool(begins >= other["offset"] and ends <= other["offset"] + other["length"])


def _trim(formatted: Formatted) -> Formatted:
    text = formatted.text.strip()
    cut = units(formatted.text[: len(formatted.text) - len(formatted.text.lstrip())])
    length = units(text)
    entities = []
    for entity in formatted.entities:
        begins = max(entity["offset"] - cut, 0)
        ends = min(entity["offset"] + entity["length"] - cut, length)
        if ends > begins:
            entities.append({**entity, "offset": begins, "length": ends - begins})
    return Formatted(text, tuple(entities))


def _find(formatted: Formatted) -> Iterator[Json]:
    """Commands, addresses, names and tags that Telegram sees by itself."""
    taken = [
        (e["offset"], e["offset"] + e["length"])
        for e in formatted.entities
        if e["type"] in _NO_FINDING_IN
    ]
    for kind, pattern in _FOUND:
        for match in pattern.finditer(formatted.text):
            begins = units(formatted.text[: match.start()])
            ends = begins + units(match[0])
            if any(begins < end and ends > begin for begin, end in taken):
                continue
            taken.append((begins, ends))
            yield {"type": kind, "offset": begins, "length": ends - begins}
