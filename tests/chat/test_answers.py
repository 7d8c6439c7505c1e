"""Questions in the chat: the verdict, the exact words, what follows; care before everything."""

from pathlib import Path

from tests.house import house


async def test_the_leg_day_question_gets_a_verdict_the_words_it_rests_on_and_what_to_do(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        answer = await bot.ask(ann, "should I replace leg day?")
        passages = bot.app.desk.content.knowledge.topics["replace_leg_day"].passages.values()
        quotes = [line for line in answer.text.splitlines() if line]

        assert answer.text.startswith("No.")
        assert any(quotes[1].split(". ")[0] in passage.text for passage in passages)
        assert "The article says" in answer.text
        assert "studies so far" in answer.text


async def test_a_follow_up_is_understood_from_what_came_before(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "are hill sprints good for my legs")
        answer = await bot.ask(ann, "and how often?")

        assert "once a week" in answer.text.lower()


async def test_what_is_of_another_subject_is_declined_after_an_answer_too(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "are hill sprints good for my legs")
        answer = await bot.ask(ann, "and what's the capital of peru")

        assert "outside what I know" in answer.text


async def test_a_fragment_goes_on_from_an_order_too(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "i have a hill near me now")
        answer = await bot.ask(ann, "how long each")

        assert "hill" in answer.text.lower()


async def test_half_an_hour_later_the_chat_is_about_nothing(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "are hill sprints good for my legs")
        await bot.later(minutes=31)
        answer = await bot.ask(ann, "and how often?")

        assert "hill" not in answer.text.lower().split("\n")[0]


async def test_what_is_outside_is_declined_with_what_is_near(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        answer = await bot.ask(ann, "what is the price of bitcoin")

        assert "outside what I know" in answer.text


async def test_a_topic_button_answers_with_that_topic(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "should I replace leg day?")
        answer = await bot.press(ann, "Hills and hill sprints")

        assert answer.text.startswith(
            bot.app.desk.content.knowledge.topics["method.hill_sprints"].verdict
        )


async def test_a_red_flag_stops_everything_until_it_is_cleared(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        alarm = await bot.ask(ann, "chest pain on the last rep")
        training = await bot.ask(ann, "how often should I do hill sprints?")
        today = await bot.ask(ann, "/today")
        sure = await bot.ask(ann, "/cleared")
        await bot.press(ann, "Yes, and I may train")
        after = await bot.ask(ann, "how often should I do hill sprints?")

        assert "emergency number" in alarm.text
        assert "still open" in training.text
        assert "still open" in today.text
        assert "professional" in sure.text
        assert after.text.startswith("Once a week")


async def test_a_false_alarm_is_undone_by_one_button(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "my chest hurts")
        await bot.press(ann, "This was not about me")
        today = await bot.ask(ann, "/today")

        assert "still open" not in today.text


async def test_a_red_flag_comes_before_an_open_question_of_the_sign_up(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.press(ann, "Ask me the questions")
        alarm = await bot.ask(ann, "i just fainted during my run")

        assert "emergency number" in alarm.text


async def test_plain_words_do_what_the_command_does(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "please change my time to half past six")
        settings = await bot.ask(ann, "show me my settings")

        assert "Time: 06:30" in settings.text


async def test_thanks_gets_a_kind_word_and_a_sticker_too(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        thanks = await bot.ask(ann, "thanks a lot!")
        await bot.quiet(ann)
        ann.sends_sticker()
        sticker = await ann.hears()

        assert "welcome" in thanks.text.lower()
        assert "words only" in sticker.text


async def test_an_unanswered_question_is_kept_scrubbed_for_the_host(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "which bike saddle fits me, write to ann@example.org or +49 170 1234567")
        await bot.settled()
        async with bot.app.desk.database.reading() as unit:
            gaps = await unit.gaps.latest(5)

        assert len(gaps) == 1
        assert "example.org" not in gaps[0].text
        assert "1234567" not in gaps[0].text
