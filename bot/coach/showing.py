"""The plan in words: today, tomorrow, the week, the twelve weeks, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.coach import flags
from bot.coach.desk import Asked, Desk
from bot.coach.planning import athlete_of
from bot.coach.shelf import Checked, Content
from bot.domain import dose
from bot.domain.due import today_of
from bot.domain.library import Library
from bot.domain.messages import Message
from bot.domain.person import Person, Screening
from bot.domain.plan import HARDNESS, Placed, PlanDay, Reason
from bot.domain.pushes import Push
from bot.domain.workouts import Drill, Kind, Session
from bot.texts import plain

WEEK = 7
CAPTION = 1024
HEADLINE = 60
_FULLEST = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """One session as the templates know it."""

    title: str
    minutes: int
    later: bool
    variant: str | None
    blocks: tuple[object, ...]
    cues: tuple[str, ...]
    because: str


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
    return desk.say(
        "why",
        title=main.session.title,
        because=main.session.because,
        quote=passage.first_sentence if passage else "",
        reasons=[_reason(content, reason) for reason in day.reasons],
    )


async def details(desk: Desk, asked: Asked, day: str) -> Message:
    """What did not fit under the picture: warm-up, cool-down, the fault, when to stop."""
    person, _ = await desk.visitor_or_person(asked)
    date_ = _date(day)
    planned = day_of(desk.content, person, date_) if date_ else None
    if planned is None:
        return desk.say("too_late")
    return session_details(desk.content, main_of(planned).session)


def session_details(content: Checked, session: Session) -> Message:
    """What does not stand on the card."""
    routines = [content.library.routine(r) for r in (session.warm_up, session.cool_down) if r]
    parts = [
        {
            "name": routine.title,
            "minutes": round(dose.routine_minutes(routine.id, content.library)),
            "blocks": routine.blocks,
        }
        for routine in routines
    ]
    stops = [rule.short for rule in content.workouts.stop_rules] if session.kind in _RUNS else []
    return content.texts.message(
        "details", title=session.title, parts=parts, fault=session.fault, stops=stops
    )


def day_of(content: Content, person: Person, day: date) -> PlanDay | None:
    """The person's planned day; None before the plan begins."""
    return content.plans.day(athlete_of(person), person.started_on, day)


def push_message(desk: Desk, person: Person, push: Push, now: datetime) -> Message | None:
    """The day's message; None where there is nothing to send."""
    del now
    day = day_of(desk.content, person, push.local_date)
    if day is None:
        return None
    allowed = flags.held(desk.content, person, day)
    if allowed is None:
        return flags.check_in(desk, person)
    return day_message(desk.content, allowed, unscreened=_unscreened(person))


def day_message(
    content: Checked, day: PlanDay, *, visitor: bool = False, unscreened: bool = False
) -> Message:
    """The day as one message, as full as a caption allows."""
    facts = {
        "headline": headline(content, day),
        "sessions": [_shown(s, later=n > 0) for n, s in enumerate(day.sessions)],
        "reason": " ".join(_words(content, reason) for reason in day.reasons[:2]),
        "visitor": visitor,
        "unscreened": unscreened,
        "training": day.training,
        "date": day.date.isoformat(),
    }
    return _fitting(content, facts)


def session_message(content: Checked, session: Session) -> tuple[Message, Message]:
    """A session of the library as it would come on a day, and the rest of it."""
    length = dose.minutes(session, content.library)
    facts = {
        "headline": dose.headline(session, content.library, length),
        "sessions": [_session(session, length)],
        "reason": "",
        "visitor": False,
        "unscreened": False,
        "training": False,
        "date": "",
    }
    return _fitting(content, facts), session_details(content, session)


def drill_message(content: Checked, drill: Drill) -> Message:
    return content.texts.message("drill", drill=drill)


def _fitting(content: Checked, facts: dict[str, object]) -> Message:
    for detail in range(_FULLEST, -1, -1):
        message = content.texts.message("day", detail=detail, intro="", **facts)
        if len(plain(message.text)) <= CAPTION:
            break
    return message


def headline(content: Checked, day: PlanDay) -> str:
    return headline_of(day, content.library)


def headline_of(day: PlanDay, library: Library) -> str:
    """The whole day in 60 characters, for a lock screen."""
    main = main_of(day)
    line = dose.headline(main.session, library, main.minutes)
    names = library.measures.words.kinds
    for other in day.sessions:
        longer = f"{line} + {names[other.kind].lower()}"
        if other is not main and len(longer) <= HEADLINE:
            line = longer
    return line


def main_of(day: PlanDay) -> Placed:
    """The session that the day is about: the hardest, a run before drills before lifting."""
    return max(day.sessions, key=lambda s: (HARDNESS[s.grade], _ORDER.index(s.kind)))


async def _on(desk: Desk, asked: Asked, ahead: int) -> Message:
    person, visitor = await desk.visitor_or_person(asked)
    day = day_of(desk.content, person, today_of(person, asked.now) + timedelta(days=ahead))
    if day is None:
        return desk.say("no_plan", start=person.started_on)
    allowed = flags.held(desk.content, person, day)
    if allowed is None:
        return flags.words_of(desk.content, person) or desk.say("too_late")
    unscreened = not visitor and _unscreened(person)
    return day_message(desk.content, allowed, visitor=visitor, unscreened=unscreened)


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


def _shown(placed: Placed, *, later: bool) -> Shown:
    return _session(
        placed.session,
        placed.minutes,
        later=later and placed.kind is Kind.STRENGTH,
        variant=placed.variant.value if placed.variant else None,
    )


def _session(
    session: Session, length: int, *, later: bool = False, variant: str | None = None
) -> Shown:
    return Shown(
        title=session.title,
        minutes=length,
        later=later,
        variant=variant,
        blocks=session.blocks,
        cues=session.cues,
        because=session.because,
    )


def _reason(content: Content, reason: Reason) -> dict[str, str]:
    passage = content.knowledge.passage(content.rules.reasons[reason.code].passage)
    return {
        "words": _words(content, reason),
        "quote": passage.first_sentence if passage else "",
    }


def _words(content: Checked, reason: Reason) -> str:
    return plain(content.texts.say(content.rules.reasons[reason.code].words, **reason.facts))


_RUNS = (Kind.HILL, Kind.INTERVAL, Kind.DRILL)
_ORDER = (
    Kind.REST, Kind.RECOVERY, Kind.STRENGTH, Kind.EASY, Kind.DRILL, Kind.INTERVAL, Kind.HILL,
)  # fmt: skip
