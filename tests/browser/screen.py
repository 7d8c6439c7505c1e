"""The page as a person sees it: what is on it, and what fingers and keys do to it."""

from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, Locator, Page, expect

PATIENCE = 60_000  # milliseconds: for the slowest machine, never a limit that a test is about
expect.set_options(timeout=PATIENCE)


class Screen:
    """`faults`: errors of the console, and requests that left the demo's own address."""

    def __init__(self, page: Page, origin: str) -> None:
        self.page = page
        self.faults: list[str] = []
        self._origin = origin
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda m: self._note(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self._note(str(error)))
        page.on("request", lambda request: self._check(request.url))

    @classmethod
    async def of(cls, context: BrowserContext, origin: str, person: int) -> "Screen":
        """The page as this person, once the bot's first words are there."""
        screen = cls(await context.new_page(), origin)
        await screen.page.goto(f"{origin}/#{person}")
        await screen.reads("You are signed up")
        return screen

    @property
    def log(self) -> Locator:
        return self.page.locator("#log")

    @property
    def newest(self) -> Locator:
        """The bot's last message with its buttons."""
        return self.page.locator("#log > .item:not(.own, .day, #typing)").last

    async def reads(self, words: str) -> Locator:
        """Wait until the bot has said so; that message."""
        message = self.page.locator("#log > .item:not(.own)", has_text=words).last
        await expect(message).to_be_attached()
        return message

    async def says(self, words: str) -> None:
        await self.page.get_by_label("Message", exact=True).fill(words)
        await self.page.keyboard.press("Enter")

    async def presses(self, label: str) -> None:
        """The last button of the bot with this label."""
        await self.page.locator(".keys").get_by_role("button", name=label, exact=True).last.click()

    async def moves_to(self, label: str) -> None:
        """Move the time, and wait until it has passed."""
        move = self.page.get_by_role("button", name=label, exact=True)
        await move.click()
        await expect(self.page.locator("#word")).to_contain_text("came.")
        await expect(move).not_to_have_attribute("aria-busy", "true")

    def _note(self, fault: str) -> None:
        self.faults.append(fault)

    def _check(self, url: str) -> None:
        parts = urlsplit(url)
        if (
            parts.scheme not in ("data", "blob")
            and f"{parts.scheme}://{parts.netloc}" != self._origin
        ):
            self._note(f"asked {url}")
