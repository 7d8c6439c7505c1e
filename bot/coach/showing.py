"""The plan in words: today, tomorrow, the week, the twelve weeks, and why."""

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.coach import flags
from bot.coach.cards import (
    NO_EXTRAS,
    Extras,
    day_message,
    headline,
    main_of,
    reason_words,
    session_details,
    with_reasons,
)
from bot.coach.desk import Asked, Desk
from bot.coach.records import day_seen, view
from bot.coach.stock import Content
from bot.domain.calendar import date_in
from bot.domain.due import today_of
from bot.domain.history import forecast
from bot.domain.messages import Message
from bot.domain.person import Person, Screening
from bot.domain.plan import PlanDay, Reason

WEEK = 7
FURTHEST = timedelta(days=31)


async def today(desk: Desk, asked: Asked) -> Message:
    return await _on(desk, asked, 0)


async def tomorrow(desk: Desk, asked: Asked) -> Message:
    return await _on(desk, asked, 1)


async def week(desk: Desk, asked: Asked) -> Message:
    """The coming seven days, a line each."""
    person, visitor = await desk.visitor_or_person(asked)
    if not visitor and (stopped := flags.stops(desk.content, person, asked.now)):
        return stopped
    found = await view(desk, person, asked.now, visitor=visitor)
    start = max(found.today, person.started_on)
    days = forecast(found.record, 1, desk.content.books)
    rows = [
        {"date": day.date, "line": headline(desk.content, day)}
        for day in days
        if 0 <= (day.date - start).days < WEEK
    ]
    return desk.say("week", rows=rows, visitor=visitor)


async def why(desk: Desk, asked: Asked) -> Message:
    """Why this session today: each reason with the passage behind it."""
    person, visitor = await desk.visitor_or_person(asked)
    today_ = today_of(person, asked.now)
    day = await day_of(desk, person, today_, asked.now, visitor=visitor)
    if day is None:
        return desk.say("no_plan", start=person.started_on)
    if not visitor and (stopped := flags.stops(desk.content, person, asked.now)):
        return stopped
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
    person, visitor = await desk.visitor_or_person(asked)
    if not visitor and (stopped := flags.stops(desk.content, person, asked.now)):
        return stopped
    date_ = date_in(day)
    # Only a forged button names a day further ahead, and to plan up to there takes long.
    shown = date_ is not None and date_ - today_of(person, asked.now) <= FURTHEST
    if date_ is None or not shown:
        return desk.say("too_late")
    planned = await day_of(desk, person, date_, asked.now, visitor=visitor)
    if planned is None:
        return desk.say("too_late")
    return session_details(desk.content, main_of(planned).session)


async def day_of(
    desk: Desk, person: Person, day: date, now: datetime, *, visitor: bool = False
) -> PlanDay | None:
    """The person's day as it is seen now; None before the plan begins."""
    found = await view(desk, person, now, visitor=visitor)
    return day_seen(desk.content, found, day)


def day_push(
    desk: Desk, person: Person, day: PlanDay, extras: Extras
) -> tuple[Message | None, PlanDay | None]:
    """The day as far as an open flag lets it through, and of what a picture belongs to it."""
    allowed = flags.held(desk.content, person, day)
    if allowed is None:
        return flags.check_in(desk, person), None
    unscreened = _unscreened(person)
    if extras != NO_EXTRAS:
        message = day_message(desk.content, allowed, unscreened=unscreened, extras=extras)
        return message, allowed
    message = desk.content.drawer.told.get(
        (allowed,),
        (unscreened,),
        lambda: day_message(desk.content, allowed, unscreened=unscreened),
    )
    return message, allowed


async def with_picture(content: Content, day: PlanDay, message: Message) -> Message:
    """The same message below the card of the day's main session; drawn beside the loop."""
    main = main_of(day)
    picture = content.gallery.kept(main)
    if picture is None:
        picture = await asyncio.to_thread(content.gallery.session, main)
    return replace(message, picture=picture)


async def _on(desk: Desk, asked: Asked, ahead: int) -> Message:
    person, visitor = await desk.visitor_or_person(asked)
    date_ = today_of(person, asked.now) + timedelta(days=ahead)
    day = await day_of(desk, person, date_, asked.now, visitor=visitor)
    if day is None:
        return desk.say("no_plan", start=person.started_on)
    allowed = flags.held(desk.content, person, day)
    if allowed is None:
        return flags.words_of(desk.content, person, asked.now) or desk.say("too_late")
    unscreened = not visitor and _unscreened(person)
    message = day_message(desk.content, allowed, visitor=visitor, unscreened=unscreened)
    return await with_picture(desk.content, allowed, message)


def _unscreened(person: Person) -> bool:
    return person.screening is Screening.UNASKED


def _reason(content: Content, reason: Reason) -> dict[str, str]:
    passage = content.knowledge.passage(content.rules.reasons[reason.code].passage)
    return {
        "words": reason_words(content, reason),
        "quote": passage.first_sentence if passage else "",
    }
