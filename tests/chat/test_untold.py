"""Who does not press buttons: asked once, never stuck, never taken further than is safe."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.demo.people import Person
from tests.chat.test_adapting import a_runner, reports
from tests.house import House, house

TUESDAY = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)


async def standing(bot: House, ann: Person) -> dict[str, Any]:
    await bot.settled()
    async with bot.app.desk.database.reading() as unit:
        return dict(await unit.plans.standing(ann.id) or {})


async def days_go_by(bot: House, ann: Person, days: int, *, says: str = "/when") -> list[str]:
    """The messages of so many mornings; the person looks in each day, and reports nothing."""
    heard = []
    for _ in range(days):
        await bot.quiet(ann)
        before = len(ann.reads())
        await bot.later(days=1)
        heard += [post.text for post in ann.reads()[before:]]
        if says:
            await bot.ask(ann, says)
    return heard


def asking(messages: list[str]) -> list[str]:
    return [text for text in messages if "No word yet about the run of" in text]


async def a_runner_on_tuesday(bot: House) -> Person:
    ann = await a_runner(bot)
    await bot.ask(ann, "/days all")
    await bot.to(TUESDAY)
    return ann


async def test_the_way_back_begins_with_a_question_that_names_the_date(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner_on_tuesday(bot)
        asked = asking(await days_go_by(bot, ann, 5))
        eased = await bot.ask(ann, "/today")
        away = (await standing(bot, ann)).get("away", 0)
        said = await bot.press(ann, "I did it")
        later = [await bot.press(ann, "I did it")] if "And " in said.text else []
        after = await standing(bot, ann)

        assert len(asked) == 1
        assert "No word yet about the run of Tue 24 Nov" in asked[0]
        assert "Hill" not in eased.text.splitlines()[0]
        assert away == 4
        assert "Tue 24 Nov counts as done" in said.text
        assert "goes on where it stood" in [said, *later][-1].text
        assert after.get("away", 0) == 0
        assert not [e for e in after.get("easings", ()) if e["code"] == "back"]


async def test_a_skip_that_is_told_keeps_the_gentle_start(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner_on_tuesday(bot)
        await days_go_by(bot, ann, 5)
        said = await bot.press(ann, "I skipped it")
        after = await standing(bot, ann)
        async with bot.app.desk.database.reading() as unit:
            told = await unit.journal.since(ann.id, TUESDAY.date())

        assert "The gentle start stays" in said.text
        assert after["away"] == 4
        assert [(r.local_date, r.trained) for r in told] == [(TUESDAY.date(), False)]


async def test_who_reads_and_never_reports_is_asked_once_and_gets_the_plan_again(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner_on_tuesday(bot)
        messages = await days_go_by(bot, ann, 35)
        after = await standing(bot, ann)
        last = [text.splitlines()[0] for text in messages[-7:]]

        assert len(asking(messages)) == 1
        assert after.get("untold") is True
        assert after.get("away", 0) == 0
        assert any("Hill" in line or "Interval" in line for line in last)


async def test_who_falls_silent_is_away_for_all_of_the_time(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner_on_tuesday(bot)
        await days_go_by(bot, ann, 30, says="")
        silent = (await standing(bot, ann)).get("away", 0)
        await bot.ask(ann, "/today")
        await bot.later(days=1)
        back = (await standing(bot, ann)).get("away", 0)

        assert silent >= 15
        assert back >= 15


async def test_a_report_makes_everything_known_again(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner_on_tuesday(bot)
        await days_go_by(bot, ann, 21)
        waived = (await standing(bot, ann)).get("untold")
        while "Rest" in (await bot.ask(ann, "/today")).text.splitlines()[0]:
            await bot.later(days=1)
        await reports(bot, ann, 5, 0, 0)
        known = (await standing(bot, ann)).get("untold", False)

        assert waived is True
        assert known is False


async def test_eight_silent_days_lead_back_by_the_row_for_a_week_and_are_asked_about_once(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner_on_tuesday(bot)
        messages = await days_go_by(bot, ann, 8, says="")
        today = await bot.ask(ann, "/today")
        after = await standing(bot, ann)

        assert len(asking(messages)) == 1
        assert after["away"] == 7
        assert not any(word in today.text.splitlines()[0] for word in ("Hill", "Interval"))


async def test_a_pause_is_an_absence_also_of_who_never_reports(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner_on_tuesday(bot)
        await days_go_by(bot, ann, 5)
        await bot.ask(ann, "/pause 12")
        await days_go_by(bot, ann, 12, says="")
        await bot.ask(ann, "/resume")
        today = await bot.ask(ann, "/today")
        after = await standing(bot, ann)

        assert after["away"] >= 11
        assert not any(word in today.text.splitlines()[0] for word in ("Hill", "Interval"))
