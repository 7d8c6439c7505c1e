"""Whether health answers may be kept: asked once, before the first of them.

Without it they are used once, where they are given, and not stored.
"""

from dataclasses import replace

from bot.coach.desk import Asked, Desk, keep, known
from bot.domain.messages import Message
from bot.domain.person import Screening

HEALTH_ITEMS = ("pain",)
_WORDS = {"yes": True, "on": True, "no": False, "off": False}


async def wanted(desk: Desk, asked: Asked, then: str) -> Message | None:
    """The question itself, if it was never answered; `then` names what waits for the answer."""
    person = await desk.person(asked)
    return desk.say("consent/ask", then=then) if person.consent_at is None else None


async def before_pain(desk: Desk, asked: Asked, report_id: int) -> Message:
    """The question about pain after a session; before the first of all, whether it may be kept."""
    first = await wanted(desk, asked, f"report:{report_id}")
    return first or desk.say("log/pain", id=report_id)


async def settle(desk: Desk, asked: Asked, word: str) -> None:
    """Keep the answer."""
    async with desk.effect(asked) as unit:
        person = replace(
            await known(unit, asked), consent=_WORDS.get(word, False), consent_at=asked.now
        )
        if not person.consent:
            person = replace(
                person, screening=_without_health(person.screening), limited_until=None
            )
            await unit.journal.forget_health(person.id)
            await unit.results.forget(person.id, HEALTH_ITEMS)
        await keep(unit, person, asked.now)


async def change(desk: Desk, asked: Asked) -> Message:
    """`/consent yes` or `no`: what was kept goes with a no. Without a word: the question."""
    word = asked.words.strip().lower()
    person = await desk.person(asked)
    if word not in _WORDS:
        return desk.say("consent/ask", then="settings")
    await settle(desk, asked, word)
    return desk.say("consent/changed", kept=_WORDS[word], before=person.consent)


def _without_health(screening: Screening) -> Screening:
    """Only that the plan is open tells nothing about anybody's health."""
    return screening if screening is Screening.CLEAR else Screening.UNASKED
