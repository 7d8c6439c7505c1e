"""Settings by command, with and without words; nonsense gets a sentence that would work."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.house import house

SAID = {
    "/time 7": "Your time: 07:00",
    "/time 7am": "Your time: 07:00",
    "/time 6.30": "Your time: 06:30",
    "/time 19:05": "Your time: 19:05",
    "/time quarter past six": "Your time: 06:15",
    "/days all": "every day",
    "/days mon wed fri": "Mon Wed Fri",
    "/lift tue fri": "Tue Fri",
    "/terrain treadmill": "treadmill",
    "/minutes 40": "40",
    "/notes on": "short rest note",
    "/timezone Europe/Berlin": "07:58",
    "/timezone berln": "07:58",
    "/timezone UTC+5:45": "12:43",
    "/pause 3": "Paused until",
    "/age 34": "18-49",
}
UNCLEAR = {
    "/time half past never": "/time 7",
    "/days someday": "/days mon wed fri",
    "/days funday": "/days mon wed fri",
    "/level advanced": "advanced",
    "/minutes lots": "/minutes 40",
    "/terrain moon": "hill",
    "/notes maybe": "/notes on",
    "/timezone Qqqxyz": "Kathmandu",
    "/level expert": "beginner",
    "/pause forever and a day": "/pause 7",
    "/age blue": "18-49",
    "/time 25:00": "/time 7",
    "/nonsense": "/help",
}


@pytest.mark.parametrize("words", SAID)
async def test_a_setting_is_taken_and_read_back(tmp_path: Path, words: str) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        said = await bot.ask(ann, words)

        assert SAID[words] in said.text


@pytest.mark.parametrize("words", UNCLEAR)
async def test_nonsense_changes_nothing_and_hears_what_would_work(
    tmp_path: Path, words: str
) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        before = (await bot.ask(ann, "/settings")).text
        said = await bot.ask(ann, words)

        assert UNCLEAR[words] in said.text
        assert (await bot.ask(ann, "/settings")).text == before


@pytest.mark.parametrize("name", ["time", "days", "lift", "terrain", "minutes", "age", "timezone"])
async def test_a_setting_without_a_value_is_asked_for_with_buttons(
    tmp_path: Path, name: str
) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        said = await bot.ask(ann, f"/{name}")

        assert said.buttons


async def test_several_places_of_one_name_are_told_apart_by_buttons(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        which = await bot.ask(ann, "/timezone Portland")
        chosen = await bot.press(ann, str(which.buttons[0][0]["text"]))

        assert len(which.buttons) > 2
        assert "there now" in chosen.text


async def test_a_shared_location_sets_the_zone_and_is_not_stored(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.quiet(ann)
        ann.shares_location(27.7172, 85.324)
        said = await ann.hears()
        await bot.settled()
        stored = (tmp_path / "coach.db").read_bytes() + (tmp_path / "coach.db-wal").read_bytes()

        assert "12:43" in said.text
        assert b"27.71" not in stored
        assert b"85.32" not in stored


async def test_a_level_up_asks_its_gate_and_a_level_down_acts_at_once(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        gate = await bot.ask(ann, "/level intermediate")
        still = await bot.ask(ann, "/settings")
        up = await bot.press(ann, "Yes, all of it")
        down = await bot.ask(ann, "/level beginner")

        assert "Before intermediate" in gate.text
        assert "Level: beginner" in still.text
        assert "Level: intermediate" in up.text
        assert "Level: beginner" in down.text


async def test_stop_ends_the_messages_and_start_goes_on(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "/stop")
        none = await bot.ask(ann, "/when")
        await bot.ask(ann, "/start")
        some = await bot.ask(ann, "/when")

        assert "No messages" in none.text
        assert "Tue 24 Nov" in some.text


async def test_a_pause_ends_by_itself_and_resume_ends_it_sooner(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "/days all")
        paused = await bot.ask(ann, "/pause 3")
        resumed = await bot.ask(ann, "/resume")

        assert "Next message: Thu 26 Nov" in paused.text
        assert "Next message: Tue 24 Nov" in resumed.text


async def test_every_button_of_the_settings_opens_its_question(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        settings = await bot.ask(ann, "/settings")
        buttons = [str(key["text"]) for row in settings.buttons for key in row]
        for button in buttons:
            bot.clock.now += timedelta(seconds=5)  # as fast as a person is
            await bot.ask(ann, "/settings")
            said = await bot.press(ann, button)

            assert "had its day" not in said.text


async def test_in_a_group_nothing_personal_is_said(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        group = bot.tg.groups.make("Runners", ann.account)
        await bot.quiet(ann)
        ann.says("/today", chat=group)
        said = await ann.hears(chat=group)
        ann.says("/ask should I replace leg day?", chat=group)
        answer = await ann.hears(chat=group)

        assert "between you and me" in said.text
        assert answer.text.startswith("No.")


async def test_undo_takes_the_longest_run_back_as_well(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "/level intermediate yes")
        await bot.ask(ann, "/longest 20")
        await bot.ask(ann, "/longest 90")
        await bot.ask(ann, "/undo")
        async with bot.app.desk.database.reading() as unit:
            person = await unit.people.get(ann.id)

        assert person is not None
        assert person.longest == 20


async def test_what_gives_way_is_told_with_the_wish_and_not_with_every_setting_and_card_after(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "/days mon wed")
        told = await bot.ask(ann, "/lift fri")
        after = await bot.ask(ann, "/terrain stairs")
        await bot.quiet(ann)
        await bot.later(days=7)
        cards = [post.text for post in ann.reads()[-1:]]

        assert "On those I send nothing" in told.text
        assert "On those I send nothing" not in after.text + str(cards)
        assert "stairs version" in after.text


async def test_weeks_that_wait_for_the_health_questions_are_told_apart_and_why(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        plan = await bot.ask(ann, "/plan")

        assert plan.text.count("1 again ·") == 11
        assert "count on once the health questions are answered" in plan.text


async def test_why_quotes_each_passage_once(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "/days mon")
        await bot.later(days=1)
        why = (await bot.ask(ann, "/why")).text
        lines = [line for line in why.splitlines() if line]

        assert len(lines) == len(set(lines))


async def test_a_date_that_is_far_away_has_its_year(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        far = await bot.ask(ann, "/pause 1000")
        near = await bot.ask(ann, "/pause 10")

        assert "2029." in far.text
        assert "20" not in near.text.split("Next")[0]
