"""The README's pictures, taken from the demo itself: `make pictures`."""

import asyncio
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, ViewportSize, expect

from bot.demo.people import Person
from bot.demo.stage import Play
from tests.browser.chromium import LEFT_OUT, chromium, started
from tests.browser.screen import Screen
from tests.browser.stage import demo
from tests.house import shelf

MONDAY = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
DESKTOP = ViewportSize(width=1280, height=880)
COLOURS = 128  # enough for a page, and a third of the bytes
SESSIONS = 23
EFFORTS = (6, 5, 7)


async def take(browser: Browser, folder: Path) -> tuple[Path, ...]:
    """chat.png, plan.png and progress.png in this folder."""
    async with demo(shelf(), MONDAY) as play:
        person = play.telegram.people.add("Ann")
        context = await browser.new_context(viewport=DESKTOP, color_scheme="light")
        screen = await Screen.of(context, play.telegram.origin, person.id)
        await _settle(play, person)
        await screen.reads("Your next messages")
        shots = {"chat": _chat, "plan": _plan, "progress": _progress}
        paths = []
        for name, shot in shots.items():
            paths.append(folder / f"{name}.png")
            paths[-1].write_bytes(_small(await shot(play, screen, person)))
        await context.close()
    return tuple(paths)


async def _settle(play: Play, person: Person) -> None:
    """Intermediate, in Berlin, healthy, with two leg days."""
    for words in ("/timezone Berlin", "/level intermediate yes", "/lift tue fri", "/screening"):
        await _told(play, person, words)
    for button in ("Yes, keep them", "No to all"):
        person.presses(person.reads()[-1], button)
        await _answered(play)
    await _told(play, person, "/when")


async def _chat(play: Play, screen: Screen, person: Person) -> bytes:
    await play.journey.move(person.id, "push")
    await screen.says("should I replace leg day with hill sprints?")
    await screen.reads("do not replace leg day")
    await expect(screen.page.locator("#why")).to_contain_text("Passages")
    await screen.log.locator(".own").last.evaluate("(item) => item.scrollIntoView()")
    await screen.page.evaluate("() => document.activeElement.blur()")
    return await screen.page.screenshot()


async def _plan(_play: Play, screen: Screen, _person: Person) -> bytes:
    await screen.says("/plan")
    return await _picture_below(screen, "/plan")


async def _progress(play: Play, screen: Screen, person: Person) -> bytes:
    """A month of sessions, each done and rated."""
    for number in range(SESSIONS):
        await play.journey.move(person.id, "push")
        await _told(play, person, f"/done {EFFORTS[number % len(EFFORTS)]}")
    await screen.says("/progress")
    return await _picture_below(screen, "/progress")


async def _picture_below(screen: Screen, command: str) -> bytes:
    """The picture of the message that follows the command."""
    own = screen.page.locator("#log > .own", has_text=command).last
    image = own.locator("xpath=following-sibling::*").locator("img").first
    await image.wait_for()
    address = await image.evaluate("(image) => image.src")
    return await (await screen.page.request.get(address)).body()


async def _told(play: Play, person: Person, words: str) -> None:
    """Said, and answered to the end."""
    person.says(words)
    await _answered(play)


async def _answered(play: Play) -> None:
    await play.telegram.until(lambda: not play.telegram.updates.pending())


def _small(content: bytes) -> bytes:
    """The same picture with fewer colours."""
    out = BytesIO()
    picture = Image.open(BytesIO(content)).convert("RGB")
    picture.quantize(COLOURS).save(out, "PNG", optimize=True)
    return out.getvalue()


async def main(folder: Path) -> int:
    path = chromium()
    if path is None:
        print(LEFT_OUT, file=sys.stderr)  # noqa: T201  (a command's own words)
        return 1
    async with started(path) as browser:
        await take(browser, folder)
    return 0


if __name__ == "__main__":
    raise SystemExit(asyncio.run(main(Path(sys.argv[1]))))
