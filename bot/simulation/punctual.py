"""No message missed, none doubled, none unasked: what came against what the settings say."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.calendar import OWN_HOUR, QUIET, instant, local_date
from bot.domain.due import SILENT, message_days
from bot.domain.person import Person
from bot.domain.pushes import Push, PushKind
from bot.simulation.clockwork import Wanted, clock_at, coming

Found = Iterator[tuple[str, date, str]]
_DAILY = (PushKind.SESSION, PushKind.NOTE)
_EVENING = time(18, 0)
MISSED, UNASKED = "push missed", "push unasked"


class Punctual:
    """What has to come next to each person, and what has come."""

    def __init__(self) -> None:
        self._wanted: dict[int, Wanted | None] = {}
        self._snoozed: dict[int, list[Wanted]] = {}
        self._maybe: set[tuple[int, Wanted]] = set()
        self._came: set[tuple[int, date, PushKind, int]] = set()

    def settles(self, id_: int, person: Person | None, now: datetime) -> None:
        """After an act: what has to come by the settings as they are now."""
        self._wanted[id_] = coming(person, now) if person else None
        if person is None or person.stopped or not person.reachable:
            self._snoozed.pop(id_, None)
        if person is None:
            self._came = {key for key in self._came if key[0] != id_}

    def snoozes(self, person: Person, words: str, now: datetime) -> None:
        """The day's message once more, in so many hours or in the evening."""
        zone = clock_at(person, now)[1]
        day = local_date(now, zone)
        later = words.removeprefix("/snooze").strip() or "2h"
        due = instant(day, _EVENING, zone)
        if later != "evening":
            due = now + timedelta(hours=int(later.removesuffix("h")))
        if _sensible(due, due, person):
            self._snoozed.setdefault(person.id, []).append(Wanted(day, due))

    def needless(self, id_: int, day: date) -> None:
        """What is reported, moved away or paused needs no message more; one of several sessions
        may still have it."""
        mine = self._snoozed.get(id_, [])
        self._maybe |= {(id_, one) for one in mine if one.date == day}
        self._snoozed[id_] = [one for one in mine if one.date != day]

    def came(self, push: Push, person: Person, at: datetime, asks: bool | None) -> Found:
        """A message that came; `asks`: whether it asked to go on, None where it might not."""
        kind = PushKind.SESSION if push.kind in _DAILY else push.kind
        key = (person.id, push.local_date, kind, push.slot)
        if key in self._came:
            yield UNASKED, push.local_date, f"{kind} message a second time"
        self._came.add(key)
        if push.kind in _DAILY:
            wanted = self._wanted.get(person.id)
            if wanted != Wanted(push.local_date, at):
                yield UNASKED, push.local_date, f"came {_when(at)}, due was {_words(wanted)}"
            self._wanted[person.id] = coming(person, at)
            silent = at - (person.last_seen or person.signed_up) >= SILENT
            if asks is not None and silent is not asks:
                yield "silence", push.local_date, "asked to go on" if asks else "did not ask"
            return
        mine = self._snoozed.get(person.id, [])
        if Wanted(push.local_date, at) in mine:
            mine.remove(Wanted(push.local_date, at))
        elif (person.id, Wanted(push.local_date, at)) not in self._maybe and (
            push.local_date.weekday() in message_days(person)  # on others: what was moved there
        ):
            yield UNASKED, push.local_date, f"a snoozed message at {_when(at)}"

    def overdue(self, id_: int, now: datetime) -> Found:
        """What should have come by now."""
        wanted = self._wanted.get(id_)
        if wanted is not None and wanted.at <= now:
            self._wanted[id_] = None
            yield MISSED, wanted.date, f"due {_when(wanted.at)}"
        for one in [one for one in self._snoozed.get(id_, ()) if one.at <= now]:
            self._snoozed[id_].remove(one)
            yield MISSED, one.date, f"snoozed until {_when(one.at)}"

    def woken(self, person: Person, now: datetime) -> None:
        """The machine was down: of what was due meanwhile the newest alone, if it still helps."""
        wanted = self._wanted.get(person.id)
        while wanted is not None and wanted.at <= now:
            after = coming(replace(person, served=wanted.date), wanted.at)
            if after is None or after.at > now:
                late = _sensible(wanted.at, now, person)
                self._wanted[person.id] = Wanted(wanted.date, now) if late else after
                break
            wanted = after
        mine = [
            Wanted(one.date, max(one.at, now)) if one.at <= now else one
            for one in self._snoozed.get(person.id, ())
            if one.at > now or _sensible(one.at, now, person)
        ]
        self._snoozed[person.id] = mine


def _sensible(due: datetime, now: datetime, person: Person) -> bool:
    """On the same date, and not at night; the hour from the chosen time is nobody's night."""
    at, zone = clock_at(person, now)
    if local_date(due, zone) != local_date(now, zone):
        return False
    return now - due < OWN_HOUR or not _quiet(now, at, zone)


def _quiet(now: datetime, at: time, zone: ZoneInfo) -> bool:
    local = now.astimezone(zone)
    chosen = local.replace(hour=at.hour, minute=at.minute, second=at.second, microsecond=0)
    since = (local.replace(tzinfo=None) - chosen.replace(tzinfo=None)).total_seconds() % 86400
    begin, end = QUIET
    return (local.time() >= begin or local.time() < end) and since >= OWN_HOUR.total_seconds()


def _when(at: datetime) -> str:
    return f"{at:%d %b %H:%M} UTC"


def _words(wanted: Wanted | None) -> str:
    return f"{wanted.date} at {_when(wanted.at)}" if wanted else "none"
