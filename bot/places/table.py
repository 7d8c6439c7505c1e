"""The file of places: SQLite as a read-only data format, its only statements.

Made by tests/tools/make_places.py from GeoNames. Cities are numbered from the largest down.
"""

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.domain.errors import NotReady

_BY_KEY = """SELECT city.name, country.name, city.region, city.zone, city.population, city.country,
 (city.population + 1) * (CASE name.main WHEN 1 THEN 1 ELSE 0.3 END)
 FROM name JOIN city ON city.id = name.city JOIN country ON country.code = city.country
 WHERE name.key = ?"""
_AREA = """SELECT coalesce(city.name, area.name), coalesce(country.name, ''),
 coalesce(city.region, ''), area.zone, coalesce(city.population, 0), area.code, area.population
 FROM area LEFT JOIN city ON city.id = area.city
 LEFT JOIN country ON country.code = city.country WHERE area.code = ?"""
_ZONE = """SELECT coalesce(city.name, ''), coalesce(country.name, ''), coalesce(city.region, ''),
 zone.name, coalesce(city.population, 0), coalesce(city.country, ''), 1
 FROM zone LEFT JOIN city ON city.id = zone.city
 LEFT JOIN country ON country.code = city.country WHERE zone.name = ? COLLATE NOCASE"""
_NEAR = """SELECT DISTINCT key FROM name WHERE key >= ? AND key < ?
 AND length(key) BETWEEN ? AND ? AND main >= ?"""
_LARGE = """SELECT DISTINCT key FROM name WHERE city < ? AND main AND length(key) BETWEEN ? AND ?"""
_AREA_WORDS = "SELECT key FROM word WHERE kind = 'area' AND length(key) BETWEEN ? AND ?"


@dataclass(frozen=True, slots=True)
class Row:
    """A city, or the largest one of a zone or of an area's part; `code` is its country's.

    `weight` says how likely it is meant: the people there, for a city's other names fewer
    (Valencia is rather in Spain than where the name was borrowed).
    """

    name: str
    country: str
    region: str
    zone: str
    population: int
    code: str
    weight: float


@dataclass(frozen=True, slots=True)
class Word:
    """What a key means: kind id, zone, area, or code (an area, but only behind a city)."""

    kind: str
    ref: str


class Table:
    """Look-ups by key (see keys.py); the connection may be used from any one thread at a time."""

    def __init__(self, path: Path) -> None:
        """Raises NotReady where there is no such file."""
        if not path.is_file():
            raise NotReady(f"{path} is missing: restore it from the checkout or the package")
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._database = sqlite3.connect(uri, uri=True, check_same_thread=False)

    def close(self) -> None:
        self._database.close()

    def words(self, key: str) -> list[Word]:
        rows = self._all("SELECT kind, ref FROM word WHERE key = ? ORDER BY rank", key)
        return [Word(*row) for row in rows]

    def cities(self, key: str) -> list[Row]:
        return self._rows(_BY_KEY, key)

    def area(self, code: str) -> list[Row]:
        """The zones of a country (`DE`), a region (`US.TX`) or an island (`@Bali`)."""
        return self._rows(_AREA, code)

    def zone(self, name: str) -> list[Row]:
        """The zone of this id, in any case."""
        return self._rows(_ZONE, name)

    def names_near(self, key: str, reach: int, others: bool) -> list[str]:
        """Names of about the length of `key` with its first letter; `others`: not main ones too."""
        start, end = key[0], chr(ord(key[0]) + 1)
        return self._keys(_NEAR, start, end, len(key) - reach, len(key) + reach, int(not others))

    def names_of_large(self, key: str, reach: int, count: int) -> list[str]:
        """Main names of the `count` largest cities of about the length of `key`."""
        return self._keys(_LARGE, count, len(key) - reach, len(key) + reach)

    def area_words(self, key: str, reach: int) -> list[str]:
        """Words for countries and regions of about the length of `key`."""
        return self._keys(_AREA_WORDS, len(key) - reach, len(key) + reach)

    def _keys(self, sql: str, *values: object) -> list[str]:
        return [row[0] for row in self._all(sql, *values)]

    def _rows(self, sql: str, *values: object) -> list[Row]:
        return [Row(*row) for row in self._all(sql, *values)]

    def _all(self, sql: str, *values: object) -> list[Any]:
        found: list[Any] = self._database.execute(sql, values).fetchall()
        return found
