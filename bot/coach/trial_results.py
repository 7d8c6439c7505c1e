"""What the numbers of the self-test say: beside the last ones, and beside what is usual."""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.coach.desk import Desk
from bot.coach.stock import Content
from bot.domain.messages import Message, Picture
from bot.domain.person import Person, Sex
from bot.domain.selftest import Result, SelfTest, Side, Trial, as_good, usual_range
from bot.pictures import TrialChart, TrialPanel, trial_chart

_PANELS, _TIMES = 4, 6
_SIDES = (Side.LEFT, Side.RIGHT, Side.BOTH)


async def results_message(desk: Desk, person: Person, once: Mapping[Side, float]) -> Message:
    """The newest numbers in words, with the chart of all; `once` is the pain that is not kept."""
    async with desk.database.reading() as unit:
        found = await unit.results.of(person.id)
    table = desk.content.tables.selftest
    if not found and not once:
        return desk.say("test/none")
    newest = max((r.local_date for r in found), default=None)
    rows = [_row(code, trial, found, newest) for code, trial in table.items.items()]
    told = [row for row in rows if row is not None]
    message = desk.say(
        "test/results",
        week=next((r.week for r in found if r.local_date == newest), 0),
        rows=told,
        pain=next(iter(once.values()), None),
        fine=desk.content.tables.pain.fine,
        usual=_usual(person, table),
        age=person.age.value if person.age else None,
        sex=person.sex.value if person.sex else None,
        raises=any(row["code"] == "heel_raises" for row in told),
        compared=sum(row["verdict"] != "" for row in told),
        held=all(row["verdict"] != "worse" for row in told),
    )
    charted = chart_of(desk.content, person, found)
    if not charted.panels:
        return message
    key = f"test-{hashlib.sha256(repr(charted).encode()).hexdigest()[:16]}"
    return replace(message, picture=Picture(key, await asyncio.to_thread(trial_chart, charted)))


def chart_of(content: Content, person: Person, found: Sequence[Result]) -> TrialChart:
    """Each trial as bars over the times it was done; the message beside it tells the newest."""
    words, table = content.library.measures.words, content.tables.selftest
    chart = content.tables.ledger.chart
    panels = []
    for code, trial in table.items.items():
        more = chart.sides if trial.sides else "" if trial.more else chart.less
        unit = f"{trial.unit}, {more}" if more else trial.unit
        columns = _columns(code, found, words.week)
        if columns and not trial.health:
            panels.append(TrialPanel(trial.name, unit, columns))
    return TrialChart(
        title=chart.test,
        where=words.levels[person.level],
        panels=tuple(panels[:_PANELS]),
    )


def _columns(
    code: str, found: Sequence[Result], week: str
) -> tuple[tuple[str, tuple[float, ...]], ...]:
    """The last times that a trial was done: its week, and its numbers, left before right."""
    own = [r for r in found if r.item == code]
    columns = []
    for day in sorted({r.local_date for r in own})[-_TIMES:]:
        values = _values(own, day)
        number = next(r.week for r in own if r.local_date == day)
        numbers = tuple(values[side] for side in _SIDES if side in values)
        columns.append((f"{week} {number}", numbers))
    return tuple(columns)


def _row(
    code: str, trial: Trial, found: Sequence[Result], newest: date | None
) -> dict[str, object] | None:
    """The newest numbers of a trial, those before, and whether they are as good."""
    own = [r for r in found if r.item == code]
    now = _values(own, newest) if newest else {}
    if not now:
        return None
    earlier = max((r.local_date for r in own if newest and r.local_date < newest), default=None)
    before = _values(own, earlier) if earlier else {}
    sides = [side for side in now if side in before]
    verdict = ""
    if sides:
        good = all(as_good(trial, before[s], now[s]) for s in sides)
        equal = all(before[s] == now[s] for s in sides)
        verdict = "equal" if equal else "better" if good else "worse"
    return {
        "code": code,
        "name": trial.name,
        "unit": trial.unit,
        "sides": trial.sides,
        "now": [f"{now[side]:g}" for side in _SIDES if side in now],
        "before": [f"{before[side]:g}" for side in _SIDES if side in before],
        "verdict": verdict,
    }


def _values(own: Sequence[Result], day: date) -> dict[Side, float]:
    return {r.side: r.value for r in own if r.local_date == day}


def _usual(person: Person, table: SelfTest) -> list[tuple[str, int, int]]:
    """Usual heel raises of the age band: of the sex that was told, else of both."""
    sexes = [person.sex] if person.sex else list(Sex)
    ranges = [(sex.value, usual_range(person.age, sex, table)) for sex in sexes]
    return [(sex, *span) for sex, span in ranges if span is not None]
