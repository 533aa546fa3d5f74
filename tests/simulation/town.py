"""The small university of `tests/world.py` in virtual time, with a bot that dies and a net that loses things.

The clock is the event loop's, which runs as fast as it can, and what is added to it by hand. People's
callbacks and the bot's calls go through here: this is where they are lost, doubled, late or unanswered.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import Any

import detangle

from bot.machine import Machine
from bot.platforms.base import Answer, Raw, Refused
from bot.platforms.base import Platform as Port
from bot.platforms.feishu import Feishu
from bot.platforms.wecom import Wecom
from bot.sandbox.sim import Shown, Sim
from cards.card import Card
from handlers import desk
from handlers.composing.compose import compose
from handlers.events import Event, Message, Reply
from storage import inbox, outbox
from storage.letters import Letter
from storage.records import Platform
from tests.simulation import journal
from tests.simulation.store import Store
from tests.world import FEISHU, UNHURRIED, WECOM, World

BOT = "bot"
"""The host on which whatever belongs to the process runs, so that it can be ended at once."""


carrying: ContextVar[str] = ContextVar("carrying", default="")
"""The letter that the courier has under way."""


@dataclass(frozen=True, slots=True)
class OnScreen:
    """What a letter brought to somebody: the message as it is by now, and as it came."""

    letter: str
    sim: Sim
    message: Shown
    came: str
    at: datetime


class Fate(StrEnum):
    """What becomes of one callback, or of one call of the bot's."""

    FINE = "fine"
    LOST = "lost"
    UNANSWERED = "unanswered"
    LATE = "late"


