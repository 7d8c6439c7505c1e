"""A country changes its clocks, and the machine learns of it (a `tzdata` update): the messages
that were planned by the old law move, so that they come at the person's own time."""

import asyncio
import json
from collections.abc import Mapping

from bot.coach.desk import Desk
from bot.domain.due import recomputed

_KEY = "zones"
_PAGE = 200


async def follow(desk: Desk, marks: Mapping[str, str]) -> int:
    """How many people's next messages moved. `marks`: each zone with a mark of its rules."""
    async with desk.database.reading() as unit:
        kept = await unit.meta.get(_KEY)
    known = json.loads(kept) if kept else dict(marks)
    changed = {zone for zone in {*known, *marks} if known.get(zone) != marks.get(zone)}
    moved = await _move(desk, sorted(changed)) if changed else 0
    if changed or kept is None:
        async with desk.database.writing() as unit:
            await unit.meta.put(_KEY, json.dumps(marks, separators=(",", ":")))
    return moved


async def _move(desk: Desk, zones: list[str]) -> int:
    """Page by page, each in a short transaction: nobody waits for the whole."""
    last, moved = 0, 0
    while True:
        async with desk.database.writing() as unit:
            page = await unit.people.in_zones(zones, last, _PAGE)
            for person in page:
                coming = recomputed(person)
                if coming != person.next_push:
                    await unit.people.set_next_push(person.id, coming)
                    moved += 1
        if len(page) < _PAGE:
            return moved
        last = page[-1].id
        await asyncio.sleep(0)
