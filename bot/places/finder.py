"""From what a person typed, or where a person is, to the zone of their clock."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from math import isfinite
from pathlib import Path
from types import TracebackType
from typing import Self
from zoneinfo import ZoneInfo, available_timezones

import tzfpy

from bot.domain.places import Place
from bot.places import offsets
from bot.places.keys import key_of
from bot.places.likeness import likely
from bot.places.table import Row, Table, Word

MOST = 3
LONGEST = 80
# Below this share of the best one's weight nobody is asked whether they mean it.
CLEAR = 0.1

_LEADS = re.compile(
    r"^(?:(?:i|im|we|my|am|are|is|it|its|live|living|stay|staying|work|based|here|s|m|now|currently|"
    r"in|near|nearby|close|around|from|at|to|by|time|timezone|zone|city|town|set|change|use|please|"
    r"the city of|city of|greater|downtown) )+"
)
_TAILS = re.compile(
    r"(?: (?:standard|daylight|summer|local|time|times|timezone|time zone|tz|zone|please|pls|area|"
    r"region|city|now))+$"
)
# Of a year for which every country's law is known.
_SEASONS = (datetime(2026, 1, 15, tzinfo=UTC), datetime(2026, 7, 15, tzinfo=UTC))
# What people answer who name no place; there are towns of nearly each name.
_NOWHERE = frozenset(("time", "local", "zone", "later", "here", "home", "there", "nowhere", "skip"))


class Places:
    """Finds places in one read-only file; safe to share, one look-up at a time."""

    def __init__(self, table: Table) -> None:
        self._table = table

    @classmethod
    def open(cls, path: Path) -> Self:
        """Raises NotReady where the file is missing."""
        return cls(Table(path))

    def close(self) -> None:
        self._table.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def zone_at(self, latitude: float, longitude: float) -> str | None:
        """The IANA zone at a point, in degrees; at sea one of Etc/GMT; None for no such point."""
        if not (isfinite(latitude) and isfinite(longitude)):
            return None
        if abs(latitude) > 90 or abs(longitude) > 180:
            return None
        zone = str(tzfpy.get_tz(longitude, latitude))
        return zone if zone in available_timezones() else None

    def find(self, text: str) -> tuple[Place, ...]:
        """The places that `text` may mean, the likeliest first; one where it is clear.

        An exact name comes before any guess at a misspelling, a zone's name before a city's.
        """
        if len(text) > LONGEST:
            return ()
        offset = offsets.offset_of(text)
        zone = None if offset is None else offsets.zone_of(offset)
        if offset is not None and zone:
            return (Place(offsets.shown(offset), "", zone, 0),)
        if rows := self._table.zone("_".join(text.split())):
            return _zone_places(rows)
        wordings = _wordings(text)
        return (
            _first(self._exact(key) for key in wordings)
            or _first(self._behind(key, self._table.cities) for key in wordings)
            or _first(self._behind(key, self._misspelt) for key in reversed(wordings))
            or _first(self._area_alone(key, "," in text) for key in wordings)
            or self._exact(_before_comma(text))
            or _first(_best(self._misspelt(key)) for key in reversed(wordings))
        )

    def _exact(self, key: str) -> tuple[Place, ...]:
        words = self._table.words(key)
        if zones := [word.ref for word in words if word.kind in ("zone", "id")]:
            return _zone_places(row for zone in zones for row in self._table.zone(zone))
        return _best([*self._table.cities(key), *self._areas(words, ("area", "flag"))])

    def _behind(self, key: str, cities: Callable[[str], list[Row]]) -> tuple[Place, ...]:
        """A city with its region and country behind it: `austin tx`, `springfield illinois usa`."""
        for head, areas in self._splits(key):
            nested = [row for inner, within in self._splits(head)
                      for row in cities(inner) if _lies_in(row, within)]  # fmt: skip
            found = [row for row in (*cities(head), *nested) if _lies_in(row, areas)]
            if found:
                return _best(found)
        return ()

    def _area_alone(self, key: str, comma: bool) -> tuple[Place, ...]:
        """The country or region behind a city that is not known; `in` alone is not Indiana."""
        for _, areas in self._splits(key):
            kinds = ("area", "code") if comma else ("area",)
            if rows := [row for word in areas if word.kind in kinds for row in self._area(word)]:
                return _best(rows)
        return ()

    def _splits(self, key: str) -> Iterator[tuple[str, list[Word]]]:
        """Ways to read the last one to three words as a country or region."""
        words = key.split()
        for count in range(min(3, len(words) - 1), 0, -1):
            found = self._table.words(" ".join(words[-count:]))
            if areas := [word for word in found if word.kind in ("area", "code")]:
                yield " ".join(words[:-count]), areas

    def _areas(self, words: Iterable[Word], kinds: tuple[str, ...]) -> list[Row]:
        return [row for word in words if word.kind in kinds for row in self._area(word)]

    def _area(self, word: Word) -> list[Row]:
        return self._table.area(word.ref)

    def _misspelt(self, key: str) -> list[Row]:
        """The places that a misspelt name may be, each weighing the less the more is off."""
        return [
            replace(row, weight=row.weight * near.share)
            for near in likely(key, self._table)
            for row in (
                *self._table.cities(near.key),
                *self._areas(self._table.words(near.key), ("area",)),
            )
            if row.weight >= near.enough
        ]


def _first(attempts: Iterable[tuple[Place, ...]]) -> tuple[Place, ...]:
    return next((found for found in attempts if found), ())


def _wordings(text: str) -> list[str]:
    """The key of the text as it stands, then without the words around a name."""
    key = key_of(text)
    bare = _LEADS.sub("", key)
    kept = [key, _TAILS.sub("", key), bare, _TAILS.sub("", bare)]
    return list(dict.fromkeys(wording for wording in kept if wording and wording not in _NOWHERE))


def _before_comma(text: str) -> str:
    head, comma, _ = text.partition(",")
    return _LEADS.sub("", key_of(head)) if comma else ""


def _lies_in(row: Row, areas: Iterable[Word]) -> bool:
    codes = {word.ref for word in areas}
    return row.code in codes or f"{row.code}.{row.region}" in codes


def _best(rows: Iterable[Row]) -> tuple[Place, ...]:
    """At most MOST places, each with a clock of its own, none far below the best."""
    ranked = sorted(rows, key=lambda row: -row.weight)
    best: dict[tuple[object, ...], Row] = {}
    for row in ranked:
        if row.weight >= ranked[0].weight * CLEAR:
            best.setdefault(_clock(row), row)
    return tuple(_told_apart(list(best.values())[:MOST]))


def _clock(row: Row) -> tuple[object, ...]:
    """Two zones of one country that agree in winter and summer are one clock to choose."""
    zone = ZoneInfo(row.zone)
    return row.country, *(zone.utcoffset(season) for season in _SEASONS)


def _told_apart(rows: list[Row]) -> Iterator[Place]:
    """Places; those of one name and country bear their region (Portland, OR)."""
    names = [(row.name, row.country) for row in rows]
    for row in rows:
        alike = names.count((row.name, row.country)) > 1 and row.region
        name = f"{row.name}, {row.region}" if alike else row.name
        yield Place(name, row.country, row.zone, row.population)


def _zone_places(rows: Iterable[Row]) -> tuple[Place, ...]:
    """Zones in the order given, each by the city in its id; UTC and its like by their own names."""
    found = {row.zone: row for row in rows}
    return tuple(_zone_place(row) for row in found.values())[:MOST]


def _zone_place(row: Row) -> Place:
    area, _, city = row.zone.rpartition("/")
    if area == "Etc" and city.startswith("GMT") and city[3:]:
        return Place(offsets.shown(-60 * int(city[3:])), "", row.zone, 0)
    return Place(city.replace("_", " "), row.country, row.zone, row.population)
