"""A newcomer on a phone: signs up by buttons, asks, trains, reports."""

from pathlib import Path
from shutil import copytree

import pytest
from playwright.async_api import expect

from bot.coach.shelf import Shelf
from bot.demo.stage import Play
from tests.browser.conftest import Opens
from tests.browser.stage import demo
from tests.house import CACHE, ROOT

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_signing_up_takes_buttons_only_and_a_place_from_the_list(
    play: Play, opens: Opens
) -> None:
    screen = await opens(play)
    await screen.presses("Ask me the questions")
    await screen.reads("How much have you run lately?")
    await screen.presses("Little")
    await screen.reads("strength work for the legs")
    await screen.presses("Skip")
    await screen.reads("May I keep your health answers?")
    await screen.presses("Yes, keep them")
    await screen.reads("The worst pain")
    await screen.presses("0")
    await screen.reads("Which days are yours to train?")
    await screen.presses("Tue Thu Sat")
    await screen.reads("Where are you")
    await screen.presses("Share my location")
    await screen.reads("Tap the button below")
    await screen.page.locator("#keyboard").get_by_role("button").click()
    await screen.page.get_by_role("dialog").get_by_role("button", name="Kathmandu").click()
    await screen.reads("Asia/Kathmandu")
    await screen.reads("When should the day's message come?")

    await expect(screen.page.locator("#place")).to_have_text("Kathmandu")
    await expect(screen.page.locator("#keyboard")).to_be_hidden()


async def test_the_leg_day_question_is_answered_as_telegram_shows_it(
    play: Play, opens: Opens
) -> None:
    screen = await opens(play)
    await screen.page.get_by_role("button", name="Replace leg day with hills?").click()
    answer = await screen.reads("do not replace leg day")

    await expect(answer.locator("strong").first).to_contain_text("No.")
    await expect(answer.locator("blockquote").first).not_to_be_empty()
    await expect(answer.locator("a[href^=https]").first).to_have_attribute(
        "rel", "noopener noreferrer"
    )
    await expect(answer.locator(".keys button").first).to_be_visible()


async def test_a_pressed_button_edits_its_own_message(play: Play, opens: Opens) -> None:
    screen = await opens(play)
    await screen.says("/screening")
    await screen.presses("Yes, keep them")
    questions = await screen.reads("No to all")
    number = await screen.page.locator("#log > .item").count()
    await screen.presses("No to all")
    edited = await screen.reads("edited")

    await expect(screen.page.locator("#log > .item")).to_have_count(number)
    await expect(questions).to_have_count(0)
    await expect(edited).not_to_contain_text("1. ")


async def test_the_session_comes_with_its_picture_which_opens_at_full_size(
    play: Play, opens: Opens
) -> None:
    screen = await opens(play)
    await screen.says("/screening")
    await screen.presses("Yes, keep them")
    await screen.reads("No to all")
    await screen.presses("No to all")
    await screen.says("/days all")
    await screen.reads("Your days")
    await screen.says("/today")
    image = screen.newest.locator("img")
    await expect(image).to_have_js_property("complete", value=True)
    await image.click()
    large = screen.page.get_by_role("dialog").locator("img")

    await expect(large).to_be_visible()
    assert await image.get_attribute("alt") == await large.get_attribute("alt")
    assert (await image.get_attribute("alt") or "").startswith("Picture: ")
    await screen.page.keyboard.press("Escape")
    await expect(large).to_be_hidden()


async def test_the_bot_is_seen_typing_until_it_speaks(play: Play, opens: Opens) -> None:
    screen = await opens(play)
    chat = list(play.telegram.people)[-1].chat
    chat.act("typing")
    play.telegram.world.touch(chat)

    await expect(screen.log).to_contain_text("typing")
    await screen.says("/help")
    await screen.reads("/today")
    await expect(screen.page.locator("#typing")).to_have_count(0)


async def test_a_person_who_comes_with_one_click_has_another_level_zone_and_chat(
    play: Play, opens: Opens
) -> None:
    screen = await opens(play)
    await screen.says("only Ann says this")
    await screen.page.get_by_role("button", name="Another person").click()
    await screen.reads("The whole plan is open to you")
    chosen = screen.page.locator("#person-list [aria-pressed=true]")

    await expect(chosen).not_to_contain_text("Ann")
    await expect(chosen).not_to_contain_text("no place yet")
    await expect(screen.log).not_to_contain_text("only Ann says this")


async def test_behind_the_glass_stands_why_the_answer_is_what_it_is(
    play: Play, opens: Opens
) -> None:
    screen = await opens(play)
    await screen.says("should I replace leg day with hill sprints?")
    answer = await screen.reads("do not replace leg day")
    await answer.get_by_role("button", name="Why?").click()
    glass = screen.page.get_by_role("complementary", name="Behind the glass")

    await expect(glass).to_contain_text("content/knowledge/replace_leg_day.md")
    await expect(glass).to_contain_text("content/templates/answer.j2")
    await expect(glass.get_by_role("meter").first).to_be_visible()
    await expect(glass).to_contain_text("Next messages")
    await expect(glass.locator("summary", has_text="sendMessage")).to_be_visible()
    await screen.page.keyboard.press("Escape")
    await expect(glass).to_be_hidden()


async def test_a_session_tells_its_reason_codes(play: Play, opens: Opens) -> None:
    screen = await opens(play)
    await screen.says("/days all")
    await screen.reads("Your days")
    await screen.says("/today")
    session = await screen.reads("Why: ")
    await session.get_by_role("button", name="Why?").click()
    glass = screen.page.get_by_role("complementary", name="Behind the glass")

    await expect(glass).to_contain_text("Reason codes")
    code = await glass.locator("h3:text-is('Reason codes') + ul code").first.inner_text()
    assert code in play.app.desk.content.rules.reasons


async def test_an_edited_file_of_the_content_shows_in_the_next_answer_unless_it_is_wrong(
    opens: Opens, tmp_path: Path
) -> None:
    copytree(ROOT / "content", tmp_path / "content")
    file = tmp_path / "content" / "templates" / "help.j2"
    before = file.read_text(encoding="utf-8")
    async with demo(Shelf.open(tmp_path / "content", CACHE)) as play:
        screen = await opens(play)
        file.write_text("{{ nobody_knows_this }}", encoding="utf-8")
        await screen.says("/help")
        await expect(screen.page.locator("#word")).to_contain_text("help.j2")
        file.write_text(f"Freshly written.\n\n{before}", encoding="utf-8")
        await screen.says("/help")

        await screen.reads("Freshly written.")
