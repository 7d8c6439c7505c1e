"""The health questions: one message, two buttons; what they allow decides the plan."""

from pathlib import Path

from bot.demo.people import Person
from tests.house import House, house


async def test_no_to_all_opens_the_whole_plan(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        before = (await bot.ask(ann, "/plan")).text
        await bot.ask(ann, "/screening")
        said = await _pressed(bot, ann, "No to all")
        after = (await bot.ask(ann, "/plan")).text

        assert "Hill" not in before
        assert "whole plan is open" in said
        assert "Hill" in after


async def test_a_yes_about_the_heart_keeps_to_walks_until_a_doctor_agrees(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "/screening")
        await _pressed(bot, ann, "Yes to some")
        await _pressed(bot, ann, "Heart, blood pressure")
        await _pressed(bot, ann, "Done")
        said = await _pressed(bot, ann, "Not yet")
        plan = (await bot.ask(ann, "/plan days")).text

        assert "ask your doctor" in said
        assert "Hill" not in plan
        assert "Walk" in plan


async def test_a_topic_is_turned_on_and_off_again_in_one_message(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "/screening")
        await _pressed(bot, ann, "Yes to some")
        count = len(ann.reads())
        await _pressed(bot, ann, "Chest")
        await _pressed(bot, ann, "✓ Chest")
        said = await _pressed(bot, ann, "Done")

        assert len(ann.reads()) == count
        assert "whole plan is open" in said


async def test_the_answers_themselves_are_not_kept(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "/screening")
        await _pressed(bot, ann, "Yes to some")
        await _pressed(bot, ann, "Medicines")
        await _pressed(bot, ann, "Done")
        await _pressed(bot, ann, "Yes, agreed")
        await bot.settled()
        async with bot.app.desk.database.reading() as unit:
            dialogue = await unit.dialogues.get(ann.id, ann.id, bot.clock.now)
            person = await unit.people.get(ann.id)

        assert dialogue is None
        assert person is not None
        assert person.screening.value == "no_x"


async def test_under_eighteen_a_guardian_has_to_agree_first(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        kim = await bot.signed_up("Kim")
        await bot.ask(kim, "/age 16")
        first = await bot.ask(kim, "/screening")
        questions = await bot.press(kim, "Yes, they agree")

        assert "guardian" in first.text
        assert "Health questions" in questions.text


async def test_the_days_message_says_what_waits_for_the_answers(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        unscreened = await bot.ask(ann, "/tomorrow")
        await bot.press(ann, "Health questions")
        await _pressed(bot, ann, "No to all")
        screened = await bot.ask(ann, "/tomorrow")

        assert "health questions" in unscreened.text
        assert "health questions" not in screened.text


async def _pressed(bot: House, person: Person, button: str) -> str:
    """Press a button whose message is edited in its place; the words that stand there then."""
    await bot.settled()
    post = next(
        post
        for post in reversed(person.reads())
        if any(key.get("text") == button for row in post.buttons for key in row)
    )
    person.presses(post, button)
    await bot.settled()
    return next(p.text for p in person.reads() if p.message_id == post.message_id)
