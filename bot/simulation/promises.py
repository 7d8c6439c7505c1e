"""Whether the coach keeps its word: nothing harder unasked, what hurts waits, the past stays.

What somebody told is remembered here from their own taps and words, not from what was stored.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from math import ceil
from typing import Any

from bot.domain.books import Books
from bot.domain.health_tables import Running
from bot.domain.hurting import kept_days
from bot.domain.messages import Message
from bot.domain.plan import PlanDay
from bot.domain.workouts import Grade, Kind
from bot.simulation.diary import RUNS, Shown, Told

Found = Iterator[tuple[str, str]]
Data = Mapping[str, Any]
_TRAINING = (*RUNS, Kind.STRENGTH)
_PAINS = ("pain_hold", "pain_red")
_FORGOTTEN = ("/consent no", "c:no")  # what was kept about health goes
_HEALING = ("/pain", "pain:seen:yes", "r:", *_FORGOTTEN)
_DAY = timedelta(days=1)


class Promises:
    """By the tables of the content."""

    def __init__(self, books: Books) -> None:
        self._books = books
        zones = books.pain.zones
        self._holds = min(
            below.most + 1
            for below, row in pairwise(zones)
            if row.running in (Running.AGREED, Running.NONE)
        )

    # --- what is told

    def hears(self, told: Told, words: str, templates: set[str], today: date) -> None:
        """One act and the templates of its answer."""
        if words.startswith(_FORGOTTEN):
            told.hurts, told.ill, told.rest = False, False, None
        self._pain(told, words, templates, today)
        self._illness(told, words, templates, today)
        if words.startswith("ready:") and "ready/said.j2" in templates:
            hardest = {"tired": Grade.MODERATE, "sore_ill": Grade.LIGHT}.get(words.split(":")[2])
            told.eased = (today, hardest) if hardest else None

    def _pain(self, told: Told, words: str, templates: set[str], today: date) -> None:
        number = _number(words)
        grave = (number is not None and number >= self._holds) or words.startswith("pain:")
        if grave and {"pain/acts.j2", "log/where.j2"} & templates:
            told.hurts = True
        if grave and {"pain/once.j2", "log/once.j2"} & templates:  # nothing of it is kept
            told.rest = max(told.rest or today, today + kept_days(self._books) * _DAY)
        if {"pain/over.j2", "pain/back.j2"} & templates:
            told.hurts = False

    def _illness(self, told: Told, words: str, templates: set[str], today: date) -> None:
        table = self._books.illness
        if "sick/noted.j2" in templates:
            situation = table.situations[words.replace(":", " ").split()[-1]]
            told.ill = situation.hardest is Grade.REST
            told.rest = today + situation.rest_days * _DAY if told.ill else None
        if "sick/over.j2" in templates and told.ill:
            hours = min(s.free_hours for s in table.situations.values() if s.free_hours)
            told.ill = False
            told.rest = max(told.rest or today, today + ceil(hours / 24) * _DAY)

    # --- what is shown

    def broken(self, told: Told, shown: Shown) -> Found:
        day = shown.day
        kinds = {session.kind for session in day.sessions}
        if told.hurts and kinds & RUNS:
            yield "pain", f"{', '.join(sorted(kinds & RUNS))} while pain is to settle first"
        resting = told.ill or (told.rest is not None and day.date < told.rest)
        if resting and kinds & set(_TRAINING):
            yield "illness", f"{', '.join(sorted(kinds))} before it is over"
        if told.eased and told.eased[0] == day.date and _above(day, told.eased[1]):
            yield "tired", f"more than {told.eased[1]} after the tap"

    # --- what is kept

    def changed(self, before: Data | None, after: Data | None, words: str) -> Found:
        """Two standings around one act: what asks for more needs a yes, what heals a word."""
        if not before or not after:
            return
        same_cycle = before.get("cycle", 1) == after.get("cycle", 1)
        yes = words.startswith(("offer:", "/undo"))
        for kind, reps in after.get("more", {}).items():
            if same_cycle and reps > before.get("more", {}).get(kind, 0) and not yes:
                yield "more unasked", f"{kind} after {words!r}"
        held = {easing["code"] for easing in after.get("easings", ())}
        for code in _PAINS:
            was = any(easing["code"] == code for easing in before.get("easings", ()))
            if was and not held & set(_PAINS) and not words.startswith(_HEALING):
                yield "pain lifted", f"{code} after {words!r}"


def offers(told: Told, said: Iterable[Message], served: date | None) -> None:
    """What is offered stands until the next message."""
    for message in said:
        for button in (button for row in message.buttons for button in row):
            about, _, rest = button.data.partition(":")
            if about == "offer":
                told.offers.setdefault(rest.partition(":")[0], served)


def accepted(told: Told, words: str, served: date | None) -> Found:
    """After the next message the easier holds."""
    number = words.split(":")[1]
    if told.offers.get(number) != served:
        yield "offer too late", f"{words} was taken, a message has come since"


def untold(before: Data, after: Data, newest: tuple[int, int]) -> Found:
    """What makes days easier from now on stands among the changes, with its reason."""
    known = {easing["code"] for easing in before.get("easings", ())}
    fresh = {easing["code"] for easing in after.get("easings", ())} - known
    fresh = {code for code in fresh if not code.startswith("back")}
    if fresh and newest[0] == newest[1]:
        yield "no stored reason", ", ".join(sorted(fresh))


def _above(day: PlanDay, hardest: Grade) -> bool:
    order = "RLMH"
    return any(s.kind in RUNS and order.index(s.grade) > order.index(hardest) for s in day.sessions)


def _number(words: str) -> int | None:
    """The pain of `/pain 4 knee` or of a tap `r:7:pain:4`."""
    parts = words.split()
    if words.startswith("/pain") and len(parts) > 1 and parts[1].isdecimal():
        return int(parts[1])
    tap = words.split(":")
    return int(tap[3]) if len(tap) == 4 and tap[2] == "pain" else None
