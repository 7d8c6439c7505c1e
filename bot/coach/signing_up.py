"""The sign-up: acts at once with defaults, then a few questions, each of which can be skipped.

Where the questions stand is in the database: they can be taken up again tomorrow.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.coach import consent, settings
from bot.coach.desk import Asked, Desk, keep, known
from bot.coach.settings import facts_of
from bot.domain.dialogue import Dialogue
from bot.domain.entry import HISTORY, PAIN, gate_below, level_of, read_answer
from bot.domain.messages import Message
from bot.domain.person import Screening
from bot.domain.workouts import Level

LEVEL_STEPS = ("running", "strength", "pain")
GATE = "gate"
STEPS = (
    *LEVEL_STEPS, GATE, "days", "zone", "time", "lift", "terrain", "minutes", "longest", "age",
)  # fmt: skip
NAME = "sign-up"
OPEN_FOR = timedelta(days=7)
Said = Message | tuple[Message, ...]


async def start(desk: Desk, asked: Asked) -> tuple[Message, ...]:
    """Sign up at once; a second /start loses nothing, goes on where pushes were stopped, and
    asks the open question again."""
    async with desk.effect(asked) as unit:
        stored = await unit.people.get(asked.person_id)
        person = stored or desk.newcomer(asked)
        person = replace(
            person, stopped=False, reachable=True, chat_id=asked.chat_id, name=asked.name
        )
        person = await keep(unit, person, asked.now)
    facts = facts_of(person, asked.now)
    welcome = desk.say(
        "welcome", back=stored is not None, zone_known=person.zone is not None, **facts
    )
    step = await open_step(desk, asked) if stored else None
    return (welcome, await _question(desk, asked, step)) if step else (welcome,)


async def begin(desk: Desk, asked: Asked) -> Message:
    """The first of the questions."""
    await desk.person(asked)
    return await _ask(desk, asked, STEPS[0], {})


async def answer(desk: Desk, asked: Asked, step: str, value: str) -> tuple[Message, ...]:
    """Take the answer to one question, say what was set, and ask the next if that one was open."""
    if step == "age" and value == "under13":
        return (await too_young(desk, asked),)
    if step in (*LEVEL_STEPS, GATE):
        return await _level_answer(desk, asked, step, value)
    waiting = await open_step(desk, asked)
    saved = await _save(desk, replace(asked, words=value), step)
    if waiting != step or (step == "zone" and (await desk.person(asked)).zone is None):
        return (saved,)  # asked from the settings; or which of several places it is was asked
    return (saved, await skip(desk, asked, step))


async def locate(
    desk: Desk, asked: Asked, latitude: float, longitude: float
) -> tuple[Message, ...]:
    """A shared place; where the sign-up had asked for it, on to the next question."""
    waiting = await open_step(desk, asked)
    saved = await settings.locate(desk, asked, latitude, longitude)
    if waiting != "zone" or (await desk.person(asked)).zone is None:
        return (saved,)
    return (saved, await skip(desk, asked, "zone"))


async def pass_over(desk: Desk, asked: Asked, step: str) -> Said:
    """Skipped: the next question, or the settings where nothing was being asked in order."""
    if await open_step(desk, asked) != step:
        return await settings.show(desk, asked)
    if step == PAIN:
        return await _decide(desk, asked, None)
    if step == GATE:
        return await _level_answer(desk, asked, step, "no")
    return await skip(desk, asked, step)


async def skip(desk: Desk, asked: Asked, step: str) -> Message:
    """On to the question after `step`, or to the end."""
    coming = STEPS.index(step) + 1
    if coming == len(STEPS):
        return await end(desk, asked)
    return await _ask(desk, asked, STEPS[coming], await _gathered(desk, asked))


async def end(desk: Desk, asked: Asked) -> Message:
    """All asked: what the plan is now, and when it begins."""
    async with desk.database.writing() as unit:
        await unit.dialogues.clear(asked.chat_id, asked.person_id, NAME)
    person = await desk.person(asked)
    unscreened = person.screening is Screening.UNASKED
    return desk.say("ask/done", unscreened=unscreened, **facts_of(person, asked.now))


async def open_step(desk: Desk, asked: Asked) -> str | None:
    """The question that waits for a typed answer, if one does."""
    dialogue = await _dialogue(desk, asked)
    return dialogue.step if dialogue else None


async def again(desk: Desk, asked: Asked) -> Message:
    """The open question once more, such as after the one about consent."""
    step = await open_step(desk, asked)
    return await _question(desk, asked, step) if step else await settings.show(desk, asked)


async def too_young(desk: Desk, asked: Asked) -> Message:
    """A kind no, and nothing stays stored."""
    async with desk.effect(asked) as unit:
        await unit.people.delete(asked.person_id)
    return desk.say("too_young")


async def _level_answer(desk: Desk, asked: Asked, step: str, value: str) -> tuple[Message, ...]:
    """One of the plain questions that decide the level; raises BadInput for words it cannot read.

    The number of the pain is used here and nowhere kept.
    """
    given = read_answer(step, value)
    if await open_step(desk, asked) != step:
        return (desk.say("too_late"),)
    gathered = dict(await _gathered(desk, asked))
    if step == PAIN:
        return await _decide(desk, asked, int(given))
    if step == GATE:
        level = Level(str(gathered["level"]))
        return await _settle(desk, asked, level if given == "yes" else gate_below(level), given)
    return (await _ask(desk, asked, STEPS[STEPS.index(step) + 1], {**gathered, step: given}),)


async def _decide(desk: Desk, asked: Asked, pain: int | None) -> tuple[Message, ...]:
    """The level that the answers allow; above the first one its gate is asked."""
    gathered = await _gathered(desk, asked)
    told = [str(gathered.get(step, "")) for step in HISTORY]
    hurts = pain is not None and pain > desk.content.tables.pain.fine
    return await _settle(desk, asked, level_of(told[0], told[1], hurts), "", hurts=hurts)


async def _settle(
    desk: Desk, asked: Asked, level: Level, given: str, *, hurts: bool = False
) -> tuple[Message, ...]:
    if level is not Level.BEGINNER and given != "yes":
        return (await _ask(desk, asked, GATE, {"level": level.value}),)
    levels = desk.content.rules.plan.levels
    async with desk.database.writing() as unit:
        person = await known(unit, asked)
        usual = person.days == levels[person.level].days
        days = levels[level].days if usual else person.days
        await keep(unit, replace(person, level=level, days=days), asked.now)
    said = desk.say("signup/level", level=level.value, hurts=hurts)
    return (said, await _ask(desk, asked, STEPS[STEPS.index(GATE) + 1], {}))


async def _ask(desk: Desk, asked: Asked, step: str, gathered: Mapping[str, object]) -> Message:
    dialogue = Dialogue(
        asked.chat_id, asked.person_id, NAME, step, asked.now + OPEN_FOR, dict(gathered)
    )
    async with desk.database.writing() as unit:
        await unit.dialogues.put(dialogue)
    return await _question(desk, asked, step)


async def _question(desk: Desk, asked: Asked, step: str) -> Message:
    if step == PAIN:
        first = await consent.wanted(desk, asked, "signup")
        return first or desk.say("signup/pain")
    if step == GATE:
        level = Level(str((await _gathered(desk, asked))["level"]))
        gate = desk.content.rules.plan.levels[level].gate
        return desk.say("signup/gate", level=level.value, gate=gate)
    return desk.say(f"signup/{step}") if step in HISTORY else settings.question(desk, step)


async def _gathered(desk: Desk, asked: Asked) -> Mapping[str, object]:
    dialogue = await _dialogue(desk, asked)
    return dialogue.data if dialogue else {}


async def _dialogue(desk: Desk, asked: Asked) -> Dialogue | None:
    async with desk.database.reading() as unit:
        return await unit.dialogues.get(asked.chat_id, asked.person_id, asked.now, NAME)


async def _save(desk: Desk, asked: Asked, step: str) -> Message:
    if step == "zone":
        return await settings.change_zone(desk, asked)
    return await settings.change(desk, asked, step)
