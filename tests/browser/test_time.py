"""Time in the hand: what falls due on the way comes at its own moment."""

from datetime import datetime

import pytest
from playwright.async_api import expect

from bot.demo.stage import Play
from bot.domain.journal import Report
from tests.browser.conftest import Opens
from tests.browser.screen import Screen

pytestmark = pytest.mark.asyncio(loop_scope="session")
DESKTOP = (1280, 800)


async def test_over_a_clock_change_the_push_keeps_its_time_on_the_wall(
    own_play: Play, opens: Opens
) -> None:
    screen = await opens(own_play, DESKTOP)
    await _settled_in_berlin(screen)
    await screen.moves_to("Clock change")
    before = await _moment(screen)
    await screen.moves_to("Next message")
    after = await _moment(screen)

    assert before.utctimetuple()[:5] == (2026, 3, 28, 6, 0)
    assert after.utctimetuple()[:5] == (2026, 3, 29, 5, 0)
    assert await screen.newest.locator("time").inner_text() == "07:00"


async def test_what_was_done_is_reported_by_button_and_rated(own_play: Play, opens: Opens) -> None:
    screen = await opens(own_play, DESKTOP)
    await _settled_in_berlin(screen)
    await screen.moves_to("Next message")
    await screen.presses("Done")
    rated = await screen.reads("How hard")
    await rated.get_by_role("button", name="5", exact=True).click()
    await screen.presses("Yes, keep them")
    await screen.reads("Any pain")

    report = await _report(own_play)
    assert report is not None
    assert report.srpe == 5


async def test_a_week_brings_each_day_s_message_at_its_own_time(
    own_play: Play, opens: Opens
) -> None:
    screen = await opens(own_play, DESKTOP)
    await _settled_in_berlin(screen)
    await screen.moves_to("+ 1 week")
    days = screen.page.locator("#log > .item:has(.picture, .bubble) .bubble time", has_text="07:00")

    await expect(screen.page.locator("#word")).to_contain_text("7 messages came.")
    assert await days.count() == 7


async def test_a_place_without_clock_changes_is_told_so(own_play: Play, opens: Opens) -> None:
    screen = await opens(own_play)
    await screen.page.get_by_role("button", name="Clock change").click()

    await expect(screen.page.locator("#word")).to_contain_text("Clocks do not change in UTC")


async def _settled_in_berlin(screen: Screen) -> None:
    await screen.says("/timezone Berlin")
    await screen.reads("Berlin")
    await screen.says("/days all")
    await screen.reads("Your days")


async def _moment(screen: Screen) -> datetime:
    """When the newest message came."""
    written = await screen.newest.locator("time").get_attribute("datetime") or ""
    return datetime.fromisoformat(written)


async def _report(play: Play) -> Report | None:
    person = next(iter(play.telegram.people)).id
    async with play.app.desk.database.reading() as unit:
        return await unit.journal.latest(person)
