"""The twelve weeks at a glance: a picture, and a line for each week beside it."""

import asyncio
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bot.coach import showing
from bot.coach.desk import Asked, Desk
from bot.coach.planning import athlete_of
from bot.coach.stock import Content
from bot.domain.due import today_of
from bot.domain.ledger import DAYS
from bot.domain.messages import Message, Picture
from bot.domain.person import Person
from bot.domain.plan import PlanDay
from bot.domain.workouts import Grade, Kind
from bot.pictures import PlanChart, PlanWeek, plan_chart

_SHOWN = (Grade.HARD, Grade.MODERATE, Grade.LIGHT)
PlannedWeek = tuple[int, bool, Sequence[PlanDay]]  # number, whether it is now, days


async def plan(desk: Desk, asked: Asked) -> Message:
    """The running cycle; with "days" each training day in words."""
    if asked.words.strip().lower() == "days":
        return await showing.plan(desk, asked)
    person, visitor = await desk.visitor_or_person(asked)
    here = max((today_of(person, asked.now) - person.started_on).days, 0) // DAYS
    weeks = cycle_of(desk.content, person, here)
    message = _message(desk, person, weeks, visitor)
    chart = chart_of(desk.content, person, weeks)
    key = f"plan-{hashlib.sha256(repr(chart).encode()).hexdigest()[:16]}"
    picture = Picture(key, await asyncio.to_thread(plan_chart, chart))
    return replace(message, picture=picture)


def cycle_of(content: Content, person: Person, here: int) -> tuple[PlannedWeek, ...]:
    """The weeks of the cycle that week `here` (from 0) is in."""
    length = content.library.caps.weeks
    first = here // length * length
    days = content.plans.days(athlete_of(person), person.started_on, first + length)
    return tuple(
        (n + 1, n == here, days[n * DAYS : (n + 1) * DAYS]) for n in range(first, first + length)
    )


def chart_of(content: Content, person: Person, weeks: Sequence[PlannedWeek]) -> PlanChart:
    """What the picture shows: each week's minutes by class."""
    words, chart = content.library.measures.words, content.tables.ledger.chart
    return PlanChart(
        title=chart.plan,
        where=words.levels[person.level],
        subtitle=chart.minutes,
        weeks=tuple(
            PlanWeek(str(number), _minutes(days), deload=_lighter(days), current=now)
            for number, now, days in weeks
        ),
        words={grade: words.grades[grade] for grade in _SHOWN},
        deload=chart.lighter,
    )


def _message(desk: Desk, person: Person, weeks: Sequence[PlannedWeek], visitor: bool) -> Message:
    """The same as the picture in words, and what the running week is made of."""
    words = desk.content.library.measures.words
    rows = [
        {
            "number": number,
            "now": now,
            "lighter": _lighter(days),
            "minutes": sum(day.minutes for day in days),
            "shares": [
                (round(minutes), words.grades[grade].lower())
                for grade in _SHOWN
                if (minutes := _minutes(days).get(grade))
            ],
        }
        for number, now, days in weeks
    ]
    days = next((days for _, now, days in weeks if now), weeks[0][2])
    return desk.say(
        "plan_glance",
        level=person.level.value,
        kinds=_kinds(days, words.kinds),
        rows=rows,
        visitor=visitor,
    )


def _kinds(days: Sequence[PlanDay], names: dict[Kind, str]) -> str:
    """Such as "Hill, Intervals, 2 × Strength", in the order of the week."""
    found = Counter(s.kind for day in days for s in day.sessions if s.kind is not Kind.REST)
    return ", ".join(
        f"{times} × {names[kind]}" if times > 1 else names[kind] for kind, times in found.items()
    )


def _minutes(days: Sequence[PlanDay]) -> dict[Grade, float]:
    found: dict[Grade, float] = {}
    for day in days:
        for placed in day.sessions:
            found[placed.grade] = found.get(placed.grade, 0.0) + placed.minutes
    return found


def _lighter(days: Sequence[PlanDay]) -> bool:
    return any(day.deload for day in days)
