"""After the session: done, partly, skipped; then effort, pain and soreness by three taps."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.coach.desk import Asked, Desk
from bot.coach.showing import day_of
from bot.domain.calendar import instant
from bot.domain.due import clock_of, today_of
from bot.domain.errors import BadInput
from bot.domain.journal import Outcome, Report
from bot.domain.messages import Message
from bot.domain.person import Person
from bot.domain.plan import Placed, PlanDay
from bot.domain.workouts import Kind
from bot.storage.unit import Unit

REACH = timedelta(hours=36)
SCALE = 10
_RATED: dict[str, Callable[[Report, int], Report]] = {
    "effort": lambda report, value: replace(report, srpe=float(value)),
    "pain": lambda report, value: replace(report, pain=value),
    "soreness": lambda report, value: replace(report, soreness=value),
}


async def done(desk: Desk, asked: Asked) -> Message:
    """The last session without a report is done; a number is the effort of the whole session."""
    effort = _rating(asked.words) if asked.words.strip() else None
    report = await _log(desk, asked, Outcome.DONE, share=1.0, effort=effort)
    if report is None:
        return desk.say("log/none")
    title = desk.content.library.session(report.session_id).title
    if effort is None:
        return desk.say("log/done", title=title, id=report.id)
    return desk.say("log/pain", id=report.id)


async def partly(desk: Desk, asked: Asked) -> Message:
    """Some of it was done; the share in per cent, half where none is given."""
    share = _share(asked.words)
    report = await _log(desk, asked, Outcome.PARTLY, share=share, effort=None)
    if report is None:
        return desk.say("log/none")
    title = desk.content.library.session(report.session_id).title
    return desk.say("log/done", title=title, id=report.id)


async def skip(desk: Desk, asked: Asked) -> Message:
    """Not done, with a reason if one is given; nothing is made up later."""
    report = await _log(desk, asked, Outcome.SKIPPED, share=0.0, effort=None)
    if report is None:
        return desk.say("log/none")
    return desk.say("log/skip", title=desk.content.library.session(report.session_id).title)


async def rate(desk: Desk, asked: Asked, report_id: int, field: str, value: int) -> Message:
    """One of the three taps; the next question follows until all are answered."""
    if field not in _RATED or not 0 <= value <= SCALE:
        raise BadInput("rating_unclear", text=str(value))
    async with desk.effect(asked) as unit:
        report = await unit.journal.get(report_id)
        if report is None or report.person_id != asked.person_id:
            return desk.say("too_late")
        report = _RATED[field](report, value)
        await unit.journal.update(report)
    return _next_question(desk, report)


def _next_question(desk: Desk, report: Report) -> Message:
    if report.pain is None:
        return desk.say("log/pain", id=report.id)
    if report.soreness is None:
        return desk.say("log/soreness", id=report.id)
    effort = None if report.srpe is None else round(report.srpe)
    return desk.say("log/thanks", effort=effort, pain=report.pain, soreness=report.soreness)


async def _log(
    desk: Desk, asked: Asked, outcome: Outcome, *, share: float, effort: int | None
) -> Report | None:
    person = await desk.person(asked)
    async with desk.effect(asked) as unit:
        found = await _open_session(desk, unit, person, asked.now)
        if found is None:
            return None
        day, placed = found
        report = _report(person, day, placed, outcome, asked)
        report = replace(report, share=share, srpe=effort)
        return await unit.journal.add(report)


async def _open_session(
    desk: Desk, unit: Unit, person: Person, now: datetime
) -> tuple[PlanDay, Placed] | None:
    """The newest session of the last 36 hours that has no report yet."""
    today = today_of(person, now)
    at, zone = clock_of(person)
    reported = {
        (r.local_date, r.session_id)
        for r in await unit.journal.since(person.id, today - timedelta(days=2))
    }
    for back in range(3):
        date = today - timedelta(days=back)
        if back and now - instant(date, at, zone) > REACH:
            return None
        day = day_of(desk.content, person, date)
        if day is None:
            return None
        for placed in reversed(day.sessions):
            if placed.kind is not Kind.REST and (date, placed.session.id) not in reported:
                return day, placed
    return None


def _report(person: Person, day: PlanDay, placed: Placed, outcome: Outcome, asked: Asked) -> Report:
    return Report(
        person_id=person.id,
        local_date=day.date,
        session_id=placed.session.id,
        kind=placed.kind,
        grade=placed.grade,
        x=placed.x,
        outcome=outcome,
        at=asked.now,
        expected_low=placed.session.srpe.low,
        expected_high=placed.session.srpe.high,
        minutes=placed.minutes,
        run_minutes=placed.run_minutes,
        reason=None,
    )


def _rating(words: str) -> int:
    text = words.strip().split("/")[0]
    if not text.isdecimal() or int(text) > SCALE:
        raise BadInput("rating_unclear", text=words.strip())
    return int(text)


def _share(words: str) -> float:
    text = words.strip().removesuffix("%").strip() or "50"
    known = {"half": 0.5, "most": 0.8, "some": 0.3, "a third": 0.33, "a quarter": 0.25}
    if text in known:
        return known[text]
    if not text.isdecimal() or not 0 < int(text) < 100:
        raise BadInput("share_unclear", text=words.strip())
    return int(text) / 100
