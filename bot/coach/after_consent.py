"""What goes on once the question about health answers is answered."""

from dataclasses import replace

from bot.coach import consent, hurting, screening, sickness, signing_up, testing
from bot.coach.desk import Asked, Desk
from bot.coach.settings import show
from bot.domain.messages import Message


async def answered(desk: Desk, asked: Asked, word: str, then: str) -> Message | tuple[Message, ...]:
    """Keep the yes or no, and ask what was waiting for it."""
    await desk.person(asked)
    await consent.settle(desk, asked, word)
    match then.split(":"):
        case ["screening"]:
            return await screening.begin(desk, asked)
        case ["test"]:
            return await testing.again(desk, asked)
        case ["signup"]:
            return await signing_up.again(desk, asked)
        case ["report", number] if number.isdecimal():
            return desk.say("log/pain", id=int(number))
        case ["sick", *kind] if word == "yes" or not kind:
            return await sickness.tell(desk, replace(asked, words=" ".join(kind)))
        case ["pain", number] if word == "yes" and number.isdecimal():
            return await hurting.told(desk, asked, int(number), "")
        case ["sick" | "today" | "pain", *_]:  # the day is made safer already
            return desk.say("consent/changed", kept=word == "yes", before=False)
    return await show(desk, asked)
