"""Who is not heard of is asked, then left in peace for the most part; any sign brings all back."""

from datetime import timedelta
from pathlib import Path

from bot.demo.people import Person
from tests.house import START, House, house

ASKED = "Shall these go on?"


async def _morning(bot: House, person: Person, day: int) -> str:
    """What comes on this day, counted from the sign-up; of several mornings the last alone."""
    before = len(person.reads())
    await bot.to(START + timedelta(days=day, minutes=5))
    new = person.reads()[before:]
    return new[-1].text if new else ""


async def test_a_silent_person_is_asked_and_later_hears_once_a_week(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "/days all")
        said = {day: await _morning(bot, ann, day) for day in (13, 15, 27, 33, 34, 40, 41)}

        assert said[13]
        assert ASKED not in said[13]
        assert ASKED in said[15]
        assert ASKED in said[27]
        assert not said[33]
        assert ASKED in said[34]
        assert not said[40]
        assert ASKED in said[41]


async def test_any_sign_brings_the_days_back(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "/days all")
        await _morning(bot, ann, 30)
        await bot.ask(ann, "/when")
        said = [await _morning(bot, ann, day) for day in (31, 32)]

        assert all(said)
        assert not any(ASKED in text for text in said)


async def test_the_question_has_its_three_answers_as_buttons(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await _morning(bot, ann, 16)
        words = [key["text"] for row in ann.reads()[-1].buttons for key in row]
        said = await bot.press(ann, "Stop")

        assert words[:3] == ["Go on", "Pause", "Stop"]
        assert "/start" in said.text
