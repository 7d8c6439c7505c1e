"""After a session: the first number about health waits for one answer, and is kept or not by it."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.journal import Report
from tests.house import House, house


async def reported(bot: House, person_id: int) -> Report:
    await bot.settled()
    async with bot.app.desk.database.reading() as unit:
        found = await unit.journal.latest(person_id)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("word", "pain", "soreness"),
    [("Yes, keep them", 2, 4), ("Use them once, keep none", None, None)],
)
async def test_before_the_first_pain_number_consent_is_asked_once(
    tmp_path: Path, word: str, pain: int | None, soreness: int | None
) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        bot.clock.now += timedelta(days=1)
        await bot.ask(ann, "/done")
        consent = await bot.press(ann, "5")
        question = await bot.press(ann, word)
        await bot.press(ann, "2")
        await bot.press(ann, "4")
        kept = await reported(bot, ann.id)
        bot.clock.now += timedelta(days=1)
        again = await bot.ask(ann, "/done 5")

        assert "May I keep your health answers?" in consent.text
        assert "Any pain" in question.text
        assert (kept.srpe, kept.pain, kept.soreness) == (5.0, pain, soreness)
        assert "Any pain" in again.text
