"""/undo: the last change of seven days taken back, unless it made the days safer."""

from dataclasses import replace

from bot.coach.changing import differences
from bot.coach.desk import Asked, Desk, keep, known
from bot.coach.planning import athlete_of
from bot.coach.records import keep_record, opened
from bot.domain.changes import UNDO_FOR, Change, ChangeState
from bot.domain.due import arriving
from bot.domain.messages import Message
from bot.domain.travel import zone_of
from bot.domain.undoing import reopened, settings_back, taken_back


async def undo(desk: Desk, asked: Asked) -> Message:
    """What was changed since by something else stays as it is."""
    content = desk.content
    async with desk.effect(asked) as unit:
        person = await known(unit, asked)
        change = await unit.changes.latest(person.id, asked.now - UNDO_FOR)
        if change is None:
            return desk.say("undo/none")
        if change.data.get("safe"):
            return desk.say("undo/safe", what=_what(desk, change), code=change.code)
        found = await opened(content, unit, person, asked.now)
        person = settings_back(found.person, change.data.get("settings", {}))
        if zone_of(person, asked.now) != zone_of(found.person, asked.now):
            person = replace(person, next_push=arriving(person, asked.now) or person.next_push)
        record = replace(found.record, athlete=athlete_of(person))
        first = found.open_from if change.code == "easier" else found.first
        record = taken_back(record, change.data, first, content.library)
        report = change.data.get("report")
        if report is not None and (told := await unit.journal.get(int(report))) is not None:
            await unit.journal.remove(told)
            record = reopened(record, told.local_date, found.today)
        person = await keep(unit, person, asked.now)
        await keep_record(content, unit, replace(found, person=person), record)
        await unit.changes.set_state(change, ChangeState.UNDONE)
    days = differences(content, found.record, record, found.first)
    return desk.say("undo/done", what=_what(desk, change), days=days)


def _what(desk: Desk, change: Change) -> str:
    return desk.texts.render("undo/what", code=change.code, facts=change.data.get("facts", {}))
