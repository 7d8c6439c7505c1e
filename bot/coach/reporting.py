"""After the session: done, partly, skipped. The taps that follow are in `rating`."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.coach import consent
from bot.coach.changing import change_of, make
from bot.coach.desk import Asked, Desk, known
from bot.coach.records import Opened, days_seen, keep_record, opened
from bot.coach.stock import Content
from bot.domain.absence import Cause
from bot.domain.calendar import date_in, instant
from bot.domain.errors import BadInput
from bot.domain.journal import Outcome, Report
from bot.domain.messages import Message
from bot.domain.plan import HARDNESS, Placed, PlanDay
from bot.domain.reacting import trained
from bot.domain.record import Record
from bot.domain.travel import clock_of
from bot.domain.workouts import Kind

REACH = timedelta(hours=36)
SCALE = 10
_BACK = 3  # local days that 36 hours may touch
_REASONS = {
    "ill": ("ill", "sick", "cold", "flu", "fever", "unwell"),
    "injury": ("hurt", "pain", "injur", "ache", "strain", "sore"),
}


async def done(desk: Desk, asked: Asked) -> Message:
    """The last session without a report is done; a number is the effort of the whole session."""
    effort = rating(asked.words) if asked.words.strip() else None
    report = await _log(desk, asked, Outcome.DONE, share=1.0, effort=effort)
    if report is None:
        return desk.say("log/none")
    if effort is None:
        return desk.say("log/done", title=_title(desk, report), part=None, id=report.id)
    return await consent.before_pain(desk, asked, report.id)


async def partly(desk: Desk, asked: Asked) -> Message:
    """Some of it was done; the share in per cent, half where none is given."""
    share = _share(asked.words)
    report = await _log(desk, asked, Outcome.PARTLY, share=share, effort=None)
    if report is None:
        return desk.say("log/none")
    part = round(share * 100)
    return desk.say("log/done", title=_title(desk, report), part=part, id=report.id)


async def skip(desk: Desk, asked: Asked) -> Message:
    """Not done, with a reason if one is given; nothing is made up later."""
    reason = _reason(asked.words)
    report = await _log(desk, asked, Outcome.SKIPPED, share=0.0, effort=None, reason=reason)
    if report is None:
        return desk.say("log/none")
    return desk.say("log/skip", title=_title(desk, report), reason=reason, id=report.id)


async def of_day(desk: Desk, asked: Asked, part_of: tuple[str, str], word: str) -> Message:
    """Done, Partly or Skip under the message of a day: of that day alone, and once. `part_of`:
    the date, and "first" for what is reported first, "rest" for what is left then. `word`: done,
    skip, partly (the share is asked) or the share in per cent."""
    text, part = part_of
    day = date_in(text)
    async with desk.database.reading() as unit:
        found = await opened(desk.content, unit, await known(unit, asked), asked.now)
    told = any(report.local_date == day for report in found.record.reports)
    open_ = open_sessions(desk.content, found, asked.now, day) if day else None
    if open_ is None:
        return desk.say("already" if told and _whole(found, day) else "too_late")
    if told and part == "first":
        return desk.say("log/left", date=day, left=open_[1][0].session.title)
    of_it = replace(asked, day=day)
    match word:
        case "done":
            return await done(desk, of_it)
        case "skip":
            return await skip(desk, of_it)
        case "partly":
            title = _main(open_[1]).session.title
            return desk.say("log/partly", title=title, date=text, part=part)
    return await partly(desk, replace(of_it, words=word))


async def because(desk: Desk, asked: Asked, report_id: int, word: str) -> Message:
    """Why a session was skipped, told by a button below it."""
    reason = _reason(word)
    async with desk.effect(asked) as unit:
        report = await unit.journal.get(report_id)
        if report is None or report.person_id != asked.person_id or report.trained:
            return desk.say("too_late")
        if report.reason is not None:
            return desk.say("already")
        found = await opened(desk.content, unit, await known(unit, asked), asked.now)
        kept = _kept(found, reason)
        await unit.journal.update(replace(report, reason=kept))
        await keep_record(desk.content, unit, found, _missed(found.record, kept))
    return desk.say("log/skip", title=_title(desk, report), reason=reason, id=report.id)


def _kept(found: Opened, reason: str | None) -> str | None:
    """A reason that tells of health is kept with consent alone."""
    return reason if found.person.consent or reason == "life" else None


def _missed(record: Record, reason: str | None) -> Record:
    """What was missed is known now; while ill it counts by the way back from an illness."""
    standing = replace(record.standing, untold=False)
    if reason == "ill":
        standing = replace(standing, cause=Cause.ILLNESS)
    return replace(record, standing=standing)


async def _log(
    desk: Desk,
    asked: Asked,
    outcome: Outcome,
    *,
    share: float,
    effort: int | None,
    reason: str | None = None,
) -> Report | None:
    content = desk.content
    async with desk.effect(asked) as unit:
        found = await opened(content, unit, await known(unit, asked), asked.now)
        open_ = open_sessions(content, found, asked.now, asked.day)
        if open_ is None:
            return None
        day, sessions = open_
        main = _main(sessions)
        others = [s for s in sessions if s is not main]
        record = found.record
        for placed in (*others, main):
            report = replace(report_of(found, day, placed, outcome, asked), share=share)
            kept = _kept(found, reason)
            report = replace(report, reason=kept, srpe=effort if placed is main else None)
            report = await unit.journal.add(report)
            record = trained(record, report, content.books) if report.trained else record
        if report.trained:
            await keep_record(content, unit, found, record)
        else:
            change = change_of(asked, found.today, "skip", report=report.id)
            await make(content, unit, found, _missed(record, _kept(found, reason)), change)
        return report


def open_sessions(
    content: Content, found: Opened, now: datetime, only: date | None = None
) -> tuple[PlanDay, list[Placed]] | None:
    """What of the last 36 hours has no report yet: of the newest day the runs, which go together,
    then the lifting. Today comes last while its message is still to come. `only`: of that day."""
    at, zone = clock_of(found.person, now)
    reported = {(r.local_date, r.session_id) for r in found.record.reports}
    days = {day.date: day for day in days_seen(content, found)}
    dates = [found.today - timedelta(days=back) for back in range(_BACK)]
    if found.person.served != found.today:
        dates = [*dates[1:], found.today]
    for date_ in dates if only is None else [d for d in dates if d == only]:
        day = days.get(date_)
        if day is None or (date_ != found.today and now - instant(date_, at, zone) > REACH):
            continue
        left = [
            s
            for s in day.sessions
            if s.kind is not Kind.REST and (date_, s.session.id) not in reported
        ]
        runs = [s for s in left if s.kind is not Kind.STRENGTH]
        if left:
            return day, runs or left
    return None


def _main(sessions: list[Placed]) -> Placed:
    return max(sessions, key=lambda s: HARDNESS[s.grade])


def _whole(found: Opened, day: date | None) -> bool:
    """Whether every session of the day has its report."""
    planned = found.record.day(day) if day else None
    told = {r.session_id for r in found.record.reports if r.local_date == day}
    return planned is None or all(
        s.session.id in told for s in planned.sessions if s.kind is not Kind.REST
    )


def report_of(
    found: Opened, day: PlanDay, placed: Placed, outcome: Outcome, asked: Asked
) -> Report:
    return Report(
        person_id=found.person.id,
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
        eased=placed.eased,
    )


def _title(desk: Desk, report: Report) -> str:
    return desk.content.library.session(report.session_id).title


def rating(words: str) -> int:
    """A number from 0 to 10. Raises BadInput `rating_unclear` (text)."""
    text = words.strip().split("/")[0].strip()
    if not text.isdecimal() or int(text) > SCALE:
        raise BadInput("rating_unclear", text=words.strip())
    return int(text)


def _reason(words: str) -> str | None:
    """Ill, injury or life; None where nothing was said."""
    said = words.strip().lower()
    if not said:
        return None
    parts = said.split()
    found = (why for why, signs in _REASONS.items() if any(w.startswith(signs) for w in parts))
    return next(found, "life")


def _share(words: str) -> float:
    text = words.strip().removesuffix("%").strip() or "50"
    known_words = {"half": 0.5, "most": 0.8, "some": 0.3, "a third": 0.33, "a quarter": 0.25}
    if text in known_words:
        return known_words[text]
    if not text.isdecimal() or not 0 < int(text) < 100:
        raise BadInput("share_unclear", text=words.strip())
    return int(text) / 100
