"""The plan in words: today, tomorrow, the week, the twelve weeks, and why."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.coach import broadcasting, flags
from bot.coach.cards import (
    Extras,
    day_message,
    headline,
    main_of,
    reason_words,
    session_details,
    with_reasons,
)
from bot.coach.desk import Asked, Desk
from bot.coach.planning import athlete_of
from bot.coach.stock import Content
from bot.domain.due import today_of
from bot.domain.messages import Message
from bot.domain.person import Person, Screening
from bot.domain.plan import PlanDay, Reason
from bot.domain.pushes import Push, PushKind

WEEK = 7
FURTHEST = timedelta(days=31)


async def today(desk: Desk, asked: Asked) -> Message:
    return await _on(desk, asked, 0)


async def tomorrow(desk: Desk, asked: Asked) -> Message:
    return await _on(desk, asked, 1)


async def week(desk: Desk, asked: Asked) -> Message:
    """The coming seven days, a line each."""
    person, visitor = await desk.visitor_or_person(asked)
    start = max(today_of(person, asked.now), person.started_on)
    rows = []
    for ahead in range(WEEK):
        day = day_of(desk.content, person, start + timedelta(days=ahead))
        if day is not None:
            rows.append({"date": day.date, "line": headline(desk.content, day)})
    return desk.say("week", rows=rows, visitor=visitor)


async def plan(desk: Desk, asked: Asked) -> Message:
    """The twelve weeks of the running cycle, the training days of each."""
    person, visitor = await desk.visitor_or_person(asked)
    content = desk.content
    here = max((today_of(person, asked.now) - person.started_on).days, 0) // WEEK
    cycle = content.library.caps.weeks
    first = here // cycle * cycle
    days = content.plans.days(athlete_of(person), person.started_on, first + cycle)
    weeks = [
        _week(content, days[n * WEEK : (n + 1) * WEEK], now=n == here)
        for n in range(first, first + cycle)
    ]
    return desk.say("plan", level=person.level.value, weeks=weeks, visitor=visitor)


async def why(desk: Desk, asked: Asked) -> Message:
    """Why this session today: each reason with the passage behind it."""
    person, _ = await desk.visitor_or_person(asked)
    day = day_of(desk.content, person, today_of(person, asked.now))
    if day is None:
        return desk.say("no_plan", start=person.started_on)
    content, main = desk.content, main_of(day)
    passage = content.knowledge.passage(main.session.why)
    message = desk.say(
        "why",
        title=main.session.title,
        because=main.session.because,
        quote=passage.first_sentence if passage else "",
        reasons=[_reason(content, reason) for reason in day.reasons],
    )
    return with_reasons(content, day, message)


async def details(desk: Desk, asked: Asked, day: str) -> Message:
    """What did not fit under the picture: warm-up, cool-down, the fault, when to stop."""
    person, _ = await desk.visitor_or_person(asked)
    date_ = _date(day)
    # Only a forged button names a day further ahead, and to plan up to there takes long.
    shown = date_ is not None and date_ - today_of(person, asked.now) <= FURTHEST
    planned = day_of(desk.content, person, date_) if date_ and shown else None
    if planned is None:
        return desk.say("too_late")
    return session_details(desk.content, main_of(planned).session)


def day_of(content: Content, person: Person, day: date) -> PlanDay | None:
    """The person's planned day; None before the plan begins."""
    return content.plans.day(athlete_of(person), person.started_on, day)


async def push_message(
    desk: Desk, person: Person, push: Push, now: datetime, extras: Extras
) -> Message | None:
    """The day's message with its extras; None where there is nothing to send."""
    del now
    if push.kind is PushKind.BROADCAST:
        return await broadcasting.message_of(desk, push)
    day = day_of(desk.content, person, push.local_date)
    if day is None:
        return None
    allowed = flags.held(desk.content, person, day)
    if allowed is None:
        return flags.check_in(desk, person)
    message = day_message(desk.content, allowed, unscreened=_unscreened(person), extras=extras)
    return await with_picture(desk.content, allowed, message)


async def with_picture(content: Content, day: PlanDay, message: Message) -> Message:
    """The same message below the card of the day's main session; drawn beside the loop."""
    picture = await asyncio.to_thread(content.gallery.session, main_of(day))
    return replace(message, picture=picture)


async def _on(desk: Desk, asked: Asked, ahead: int) -> Message:
    person, visitor = await desk.visitor_or_person(asked)
    day = day_of(desk.content, person, today_of(person, asked.now) + timedelta(days=ahead))
    if day is None:
        return desk.say("no_plan", start=person.started_on)
    allowed = flags.held(desk.content, person, day)
    if allowed is None:
        return flags.words_of(desk.content, person) or desk.say("too_late")
    unscreened = not visitor and _unscreened(person)
    message = day_message(desk.content, allowed, visitor=visitor, unscreened=unscreened)
    return await with_picture(desk.content, allowed, message)


def _unscreened(person: Person) -> bool:
    return person.screening is Screening.UNASKED


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _week(content: Content, days: Iterable[PlanDay], *, now: bool) -> dict[str, object]:
    days = list(days)
    lines = [f"{day.date:%a}: {headline(content, day)}" for day in days if day.training]
    return {"number": days[0].week, "deload": days[0].deload, "now": now, "lines": lines}


def _reason(content: Content, reason: Reason) -> dict[str, str]:
    passage = content.knowledge.passage(content.rules.reasons[reason.code].passage)
    return {
        "words": reason_words(content, reason),
        "quote": passage.first_sentence if passage else "",
    }
