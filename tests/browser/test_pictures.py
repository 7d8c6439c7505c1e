"""The README's pictures are those that the demo gives today."""

from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat
from playwright.async_api import Browser

from tests.browser.pictures import take
from tests.house import ROOT

pytestmark = pytest.mark.asyncio(loop_scope="session")
LARGEST = 150_000  # bytes
ALIKE = 12.0  # of 255: another font may blur it, another page may not


async def test_the_readme_shows_what_the_demo_shows(browser: Browser, tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for fresh in await take(browser, tmp_path):
        shown = ROOT / "docs" / fresh.name

        assert f"docs/{fresh.name}" in readme
        assert shown.stat().st_size < LARGEST
        assert _difference(fresh, shown) < ALIKE, f"{shown.name} is out of date: make pictures"


def _difference(one: Path, other: Path) -> float:
    """The mean difference of the two at the size of a thumbnail."""
    small = [Image.open(path).convert("L").resize((48, 48)) for path in (one, other)]
    return float(ImageStat.Stat(ImageChops.difference(*small)).mean[0])
