"""Both widths, both themes, the keyboard alone, and what an engine finds against the page."""

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import expect

from bot.demo.stage import Play
from tests.browser.conftest import PHONE, Opens
from tests.browser.screen import Screen

pytestmark = pytest.mark.asyncio(loop_scope="session")
DESKTOP = (1280, 800)


@pytest.mark.parametrize(
    ("size", "theme"), [(PHONE, "dark"), (DESKTOP, "light")], ids=["phone dark", "desktop light"]
)
async def test_the_engine_finds_nothing_against_the_page(
    play: Play, opens: Opens, size: tuple[int, int], theme: str
) -> None:
    screen = await opens(play, size, theme)
    await screen.says("should I replace leg day with hill sprints?")
    answer = await screen.reads("do not replace leg day")
    talking = await _violations(screen)
    await answer.get_by_role("button", name="Why?").click()
    behind = await _violations(screen)
    if await screen.page.get_by_role("button", name="Close").is_visible():
        await screen.page.get_by_role("button", name="Close").click()
    await screen.page.get_by_role("button", name="Commands").click()
    choosing = await _violations(screen)
    await screen.page.get_by_role("button", name="Share a location").click()

    assert [talking, behind, choosing, await _violations(screen)] == [[], [], [], []]


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
async def test_nothing_leaves_the_width_of_the_screen(
    play: Play, opens: Opens, size: tuple[int, int]
) -> None:
    screen = await opens(play, size)
    await screen.says("/settings")
    await screen.reads("Level: ")
    wide = (
        "() => [...document.querySelectorAll('#log *, header, main, footer, #time')]"
        ".filter((e) => e.getBoundingClientRect().right > innerWidth + 1).length"
    )

    assert await screen.page.evaluate(wide) == 0
    glass = screen.page.locator("#glass")
    assert await glass.is_visible() == (size == DESKTOP)


async def test_the_switch_changes_the_theme_and_it_is_kept(play: Play, opens: Opens) -> None:
    screen = await opens(play, DESKTOP, "light")
    light = await _ground(screen)
    await screen.page.get_by_role("button", name="Dark theme").click()
    dark = await _ground(screen)
    await screen.page.reload()
    await screen.reads("You are signed up")

    assert light != dark
    assert await _ground(screen) == dark
    await expect(screen.page.get_by_role("button", name="Dark theme")).to_have_attribute(
        "aria-pressed", "true"
    )


async def test_the_keyboard_alone_signs_up_asks_and_looks_behind(play: Play, opens: Opens) -> None:
    screen = await opens(play)
    await _tabs_to(screen, "Ask me the questions")
    await screen.page.keyboard.press("Enter")
    await screen.reads("How much have you run lately?")
    await _tabs_to(screen, "Regularly")
    await screen.page.keyboard.press("Space")
    await screen.reads("strength work for the legs")
    await _tabs_to(screen, "Message")
    await screen.page.keyboard.type("/wh")
    await expect(screen.page.locator("#menu")).to_contain_text("/when")
    await screen.page.keyboard.press("ArrowDown")
    await screen.page.keyboard.press("ArrowDown")
    await screen.page.keyboard.press("Enter")
    await expect(screen.log.locator(".own").last).to_contain_text("/wh")
    await expect(screen.page.get_by_label("Message", exact=True)).to_have_value("")
    await _tabs_to(screen, "Why?", back=True)
    outline = "() => getComputedStyle(document.activeElement).outlineStyle"
    assert await screen.page.evaluate(outline) != "none"
    await screen.page.keyboard.press("Enter")
    glass = screen.page.get_by_role("complementary", name="Behind the glass")
    await expect(glass).to_be_visible()
    await screen.page.keyboard.press("Escape")

    await expect(glass).to_be_hidden()
    assert await _focused(screen) == "Why?"


async def test_a_press_that_edits_its_message_keeps_the_place_of_the_keyboard(
    play: Play, opens: Opens
) -> None:
    screen = await opens(play)
    await screen.says("/screening")
    await screen.reads("May I keep your health answers?")
    await screen.presses("Yes, keep them")
    await screen.reads("No to all")
    await _tabs_to(screen, "No to all", back=True)
    await screen.page.keyboard.press("Enter")
    await screen.reads("edited")

    inside = "() => document.activeElement.closest('#log') !== null"
    assert await screen.page.evaluate(inside)


async def test_a_screen_reader_hears_who_speaks_and_what_is_new(play: Play, opens: Opens) -> None:
    screen = await opens(play)

    await expect(screen.page.get_by_role("log", name="Messages")).to_contain_text("Coach: ")
    await expect(screen.page.get_by_role("status")).to_have_count(1)
    await expect(screen.page.get_by_role("heading", level=1)).to_have_text("Leg strength coach")
    await expect(screen.page.get_by_text("A demo.")).to_be_visible()


async def _violations(screen: Screen) -> list[str]:
    found = await Axe().run(screen.page)
    return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found.response["violations"]]


async def _ground(screen: Screen) -> str:
    colour = "() => getComputedStyle(document.body).backgroundColor"
    return str(await screen.page.evaluate(colour))


async def _focused(screen: Screen) -> str:
    name = (
        "() => document.activeElement.getAttribute('aria-label') ?? "
        "document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent"
    )
    return str(await screen.page.evaluate(name))


async def _tabs_to(screen: Screen, name: str, *, back: bool = False) -> None:
    """Tab through the page until the focus is there; it must be reachable."""
    for _ in range(80):
        await screen.page.keyboard.press("Shift+Tab" if back else "Tab")
        if await _focused(screen) == name:
            return
    raise AssertionError(f"the keyboard does not reach {name!r}")
