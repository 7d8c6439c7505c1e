"""From /start to a plan of one's own, by buttons and by words."""

import asyncio
from datetime import timedelta
from pathlib import Path

from bot.demo.standin import StandIn
from tests.house import Clock, House, house


async def test_start_signs_up_at_once_with_defaults_and_says_when_the_first_message_comes(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up("Ann")

        said = ann.reads()[-1].text
        assert "You are signed up: beginner" in said
        assert "Next message: Tue 24 Nov, 06:58" in said
        assert await _people(bot) == 1


async def test_the_questions_come_one_by_one_and_each_can_be_skipped(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        asked = [(await bot.press(ann, "Ask me the questions")).text.splitlines()[0]]
        for _ in range(6):
            asked.append((await bot.press(ann, "Skip")).text.splitlines()[0])
        asked.append((await bot.press(ann, "As the plan says")).text.splitlines()[0])
        done = await bot.press(ann, "Skip")

        assert len(set(asked)) == 8
        assert "That is all, Ann" in done.text


async def test_answers_by_button_and_by_words_shape_the_settings(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.press(ann, "Ask me the questions")
        await bot.press(ann, "Intermediate")
        await bot.ask(ann, "mon wed and saturday")
        await bot.ask(ann, "Kathmandu")
        await bot.ask(ann, "quarter past six")
        settings = await bot.ask(ann, "/settings")

        assert "Level: intermediate" in settings.text
        assert "Days: Mon Wed Sat" in settings.text
        assert "Time: 06:15" in settings.text
        assert "Zone: Asia/Kathmandu" in settings.text


async def test_a_shared_place_answers_the_question_and_the_next_one_comes(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.press(ann, "Ask me the questions")
        await bot.press(ann, "Skip")
        await bot.press(ann, "Skip")
        await bot.quiet(ann)
        ann.shares_location(27.7172, 85.324)
        place, question = await ann.hears(), await ann.hears()

        assert "Kathmandu" in place.text
        assert "When should the day's message come?" in question.text


async def test_a_question_asked_in_the_middle_is_answered_and_the_sign_up_goes_on(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.press(ann, "Ask me the questions")
        answer = await bot.ask(ann, "should I replace leg day?")
        following = await bot.press(ann, "Intermediate")

        assert answer.text.startswith("No.")
        assert "Level: intermediate" in following.text


async def test_the_questions_can_be_taken_up_again_after_a_restart_on_the_next_day(
    tmp_path: Path,
) -> None:
    clock = Clock()
    async with StandIn(clock) as telegram:
        async with house(tmp_path, clock, telegram) as bot:
            ann = await bot.signed_up()
            await bot.press(ann, "Ask me the questions")
            await bot.settled()
        clock.now += timedelta(days=1)
        async with house(tmp_path, clock, telegram) as bot:
            following = await bot.ask(ann, "intermediate")
            settings = await bot.ask(ann, "/settings")

        assert "Level: intermediate" in following.text
        assert "Level: intermediate" in settings.text


async def test_a_second_start_loses_nothing(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "/days sun")
        again = await bot.ask(ann, "/start")
        settings = await bot.ask(ann, "/settings")

        assert "Welcome back" in again.text
        assert "Days: Sun" in settings.text


async def test_a_name_that_looks_like_markup_breaks_nothing(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        odd = await bot.signed_up("<3 & Co </b>{{ 7 * 7 }}")

        assert "<3 & Co </b>{{ 7 * 7 }}" in odd.reads()[-1].text


async def test_someone_under_thirteen_gets_a_kind_no_and_nothing_is_stored(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        kid = await bot.signed_up("Kim")
        await bot.ask(kid, "/age")
        said = await bot.press(kid, "Under 13")

        assert "cannot coach you yet" in said.text
        assert await _people(bot) == 0


async def test_a_stranger_sees_the_usual_plan_and_nothing_is_stored(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        eve = bot.tg.people.add("Eve")
        today = await bot.ask(eve, "/today")
        refused = await bot.ask(eve, "/time 7")

        assert "nothing is stored" in today.text
        assert "/start" in refused.text
        assert await _people(bot) == 0


async def test_two_people_talk_at_once_and_each_gets_their_own_words(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann, ben = await asyncio.gather(bot.signed_up("Ann"), bot.signed_up("Ben"))

        assert "Hi Ann" in ann.reads()[-1].text
        assert "Hi Ben" in ben.reads()[-1].text


async def _people(bot: House) -> int:
    async with bot.app.desk.database.reading() as unit:
        return await unit.people.count()
