"""The sandbox page before somebody, in a real browser, with both platforms behind it."""

import itertools
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp.test_utils import TestServer
from playwright.async_api import ConsoleMessage, Error, Locator, Page, Response, expect

from bot.sandbox.app import sandbox_app
from bot.sandbox.scene import Actor
from tests.sandbox.fake import CAST, GROUP, HE, Clockwork, FakeSim

WIDE, PHONE = (1600, 1000), (390, 844)


class Stage:
    """`errors` are what the browser's console saw."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clock = Clockwork()
        self.feishu, self.wecom = FakeSim(self.clock), FakeSim(self.clock)
        self.feishu.groups[GROUP] = [actor.account for actor in (*CAST, HE) if actor.platform == "feishu"]
        self.server = self.serve()
        self.errors: list[str] = []

    def serve(self, port: int | None = None) -> TestServer:
        sims = {"feishu": self.feishu, "wecom": self.wecom}
        return TestServer(sandbox_app(sims, CAST, self.clock, [HE]), port=port)

    async def open(self, size: tuple[int, int] = WIDE) -> Page:
        """Open the page, and wait until it shows everybody and has entered the empty chats in sight."""
        width, height = size
        await self.page.set_viewport_size({"width": width, "height": height})
        in_sight = CAST if size == WIDE else CAST[:1]
        empty = [actor for actor in in_sight if not self.sim(actor).screens.get(actor.account)]
        await self.does("enter", lambda: self.page.goto(str(self.server.make_url("/"))), times=len(empty))
        await expect(self.page.locator(".phone")).to_have_count(len(CAST))
        return self.page

    def note(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.errors.append(said.text)

    def fail(self, error: Error) -> None:
        self.errors.append(str(error))

    async def does(self, name: str, doing: Callable[[], Awaitable[Any]], times: int = 1) -> None:
        """Do something on the page and wait until the server has answered that act so many times."""
        if not times:
            await doing()
            return
        async with self.page.expect_response(nth(name, times)):
            await doing()

    def sim(self, actor: Actor) -> FakeSim:
        return self.wecom if actor.platform == "wecom" else self.feishu

    def phone(self, actor: Actor) -> Locator:
        return self.page.locator(f".phone[aria-label^={actor.name}]")

    def line(self, actor: Actor) -> Locator:
        """Where that person types."""
        return self.phone(actor).get_by_role("textbox", name=f"以{actor.name}的身份发消息")

    def button(self, actor: Actor, name: str) -> Locator:
        return self.phone(actor).get_by_role("button", name=name, exact=True)

    def acts(self, *names: str) -> list[tuple[Any, ...]]:
        return [act for sim in (self.wecom, self.feishu) for act in sim.acts if act[0] in names]


def nth(name: str, times: int) -> Callable[[Response], bool]:
    count = itertools.count(1)
    return lambda response: f"/sandbox/{name}" in response.url and next(count) == times
