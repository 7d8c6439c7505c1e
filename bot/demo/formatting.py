"""Telegram's HTML into plain text and entities; offsets and lengths are UTF-16 code units."""

import re
from dataclasses import dataclass, field
from typing import NoReturn

from bot.demo.links import checked_link, mentioned_user
from bot.demo.refusals import Json, bad_request

_TYPES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "span": "spoiler", "code": "code", "pre": "pre",
    "blockquote": "blockquote", "a": "text_link", "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}  # fmt: skip
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|([A-Za-z]+));?")
_START = re.compile(r"<([^\s>]*)")
_END = re.compile(r"</([^\s>]*)\s*")
_NAME = re.compile(r"\s*([^\s=>]*)\s*")
_VALUE = re.compile(r"\s*(?:\"([^\"]*)\"|'([^']*)')")
_BARE = re.compile(r"\s*([A-Za-z0-9.-]*)")
_LONGEST_REFERENCE = 10
_HIGHEST = 0x10FFFF


@dataclass(frozen=True, slots=True)
class Formatted:
    """What a person sees, and where it is bold, a link and so on."""

    text: str
    entities: tuple[Json, ...] = ()


def units(text: str) -> int:
    """Telegram counts UTF-16 code units: an emoji is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(html: str) -> Formatted:
    """Raises Refused with Telegram's words for each fault of the markup."""
    reader = _Reader(html)
    while reader.at < len(html):
        reader.step()
    if reader.open:
        _fault(f'Can\'t find end tag corresponding to start tag "{reader.open[-1].name}"')
    return Formatted("".join(reader.out), tuple(reader.entities))


def unescape(text: str) -> str:
    """Numeric and the four named references; anything else stays as it is."""
    return _REFERENCE.sub(lambda m: _character(m) or m[0], text)


@dataclass(slots=True)
class _Open:
    name: str
    offset: int
    begin: int
    attributes: dict[str, str]


