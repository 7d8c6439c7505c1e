"""The twelve weeks at a glance: a picture, and a line for each week beside it."""

import asyncio
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bot.coach import flags
from bot.coach.cards import headline
from bot.coach.desk import Asked, Desk
from bot.coach.records import CYCLE_BACK, Opened, view
from bot.coach.stock import Content
from bot.domain.history import forecast
from bot.domain.ledger import DAYS
from bot.domain.messages import Message, Picture
from bot.domain.person import Screening
from bot.domain.plan import PlanDay
from bot.domain.workouts import Grade, Kind
from bot.pictures import PlanChart, PlanWeek, plan_chart

_SHOWN = (Grade.HARD, Grade.MODERATE, Grade.LIGHT)
PlannedWeek = tuple[int, bool, Sequence[PlanDay]]  # number, whether it is now, days


async def plan(desk: Desk, asked: Asked) -> Message:
    """The running cycle; with "days" each training day in words."""
    person, visitor = await desk.visitor_or_person(asked)
    if not visitor and (stopped := flags.stops(desk.content, person, asked.now)):
        return stopped
    found = await view(desk, person, asked.now, visitor=visitor, back=CYCLE_BACK)
    weeks = cycle_of(desk.content, found)
    person = found.person
    about: dict[str, object] = {"level": person.level.value, "cycle": found.record.standing.cycle}
    if asked.words.strip().lower() == "days":
        rows = [
            {**_in_words(desk.content, week), "again": again}
            for week, again in zip(weeks, _again(weeks), strict=True)
        ]
        return desk.say("plan", weeks=rows, visitor=visitor, **about)
    unscreened = person.screening is Screening.UNASKED
    message = _message(desk, {**about, "visitor": visitor, "unscreened": unscreened}, weeks)
    chart = chart_of(desk.content, found, weeks)
    key = f"plan-{hashlib.sha256(repr(chart).encode()).hexdigest()[:16]}"
    picture = Picture(key, await asyncio.to_thread(plan_chart, chart))
    return replace(message, picture=picture)


def cycle_of(content: Content, found: Opened) -> tuple[PlannedWeek, ...]:
    """The weeks of the running cycle: those behind as they were, those ahead if all goes well."""
    standing, length = found.record.standing, content.library.caps.weeks
    days = forecast(found.record, length - standing.week, content.books)
    start = next(n for n, day in enumerate(days) if day.date == standing.week_start)
    begins = 1 if standing.cycle == 1 else content.rules.plan.later_cycles_from
    first = start - min(start // DAYS, max(standing.week - begins, 0)) * DAYS
    weeks = [days[n : n + DAYS] for n in range(first, len(days), DAYS)]
    return tuple((week[-1].week, week[0].date == standing.week_start, week) for week in weeks)


def _in_words(content: Content, week: PlannedWeek) -> dict[str, object]:
    number, now, days = week
    lines = [f"{day.date:%a}: {headline(content, day)}" for day in days if day.training]
    return {"number": number, "deload": days[0].deload, "now": now, "lines": lines}


def chart_of(content: Content, found: Opened, weeks: Sequence[PlannedWeek]) -> PlanChart:
    """What the picture shows: each week's minutes by class."""
    words, chart = content.library.measures.words, content.tables.ledger.chart
    return PlanChart(
        title=chart.plan if found.record.standing.cycle == 1 else chart.later,
        where=words.levels[found.person.level],
        subtitle=chart.minutes,
        weeks=tuple(
            PlanWeek(_label(number, again and not now), _minutes(days), _lighter(days), now)
            for (number, now, days), again in zip(weeks, _again(weeks), strict=True)
        ),
        words={grade: words.grades[grade] for grade in _SHOWN},
        deload=chart.lighter,
    )


def _message(desk: Desk, about: dict[str, object], weeks: Sequence[PlannedWeek]) -> Message:
    """The same as the picture in words, and what the running week is made of."""
    words = desk.content.library.measures.words
    again = _again(weeks)
    rows = [
        {
            "number": number,
            "now": now,
            "again": comes_again,
            "lighter": _lighter(days),
            "minutes": sum(day.minutes for day in days),
            "shares": [
                (round(minutes), words.grades[grade].lower())
                for grade in _SHOWN
                if (minutes := _minutes(days).get(grade))
            ],
        }
        for (number, now, days), comes_again in zip(weeks, again, strict=True)
    ]
    days = next((days for _, now, days in weeks if now), weeks[0][2])
    return desk.say(
        "plan_glance",
        kinds=_kinds(days, words.kinds),
        rows=rows,
        waits=len(weeks) > 1 and all(again[-2:]),
        **about,
    )


def _label(number: int, again: bool) -> str:
    return "" if again else str(number)


def _again(weeks: Sequence[PlannedWeek]) -> list[bool]:
    """Which weeks have the number of the one before: they are repeated, or the plan waits."""
    numbers = [number for number, _, _ in weeks]
    return [n > 0 and number == numbers[n - 1] for n, number in enumerate(numbers)]


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
