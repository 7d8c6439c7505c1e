"""Who lives here: kinds of people, and for each person the wishes that shape their plan."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

from bot.domain.plan import PlanDay


class Character(StrEnum):
    """What somebody is like; each does now and then what people do, and one thing often."""

    OBEYS = "obeys"
    SKIPS = "skips"
    OVERREACHES = "overreaches"
    TRAVELS = "travels"
    FALLS_ILL = "falls ill"
    HURTS = "hurts"
    ALARMS = "raises flags"
    LIFTS = "lifts on a whim"
    PAUSES = "pauses"
    STOPS = "stops, comes back"
    CHANGES = "changes their mind"
    SILENT = "never reports"
    FUMBLES = "presses old buttons"
    LIMITED = "has limits"


@dataclass(slots=True)
class Actor:
    """One person: how they are, what they wished for at the sign-up, and what they last saw.

    `asks`: takes the questions of the sign-up. `limits`: the health questions with a yes.
    `screens` are the latest messages' buttons, newest last; `seen` is the day they were shown.
    """

    id: int
    character: Character
    chance: Random
    first_words: tuple[str, ...]
    asks: bool
    consents: bool
    answers_health: bool
    limits: tuple[str, ...]
    cleared: bool
    screens: list[tuple[str, ...]] = field(default_factory=list)
    seen: PlanDay | None = None

    def often(self, *characters: Character) -> bool:
        return self.character in characters


ZONES = (
    "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Asia/Tokyo",
    "America/Santiago", "Africa/Cairo", "Pacific/Auckland", "America/St_Johns", "Europe/Lisbon",
    "Pacific/Kiritimati", "America/Nuuk",
)  # fmt: skip
ABROAD = (*ZONES, "Asia/Kolkata", "America/Los_Angeles", "Pacific/Apia", "Pacific/Honolulu")
TIMES = ("7:00", "6:30", "18:00", "12:15", "2:30", "5:00", "21:45", "23:30", "8:00")
DAYS = (
    "all", "mon wed fri", "tue thu sat", "tue thu sat sun", "mon tue thu fri sat", "wed",
    "sat sun", "mon tue wed thu fri",
)  # fmt: skip
LIFTS = ("none", "tue fri", "mon thu", "wed", "wed sat", "mon")
MINUTES = ("any", "30", "40", "50", "60", "90", "25")
_AGES = ("", "18-49", "18-49", "18-49", "50-69", "70+", "16-17", "13-15")
TERRAINS = ("hill", "hill", "flat", "treadmill", "stairs", "ramp")
_LEVELS = ("beginner", "beginner", "intermediate", "advanced")
_QUESTIONS = ("Q1", "Q4", "Q6", "Q10", "Q12", "Q2")


def cast(people: int, seed: int) -> list[Actor]:
    """`people` persons, all kinds in turn; the same seed gives the same ones."""
    kinds = tuple(Character)
    return [_actor(one, kinds[(one - 1) % len(kinds)], seed) for one in range(1, people + 1)]


def _actor(number: int, character: Character, seed: int) -> Actor:
    chance = Random(f"{seed} {number}")  # noqa: S311  (lives, not secrets)
    limited = character is Character.LIMITED
    return Actor(
        id=number,
        character=character,
        chance=chance,
        first_words=tuple(_first_words(chance)),
        asks=chance.random() < 0.4,
        consents=chance.random() < 0.85,
        answers_health=chance.random() < (0.7 if limited else 0.93),
        limits=(_some(chance, _QUESTIONS),) if limited else (),
        cleared=chance.random() < 0.5,
    )


def _first_words(chance: Random) -> list[str]:
    """The settings of the sign-up, typed; most people leave some of them as they are."""
    wishes = [
        f"/timezone {_some(chance, ZONES)}",
        f"/days {_some(chance, DAYS)}",
        f"/time {_some(chance, TIMES)}",
        f"/lift {_some(chance, LIFTS)}",
        f"/terrain {_some(chance, TERRAINS)}",
        f"/minutes {_some(chance, MINUTES)}",
        f"/longest {_some(chance, ('0', '20', '30', '45', '60', '90'))}",
        f"/notes {_some(chance, ('on', 'off'))}",
    ]
    kept = [wish for wish in wishes if chance.random() < 0.7]
    age = _some(chance, _AGES)
    level = _some(chance, _LEVELS)
    return [*([f"/age {age}"] if age else []), f"/level {level} yes", *kept]


def _some(chance: Random, things: Sequence[str]) -> str:
    return things[chance.randrange(len(things))]
