"""Which names a misspelt one may be: few letters off, the better known the likelier."""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.places.table import Table

# Each letter that is off makes a place this much less likely than a place of the same size.
OFF = 0.02
# People a place needs to be thought of at all, by the letters that are off: among the small ones
# there is always one that an ordinary word is near to.
ENOUGH = {1: 100_000, 2: 500_000, 3: 1_000_000}
LARGE = 1000
CANDIDATES = 12
# Letters from which on an ordinary word is seldom near to a city's name in some other language.
LONG = 7


@dataclass(frozen=True, slots=True)
class Near:
    key: str
    off: int

    @property
    def share(self) -> float:
        return OFF**self.off

    @property
    def enough(self) -> int:
        return ENOUGH[self.off]


def likely(key: str, table: Table) -> list[Near]:
    """Names near to `key`. A wrong first letter is only thought of for large cities."""
    reach = _reach(len(key))
    if reach == 0 or not key.replace(" ", "").isalpha():
        return []
    pool = {
        *table.names_near(key, reach, others=len(key) >= LONG),
        *table.names_of_large(key, reach, LARGE),
        *table.area_words(key, reach),
    }
    near = _near(key, pool, reach)
    return near if len(key) > 4 else [one for one in near if _slipped(key, one.key)]


def _near(key: str, pool: Iterable[str], reach: int) -> list[Near]:
    found = process.extract(
        key, sorted(pool), scorer=OSA.distance, score_cutoff=reach, limit=CANDIDATES
    )
    return [Near(name, int(distance)) for name, distance, _ in found if distance]


def _reach(length: int) -> int:
    """How many letters may be off: a short word is near to too many names."""
    if length < 4:
        return 0
    return 1 if length < 8 else 2 if length < 12 else 3


def _slipped(short: str, name: str) -> bool:
    """Whether letters were only swapped or left out: `home` is not Rome."""
    return len(name) > len(short) or sorted(name) == sorted(short)
