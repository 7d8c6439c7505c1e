"""The leg-strength self-test: how it is done, the numbers typed one by one, what they say."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.coach import consent, flags
from bot.coach.desk import Asked, Desk, keep, known
from bot.coach.records import Opened, once, view
from bot.coach.trial_results import results_message
from bot.domain.dialogue import Dialogue
from bot.domain.due import today_of
from bot.domain.history import forecast
from bot.domain.ledger import DAYS
from bot.domain.messages import Message
from bot.domain.person import Person, Screening, Sex
from bot.domain.plan import PlanDay
from bot.domain.selftest import Result, Side, Trial, due, read_numbers, suits, trials
from bot.domain.standing import Standing
from bot.domain.workouts import Terrain

NAME = "self-test"
OPEN_FOR = timedelta(hours=20)
_UPHILL = (Terrain.HILL, Terrain.RAMP)  # where a mark can be set and run to
_AHEAD = 14  # days in which a suitable one is looked for


async def show(desk: Desk, asked: Asked) -> Message:
    """How it is done; with "enter" the first question, with "results" what was found so far."""
    word, _, rest = asked.words.strip().lower().partition(" ")
    match word:
        case "enter":
            return await begin(desk, asked)
        case "skip":
            return await pass_over(desk, asked, rest)
        case "results":
            return await results(desk, asked)
        case "woman" | "man":
            return await told_sex(desk, asked, Sex(word))
    return await instructions(desk, asked)


async def instructions(desk: Desk, asked: Asked) -> Message:
    """For the person's level and week, and on which day it suits."""
    person, visitor = await desk.visitor_or_person(asked)
    held = flags.words_of(desk.content, person, asked.now)
    if held is not None or person.screening is Screening.STOP:
        return held or desk.say("test/stopped")
    table = desk.content.tables.selftest
    shown = [(t, person.level in t.optional) for t in _trials(desk, person, asked).values()]
    async with desk.database.reading() as unit:
        before = await unit.results.of(person.id)
    today = today_of(person, asked.now)
    return desk.say(
        "test/how",
        intro=table.intro,
        trials=[(trial, optional) for trial, optional in shown if not trial.health],
        weeks=[week for week in table.weeks if week],
        suits=None if visitor else await suitable_day(desk, person, asked.now),
        today=today,
        visitor=visitor,
        before=bool(before),
    )


async def suitable_day(desk: Desk, person: Person, now: datetime) -> date | None:
    """The next day that is light or free, and that no hard one follows."""
    found = await view(desk, person, now)
    days = _days(desk, found)
    for ahead in range(_AHEAD):
        day = found.today + timedelta(days=ahead)
        if day in days and suits(days[day], days.get(day + timedelta(days=1))):
            return day
    return None


def _days(desk: Desk, found: Opened) -> dict[date, PlanDay]:
    return {day.date: day for day in forecast(found.record, 2, desk.content.books)}


async def begin(desk: Desk, asked: Asked) -> Message:
    """The first question."""
    person = await desk.person(asked)
    return await _ask(desk, asked, next(iter(_trials(desk, person, asked))))


async def open_trial(desk: Desk, asked: Asked) -> str | None:
    """The trial whose number is waited for, if one is."""
    async with desk.database.reading() as unit:
        dialogue = await unit.dialogues.get(asked.chat_id, asked.person_id, asked.now, NAME)
    return dialogue.step if dialogue else None


async def answer(desk: Desk, asked: Asked, code: str) -> Message:
    """Typed numbers: kept, and on to the next question. Raises BadInput.

    What is about health is kept with consent alone, and else used for the answer only.
    """
    person = await desk.person(asked)
    trial = desk.content.tables.selftest.items[code]
    numbers = read_numbers(trial, asked.words)
    found = [_result(person, asked, code, side, number) for side, number in numbers.items()]
    kept = person.consent or not trial.health
    if kept:
        async with desk.effect(asked) as unit:
            await unit.results.put(found)
    return await _on(desk, asked, code, {} if kept else numbers)


async def pass_over(desk: Desk, asked: Asked, code: str) -> Message:
    """On without this number."""
    if await open_trial(desk, asked) != code:
        return desk.say("too_late")
    return await _on(desk, asked, code, {})


