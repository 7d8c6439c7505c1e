"""Illness, "Sore or ill", and consent that is taken back: it acts that day, and is kept or not."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bot.domain.feeling_well import HEALTH
from tests.chat.test_adapting import TUESDAY, a_runner
from tests.house import House, house

FEVER = "Fever, chest, stomach, aches"


async def kept(bot: House) -> tuple[set[str], set[str]]:
    """The codes of the easings and of the changes that the database holds."""
    await bot.settled()
    async with bot.app.desk.database.reading() as unit:
        standing: Any = await unit.plans.standing(5001) or {}
    async with bot.app.desk.database.linked(writing=False) as link:
        changes = {str(row[0]) for row in await link.rows(text("SELECT code FROM changes"))}
    return {easing["code"] for easing in standing.get("easings", ())}, changes


async def unasked(bot: House) -> Any:
    """A runner whose plan is open, and who was never asked about health answers."""
    ann = await a_runner(bot)
    async with bot.app.desk.database.linked(writing=True) as link:
        await link.run(text("UPDATE people SET consent = :no, consent_at = NULL"), {"no": False})
    return ann


async def test_an_illness_is_kept_only_after_a_yes(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await unasked(bot)
        await bot.to(TUESDAY)
        asks = await bot.ask(ann, "/sick")
        which = await bot.press(ann, "Yes, keep them")
        said = await bot.press(ann, FEVER)
        easings, changes = await kept(bot)

        assert "May I keep your health answers?" in asks.text
        assert "What is it?" in which.text
        assert "No training now" in said.text
        assert "ill" in easings
        assert "sick/whole_body" in changes


async def test_without_consent_an_illness_acts_that_day_and_leaves_no_trace(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await unasked(bot)
        await bot.to(TUESDAY)
        await bot.ask(ann, "/sick")
        await bot.press(ann, "Use them once, keep none")
        said = await bot.press(ann, FEVER)
        today = await bot.ask(ann, "/today")
        easings, changes = await kept(bot)
        await bot.to(TUESDAY + timedelta(days=3))
        friday = await bot.ask(ann, "/today")

        assert "nothing of it is kept" in said.text
        assert "Quiet for 2 days" in str(said.buttons)
        assert today.text.startswith("Rest")
        assert not easings & set(HEALTH)
        assert not [code for code in changes if code.startswith(("sick", "well"))]
        assert not friday.text.startswith("Rest")


async def test_a_typed_illness_acts_before_the_question_is_answered(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await unasked(bot)
        await bot.to(TUESDAY)
        await bot.ask(ann, "/sick whole_body")
        today = await bot.ask(ann, "/today")
        before, _ = await kept(bot)
        await bot.press(ann, "Yes, keep them")
        after, _ = await kept(bot)

        assert today.text.startswith("Rest")
        assert "ill" not in before
        assert "ill" in after


async def test_sore_or_ill_without_consent_lightens_the_day_and_keeps_no_reason(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await unasked(bot)
        await bot.to(TUESDAY)
        await bot.press(ann, "Sore or ill")
        why = await bot.ask(ann, "/why")
        easings, changes = await kept(bot)
        asked = [post.text for post in ann.reads() if "May I keep" in post.text]

        assert "how you feel" not in why.text
        assert "easier" in easings
        assert "ready" not in easings | changes
        assert len(asked) == 1


async def test_consent_taken_back_forgets_the_illness_and_gives_nobody_more(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        await bot.to(TUESDAY)
        await bot.ask(ann, "/sick whole_body")
        await bot.ask(ann, "/consent no")
        today = await bot.ask(ann, "/today")
        easings, changes = await kept(bot)
        undone = await bot.ask(ann, "/undo")
        again = await bot.ask(ann, "/today")

        assert today.text.startswith("Rest")
        assert again.text.startswith("Rest")
        assert not easings & set(HEALTH)
        assert "consent" in changes
        assert "sick/whole_body" not in changes
        assert "answers are deleted" in undone.text


async def test_without_consent_a_pain_stops_a_week_and_leaves_no_trace(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await unasked(bot)
        await bot.to(TUESDAY)
        said = await bot.ask(ann, "/pain 5 knee")
        await bot.press(ann, "Use them once, keep none")
        today = await bot.ask(ann, "/today")
        easings, changes = await kept(bot)
        await bot.to(TUESDAY + timedelta(days=7))
        later = await bot.ask(ann, "/today")

        assert "Up to Mon 30 Nov your days are free of training" in said.text
        assert today.text.startswith("Rest")
        assert not easings & set(HEALTH)
        assert "pain" not in changes
        assert not later.text.startswith("Rest")


async def test_without_consent_pain_and_soreness_of_a_report_leave_no_trace(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await unasked(bot)
        await bot.ask(ann, "/consent no")
        await bot.to(TUESDAY)
        await bot.ask(ann, "/done 5")
        told = await bot.press(ann, "4")
        await bot.press(ann, "5")
        easings, changes = await kept(bot)
        tomorrow = await bot.ask(ann, "/tomorrow")
        await bot.to(TUESDAY + timedelta(days=3))
        friday = await bot.ask(ann, "/today")

        assert "Nothing of what you told is kept" in told.text
        assert friday.text.startswith("Rest")
        assert not easings & set(HEALTH)
        assert "pain" not in changes
        assert tomorrow.text.startswith("Rest")


async def test_a_pain_that_may_be_kept_after_all_holds_until_it_is_low(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await unasked(bot)
        await bot.to(TUESDAY)
        await bot.ask(ann, "/pain 5 knee")
        said = await bot.press(ann, "Yes, keep them")
        easings, _ = await kept(bot)

        assert "asks whether they have seen it" in said.text
        assert "pain_red" in easings


async def test_with_a_later_yes_a_low_pain_ends_what_a_week_would_have_ended(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await unasked(bot)
        await bot.to(TUESDAY)
        await bot.ask(ann, "/pain 4")
        await bot.press(ann, "Yes, keep them")
        before = await bot.ask(ann, "/tomorrow")
        await bot.ask(ann, "/pain 1")
        after = await bot.ask(ann, "/tomorrow")

        assert before.text.startswith("Rest")
        assert not after.text.startswith("Rest")
