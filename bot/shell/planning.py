"""`bot plan`: the plan of a person who has passed the screening and the level's gate."""

import argparse
import json
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from bot.app.assembly import wall_clock
from bot.coach.cards import headline_of
from bot.config import Settings
from bot.content.rules import Rules, load_rules
from bot.content.workouts import load_workouts
from bot.domain.errors import BadInput, ContentWrong, SettingWrong
from bot.domain.library import Library
from bot.domain.person import parse_age
from bot.domain.plan import Athlete, Placed, PlanDay
from bot.domain.season import build
from bot.domain.spans import parse_minutes
from bot.domain.weekdays import parse_days
from bot.domain.workouts import Level, Terrain
from bot.shell.out import say
from bot.texts import Texts, plain

LONGEST = 104
Kind = TypeVar("Kind", Level, Terrain)


def plan(settings: Settings, given: argparse.Namespace) -> int:
    workouts, faults = load_workouts(settings.content)
    if workouts is None:
        raise ContentWrong(tuple(map(str, faults)))
    rules, faults = load_rules(settings.content, workouts.library)
    if rules is None:
        raise ContentWrong(tuple(map(str, faults)))
    texts = Texts(settings.content)
    athlete = _asked(given, rules, texts)
    start = _start(given.start)
    if not 0 < given.weeks <= LONGEST:
        raise SettingWrong(f"--weeks {given.weeks}: a number from 1 to {LONGEST}")
    days = build(athlete, workouts.library, rules.plan, start, given.weeks)

    def words(day: PlanDay) -> list[str]:
        return [plain(texts.say(rules.reasons[r.code].words, **r.facts)) for r in day.reasons]

    if given.json:
        say(json.dumps({"days": [_as_json(day, words(day)) for day in days]}, ensure_ascii=False))
    else:
        _print(days, workouts.library, words)
    return 0


def _asked(given: argparse.Namespace, rules: Rules, texts: Texts) -> Athlete:
    """The wishes as an athlete; a wrong one is told as a person would be told."""
    try:
        level = _one_of(Level, given.level, "level_unknown")
        return Athlete(
            level=level,
            days=_days(given.days, rules.plan.levels[level].days),
            lifts=_days(given.lift, frozenset()),
            terrain=_one_of(Terrain, given.terrain, "terrain_unknown"),
            minutes=parse_minutes(given.minutes) if given.minutes else None,
            age=parse_age(given.age) if given.age else None,
        )
    except BadInput as error:
        raise SettingWrong(plain(texts.render(f"bad/{error.code}", **error.facts))) from error


def _days(words: str | None, default: frozenset[int]) -> frozenset[int]:
    if words is None:
        return default
    return frozenset() if words.strip() in ("", "none") else parse_days(words)


def _one_of(kind: type[Kind], words: str, code: str) -> Kind:
    try:
        return kind(words.strip().lower())
    except ValueError:
        raise BadInput(code, text=words, known=[member.value for member in kind]) from None


def _start(words: str | None) -> date:
    if words is None:
        return wall_clock().date()
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise SettingWrong(f"--start {words}: a date such as 2026-01-05") from None


def _as_json(day: PlanDay, reasons: list[str]) -> dict[str, object]:
    return {
        "date": day.date.isoformat(),
        "week": day.week,
        "deload": day.deload,
        "class": day.grade.value,
        "load": day.load,
        "minutes": day.minutes,
        "sessions": [_session(placed) for placed in day.sessions],
        "reasons": reasons,
    }


def _session(placed: Placed) -> dict[str, object]:
    return {
        "kind": placed.kind.value,
        "session": placed.session.id,
        "variant": placed.variant.value if placed.variant else None,
        "class": placed.grade.value,
        "x": placed.x,
        "minutes": placed.minutes,
        "load": placed.load,
    }


def _print(
    days: tuple[PlanDay, ...], library: Library, words: Callable[[PlanDay], list[str]]
) -> None:
    week = None
    for number, day in enumerate(days):
        if number % 7 == 0:
            week = day.week
            say(f"\nWeek {number // 7 + 1}" + _programme(number // 7 + 1, week, deload=day.deload))
        mark = "x" if day.x else " "
        say(f"  {day.date:%a %d %b}  {day.grade.value}{mark} {headline_of(day, library)}")
        for reason in words(day):
            say(f"{'':18}{reason}")


def _programme(number: int, week: int, *, deload: bool) -> str:
    of_programme = f" (week {week} of the programme)" if week != number else ""
    return of_programme + (" · lighter" if deload else "")
