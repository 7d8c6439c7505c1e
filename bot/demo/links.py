"""Which address becomes a link, and how Telegram writes it back."""

import re
from urllib.parse import parse_qs, urlsplit

_SCHEMES = ("http", "https", "tg", "ton", "tonsite")
_HAS_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_HOST = re.compile(r"[^\s/?#@:.]+(\.[^\s/?#@:.]+)+|localhost|\d+(\.\d+){3}")


def checked_link(address: str) -> str | None:
    """The address with scheme and path, or None where Telegram would drop the link."""
    address = address.strip()
    if "://" not in address:
        if _HAS_SCHEME.match(address) and not _HOST.match(address):
            return None
        address = f"http://{address}"
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  (reading it is the check)
    except ValueError:
        return None
    if parts.scheme.lower() not in _SCHEMES or not parts.netloc:
        return None
    if parts.scheme.lower() in ("http", "https"):
        if not _HOST.fullmatch(parts.hostname or ""):
            return None
        if not parts.path:
            return parts._replace(path="/").geturl()
    return address


def mentioned_user(address: str) -> int | None:
    """The user that `tg://user?id=…` points at."""
    scheme, _, rest = address.strip().partition("://")
    place, _, query = rest.partition("?")
    if scheme != "tg" or place != "user":
        return None
    number = parse_qs(query).get("id", [""])[0]
    return int(number) if number.isdecimal() else None
