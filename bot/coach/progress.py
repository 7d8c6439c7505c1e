"""The weeks behind a person: what they gave to the legs, how steady they were, is it enough."""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from bot.coach import flags, summing_up
from bot.coach.desk import Asked, Desk
from bot.coach.stock import Content
from bot.coach.weeks import weeks_of
from bot.domain.answers import Reply, ReplyKind, quoted
from bot.domain.ledger import LedgerTable, Week, mean_points, trend
from bot.domain.messages import Message, Picture
from bot.domain.person import Person
from bot.domain.wishes import Wish, Wishes, wish_of
from bot.domain.workouts import Muscle
from bot.pictures import MuscleBar, ProgressChart, ProgressWeek, progress_chart

_MONTHLY = 4


async def show(desk: Desk, asked: Asked) -> Message:
    """The running week, the trend of the last ones, and the chart; or one of its two details."""
    person, visitor = await desk.visitor_or_person(asked)
    if visitor:
        return desk.say("please_start")
    if stopped := flags.stops(desk.content, person, asked.now):
        return stopped
    match asked.words.strip().lower():
        case "enough":
            return await enough(desk, asked)
        case "week":
            return await last_week(desk, asked)
    weeks = await weeks_of(desk, person, asked.now)
    if not any(week.done for week in weeks):
        return desk.say("progress/empty")
    message = desk.say("progress/weeks", **_facts(desk.content.tables.ledger, weeks))
    return replace(message, picture=await _picture(desk.content, person, weeks))


async def last_week(desk: Desk, asked: Asked) -> Message:
    """The weekly summary as a message of its own, as it was asked for."""
    person = await desk.person(asked)
    week = await summing_up.summary(desk, person, asked.now)
    return desk.say("progress/last_week", week=week)


async def enough(desk: Desk, asked: Asked) -> Message:
    """Whether the person's own weeks are enough for the legs, and what leg day adds."""
    person = await desk.person(asked)
    table, knowledge = desk.content.tables.ledger, desk.content.knowledge
    weeks = await weeks_of(desk, person, asked.now)
    told = _judged_weeks(table, weeks)
    passage = knowledge.passage(table.passage)
    return desk.say(
        "progress/enough",
        **_verdict(table, told),
        quote=quoted(passage, ()).text if passage else "",
        topic=knowledge.topics[table.passage.partition("#")[0]],
    )


async def own_weeks(desk: Desk, asked: Asked) -> Reply | None:
    """The answer from the person's own weeks; None where something else, or a stranger, asks."""
    table = desk.content.tables.ledger
    if wish_of(asked.words, _asked(table.asked, desk.content.wishes.polite)) is None:
        return None
    _, visitor = await desk.visitor_or_person(asked)
    if visitor:
        return None
    topic = table.passage.partition("#")[0]
    message = await enough(desk, asked)
    return Reply(
        ReplyKind.ANSWER, message, topics=(topic,), confidence=1.0, steps=("own weeks: asked",)
    )


@lru_cache(maxsize=4)
def _asked(patterns: tuple[str, ...], polite: tuple[str, ...]) -> Wishes:
    return Wishes.of((Wish("enough", "/progress enough", patterns),), polite, {})


def _judged_weeks(table: LedgerTable, weeks: Sequence[Week]) -> list[Week]:
    """The last whole weeks; in the first week of all that one."""
    over = [week for week in weeks if week.over][-table.trend :]
    told = over or list(weeks)
    return told if any(week.done for week in told) else []


def _verdict(table: LedgerTable, weeks: Sequence[Week]) -> dict[str, object]:
    """`code`: unknown, lift (leg day is missing), group (one is short) or enough."""
    given = mean_points([week.given for week in weeks])
    alone = mean_points([week.run_given for week in weeks])
    lifts = sum(week.lifts for week in weeks) / max(1, len(weeks))
    least = min(table.judged, key=given.__getitem__)
    code = "enough"
    if not weeks:
        code = "unknown"
    elif lifts < table.lifts_least:
        code = "lift"
    elif given[least] < table.enough:
        code = "group"
    return {
        "code": code,
        "weeks": len(weeks),
        "lifts": round(lifts, 1),
        "wanted": table.lifts,
        "mark": round(table.enough),
        "least": table.names[least].lower(),
        "groups": [(table.names[m], round(given[m]), round(alone[m])) for m in Muscle],
    }


def _facts(table: LedgerTable, weeks: Sequence[Week]) -> dict[str, object]:
    now, over = weeks[-1], [week for week in weeks if week.over]
    usual = mean_points([week.given for week in over[-table.trend :]])
    month = weeks[-_MONTHLY:]
    means = trend([week.load for week in over], table.trend)
    return {
        "number": now.number,
        "first": now.first,
        "last": now.last,
        "done": now.done,
        "planned": now.planned,
        "minutes": round(now.minutes),
        "groups": [
            (table.names[m], round(now.given[m]), round(usual[m]) if over else None) for m in Muscle
        ],
        "mark": round(table.enough),
        "kept": sum(week.kept for week in month),
        "counted": sum(week.counted for week in month),
        "span": len(month),
        "load": round(means[-1]) if means else None,
        "before": round(means[-1 - table.trend]) if len(means) > table.trend else None,
        "of": table.trend,
    }


async def _picture(content: Content, person: Person, weeks: Sequence[Week]) -> Picture:
    chart = chart_of(content, person, weeks)
    key = f"progress-{hashlib.sha256(repr(chart).encode()).hexdigest()[:16]}"
    return Picture(key, await asyncio.to_thread(progress_chart, chart))


def chart_of(content: Content, person: Person, weeks: Sequence[Week]) -> ProgressChart:
    """What the picture shows; the message beside it says the same."""
    table, words = content.tables.ledger, content.library.measures.words
    over = [week for week in weeks if week.over]
    means = [*trend([week.load for week in over], table.trend), None]
    usual = mean_points([week.given for week in over[-table.trend :]])
    bars = [
        ProgressWeek(str(week.number), mean, week.done, week.planned)
        for week, mean in zip(weeks, means, strict=True)
    ]
    return ProgressChart(
        title=table.chart.progress,
        where=f"{words.levels[person.level]} · {words.week} {weeks[-1].number}",
        weeks=tuple(bars[-table.weeks :]),
        muscles=tuple(
            MuscleBar(m, table.names[m], weeks[-1].given[m], usual[m] if over else None)
            for m in Muscle
        ),
        load=table.chart.load,
        load_value=table.chart.load_mean,
        kept=table.chart.sessions,
        kept_value=f"{weeks[-1].done} / {weeks[-1].planned}",
        stimulus=table.chart.stimulus,
        usual=table.chart.usual,
    )
