"""What can be told but is not kept yet: pain by its rule, and what is to come."""

from bot.coach.asking import about_topic
from bot.coach.desk import Asked, Desk
from bot.domain.messages import Message

TO_COME = ("snooze", "easier", "lifted", "move", "repeat", "sick", "undo")
_PAIN = "care.pain"


async def pain(desk: Desk, asked: Asked) -> Message:
    """The pain rule, from the knowledge base."""
    del asked
    if _PAIN not in desk.content.knowledge.topics:
        return desk.say("to_come")
    return about_topic(desk.content, _PAIN).message


async def to_come(desk: Desk, asked: Asked) -> Message:
    """A wish that is understood and cannot be met yet: said plainly, nothing is changed."""
    del asked
    return desk.say("to_come")
