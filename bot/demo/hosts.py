"""Whose requests are answered: those of this machine, from the page's own origin."""

from ipaddress import ip_address
from urllib.parse import urlsplit


def is_loopback(place: str) -> bool:
    """Whether a Host (name or address, with or without port) is this machine."""
    try:
        name = urlsplit(f"//{place}").hostname or ""
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False


def is_own_origin(origin: str | None, host: str) -> bool:
    """A browser names the page's origin: it must be this very server. Others name none."""
    return origin is None or origin in (f"http://{host}", f"https://{host}")
