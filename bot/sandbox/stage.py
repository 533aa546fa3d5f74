"""What runs in the sandbox, and what its page and its story may move: the time, and who is who."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Protocol

from bot.sandbox.clock import SandboxClock
from bot.sandbox.scene import Actor
from bot.sandbox.sim import Sim
from handlers.letters import showing
from handlers.rules.deadlines import OPENS, SHANGHAI
from handlers.rules.workdays import Calendar
from storage import db, duties, outbox

CAST = (
    Actor("李老师", "机电工程学院 · 宣传秘书", "wecom", "lilaoshi"),
    Actor("孙老师", "机电工程学院 · 保密审查人", "feishu", "ou_sunlaoshi"),
    Actor("王书记", "机电工程学院 · 第一责任人", "feishu", "ou_wangshuji"),
    Actor("赵老师", "全媒体中心 · 审批人", "wecom", "zhaolaoshi"),
)
REDELIVER_EVERY = 5.0
LOOK_EVERY = 0.5
MOST_STOPS = 500
MORNING = time(9, 35)
GLANCE, GLANCES = 0.01, 500
"""Real seconds between two looks whether all letters have left, and how many looks at most."""


class Running(Protocol):
    """What the sandbox moves of the running program."""

    async def remind(self) -> None: ...

    async def read_directories(self) -> None: ...

    def wake(self) -> None: ...


@dataclass(slots=True)
class Stage:
    """Everything that runs in the sandbox; also what its page may move (`scene.Moves`)."""

    machine: Running
    sims: Mapping[str, Sim]
    clock: SandboxClock
    page: str
    counts: dict[str, int] = field(default_factory=lambda: {"queued": 0, "dead": 0})

    def now(self) -> datetime:
        return self.clock()

    def next_morning(self) -> datetime:
        """The next working morning that has not begun, when its reminders have all come due."""
        local, calendar = self.clock().astimezone(SHANGHAI), Calendar.default()
        begun = local.time() >= OPENS or not calendar.is_workday(local.date())
        day = calendar.add(local.date(), 1) if begun else local.date()
        return datetime.combine(day, MORNING, SHANGHAI).astimezone(UTC)

    async def advance(self, minutes: int) -> None:
        """Move on to that time, stopping wherever something falls due until its letters have left."""
        until = self.clock() + timedelta(minutes=minutes)
        for _ in range(MOST_STOPS):
            due = await duties.next_due()
            if due is None or due > until:
                break
            await self._stop_at(due)
        self.clock.put_forward(until)
        await self.read_directories()
        await self._stop_at(until)

    async def read_directories(self) -> None:
        """What the platforms marked, and all of a directory after a night; a slow one goes on by itself
        at a later look."""
        with suppress(TimeoutError):
            async with asyncio.timeout(GLANCE * GLANCES):
                await self.machine.read_directories()

    async def picture(self, number: str, width: int) -> str | None:
        async with db.reading():
            return await showing.picture(number, width, self.clock())

    async def _stop_at(self, moment: datetime) -> None:
        """Be there until what is due has left; a broken platform is waited for only so long."""
        self.clock.put_forward(moment)
        await self.machine.remind()
        self.machine.wake()
        for _ in range(GLANCES):
            if not await outbox.leaving(self.clock()):
                return
            await asyncio.sleep(GLANCE)

    def status(self) -> Mapping[str, int]:
        return self.counts

    async def look(self) -> None:
        """Keep the counts of the page fresh, and let the platforms push again what was not answered."""
        elapsed = 0.0
        while True:
            found = await outbox.counts()
            self.counts["queued"] = found.get("queued", 0) + found.get("sending", 0)
            self.counts["dead"] = found.get("dead", 0)
            await asyncio.sleep(LOOK_EVERY)
            elapsed += LOOK_EVERY
            if elapsed >= REDELIVER_EVERY:
                elapsed = 0.0
                for sim in self.sims.values():
                    await sim.redeliver()
