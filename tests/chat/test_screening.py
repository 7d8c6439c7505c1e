"""The health questions: one message, two buttons; what they allow decides the plan."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.demo.people import Person
from bot.demo.world import Post
from bot.domain.due import OPEN_END
from bot.domain.person import Person as Stored
from bot.domain.person import Screening
from tests.house import START, House, house


async def questions(bot: House, person: Person, consent: str = "Yes, keep them") -> Post:
    """The health questions, for someone who has not been asked about keeping the answers."""
    await bot.ask(person, "/screening")
    return await bot.press(person, consent)


async def stored(bot: House, person: Person) -> Stored:
    await bot.settled()
    async with bot.app.desk.database.reading() as unit:
        found = await unit.people.get(person.id)
    assert found is not None
    return found


async def test_no_to_all_opens_the_whole_plan(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        before = (await bot.ask(ann, "/plan")).text
        await questions(bot, ann)
        said = await pressed(bot, ann, "No to all")
        after = (await bot.ask(ann, "/plan")).text

        assert "Hill" not in before
        assert "whole plan is open" in said
        assert "Hill" in after


async def test_a_yes_about_the_heart_keeps_to_walks_until_a_doctor_agrees(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await questions(bot, ann)
        await pressed(bot, ann, "Yes to some")
        await pressed(bot, ann, "Heart, blood pressure")
        await pressed(bot, ann, "Done")
        said = await pressed(bot, ann, "Not yet")
        plan = (await bot.ask(ann, "/plan days")).text

        assert "ask your doctor" in said
        assert "Hill" not in plan
        assert "Walk" in plan


async def test_a_topic_is_turned_on_and_off_again_in_one_message(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await questions(bot, ann)
        await pressed(bot, ann, "Yes to some")
        count = len(ann.reads())
        await pressed(bot, ann, "Chest")
        await pressed(bot, ann, "✓ Chest")
        said = await pressed(bot, ann, "Done")

        assert len(ann.reads()) == count
        assert "whole plan is open" in said


async def test_the_answers_themselves_are_not_kept(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await questions(bot, ann)
        await pressed(bot, ann, "Yes to some")
        await pressed(bot, ann, "Medicines")
        await pressed(bot, ann, "Done")
        await pressed(bot, ann, "Yes, agreed")
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
        first = await questions(bot, kim)
        asked = await bot.press(kim, "Yes, they agree")

        assert "guardian" in first.text
        assert "Health questions" in asked.text


async def test_the_days_message_says_what_waits_for_the_answers(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        unscreened = await bot.ask(ann, "/tomorrow")
        await bot.press(ann, "Health questions")
        await bot.press(ann, "Yes, keep them")
        await pressed(bot, ann, "No to all")
        screened = await bot.ask(ann, "/tomorrow")

        assert "health questions" in unscreened.text
        assert "health questions" not in screened.text


async def test_consent_is_asked_once_before_the_first_health_answer(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        first = await bot.ask(ann, "/screening")
        asked = await bot.press(ann, "Yes, keep them")
        again = await bot.ask(ann, "/screening")
        person = await stored(bot, ann)

        assert "May I keep your health answers?" in first.text
        assert asked.text.startswith("Health questions")
        assert again.text == asked.text
        assert (person.consent, person.consent_at) == (True, bot.clock.now)


async def test_without_consent_a_yes_is_used_once_and_not_stored(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await questions(bot, ann, "Use them once, keep none")
        await pressed(bot, ann, "Yes to some")
        await pressed(bot, ann, "Medicines")
        await pressed(bot, ann, "Done")
        said = await pressed(bot, ann, "Not yet")
        person = await stored(bot, ann)

        assert "none of that is stored" in said
        assert "Please ask whoever prescribes yours" in said
        assert person.screening is Screening.UNASKED
        assert person.screened_on is None


async def test_without_consent_a_stop_pauses_the_messages_and_leaves_no_reason(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await questions(bot, ann, "Use them once, keep none")
        await pressed(bot, ann, "Yes to some")
        await pressed(bot, ann, "Chest")
        await pressed(bot, ann, "Done")
        said = await pressed(bot, ann, "Not yet")
        person = await stored(bot, ann)

        assert "emergency number" in said
        assert person.screening is Screening.UNASKED
        assert person.paused_until == OPEN_END


async def test_consent_taken_back_deletes_what_was_kept(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await questions(bot, ann)
        await pressed(bot, ann, "Yes to some")
        await pressed(bot, ann, "Heart, blood pressure")
        await pressed(bot, ann, "Done")
        await pressed(bot, ann, "Yes, agreed")
        before = await stored(bot, ann)
        said = await bot.ask(ann, "/consent no")
        after = await stored(bot, ann)

        assert before.screening is Screening.NO_X
        assert before.limited_until is not None
        assert "deleted" in said.text
        assert after.screening is Screening.UNASKED
        assert after.limited_until is None


async def test_a_limit_ends_by_itself_and_the_message_of_that_day_says_so(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "/days all")
        await questions(bot, ann)
        await pressed(bot, ann, "Yes to some")
        await pressed(bot, ann, "Medicines")
        await pressed(bot, ann, "Done")
        said = await pressed(bot, ann, "Yes, agreed")
        start = bot.clock.now
        await bot.to(start + timedelta(days=20))
        await bot.ask(ann, "/when")  # who is silent for weeks hears once a week alone
        texts = []
        for days in (27, 28, 29):
            await bot.to(start + timedelta(days=days))
            texts.append(ann.reads()[-1].text)
        person = await stored(bot, ann)

        assert "ends on Mon 21 Dec" in said
        assert ["The weeks with limits are over" in text for text in texts] == [False, True, False]
        assert person.screening is Screening.CLEAR


@pytest.mark.parametrize(
    ("band", "said"),
    [("16-17", "guardian"), ("70 and over", "agreed that you may train hard")],
)
async def test_a_yes_about_age_asks_which_age(tmp_path: Path, band: str, said: str) -> None:
    async with house(tmp_path) as bot:
        kim = await bot.signed_up("Kim")
        await questions(bot, kim)
        await pressed(bot, kim, "Yes to some")
        await pressed(bot, kim, "Age")
        which = await pressed(bot, kim, "Done")
        following = await pressed(bot, kim, band)

        assert "Which is it?" in which
        assert said in following


async def test_under_thirteen_in_the_health_questions_is_a_kind_no_and_nothing_stays(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        kim = await bot.signed_up("Kim")
        await questions(bot, kim)
        await pressed(bot, kim, "Yes to some")
        await pressed(bot, kim, "Age")
        await pressed(bot, kim, "Done")
        said = await bot.press(kim, "Under 13")
        async with bot.app.desk.database.reading() as unit:
            people = await unit.people.count()

        assert "I have stored nothing" in said.text
        assert people == 0


async def test_a_stop_holds_from_the_same_day_and_undo_leaves_it(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "/days all")
        await questions(bot, ann)
        await pressed(bot, ann, "No to all")
        await bot.to(START + timedelta(days=1, hours=1))
        sent = ann.reads()[-1].text
        await bot.ask(ann, "/screening")
        await pressed(bot, ann, "Yes to some")
        await pressed(bot, ann, "Chest")
        await pressed(bot, ann, "Done")
        await pressed(bot, ann, "Not yet")
        today = (await bot.ask(ann, "/today")).text
        undone = (await bot.ask(ann, "/undo")).text
        week = (await bot.ask(ann, "/week")).text

        assert not sent.startswith("Rest")
        assert today.startswith("Rest")
        assert "health answers" in undone
        assert all("Rest" in line for line in week.splitlines()[2:] if line)


async def pressed(bot: House, person: Person, button: str) -> str:
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
