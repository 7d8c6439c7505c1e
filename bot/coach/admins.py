"""What only those in ADMIN_IDS may ask; for everybody else these commands do not exist."""

import asyncio

from bot.coach import broadcasting
from bot.coach.desk import Asked, Desk
from bot.coach.figures import figures
from bot.domain.messages import Message

_FAULTS = 5


async def stats(desk: Desk, asked: Asked) -> Message:
    """People, pushes, answers in numbers."""
    del asked
    found = await figures(desk.database)
    return desk.say(
        "admin/stats",
        people=found.people,
        active=found.active,
        pushes=found.pushes,
        answers=found.answers,
        gaps=len(found.gaps),
    )


async def gaps(desk: Desk, asked: Asked) -> Message:
    """What is asked in vain by three people or more."""
    del asked
    found = await figures(desk.database)
    return desk.say("admin/gaps", gaps=found.gaps)


async def reload(desk: Desk, asked: Asked) -> Message:
    """Take changed content now, if it passes its check."""
    del asked
    faults = await asyncio.to_thread(desk.shelf.refresh)
    return desk.say(
        "admin/reload",
        faults=[str(fault) for fault in faults[:_FAULTS]],
        topics=len(desk.content.knowledge.topics),
    )


broadcast = broadcasting.prepare
