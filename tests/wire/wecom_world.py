"""The bot's side of WeCom and the played one, joined in memory."""

from collections import deque
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import orjson

from bot.platforms.base import Answer, Raw
from bot.platforms.wecom import Wecom
from bot.sandbox.sim import Shown
from bot.sandbox.wecom_sim import WecomSim
from cards.card import Card
from handlers.events import Event, Reply
from tests.wire.wecom_samples import NOW, SETTINGS

PEOPLE = {"ChenMo": "陈墨", "liwei": "李薇"}


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def move(self, **span: float) -> None:
        self.now += timedelta(**span)


class World:
    """`heard` are the events that reached the bot; `fails` makes it lose them."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.sim = WecomSim(SETTINGS, self.clock, PEOPLE)
        self.wecom = Wecom(SETTINGS, self.sim, self.clock)
        self.heard: list[Event] = []
        self.fails = False
        self.sim.deliver = self.receive

    async def receive(self, raw: Raw) -> Answer:
        return await self.wecom.receive(raw, self.submit, self.clock())

    async def submit(self, event: Event) -> tuple[Reply, Card | None]:
        if self.fails:
            raise RuntimeError("the database is away")
        self.heard.append(event)
        return Reply(), None

    def screen(self, account: str) -> list[Shown]:
        return self.sim.screens.get(account, [])


class Line:
    """An `Http` that answers from a list and keeps what it was asked."""

    def __init__(self, *answers: Answer | Exception) -> None:
        self.answers = deque(answers)
        self.asked: list[tuple[str, str, dict[str, str], Any]] = []

    async def __call__(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Answer:
        assert (body is None) == (not headers)
        self.asked.append((method, url, dict(params or {}), orjson.loads(body) if body else None))
        answer = self.answers.popleft()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def paths(self) -> list[str]:
        return [url.rpartition("/cgi-bin/")[2] for _, url, _, _ in self.asked]


def said(body: object, status: int = 200) -> Answer:
    return Answer(status, orjson.dumps(body), {"content-type": "application/json"})
