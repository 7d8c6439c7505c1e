"""From /start to a plan of one's own, by buttons and by words."""

import asyncio
import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot.demo.people import Person
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
        for _ in range(2):
            asked.append((await bot.press(ann, "Skip")).text.splitlines()[0])
        asked.append((await bot.press(ann, "Use them once, keep none")).text.splitlines()[0])
        level = await bot.press(ann, "Skip")
        asked.append((await ann.hears()).text.splitlines()[0])
        for _ in range(5):
            asked.append((await bot.press(ann, "Skip")).text.splitlines()[0])
        asked.append((await bot.press(ann, "As the plan says")).text.splitlines()[0])
        asked.append((await bot.press(ann, "Skip")).text.splitlines()[0])
        done = await bot.press(ann, "Skip")

        assert "Level: beginner" in level.text
        assert len(set(asked)) == len(asked) == 12
        assert "That is all, Ann" in done.text


async def by_answers(bot: House, running: str, strength: str, pain: str) -> Person:
    """A newcomer whose three answers about the level are given."""
    ann = await bot.signed_up()
    await bot.press(ann, "Ask me the questions")
    await bot.press(ann, running)
    await bot.press(ann, strength)
    await bot.press(ann, "Yes, keep them")
    await bot.press(ann, pain)
    return ann


async def test_the_level_is_the_least_that_the_three_answers_allow_and_its_gate_decides(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await by_answers(bot, "Long and hard", "Some, at home or in a gym", "1")
        gate = ann.reads()[-1].text
        said = await bot.press(ann, "Yes, all of it")
        plan = (await bot.ask(ann, "/settings")).text

        assert "That sounds like intermediate" in gate
        assert "heel raises" in gate
        assert "Level: intermediate" in said.text
        assert "Days: Tue Wed Fri Sun" in plan


async def test_whoever_does_not_pass_a_gate_is_asked_the_one_below(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await by_answers(bot, "Long and hard", "Twice a week for half a year", "0")
        below = await bot.press(ann, "Not all")
        said = await bot.press(ann, "Not all")

        assert "That sounds like intermediate" in below.text
        assert "Level: beginner" in said.text


async def test_with_pain_everybody_begins_gently_and_the_number_is_not_stored(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await by_answers(bot, "Long and hard", "Twice a week for half a year", "6")
        said = next(p.text for p in ann.reads() if p.text.startswith("Level:"))
        async with bot.app.desk.database.reading() as unit:
            kept = json.dumps(await unit.archive.of(ann.id))

        assert "Level: beginner. With pain above 2 of 10" in said
        assert '"pain": "6"' not in kept


async def test_answers_by_button_and_by_words_shape_the_settings(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await by_answers(bot, "Regularly", "Some, at home or in a gym", "2")
        await bot.press(ann, "Yes, all of it")
        await bot.ask(ann, "mon wed and saturday")
        await bot.ask(ann, "Kathmandu")
        await bot.ask(ann, "quarter past six")
        await bot.press(ann, "Skip")
        await bot.press(ann, "Skip")
        await bot.press(ann, "50")
        await bot.ask(ann, "35")
        settings = await bot.ask(ann, "/settings")

        assert "Level: intermediate" in settings.text
        assert "Days: Mon Wed Sat" in settings.text
        assert "Time: 06:15" in settings.text
        assert "Zone: Asia/Kathmandu" in settings.text
        assert "Minutes: 50" in settings.text
        assert "Longest run: 35 min" in settings.text


async def test_what_cannot_be_read_gets_a_kind_sentence_and_the_question_stays_open(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await by_answers(bot, "Little", "None yet", "0")
        for _ in range(5):
            await bot.press(ann, "Skip")
        await bot.press(ann, "As the plan says")
        refused = await bot.ask(ann, "9000")
        settings = await bot.ask(ann, "/settings")
        following = await bot.ask(ann, "25")

        assert "as the minutes of a run" in refused.text
        assert "Longest run: not given" in settings.text
        assert "Longest run: 25 min" in following.text


async def test_a_shared_place_answers_the_question_and_the_next_one_comes(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await by_answers(bot, "Little", "None yet", "0")
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
        following = await bot.press(ann, "Little")

        assert answer.text.startswith("No.")
        assert "strength work for the legs" in following.text


async def test_the_questions_can_be_taken_up_again_after_a_restart_on_the_next_day(
    tmp_path: Path,
) -> None:
    clock = Clock()
    async with StandIn(clock) as telegram:
        async with house(tmp_path, clock, telegram) as bot:
            ann = await bot.signed_up()
            await bot.press(ann, "Ask me the questions")
            await bot.press(ann, "Regularly")
        clock.now += timedelta(days=1)
        async with house(tmp_path, clock, telegram) as bot:
            welcome = await bot.ask(ann, "/start")
            open_one = await ann.hears()
            following = await bot.press(ann, "Some, at home or in a gym")

        assert "Welcome back" in welcome.text
        assert "strength work for the legs" in open_one.text
        assert "May I keep your health answers?" in following.text


@pytest.mark.parametrize("other", ["self-test", "health questions"])
async def test_what_is_begun_in_the_middle_leaves_the_open_question_open(
    tmp_path: Path, other: str
) -> None:
    async with house(tmp_path) as bot:
        ann = await by_answers(bot, "Little", "None yet", "0")  # now it asks for the days
        if other == "self-test":
            await bot.ask(ann, "/test enter")
            await bot.ask(ann, "21 19")
            await bot.press(ann, "Skip")
            await bot.ask(ann, "/test skip pain")
        else:
            await bot.ask(ann, "/screening")
            ann.presses(ann.reads()[-1], "No to all")
        taken = await bot.ask(ann, "mon wed and saturday")
        following = await ann.hears()

        assert "Your days: Mon Wed Sat" in taken.text
        assert "Where" in following.text


async def test_a_button_of_a_question_that_is_over_changes_nothing(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        first = await bot.press(ann, "Ask me the questions")
        await bot.press(ann, "Little")
        await bot.quiet(ann)
        ann.presses(first, "Long and hard", stale=True)
        late = await ann.hears()

        assert "had its day" in late.text


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
