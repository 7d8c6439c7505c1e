"""The weeks behind a person: /progress, its chart, and whether it is enough for the legs."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.demo.people import Person
from bot.demo.world import Post
from bot.domain.person import Screening
from tests.house import House, house

KINDS = ("Hill", "Intervals", "Drills", "Easy run", "Strength", "Recovery", "Rest")


async def screened(bot: House, name: str = "Ann") -> Person:
    """Someone with a whole plan before them."""
    person = await bot.signed_up(name)
    await bot.settled()
    async with bot.app.desk.database.writing() as unit:
        known = await unit.people.get(person.id)
        assert known is not None
        await unit.people.save(replace(known, screening=Screening.CLEAR))
    return person


async def live(bot: House, person: Person, days: int) -> None:
    """Day by day, with every session of each day reported."""
    for _ in range(days):
        bot.clock.now += timedelta(days=1)
        for _ in range(2):
            await bot.ask(person, "/done 5")


def file_id(post: Post) -> str:
    return str(post.message["photo"][-1]["file_id"])


def photo(bot: House, post: Post) -> bytes:
    return bot.tg.world.files.get(file_id(post)).upload.content


async def test_with_nothing_reported_progress_says_what_would_fill_it(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        said = await bot.ask(ann, "/progress")

        assert "Nothing is reported yet" in said.text
        assert "Done" in said.text


async def test_the_weeks_behind_in_words_as_a_picture_and_as_an_answer(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await screened(bot)
        early = await bot.ask(ann, "/progress week")
        await live(bot, ann, 9)
        said = await bot.ask(ann, "/progress")
        by_button = await bot.press(ann, "Is this enough for my legs?")
        in_words = await bot.ask(ann, "is this enough, or do I keep leg day?")
        summary = await bot.ask(ann, "/progress week")

        assert photo(bot, said).startswith(b"\x89PNG")
        assert said.text.startswith("Week 2")
        assert "Glutes: " in said.text
        assert "usual week" in said.text
        assert "planned rest counts" in said.text
        assert len(said.text) <= 1024
        assert in_words.text == by_button.text
        assert "keep leg day" in in_words.text
        assert "running gave alone" in in_words.text
        assert "With lifting the load can go up" in in_words.text
        assert "not over yet" in early.text
        assert summary.text.startswith("Last week: ")
        assert "Week 2: " in summary.text


async def test_who_lifts_too_little_is_told_to_keep_leg_day(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await screened(bot)
        for _ in range(8):
            bot.clock.now += timedelta(days=1)
            lifting = "strength" in (await bot.ask(ann, "/today")).text.lower().splitlines()[0]
            bot.clock.now += timedelta(hours=1)  # the day's message is out: its session is meant
            await bot.ask(ann, "/skip" if lifting else "/done 5")
            bot.clock.now -= timedelta(hours=1)
        said = await bot.ask(ann, "am i doing enough for my legs?")

        assert said.text.startswith("Not yet: keep leg day, and make it 2 a week.")


async def test_a_stranger_who_asks_gets_the_passage_alone(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        eve = bot.tg.people.add("Eve")
        said = await bot.ask(eve, "is this enough, or do I keep leg day?")

        assert said.text.startswith("No.")
        assert "points" not in said.text


async def test_the_plan_is_a_picture_with_the_same_in_words(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await screened(bot)
        said = await bot.ask(ann, "/plan")
        each_day = await bot.press(ann, "Each day")

        assert photo(bot, said).startswith(b"\x89PNG")
        assert "1 (now)" in said.text
        assert "lighter" in said.text
        assert len(said.text) <= 1024
        assert "Tue: Hill" in each_day.text


async def test_telegram_gets_each_picture_once(tmp_path: Path) -> None:
    """The stand-in names each upload anew: the same id means that nothing was uploaded."""
    async with house(tmp_path) as bot:
        ann = await screened(bot)
        plans = [await bot.ask(ann, "/plan"), await bot.ask(ann, "/plan")]
        sessions = [await bot.ask(ann, "/tomorrow"), await bot.ask(ann, "/tomorrow")]
        await bot.ask(ann, "/days mon thu")
        other = await bot.ask(ann, "/plan")

        assert file_id(plans[0]) == file_id(plans[1]) != file_id(other)
        assert file_id(sessions[0]) == file_id(sessions[1])


async def test_the_first_message_of_a_week_begins_with_the_week_before(tmp_path: Path) -> None:
    """Below its first line, which is the day's session as ever; the other days are as they were."""
    async with house(tmp_path) as bot:
        ann = await screened(bot)
        start, found = bot.clock.now, []
        for days in (6, 8, 9, 15):
            await bot.to(start + timedelta(days=days))
            found.append(ann.reads()[-1].text)
            await bot.ask(ann, "/done 5")
        headed = ["Last week" in text for text in found]

        assert headed == [False, True, False, True]
        for text in found:
            assert text.startswith(KINDS)
            assert len(text) <= 1024


async def test_runs_alone_are_told_as_no_lifting_and_not_as_a_number(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await screened(bot)
        await bot.ask(ann, "/days tue")
        bot.clock.now += timedelta(days=1)
        await bot.ask(ann, "/done 5")
        said = await bot.ask(ann, "/progress enough")

        assert "No lifting is reported yet" in said.text
        assert "0.0" not in said.text
