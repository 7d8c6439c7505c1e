"""The person who is coached: settings only, no history."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from bot.domain.errors import BadInput
from bot.domain.workouts import Level, Terrain


class AgeBand(StrEnum):
    CHILD = "13-15"
    TEEN = "16-17"
    ADULT = "18-49"
    MASTER = "50-69"
    SENIOR = "70+"


_BANDS = ((13, None), (16, AgeBand.CHILD), (18, AgeBand.TEEN), (50, AgeBand.ADULT))
_OLDEST = 110


def parse_age(text: str) -> AgeBand:
    """A band, or a number of years. Raises BadInput with age_unknown or age_under."""
    words = text.strip().replace("–", "-").removesuffix("years").strip()
    known = [band.value for band in AgeBand]
    if words in known:
        return AgeBand(words)
    if not words.isdecimal() or int(words) > _OLDEST:
        raise BadInput("age_unknown", text=text.strip(), known=known)
    years = int(words)
    for below, band in _BANDS:
        if years < below:
            if band is None:
                raise BadInput("age_under", text=words, least=below)
            return band
    return AgeBand.MASTER if years < 70 else AgeBand.SENIOR


class Sex(StrEnum):
    """For the usual numbers of the self-test, which differ; told or not."""

    WOMAN = "woman"
    MAN = "man"


class Screening(StrEnum):
    """What the answers of the screening allow (reference: the safety rules of the content)."""

    UNASKED = "unasked"
    CLEAR = "clear"
    NO_X = "no_x"
    LIGHT = "light"
    WALKS = "walks"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Person:
    """One signed-up person.

    `zone` None: not known yet, the clock is UTC at the time of the sign-up. `at` None: the
    default time. `days` are weekdays, Monday 0. `started_on` is the first local date of the
    plan. `next_push` is an instant in UTC, None while paused or stopped; `served` is the local
    date of the last push, which no change of time or zone may bring again. `flag` is the open
    row of the red-flag catalogue: while it is there, no training is sent or advised.
    `longest` is the longest recent run in minutes, as told. `consent`: health answers may be
    kept; `consent_at` is when that was answered, None: not asked yet. `screened_on` is the local
    date of the health questions, `limited_until` the one from which their limits are over.
    `away_zone` counts in place of `zone` up to the date `away_until`, the last one of a trip.
    """

    id: int
    chat_id: int
    name: str
    signed_up: datetime
    started_on: date
    level: Level = Level.BEGINNER
    days: frozenset[int] = frozenset()
    at: time | None = None
    zone: str | None = None
    lift_days: frozenset[int] = frozenset()
    terrain: Terrain = Terrain.HILL
    minutes: int | None = None
    age: AgeBand | None = None
    screening: Screening = Screening.UNASKED
    notes: bool = False
    consent: bool = False
    paused_until: date | None = None
    stopped: bool = False
    reachable: bool = True
    last_seen: datetime | None = None
    next_push: datetime | None = None
    served: date | None = None
    flag: str | None = None
    longest: int | None = None
    sex: Sex | None = None
    consent_at: datetime | None = None
    screened_on: date | None = None
    limited_until: date | None = None
    away_zone: str | None = None
    away_until: date | None = None
