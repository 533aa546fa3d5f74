"""One browser page for all tests of the sandbox page, a stage of its own for each."""

import shutil
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page, async_playwright

from bot.sandbox import feed
from tests.sandbox.stage import Stage

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def page() -> AsyncIterator[Page]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is missing: apt-get install chromium")
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield await running.new_page(locale="zh-CN", reduced_motion="reduce")
        await running.close()


@pytest_asyncio.fixture(loop_scope="session")
async def stage(page: Page, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    """Fails the test where the browser's console saw an error."""
    monkeypatch.setattr(feed, "GLANCE", 0.05)
    made = Stage(page)
    page.on("console", made.note)
    page.on("pageerror", made.fail)
    async with made.server:
        yield made
        await page.goto("about:blank")
    page.remove_listener("console", made.note)
    page.remove_listener("pageerror", made.fail)
    assert made.errors == []
