"""What is understood and cannot be met yet."""

from bot.coach.desk import Asked, Desk
from bot.domain.messages import Message

TO_COME = ("snooze", "easier", "lifted", "move", "repeat", "sick")


async def to_come(desk: Desk, asked: Asked) -> Message:
    """A wish that is understood and cannot be met yet: said plainly, nothing is changed."""
    del asked
    return desk.say("to_come")
