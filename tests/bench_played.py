"""Posts played for a bench: through dispatch, writer and courier, to a platform that takes everything."""

from datetime import timedelta
from itertools import count
from typing import Any, cast

from bot.app import assembled
from bot.platforms.base import Platform as Port
from bot.platforms.base import Sent
from cards.card import Card
from handlers.events import Click, Event, Message
from storage import db, drafts
from storage.records import Platform
from tests.bench_past import AT

POST = "/发布\n媒体：之声{unit}\n标题：第 {serial} 次更名公告\n正文：经学校批准，学院今日更名，特此公告。"


class Screens:
    """Whatever is sent has arrived."""

    name = Platform.FEISHU

    def __init__(self) -> None:
        self._sent = count(1)

    async def send(self, _: str, __: Card, ___: str) -> Sent:
        return Sent(f"om_{next(self._sent):032x}")

    async def update(self, *_: Any) -> None: ...


class Stage:
    """People of the directory that `bench_past.found` lays down; a minute passes between two acts."""

    def __init__(self) -> None:
        self._serial = count(1)
        self._now = AT
        self._machine = assembled({Platform.FEISHU: cast(Port, Screens())}, lambda: self._now)

    async def __aenter__(self) -> "Stage":
        self._machine.writer.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._machine.writer.stop()

    async def published(self, unit: int = 0) -> None:
        """Handed in, reviewed, approved, out."""
        number = await self._handed_in(unit)
        await self._click(f"r{unit}", "approve", number, "review", 1)
        await self._click(f"f{unit}", "approve", number, "responsible", 1)
        await self._say(f"a{unit}", f"/回执 {number} https://mp.weixin.qq.com/s/{next(self._serial):022d}")

    async def revised(self, unit: int = 0) -> None:
        """Returned once, and passed as its second version."""
        number = await self._handed_in(unit)
        await self._say(f"r{unit}", f"/退回 {number} 请写明更名的依据和日期。")
        await self._say(f"a{unit}", f"/修改 {number}\n正文：经学校批准，学院自即日起更名，特此公告。")
        await self._confirm(unit)
        await self._click(f"r{unit}", "approve", number, "review", 2)
        await self._click(f"f{unit}", "approve", number, "responsible", 2)

    async def _handed_in(self, unit: int) -> str:
        await self._say(f"a{unit}", POST.format(unit=unit, serial=next(self._serial)))
        await self._confirm(unit)
        row = await db.one("SELECT number FROM requests ORDER BY id DESC LIMIT 1")
        assert row is not None
        return str(row["number"])

    async def _confirm(self, unit: int) -> None:
        (draft,) = await drafts.open_of(f"a{unit}")
        await self._click(f"a{unit}", "confirm", str(draft.id), "", draft.rev)

    async def _say(self, person: str, text: str) -> None:
        await self._happen(Message(**self._origin(person), text=text))

    async def _click(self, person: str, act: str, ref: str, step: str, version: int) -> None:
        await self._happen(Click(**self._origin(person), act=act, ref=ref, step=step, version=version))

    async def _happen(self, event: Event) -> None:
        reply, _ = await self._machine.dispatch(event)
        assert reply.ok, reply.toast
        await self._machine.courier.drain()

    def _origin(self, person: str) -> dict[str, Any]:
        self._now += timedelta(minutes=1)
        key = f"om_x100b{next(self._serial):024x}"
        return {"key": key, "platform": Platform.FEISHU, "accounts": (f"ou_{person}",), "at": self._now}
