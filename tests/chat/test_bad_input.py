"""What cannot be done as it was said: one kind sentence that says what would work, and all stays
as it was."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.demo.people import Person
from tests.chat.test_adapting import TUESDAY, a_runner
from tests.chat.test_untold import a_runner_on_tuesday
from tests.house import House, house

REFUSED = {
    "/days funday": "Did you mean sunday?",
    "/days none": "Name at least one, such as /days tue sat",
    "/days mon funday": "Try /days mon wed fri",
    "/lift funday": "Try /lift tue fri",
    "/minutes 5": "In 5 minutes no session fits with its warm-up. Try /minutes 20",
    "/minutes 1000": "from 20 to 180 works",
    "/pain 11": "Try /pain 3 left knee",
    "/pain 3.5": "Try /pain 3 left knee",
    "/level advanced": "Before advanced",
    "/level expert": "What works: beginner, intermediate, advanced",
    "/done 11": "is not a number from 0 to 10",
    "/partly 150": "Try /partly 60",
    "/move": "Which day shall it move to?",
    "/move funday": "Try /move sat",
    "/snooze yesterday": "Try 2h, evening or tomorrow",
    "/longest -1": "up to 300 works",
    "/notes": "on your rest days",
    "/days": "Which days are yours to train?",
}


@pytest.mark.parametrize("words", REFUSED)
async def test_what_cannot_be_is_told_kindly_and_changes_nothing(
    tmp_path: Path, words: str
) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        before = await everything(bot, ann)
        said = await bot.ask(ann, words)
        after = await everything(bot, ann)

        assert REFUSED[words] in said.text
        assert after == before


CONTRADICTIONS = {
    "leg day every day": (
        ["/days all", "/lift every day"],
        "Not every leg day that you wished|they give way",
    ),
    "leg day on other days": (["/days mon wed", "/lift fri"], "On those I send nothing"),
    "too few minutes": (["/days mon wed", "/lift mon", "/minutes 20"], "no room for a warm-up"),
    "one day": (["/days mon"], "give"),
}


@pytest.mark.parametrize("wish", CONTRADICTIONS)
async def test_wishes_that_cannot_all_be_had_are_taken_and_the_one_that_gives_way_is_named(
    tmp_path: Path, wish: str
) -> None:
    said, told = CONTRADICTIONS[wish]
    async with house(tmp_path) as bot:
        ann = await a_runner(bot, "beginner")
        for words in said:
            answer = (await bot.ask(ann, words)).text
            bot.clock.now += timedelta(seconds=5)

        assert any(part in answer for part in told.split("|"))


async def test_a_level_up_in_week_seven_begins_its_first_week_and_undo_goes_back(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot, "beginner")
        for _ in range(42):
            bot.clock.now += timedelta(days=1)
            await bot.ask(ann, "/done 5")
        seventh = (await bot.ask(ann, "/plan")).text
        up = (await bot.ask(ann, "/level intermediate yes")).text
        first = (await bot.ask(ann, "/plan")).text
        undone = (await bot.ask(ann, "/undo")).text
        back = (await bot.ask(ann, "/plan")).text

        assert "7 (now)" in seventh
        assert "Level: intermediate" in up
        assert "1 (now)" in first
        assert "Taken back" in undone
        assert back == seventh


async def test_the_buttons_of_a_message_of_last_week_have_had_their_day(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        await bot.to(TUESDAY)
        old = ann.reads()[-1]
        await bot.later(days=7)
        before = await everything(bot, ann)
        said = []
        for button in ("Fit", "Tired", "Sore or ill", "Done", "Skip"):
            bot.clock.now += timedelta(seconds=5)
            await bot.quiet(ann)
            ann.presses(old, button, stale=True)
            said.append((await ann.hears()).text)

        assert all("had its day" in text for text in said)
        assert await everything(bot, ann) == before


async def test_done_under_the_message_of_yesterday_means_the_session_of_yesterday(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner_on_tuesday(bot)
        yesterday = ann.reads()[-1]
        await bot.later(days=1)
        await bot.quiet(ann)
        ann.presses(yesterday, "Done")
        await ann.hears()
        (told,) = (await everything(bot, ann))["reports"][:1]

        assert told.local_date == TUESDAY.date()


async def test_done_pressed_twice_at_once_counts_once_and_offers_what_is_left(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        await bot.to(TUESDAY)  # a hill run, and lifting later the same day
        post = ann.reads()[-1]
        await bot.quiet(ann)
        for button in ("Done", "Done", "Skip"):
            ann.presses(post, button, stale=True)
        await bot.settled()
        said = [post.text for post in ann.reads()[-3:]]
        reports = (await everything(bot, ann))["reports"]

        assert "How hard was it" in said[0]
        assert said[1] == said[2]
        assert "noted already. Still open" in said[1]
        assert [report.kind for report in reports] == ["hill"]


async def everything(bot: House, person: Person) -> dict[str, list[Any]]:
    """What is stored of a person's settings, plan and reports."""
    await bot.settled()
    async with bot.app.desk.database.reading() as unit:
        known = await unit.people.get(person.id)
        assert known is not None
        days = await unit.plans.days(person.id, TUESDAY.date() - timedelta(days=9))
        reports = await unit.journal.since(person.id, TUESDAY.date() - timedelta(days=9))
    return {
        "settings": [known.days, known.level, known.minutes, known.lift_days, known.longest],
        "days": [(day, one["sessions"]) for day, one in days.items()],
        "reports": list(reports),
    }