async def again(desk: Desk, asked: Asked) -> Message:
    """The open question once more, after the one about consent."""
    code = await open_trial(desk, asked)
    return await _question(desk, asked, code) if code else desk.say("too_late")


async def results(desk: Desk, asked: Asked) -> Message:
    """All numbers so far, in words and as a chart."""
    person = await desk.person(asked)
    return await results_message(desk, person, {})


async def told_sex(desk: Desk, asked: Asked, sex: Sex) -> Message:
    """Whose usual numbers to compare with."""
    async with desk.effect(asked) as unit:
        person = await keep(unit, replace(await known(unit, asked), sex=sex), asked.now)
    return await results_message(desk, person, {})


async def offered(desk: Desk, person: Person, day: date, now: datetime) -> bool:
    """Whether the day's message says that the test is due: in its weeks, once, on a day that suits.

    Week 0 is the first week of the plan.
    """
    found = await view(desk, person, now)
    week = week_due(desk, person, day, found.record.standing)
    if week is None or not _suits(_days(desk, found), person, day):
        return False
    async with desk.database.reading() as unit:
        results = await unit.results.of(person.id)
    if any((day - result.local_date).days < DAYS for result in results):
        return False
    await once(desk, person, week, day, now)
    return True


def week_due(desk: Desk, person: Person, day: date, standing: Standing) -> str | None:
    """The week of the plan ("cycle.week") that has the test, unless another day offered it."""
    first_week = (day - person.started_on).days < DAYS
    if not (first_week or due(standing.week, desk.content.tables.selftest)):
        return None
    week = f"{standing.cycle}.{0 if first_week else standing.week}"
    return week if standing.offers.get(week, day) == day else None


def _suits(days: Mapping[date, PlanDay], person: Person, day: date) -> bool:
    """A day of the person's own, with a message, that leaves the legs fresh."""
    planned, following = days.get(day), days.get(day + timedelta(days=1))
    return (
        planned is not None
        and day > person.started_on
        and (person.notes or day.weekday() in person.days)
        and suits(planned, following)
    )


def _trials(desk: Desk, person: Person, asked: Asked) -> Mapping[str, Trial]:
    rules, table = desk.content.rules.plan, desk.content.tables.selftest
    limit = rules.screenings[person.screening]
    ages = rules.ages[person.age] if person.age else None
    open_to_x = person.screening is Screening.CLEAR and limit.x and (ages is None or ages.x)
    week = _week(person, asked)
    hill = person.terrain in _UPHILL
    return trials(person.level, week, table, x=open_to_x, hill=hill)


def _week(person: Person, asked: Asked) -> int:
    """The week of the plan, 0 on the day of the sign-up."""
    ran = (today_of(person, asked.now) - person.started_on).days
    return ran // DAYS + 1 if ran > 0 else 0


def _result(person: Person, asked: Asked, code: str, side: Side, number: float) -> Result:
    return Result(person.id, today_of(person, asked.now), code, side, _week(person, asked), number)


async def _on(desk: Desk, asked: Asked, code: str, once: Mapping[Side, float]) -> Message:
    """The question after `code`, or what all of them say; `once` are numbers that are not kept."""
    person = await desk.person(asked)
    codes = list(_trials(desk, person, asked))
    coming = codes[codes.index(code) + 1 :] if code in codes else []
    if coming:
        return await _ask(desk, asked, coming[0])
    async with desk.database.writing() as unit:
        await unit.dialogues.clear(asked.chat_id, asked.person_id, NAME)
    return await results_message(desk, person, once)


async def _ask(desk: Desk, asked: Asked, code: str) -> Message:
    dialogue = Dialogue(asked.chat_id, asked.person_id, NAME, code, asked.now + OPEN_FOR)
    async with desk.database.writing() as unit:
        await unit.dialogues.put(dialogue)
    return await _question(desk, asked, code)


async def _question(desk: Desk, asked: Asked, code: str) -> Message:
    trial = desk.content.tables.selftest.items[code]
    if trial.health:
        first = await consent.wanted(desk, asked, "test")
        if first is not None:
            return first
    return desk.say("test/ask", trial=trial, code=code)