class Town(World):
    """People, platforms and one process after another on one file."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.loop = asyncio.get_running_loop()
        self.fates: deque[Fate] = deque()
        self.out: deque[Fate] = deque()
        self.heard: list[tuple[Platform, Raw]] = []
        self.acknowledged: dict[str, datetime] = {}
        self.dying = False
        self._gone: asyncio.Future[None] = self.loop.create_future()
        self.under_way: set[str] = set()
        self.doubled: list[str] = []
        self.unheard: set[str] = set()
        self.typed: set[str] = set()
        self.shown: list[OnScreen] = []
        super().__init__()
        for sim in (self.feishu, self.wecom):
            sim.show = partial(self._shown, sim)  # type: ignore[method-assign]
        self.feishu.deliver = partial(self._brought, Platform.FEISHU)
        self.wecom.deliver = partial(self._brought, Platform.WECOM)
        store.died = self._dies

    def clock(self) -> datetime:
        return self.now + timedelta(milliseconds=round(self.loop.time() * 1000))

    def assemble(self) -> Machine:
        platforms: dict[Platform, Port] = {
            Platform.FEISHU: Feishu(FEISHU, self._calls(self.feishu), self.clock, UNHURRIED),
            Platform.WECOM: Wecom(WECOM, self._calls(self.wecom), self.clock),
        }
        machine = Machine.assemble(platforms, self._handled, compose, self.clock)
        carry = machine.courier._deliver
        machine.courier._deliver = partial(self._carried, carry)  # type: ignore[method-assign]
        return machine

    async def _carried(self, carry: Callable[[Letter], Awaitable[None]], letter: Letter) -> None:
        """The courier takes a letter, and what it calls meanwhile is for that letter."""
        token = carrying.set(letter.id)
        try:
            await carry(letter)
        finally:
            carrying.reset(token)

    def _shown(self, sim: Sim, shown: Shown) -> None:
        type(sim).show(sim, shown)
        if not shown.mine:
            native = repr(shown.native) if shown.native else shown.text
            self.shown.append(OnScreen(carrying.get(), sim, shown, native, self.clock()))

    async def open(self) -> None:
        """As `Machine.start` does it, but for the ticks, which come when the story says so."""
        await self.doing(self._started)

    async def _started(self) -> None:
        machine = self.machine
        machine.writer.start()
        await machine.writer.do(outbox.release_all)
        for platform in machine.platforms.values():
            await platform.start(machine.dispatch)
        machine.courier.start()

    async def close(self) -> None:
        await detangle.spawn(self.machine.stop(), host=BOT)

    async def settle(self) -> None:
        """Time for what is under way; the courier runs by itself."""
        await asyncio.sleep(1)

    def _dies(self) -> None:
        self.dying = True
        self._gone.set_result(None)

    async def born_again(self, after: float) -> None:
        """Whenever the process has died, another is started on the same file `after` some seconds."""
        while True:
            await asyncio.shield(self._gone)
            await self._buried()
            await asyncio.sleep(after)
            self.machine = self.assemble()
            await self.store.open_again()
            self._gone, self.dying = self.loop.create_future(), False
            await self.open()

    async def _buried(self) -> None:
        """Nothing of the process goes on: its file is closed and nobody hears it, so each task comes to its
        end, though some take the closed file for a failure first."""
        known = detangle.current_loop().task_info
        while left := [task for task, one in known.items() if one.host == BOT and not task.done()]:
            for task in left:
                task.cancel()
            await asyncio.wait(left, timeout=0.01)
        for task, one in known.items():
            if one.host == BOT and not task.cancelled():
                task.exception()  # looked at, so that nobody reports it as forgotten

    async def _handled(self, event: Event) -> Reply:
        """The front desk, with a note of it in the journal."""
        if isinstance(event, Message):
            self.typed.add(event.message or event.key)
        token = journal.event.set(event.key)
        try:
            reply = await desk.handle(event)
        finally:
            journal.event.reset(token)
        self.store.journal.handled(event.key)
        return reply

    def _calls(self, sim: Sim) -> Any:
        """The bot's way to a platform; whoever is dead calls nobody."""

        async def call(method: str, url: str, **more: Any) -> Answer:
            letter = carrying.get()
            if letter and letter in self.under_way:
                self.doubled.append(f"letter {letter} is under way twice at once")
            self.under_way.add(letter)
            try:
                return await self._fated(partial(sim, method, url, **more))
            finally:
                self.under_way.discard(letter)

        return call

    async def _fated(self, calls: Callable[[], Awaitable[Answer]]) -> Answer:
        """What becomes of a call of the bot's."""
        fate = self.out.popleft() if self.out else Fate.FINE
        if self.dying or fate is Fate.LOST:
            raise ConnectionRefusedError("simulation: nothing there")
        if fate is Fate.LATE:
            await asyncio.sleep(2.5)
        answer = await calls()
        if fate is Fate.UNANSWERED:
            raise TimeoutError("simulation: the answer was lost")
        return answer

    async def _brought(self, name: Platform, raw: Raw) -> Answer:
        """A platform brings a callback; raises OSError where nobody takes it."""
        self.heard.append((name, raw))
        fate = self.fates.popleft() if self.fates else Fate.FINE
        if fate is Fate.LOST or self.dying:
            raise ConnectionRefusedError("simulation: nobody takes it")
        if fate is Fate.LATE:
            await asyncio.sleep(1.5)
        answer = await self._taken(name, raw)
        if fate is Fate.UNANSWERED:
            raise ConnectionResetError("simulation: the answer was lost")
        return answer

    async def again(self, number: int) -> None:
        """A callback that was brought before comes once more, however late."""
        if self.heard:
            name, raw = self.heard[number % len(self.heard)]
            with suppress(OSError):
                await self._taken(name, raw)

    async def _taken(self, name: Platform, raw: Raw) -> Answer:
        if self.dying:
            raise ConnectionRefusedError("simulation: nobody takes it")
        work = detangle.spawn(self._received(name, raw), host=BOT)
        gone, going = self._gone, set[asyncio.Future[Any]]()
        going |= {work, self._gone}
        await asyncio.wait(going, return_when=asyncio.FIRST_COMPLETED)
        if gone.done():
            raise ConnectionResetError("simulation: the process died")
        return work.result()

    async def _received(self, name: Platform, raw: Raw) -> Answer:
        machine, taken = self.machine, list[str]()

        async def submit(event: Event) -> tuple[Reply, Card | None]:
            result = await machine.dispatch(event)
            if getattr(event, "said_at", event.at) > event.at - inbox.KEPT:
                taken.append(event.key)
            return result

        try:
            answer = await machine.platforms[name].receive(raw, submit, self.clock())
        except Refused as refused:
            return Answer(refused.status)
        if answer.status == 200:
            self.acknowledged |= dict.fromkeys(taken, self.clock())
        return answer

    async def doing(self, work: Any) -> None:
        """Something of the process's own, such as a tick: nothing where it is dead or dies of it."""
        if not self.dying:
            gone = self._gone
            going: set[asyncio.Future[Any]] = {detangle.spawn(work(), host=BOT), gone}
            await asyncio.wait(going, return_when=asyncio.FIRST_COMPLETED)
