"""A drill on the phone: its card with three positions, and the same in words."""

from pathlib import Path

from bot.coach.cards import session_details
from bot.domain.workouts import Kind
from tests.house import house, shelf


async def test_every_drill_has_its_card_and_the_positions_in_words(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        eve = bot.tg.people.add("Eve")
        said = await bot.ask(eve, "/drill a-skip")
        by_name = await bot.ask(eve, "/drill Pogo hops")
        again = await bot.ask(eve, "/drill A skip")

        assert "photo" in said.message
        assert "1. Thigh level" in said.text
        assert "Common faults" in said.text
        assert len(said.text) <= 1024
        assert by_name.text.startswith("Pogo hops")
        assert again.message["photo"][-1]["file_id"] == said.message["photo"][-1]["file_id"]


async def test_a_name_that_is_none_gets_the_list_with_buttons(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        eve = bot.tg.people.add("Eve")
        said = await bot.ask(eve, "/drill moonwalk")
        card = await bot.press(eve, "Bounds")
        other = await bot.press(eve, "Carioca")

        assert 'called "moonwalk"' in said.text
        assert card.text.startswith("Bounds")
        assert other.text.startswith("Carioca")


def test_the_rest_of_a_drill_session_has_a_button_for_each_of_its_drills() -> None:
    content = shelf().content
    for session in content.library.of_kind(Kind.DRILL):
        data = {b.data for row in session_details(content, session).buttons for b in row}
        named = {step.drill for block in session.blocks for step in block.steps if step.drill}

        assert {f"/drill {drill}" for drill in named} <= data
        assert all(len(one.encode()) <= 64 for one in data)
