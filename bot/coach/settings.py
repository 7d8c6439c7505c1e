"""The settings: each can be typed with its value, asked for by buttons, and read back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.coach.desk import Asked, Desk, first_day
from bot.coach.resettling import resettle
from bot.domain.calendar import local_date
from bot.domain.clocktimes import parse_time
from bot.domain.due import OPEN_END, arriving, coming_pushes, today_of
from bot.domain.errors import BadInput
from bot.domain.messages import Message
from bot.domain.person import Person, parse_age
from bot.domain.places import Place
from bot.domain.spans import parse_minutes
from bot.domain.travel import clock_of, last_day, split_trip, travels, zone_of
from bot.domain.weekdays import parse_days
from bot.domain.workouts import Level, Terrain

QUESTIONS = ("level", "days", "zone", "time", "lift", "terrain", "minutes", "longest", "age")
LONGEST_RUN = 300  # minutes
SHORTEST_DAY, LONGEST_DAY = 20, 180  # minutes; in less no strength session fits
_NOBODY = ("none", "no", "off", "never")
_RANK = {level: rank for rank, level in enumerate(Level)}


def facts_of(person: Person, now: datetime) -> dict[str, object]:
    """What the templates about settings may ask for, as plain values."""
    at, zone = clock_of(person, now)
    coming = coming_pushes(person, now, 1)
    away = travels(person, now)
    return {
        "name": person.name,
        "level": person.level.value,
        "days": person.days,
        "at": at,
        "own_time": person.at is not None,
        "zone": zone_of(person, now),
        "home": person.zone,
        "away_until": person.away_until if away else None,
        "now": now.astimezone(zone),
        "lift": person.lift_days,
        "terrain": person.terrain.value,
        "minutes": person.minutes,
        "age": person.age.value if person.age else None,
        "longest": person.longest,
        "notes": person.notes,
        "consent": person.consent if person.consent_at else None,
        "paused": person.paused_until is not None,
        "paused_until": None if person.paused_until == OPEN_END else person.paused_until,
        "stopped": person.stopped,
        "coming": coming[0].astimezone(clock_of(person, coming[0])[1]) if coming else None,
        "at_once": bool(coming and coming[0] <= now),
    }


async def show(desk: Desk, asked: Asked) -> Message:
    """All settings, with buttons."""
    person = await desk.person(asked)
    return desk.say("settings", **facts_of(person, asked.now))


def question(desk: Desk, name: str) -> Message:
    """The question with its buttons that stands for a setting named without a value."""
    return desk.say(f"ask/{name}")


async def change(desk: Desk, asked: Asked, name: str) -> Message:
    """Set one of SETTINGS to what the person typed; without words: ask."""
    if not asked.words.strip():
        await desk.person(asked)
        return question(desk, name)
    await desk.person(asked)
    apply = _read(name, asked.words.strip().lower())
    async with desk.effect(asked) as unit:
        person, effect = await resettle(desk.content, unit, asked, apply, name)
    facts = facts_of(person, asked.now)
    return desk.say(f"saved/{name}", moved=effect.moved, gave_way=effect.gave_way, **facts)


async def change_level(desk: Desk, asked: Asked) -> Message:
    """Down acts at once; up asks the gate of the new level in one message first."""
    person = await desk.person(asked)
    wanted, _, assured = asked.words.strip().lower().partition(" ")
    if wanted == "stay":
        return desk.say("level_stay", level=person.level.value)
    if not wanted:
        return question(desk, "level")
    level = _level(wanted)
    if _RANK[level] > _RANK[person.level] and assured != "yes":
        gate = desk.content.rules.plan.levels[level].gate
        return desk.say("level_gate", level=level.value, gate=gate)
    return await change(desk, replace(asked, words=wanted), "level")


async def change_zone(desk: Desk, asked: Asked) -> Message:
    """A zone, a city, an offset, a typo of a city; buttons where it is unclear. With a last day it
    is a trip."""
    await desk.person(asked)
    words, last = split_trip(asked.words)
    if not words:
        return question(desk, "zone")
    found = desk.places.find(words)
    if not found:
        raise BadInput("zone_unknown", text=words)
    until = None
    if last is not None:
        until = last_day(last, local_date(asked.now, ZoneInfo(found[0].zone)))
    if len(found) > 1:
        return which_place(desk, found, asked.now, until)
    return await move_to(desk, asked, found[0].zone, found[0].name, until)


async def locate(desk: Desk, asked: Asked, latitude: float, longitude: float) -> Message:
    """The zone of a shared location, which itself is not stored."""
    zone = desk.places.zone_at(latitude, longitude)
    if zone is None:
        return desk.say("nowhere")
    return await move_to(desk, asked, zone, zone)


async def move_to(
    desk: Desk, asked: Asked, zone: str, place: str, until: date | None = None
) -> Message:
    """Set the zone, for good or up to a date; on the day of the sign-up the plan starts on that
    zone's date. Nobody travels whose home is not known: the place is taken as it."""

    def in_zone(person: Person) -> Person:
        if until is not None and person.zone is not None:
            person = replace(person, away_zone=zone, away_until=until)
        else:
            person = replace(person, zone=zone, away_zone=None, away_until=None)
        if not first_day(person, asked.now):
            return replace(person, next_push=arriving(person, asked.now) or person.next_push)
        today = today_of(person, asked.now)
        return replace(person, started_on=today, served=today)

    async with desk.effect(asked) as unit:
        person, _ = await resettle(desk.content, unit, asked, in_zone, "zone")
    facts = facts_of(person, asked.now)
    return desk.say("saved/zone", place=place, homeless=until and not person.away_zone, **facts)


