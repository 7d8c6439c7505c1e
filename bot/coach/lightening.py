"""/easier, and the row under a hard session: Fit, Tired, Sore or ill. Never harder."""

from dataclasses import replace

from bot.coach import consent, flags
from bot.coach.cards import day_message
from bot.coach.changing import change_of, make
from bot.coach.desk import Asked, Desk, known
from bot.coach.records import Opened, day_seen, left_today, opened
from bot.coach.showing import with_picture
from bot.domain.feeling_well import eased_once, hardest_of, readied
from bot.domain.feeling_well import easier as easier_today
from bot.domain.messages import Message
from bot.domain.readiness import Feeling, readiness
from bot.domain.standing import RUNS
from bot.domain.tables import Detail

_SLEPT_BADLY = 0


async def easier(desk: Desk, asked: Asked) -> Message | tuple[Message, ...]:
    """Today's session one step down; the series stays as it is."""
    content = desk.content
    async with desk.effect(asked) as unit:
        found = await opened(content, unit, await known(unit, asked), asked.now)
        day = day_seen(content, found, found.today)
        if day is None or not day.training:
            return desk.say("easier/free")
        if stopped := flags.stops(content, found.person, asked.now):
            return stopped
        if not left_today(content, found):
            return desk.say("easier/told")
        record = easier_today(found.record, found.today, content.books)
        change = change_of(asked, found.today, "easier")
        await make(content, unit, found, record, change)
    return (desk.say("easier/done"), await _card(desk, found.with_record(record)))


async def ready(desk: Desk, asked: Asked, day: str, tap: str) -> Message | tuple[Message, ...]:
    """The answer under a hard session, or one detail after it."""
    content, table = desk.content, desk.content.books.readiness
    detail = tap == "sleep"
    if not detail and tap not in table.taps:
        return desk.say("too_late")
    feeling = Feeling(tap="tired", sleep=_SLEPT_BADLY) if detail else Feeling(tap=tap)
    verdict = readiness(feeling, table)
    async with desk.effect(asked) as unit:
        found = await opened(content, unit, await known(unit, asked), asked.now)
        told = any(report.local_date == found.today for report in found.record.reports)
        if day != found.today.isoformat() or told:
            return desk.say("too_late")
        if stopped := flags.stops(content, found.person, asked.now):
            return stopped
        record = readied(found.record, found.today, verdict.verdict)
        asks = not detail and Detail.ILLNESS in table.taps[tap].details
        unkept = asks and not found.person.consent  # it acts, and nothing says why
        if unkept:
            record = eased_once(found.record, hardest_of(verdict.verdict), found.today, RUNS)
        code = "easier" if unkept else "ready"
        await make(content, unit, found, record, change_of(asked, found.today, code, safe=True))
    details = () if detail else tuple(d.value for d in table.taps[tap].details)
    said = desk.say("ready/said", words=verdict.words, details=details, date=day)
    first = await consent.wanted(desk, asked, "today") if unkept else None
    more = (first,) if first is not None else ()
    if record is found.record:
        return (said, *more)
    return (said, await _card(desk, found.with_record(record)), *more)


async def _card(desk: Desk, found: Opened) -> Message:
    day = day_seen(desk.content, found, found.today)
    allowed = None if day is None else flags.held(desk.content, found.person, day)
    if allowed is None:
        return desk.say("too_late")
    message = await with_picture(desk.content, allowed, day_message(desk.content, allowed))
    return replace(message, instead=False)
