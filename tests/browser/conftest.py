"""One demo and one browser for all of these tests; where there is no browser they are left out."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from bot.demo.stage import Play
from tests.browser.chromium import LEFT_OUT, chromium, started
from tests.browser.screen import Screen
from tests.browser.stage import demo
from tests.house import shelf

PHONE = (390, 844)
Opens = Callable[..., Awaitable[Screen]]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    path = chromium()
    if path is None:
        pytest.skip(LEFT_OUT)
    async with started(path) as found:
        yield found


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def play(browser: Browser) -> AsyncIterator[Play]:
    async with demo(shelf()) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def own_play(browser: Browser) -> AsyncIterator[Play]:
    """A demo whose time nobody else moves."""
    async with demo(shelf()) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def opens(browser: Browser) -> AsyncIterator[Opens]:
    """Opens the page of a demo as a new person. In the end there must be nothing on its console,
    and nothing asked of another host."""
    screens: list[Screen] = []

    async def open_page(
        play: Play, size: tuple[int, int] = PHONE, theme: str = "light", name: str = "Ann"
    ) -> Screen:
        view = {"width": size[0], "height": size[1]}
        context = await browser.new_context(viewport=view, color_scheme=theme)  # type: ignore[arg-type]  # the theme is one of two words
        person = play.telegram.people.add(name)
        screens.append(await Screen.of(context, play.telegram.origin, person.id))
        return screens[-1]

    yield open_page
    for screen in screens:
        assert screen.faults == []
        await screen.page.context.close()