def which_place(desk: Desk, found: tuple[Place, ...], now: datetime, until: date | None) -> Message:
    places = [
        {
            "name": p.name,
            "country": p.country,
            "zone": p.zone,
            "now": now.astimezone(ZoneInfo(p.zone)),
        }
        for p in found
    ]
    return desk.say("which_place", places=places, until=until)


Apply = Callable[[Person], Person]


def _read(name: str, words: str) -> Apply:
    """What the words change. A refusal knows the command, for the example that would work."""
    try:
        return SETTINGS[name](words)
    except BadInput as error:
        raise BadInput(error.code, **{**error.facts, "command": name}) from error


def _at(words: str) -> Apply:
    at = parse_time(words)
    return lambda person: replace(person, at=at)


def _days(words: str) -> Apply:
    days = parse_days(words)
    return lambda person: replace(person, days=days)


def _lift(words: str) -> Apply:
    days: frozenset[int] = frozenset() if words in _NOBODY else parse_days(words)
    return lambda person: replace(person, lift_days=days)


def _minutes(words: str) -> Apply:
    minutes = None if words in ("any", "all", *_NOBODY) else parse_minutes(words)
    if minutes is not None and not SHORTEST_DAY <= minutes <= LONGEST_DAY:
        code = "minutes_few" if minutes < SHORTEST_DAY else "minutes_unclear"
        raise BadInput(code, text=words, minutes=minutes, least=SHORTEST_DAY)
    return lambda person: replace(person, minutes=minutes)


def _terrain(words: str) -> Apply:
    try:
        terrain = Terrain(words)
    except ValueError:
        raise BadInput("terrain_unknown", text=words, known=[t.value for t in Terrain]) from None
    return lambda person: replace(person, terrain=terrain)


def _age(words: str) -> Apply:
    age = parse_age(words)
    return lambda person: replace(person, age=age)


def _longest(words: str) -> Apply:
    """Minutes of a run; 0 where there is none yet."""
    number = words.removesuffix("utes").removesuffix("min").strip().rstrip("'")
    minutes = 0 if words in _NOBODY else int(number) if number.isdecimal() else -1
    if not 0 <= minutes <= LONGEST_RUN:
        raise BadInput("longest_unclear", text=words[:60], most=LONGEST_RUN)
    return lambda person: replace(person, longest=minutes)


def _notes(words: str) -> Apply:
    if words not in ("on", "off"):
        raise BadInput("on_or_off", text=words)
    return lambda person: replace(person, notes=words == "on")


def _level(words: str) -> Level:
    try:
        return Level(words)
    except ValueError:
        raise BadInput("level_unknown", text=words, known=[v.value for v in Level]) from None


def _set_level(words: str) -> Apply:
    level = _level(words)
    return lambda person: replace(person, level=level)


SETTINGS: dict[str, Callable[[str], Apply]] = {
    "time": _at,
    "days": _days,
    "lift": _lift,
    "minutes": _minutes,
    "terrain": _terrain,
    "age": _age,
    "longest": _longest,
    "notes": _notes,
    "level": _set_level,
}
