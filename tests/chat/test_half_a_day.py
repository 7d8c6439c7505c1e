"""A day with a run and lifting is half over with the first report: what is left still counts."""

from datetime import timedelta
from pathlib import Path

from bot.demo.people import Person
from tests.chat.test_adapting import TUESDAY, a_runner, reports
from tests.chat.test_screening import pressed
from tests.house import House, house

LIFTING = "Leg strength"


async def after_the_run(bot: House) -> Person:
    """The hill run of the morning is reported; the lifting of that day is not."""
    ann = await a_runner(bot)
    await bot.to(TUESDAY)
    assert LIFTING in await reports(bot, ann, 6, 0, 0)
    return ann


async def test_easier_takes_what_is_left_a_step_down_and_undo_brings_it_back(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await after_the_run(bot)
        whole = (await bot.ask(ann, "/today")).text
        said = (await bot.ask(ann, "/easier")).text
        eased = (await bot.ask(ann, "/today")).text
        await bot.ask(ann, "/undo")
        again = (await bot.ask(ann, "/today")).text

        assert "Easier today" in said
        assert "Body-weight" in eased
        assert eased.splitlines()[0] == whole.splitlines()[0]
        assert again == whole


async def test_who_falls_ill_after_the_run_is_not_sent_to_lift(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await after_the_run(bot)
        await bot.ask(ann, "/sick whole_body")
        today = (await bot.ask(ann, "/today")).text
        done = (await bot.ask(ann, "/done")).text

        assert "Hill" in today
        assert LIFTING not in today
        assert LIFTING not in done


async def test_health_answers_given_after_the_run_hold_for_the_lifting(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await after_the_run(bot)
        before = (await bot.ask(ann, "/today")).text
        await bot.ask(ann, "/screening")
        for answer in ("Yes to some", "Chest", "Done", "Not yet"):
            await pressed(bot, ann, answer)
        today = (await bot.ask(ann, "/today")).text

        assert LIFTING in before
        assert LIFTING not in today


async def test_a_flag_that_holds_a_part_leaves_the_lifts_out_that_load_it(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        await bot.to(TUESDAY)
        before = (await bot.ask(ann, "/today")).text
        await bot.ask(ann, "there is a pinpoint pain on my shin bone and it hurts to hop")
        held = (await bot.ask(ann, "/today")).text

        assert "calf raise" in before
        assert held.startswith("Strength")
        assert "squat" in held
        assert "calf raise" not in held
        assert "left out until a professional has seen it" in held


async def test_when_all_is_reported_nothing_is_left_to_make_easier_or_to_put_off(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await after_the_run(bot)
        await bot.ask(ann, "/done 4")
        easier = (await bot.ask(ann, "/easier")).text
        snoozed = (await bot.ask(ann, "/snooze 2h")).text

        assert "reported already" in easier
        assert "reported already" in snoozed


async def test_what_is_left_can_be_snoozed_and_comes_alone(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await after_the_run(bot)
        said = (await bot.ask(ann, "/snooze 2h")).text
        await bot.to(TUESDAY + timedelta(hours=2, minutes=1))
        came = ann.reads()[-1].text

        assert "10:00" in said
        assert came.startswith("Strength")
        assert "Hill" not in came
