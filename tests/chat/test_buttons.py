"""Buttons: each acts once, for the person and the chat that it was made for."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.house import house


@pytest.mark.parametrize(
    "data",
    [
        "nonsense",
        "q:nowhere:1",
        "r:999:effort:5",
        "r:1:effort:77",
        "r:99999999999999999999:pain:0",
        "r:١:effort:٢",
        "more:soon",
        "more:9999-12-31",  # to plan up to there would take for ever
        "t:no.topic",
        "/",
    ],
)
async def test_a_forged_button_does_nothing_and_gets_a_kind_line(tmp_path: Path, data: str) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        before = (await bot.ask(ann, "/settings")).text
        await bot.quiet(ann)
        post = ann.reads()[0]
        ann.presses(post, data, forged=True)
        said = await ann.hears()

        assert said.text
        assert said.text != bot.app.desk.say("failed").text
        assert (await bot.ask(ann, "/settings")).text == before


async def test_reporting_takes_three_taps_and_is_kept(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "/consent yes")
        await bot.ask(ann, "/days all")
        await bot.later(days=1)
        await bot.ask(ann, "/done")
        await bot.press(ann, "6")
        await bot.press(ann, "0")
        thanks = await bot.press(ann, "2")
        async with bot.app.desk.database.reading() as unit:
            (report,) = await unit.journal.since(ann.id, bot.clock.now.date())

        assert "effort 6, pain 0, soreness 2" in thanks.text
        assert (report.srpe, report.pain, report.soreness) == (6, 0, 2)


async def test_partly_and_skip_are_kept_too(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "/days all")
        await bot.later(days=1)
        partly = await bot.ask(ann, "/partly 60")
        await bot.later(days=1)
        skipped = await bot.ask(ann, "/skip no time")
        unclear = await bot.ask(ann, "/done eleven")

        assert "How hard" in partly.text
        assert "Skipped" in skipped.text
        assert "0 to 10" in unclear.text


async def test_partly_is_a_button_that_asks_how_much_it_was(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "/days all")
        await bot.later(days=1)
        question = await bot.press(ann, "Partly")
        noted = await bot.press(ann, "Three quarters")
        async with bot.app.desk.database.reading() as unit:
            (report,) = await unit.journal.since(ann.id, bot.clock.now.date())

        assert "How much of" in question.text
        assert "75 % of it" in noted.text
        assert (report.outcome, report.share) == ("partly", 0.75)


@pytest.mark.parametrize(
    ("button", "reason", "said"),
    [
        ("Just life", "life", "Nothing is made up later"),
        ("I am ill", "ill", "The way back is a gentle one"),
        ("It hurts", "injury", "How much does it hurt?"),
    ],
)
async def test_the_reason_of_a_skipped_session_is_a_tap_and_skips_no_other(
    tmp_path: Path, button: str, reason: str, said: str
) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "/consent yes")
        await bot.ask(ann, "/days all")
        await bot.later(days=2)
        await bot.ask(ann, "/skip")
        told = (await bot.press(ann, button)).text
        async with bot.app.desk.database.reading() as unit:
            (report,) = await unit.journal.since(ann.id, bot.clock.now.date() - timedelta(days=3))

        assert said in told
        assert report.reason == reason


async def test_will_and_hill_are_no_illness(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "/days all")
        await bot.later(days=1)
        said = (await bot.ask(ann, "/skip the hill will wait")).text

        assert "ill?" not in said
        assert "way back" not in said


async def test_the_rest_of_a_session_stands_behind_its_button(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "/tomorrow")
        details = await bot.press(ann, "Warm-up, stop rules, more")

        assert "the rest of it" in details.text


async def test_a_button_of_someone_else_in_a_group_is_let_be(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann, ben = await bot.signed_up("Ann"), await bot.signed_up("Ben")
        group = bot.tg.groups.make("Runners", ann.account)
        bot.tg.groups.join(group, ben.account)
        ann.says("/ask should I replace leg day?", chat=group)
        answer = await ann.hears(chat=group)
        ben.presses(answer, "/stop", chat=group, forged=True)
        await bot.settled()
        settings = await bot.ask(ben, "/settings")

        assert "Stopped" not in settings.text
