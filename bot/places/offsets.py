"""Offsets from UTC as people write them: `UTC+2`, `GMT+5:45`, `+0530`, `-3`."""

import re

from bot.domain.typed import plain

# An offset is half a zone: it says nothing of the summer. Where whole hours have a zone without
# clock changes, that one is meant; these have none, so the zone with the most people stands in.
_BROKEN = {
    -570: "Pacific/Marquesas",
    -210: "America/St_Johns",
    -150: "America/St_Johns",
    210: "Asia/Tehran",
    270: "Asia/Kabul",
    330: "Asia/Kolkata",
    345: "Asia/Kathmandu",
    390: "Asia/Yangon",
    525: "Australia/Eucla",
    570: "Australia/Darwin",
    630: "Australia/Adelaide",
    765: "Pacific/Chatham",
    825: "Pacific/Chatham",
}
_OFFSET = re.compile(
    r"(?:utc|gmt|z|ut)? ?(?P<sign>[+-]) ?(?P<hours>\d{1,2})(?: ?[:.h]? ?(?P<minutes>\d\d))?"
    r" ?(?:h|hrs|hours?)?"
)
_LEAST, _MOST = -12 * 60, 14 * 60


def offset_of(text: str) -> int | None:
    """The offset in minutes that `text` is, None where it is none that a clock on earth has."""
    found = _OFFSET.fullmatch(plain(text))
    if found is None:
        return None
    minutes = int(found["hours"]) * 60 + int(found["minutes"] or 0)
    signed = -minutes if found["sign"] == "-" else minutes
    return signed if _LEAST <= signed <= _MOST and zone_of(signed) else None


def zone_of(offset: int) -> str | None:
    """The IANA zone that stands for an offset in minutes; Etc/GMT-2 is east of Greenwich."""
    if offset in _BROKEN:
        return _BROKEN[offset]
    hours, rest = divmod(offset, 60)
    if rest:
        return None
    return f"Etc/GMT{-hours:+d}" if hours else "Etc/UTC"


def shown(offset: int) -> str:
    """`UTC+5:45`."""
    hours, minutes = divmod(abs(offset), 60)
    sign = "-" if offset < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{minutes:02}" if minutes else "") if offset else "UTC"
