"""The cycle is over: the next level offered where it is earned, before and after, in the day's own
message; the gate's questions come with Accept."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.coach.changing import differences
from bot.coach.desk import Desk
from bot.coach.records import CYCLE_BACK, Opened, once, opened, settled
from bot.coach.stock import Content
from bot.domain.changes import Change, ChangeState
from bot.domain.moving_up import Earned, cycle_over, earned
from bot.domain.person import Person
from bot.domain.plan_rules import PlanRules
from bot.domain.pushes import Push
from bot.domain.workouts import Level

CODE = "level_up"
_SHOWN = 1  # days before and after: a caption is short


async def offered(
    desk: Desk, person: Person, push: Push, now: datetime
) -> Mapping[str, object] | None:
    """Once in the first week after a cycle; None where there is nothing to offer."""
    content = desk.content
    async with desk.database.reading() as unit:
        stored = await unit.plans.standing(person.id)
        if stored is None or not _near(stored, content.rules.plan):
            return None
        found = await opened(content, unit, person, now, CYCLE_BACK)
        if not cycle_over(found.record, content.rules.plan):
            return None
        results = await unit.results.of(person.id)
    standing = found.record.standing
    key = f"{standing.cycle}.{CODE}"
    tables = (content.books.adaptation, content.tables.selftest)
    cycle = earned(found.record, person, results, content.rules.plan, tables)
    if cycle.level is None or standing.offers.get(key, push.local_date) != push.local_date:
        return None
    number = await _kept(desk, person, push, now, (key, cycle.level))
    return _facts(content, found, cycle, cycle.level, number)


def _near(stored: Mapping[str, object], rules: PlanRules) -> bool:
    """Whether the last week of a cycle, or the first after one, is stored: all else is quick."""
    week, cycle = stored.get("week", 1), stored.get("cycle", 1)
    return week == rules.weeks or (week == rules.later_cycles_from and cycle != 1)


async def _kept(
    desk: Desk, person: Person, push: Push, now: datetime, offer: tuple[str, Level]
) -> int:
    """The number of the offer; a message that is tried again bears the same."""
    key, level = offer
    await once(desk, person, key, push.local_date, now)
    async with desk.database.writing() as unit:
        for change in await unit.changes.of(person.id):
            if (change.code, change.local_date) == (CODE, push.local_date):
                return change.id
        data = {"level": level.value, "served": str(push.local_date)}
        change = Change(person.id, now, push.local_date, CODE, ChangeState.OFFERED, data)
        return (await unit.changes.add(change)).id


def _facts(
    content: Content, found: Opened, cycle: Earned, level: Level, number: int
) -> Mapping[str, object]:
    higher = replace(found.person, level=level)
    first = found.record.standing.week_start
    after = settled(content, found.record, higher, max(first, found.first))
    days = differences(content, found.record, after, found.first)
    return {
        "number": number,
        "done": cycle.done,
        "planned": cycle.planned,
        "pain": cycle.pain,
        "before": found.person.level.value,
        "after": level.value,
        "cycle": found.record.standing.cycle,
        "days": days[:_SHOWN],
    }