@dataclass(slots=True)
class _Reader:
    html: str
    at: int = 0
    offset: int = 0
    out: list[str] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def step(self) -> None:
        if self.html.startswith("</", self.at):
            self._end_tag()
        elif self.html[self.at] == "<":
            self._start_tag()
        else:
            self._character()

    def _character(self) -> None:
        match = _REFERENCE.match(self.html, self.at)
        decoded = _character(match) if match else None
        character = decoded or self.html[self.at]
        self.at = match.end() if match and decoded else self.at + 1
        self.out.append(character)
        self.offset += units(character)

    def _start_tag(self) -> None:
        begin = self.at
        match = _START.match(self.html, begin)
        if match is None or match.end() == len(self.html):
            self._fault_at("Unclosed start tag", begin)
        name = match[1].lower()
        if name not in _TYPES:
            self._fault_at(f'Unsupported start tag "{name}"', begin)
        self.at = match.end()
        attributes = self._attributes(name, begin)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            self._fault_at('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(_Open(name, self.offset, len(self.out), attributes))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            match = _NAME.match(self.html, self.at)
            name = match[1].lower() if match else ""
            self.at = match.end() if match else self.at
            following = self.html[self.at : self.at + 1]
            if not following:
                self._fault_at("Unclosed start tag", begin)
            if not name and following == ">":
                self.at += 1
                return found
            if not name:
                self._fault_at(f'Empty attribute name in the tag "{tag}"', begin)
            if following == "=":
                self.at += 1
                found[name] = self._value(begin)
            elif (tag, name) == ("blockquote", "expandable"):
                found[name] = ""
            else:
                words = f'Expected equal sign in declaration of an attribute of the tag "{tag}"'
                self._fault_at(words, begin)

    def _value(self, begin: int) -> str:
        quoted = _VALUE.match(self.html, self.at)
        if quoted:
            self.at = quoted.end()
            return unescape(quoted[1] if quoted[1] is not None else quoted[2])
        bare = _BARE.match(self.html, self.at)
        start = bare.start(1) if bare else self.at
        self.at = bare.end() if bare else self.at
        following = self.html[self.at : self.at + 1]
        if not following or following in "\"'":
            self._fault_at("Unclosed start tag", begin)
        if following != ">" and not following.isspace():
            self._fault_at("Unexpected end of name token", start)
        return bare[1].lower() if bare else ""

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            self._fault_at("Unexpected end tag", begin)
        match = _END.match(self.html, begin)
        if match is None or self.html[match.end() : match.end() + 1] != ">":
            self._fault_at("Unclosed end tag", begin)
        self.at = match.end() + 1
        started = self.open[-1]
        name = match[1].lower()
        if name and name != started.name:
            where = f"at byte offset {self._byte(begin)}"
            _fault(f'Unmatched end tag {where}, expected "</{started.name}>", found "</{name}>"')
        self.open.pop()
        if self.offset > started.offset:
            self._entity(started)

    def _entity(self, tag: _Open) -> None:
        kind = _TYPES[tag.name]
        span = {"offset": tag.offset, "length": self.offset - tag.offset}
        entity: Json | None = {"type": kind} | span
        if kind == "text_link":
            entity = self._link(tag, span)
        elif kind == "custom_emoji":
            entity = {"type": kind, "custom_emoji_id": _emoji(tag)} | span
        elif kind == "date_time":
            entity = {"type": kind} | _moment(tag) | span
        elif kind == "code":
            entity = {"type": kind} | span | _language(tag)
        elif kind == "pre":
            entity = {"type": kind} | span | self._language_inside(span)
        elif "expandable" in tag.attributes:
            entity = {"type": "expandable_blockquote"} | span
        if entity is not None:
            self.entities.append(entity)

    def _link(self, tag: _Open, span: Json) -> Json | None:
        address = tag.attributes.get("href") or "".join(self.out[tag.begin :])
        user = mentioned_user(address)
        if user is not None:
            return {"type": "text_mention", "user": {"id": user}} | span
        link = checked_link(address)
        return None if link is None else {"type": "text_link", "url": link} | span

    def _language_inside(self, span: Json) -> Json:
        """`<pre><code class="language-x">` over the same words is one block of that language."""
        last = self.entities[-1] if self.entities else {}
        same = all(last.get(key) == span[key] for key in span)
        if last.get("type") == "code" and same and "language" in last:
            return {"language": self.entities.pop()["language"]}
        return {}

    def _byte(self, at: int) -> int:
        return len(self.html[:at].encode("utf-8", "surrogatepass"))

    def _fault_at(self, words: str, at: int) -> NoReturn:
        _fault(f"{words} at byte offset {self._byte(at)}")


def _fault(words: str) -> NoReturn:
    raise bad_request(f"Can't parse entities: {words}")


def _character(match: re.Match[str]) -> str | None:
    hexadecimal, decimal, name = match.groups()
    if name:
        return _NAMED.get(name)
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if not 0 < code < _HIGHEST or len(match[0].rstrip(";")) >= _LONGEST_REFERENCE:
        return None
    if 0xD800 <= code <= 0xDFFF:
        _fault("Text contains invalid Unicode characters after decoding HTML entities, check "
               "for unmatched surrogate code units")  # fmt: skip
    return chr(code)


def _emoji(tag: _Open) -> str:
    number = tag.attributes.get("emoji-id", "")
    if not number.isdecimal() or int(number) == 0:
        _fault("Invalid custom emoji identifier specified")
    return number


def _moment(tag: _Open) -> Json:
    number = tag.attributes.get("unix", "")
    if not number.isdecimal():
        _fault("Invalid date-time specified")
    layout = tag.attributes.get("format")
    return {"unix_time": int(number)} | ({"date_time_format": layout} if layout else {})


def _language(tag: _Open) -> Json:
    words = tag.attributes.get("class", "")
    return {"language": words[9:]} if words.startswith("language-") else {}
