"""What can be told but is not kept yet: pain by its rule, the self-test, and what is to come."""

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


async def self_test(desk: Desk, asked: Asked) -> Message:
    """How the leg-strength self-test is done at the person's level."""
    person, _ = await desk.visitor_or_person(asked)
    table = desk.content.tables.selftest
    trials = [t for t in table.items.values() if person.level not in t.optional]
    return desk.say("self_test", intro=table.intro, trials=trials, weeks=table.weeks)


async def to_come(desk: Desk, asked: Asked) -> Message:
    """A wish that is understood and cannot be met yet: said plainly, nothing is changed."""
    del asked
    return desk.say("to_come")
