"""A platform that shows what it is given and writes down what people do: the page's other side."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson

from bot.platforms.base import Answer
from bot.sandbox.directory import PlayedDirectory
from bot.sandbox.scene import Actor
from bot.sandbox.sim import Shown, Sim
from cards.picture import svg

SAMPLES = Path(__file__).parent.parent / "samples" / "sandbox"
START = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)

LI = Actor("李老师", "机电学院 教师", "wecom", "liwei")
SUN = Actor("孙老师", "机电学院 保密审查人", "feishu", "ou_sun")
WANG = Actor("王书记", "机电学院 第一责任人", "feishu", "ou_wang")
CENTRE = Actor("全媒体中心", "中心审批人", "wecom", "centre")
CAST = (LI, SUN, WANG, CENTRE)
HE = Actor("何老师", "机电学院 辅导员", "feishu", "ou_he")
EVERYBODY = (*CAST, HE)
GROUP = "oc_group"


class FakeSim(Sim):
    """Every act of a person is noted in `acts`; `toast` is what the next click is answered."""

    def __init__(self, clock: "Clockwork") -> None:
        super().__init__(clock.now)
        self.directory = PlayedDirectory.of("0", {actor.account: actor.name for actor in EVERYBODY})
        self.acts: list[tuple[Any, ...]] = []
        self.toast = ""

    async def answer(
        self, method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes
    ) -> Answer:
        del headers  # nothing here asks for them
        self.acts.append(("api", method, path, dict(query), body))
        return Answer(body=b'{"code":0}')

    def rate_limited(self) -> Answer:
        return Answer(429, b'{"code":99991400}')

    def card(self, actor: Actor, sample: str | Mapping[str, Any]) -> Shown:
        """Show a card, a sample's by name."""
        native = (
            orjson.loads((SAMPLES / f"{sample}.json").read_bytes()) if isinstance(sample, str) else sample
        )
        return self.put(actor, native=native)

    def put(self, actor: Actor, **content: Any) -> Shown:
        place = len(self.screens.get(actor.account, []))
        shown = Shown(f"{actor.account}-{place}", actor.account, self.clock(), **content)
        self.show(shown)
        return shown

    async def say(self, account: str, text: str, chat: str = "") -> Answer:
        place = len(self.screens.get(account, []))
        self.show(Shown(f"{account}-{place}", account, self.clock(), text=text, mine=True, chat=chat))
        return self._note("say", account, text, *([chat] if chat else []))

    async def click(
        self, account: str, message_id: str, button: str, fields: Mapping[str, Any] | None = None
    ) -> Answer:
        if button == "过期":
            raise LookupError(button)
        self.find(account, message_id).toast = self.toast
        return self._note("click", account, message_id, button, dict(fields or {}))

    async def enter(self, account: str) -> Answer:
        return self._note("enter", account)

    async def menu(self, account: str, key: str) -> Answer:
        return self._note("menu", account, key)

    async def redeliver(self) -> list[Answer]:
        return []

    async def moves(self, account: str, department: str) -> None:
        self._note("moves", account, department)

    async def leaves(self, account: str) -> None:
        self.directory.members[account].left = True
        self._note("leaves", account)

    async def returns(self, account: str) -> None:
        self.directory.members[account].left = False
        self._note("returns", account)

    async def upload(self, account: str, name: str, content: bytes, kind: str = "file") -> Answer:
        return self._note("upload", account, name, content, kind)

    def _note(self, *act: Any) -> Answer:
        self.acts.append(act)
        return Answer()


class Clockwork:
    """The bot's side: a clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.time = START
        self.moved: list[int] = []
        self.readings = 0
        self.letters = {"queued": 0, "dead": 0}

    def now(self) -> datetime:
        return self.time

    def next_morning(self) -> datetime:
        return (self.time + timedelta(days=1)).replace(hour=1, minute=30)

    async def read_directories(self) -> None:
        self.readings += 1

    async def advance(self, minutes: int) -> None:
        self.moved.append(minutes)
        self.time += timedelta(minutes=minutes)

    async def picture(self, number: str, width: int) -> str | None:
        return svg(number, (), width) if number == "FB-2026-0001" else None

    def status(self) -> Mapping[str, int]:
        return self.letters
