"""A drill as a person on the phone needs it: its card with three positions, and the words."""

import asyncio
import hashlib
from dataclasses import replace

from bot.coach import flags
from bot.coach.cards import drill_message
from bot.coach.desk import Asked, Desk
from bot.coach.gallery import drill_picture
from bot.domain.messages import Message, Picture
from bot.domain.workouts import Drill


async def show(desk: Desk, asked: Asked) -> Message:
    """`/drill a-skip`: the card of one, whoever asks; without a name, or with one that is none,
    all of them as buttons."""
    person, visitor = await desk.visitor_or_person(asked)
    if not visitor and (stopped := flags.stops(desk.content, person, asked.now)):
        return stopped
    wanted = "-".join(asked.words.strip().lower().replace("_", "-").split())
    drills = [drill for drill in desk.content.library.drills if not drill.retired]
    found = next((drill for drill in drills if wanted in _names(drill)), None)
    if found is None:
        return desk.say("drills", drills=drills, asked=asked.words.strip()[:60])
    library = desk.content.library
    key = f"drill-{found.id}-{hashlib.sha256(repr(found).encode()).hexdigest()[:16]}"
    png = await asyncio.to_thread(drill_picture, found, library)
    return replace(drill_message(desk.content, found), picture=Picture(key, png, lasting=True))


def _names(drill: Drill) -> tuple[str, ...]:
    name = drill.name.lower().replace(",", "").replace(" ", "-")
    return (drill.id, name, name.removesuffix("s"))
