"""How the bot fares, in numbers: nobody by name, no gap that fewer than three people share."""

import asyncio
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from bot.domain.dialogue import Gap
from bot.retrieval.clusters import clustered
from bot.storage.database import Database

FROM_PEOPLE = 3
LOOKED_AT = 2000
SHOWN = 15
ANSWERS = "answers."


@dataclass(frozen=True, slots=True)
class Missing:
    """A question that is asked in vain: how often, and by how many people."""

    text: str
    times: int
    people: int


@dataclass(frozen=True, slots=True)
class Figures:
    people: int
    active: int
    pushes: dict[str, int]
    answers: dict[str, int]
    gaps: tuple[Missing, ...]

    def plain(self) -> dict[str, object]:
        return asdict(self)


async def figures(database: Database) -> Figures:
    async with database.reading() as unit:
        people, active = await unit.people.count(), await unit.people.count_active()
        pushes = await unit.pushes.count()
        answers = await unit.meta.counts(ANSWERS)
        gaps = await unit.gaps.latest(LOOKED_AT)
    return Figures(
        people=people,
        active=active,
        pushes={state.value: number for state, number in sorted(pushes.items())},
        answers=answers,
        gaps=await asyncio.to_thread(missing, gaps),
    )


def missing(gaps: Sequence[Gap]) -> tuple[Missing, ...]:
    """The clusters that enough people share, the widest first."""
    found = []
    for places in clustered(gap.text for gap in gaps):
        people = {gaps[place].mark for place in places}
        if len(people) >= FROM_PEOPLE:
            texts = [gaps[place].text for place in places]
            shared = max(texts, key=texts.count)
            found.append(Missing(shared, len(places), len(people)))
    found.sort(key=lambda one: (-one.people, -one.times, one.text))
    return tuple(found[:SHOWN])
