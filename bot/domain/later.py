"""A wish to have something later: `2h`, `evening`, `tomorrow at 8`, `6pm`."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.calendar import instant, local_date
from bot.domain.clocktimes import parse_time
from bot.domain.errors import BadInput
from bot.domain.spans import DAY, HOUR, MINUTE, parse_duration
from bot.domain.typed import plain

PARTS = {
    "morning": time(7),
    "noon": time(12),
    "lunch": time(12),
    "lunchtime": time(12),
    "afternoon": time(15),
    "after work": time(18),
    "evening": time(18),
    "tonight": time(19),
    "night": time(19),
}
_LEAD = re.compile(r"^(?:(?:until|till|til|for|to|at|in|by|this|the) )+")


@dataclass(frozen=True, slots=True)
class Later:
    """Either a `length` from now, or a clock time: the next one, or (`tomorrow`) tomorrow's.

    A clock time of None is the person's own.
    """

    length: timedelta | None = None
    at: time | None = None
    tomorrow: bool = False


def parse_later(text: str) -> Later:
    """What `text` wishes; a bare number is hours up to 12, else minutes.

    Raises BadInput `later_unclear` (text).
    """
    said = plain(text).strip(" .!")
    tomorrow = "tomorrow" in said.split()
    rest = " ".join(word for word in said.split() if word != "tomorrow")
    wish = _LEAD.sub("", f"{rest} ").strip()
    if tomorrow and not wish:
        return Later(tomorrow=True)
    if wish in PARTS:
        return Later(at=PARTS[wish], tomorrow=tomorrow)
    if not tomorrow and (length := _length(wish)):
        return Later(length=length)
    try:
        return Later(at=parse_time(wish), tomorrow=tomorrow)
    except BadInput as refused:
        raise BadInput("later_unclear", text=text) from refused


def due_later(wish: Later, now: datetime, own: time, zone: ZoneInfo) -> datetime:
    """The instant that the wish means for a person whose own time is `own`; always after `now`."""
    if wish.length is not None:
        return now.astimezone(UTC) + wish.length
    today = local_date(now, zone)
    due = instant(today + (DAY if wish.tomorrow else timedelta()), wish.at or own, zone)
    return due if due > now else instant(today + DAY, wish.at or own, zone)


def _length(wish: str) -> timedelta | None:
    bare = MINUTE if re.fullmatch(r"\d{2,3}", wish) and int(wish) > 12 else HOUR
    try:
        length = parse_duration(wish, bare=bare)
    except BadInput:
        return None
    return length if length <= DAY else None
