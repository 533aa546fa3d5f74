"""The clock: APScheduler only says that time has passed; what is due stands in the database."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import metrics
from bot.platforms.base import Clock
from cards.card import Card
from handlers.events import NOWHERE, Event, Place, Reply, Tick
from storage import outbox

Submit = Callable[[Event], Awaitable[tuple[Reply, Card | None]]]
log = structlog.get_logger(__name__)

EVERY = {
    "remind": 20, "rounds": 10, "campaigns": 10, "silences": 10, "look_out": 3600, "powers": 3600,
    "depart": 3600, "registers": 3600, "forget": 86_400,
}  # fmt: skip
"""Seconds between two ticks of each kind; the first comes with the start, however often that is."""


class Ticks:
    """Turns the clock into Tick events."""

    def __init__(self, submit: Submit, clock: Clock) -> None:
        self._submit, self._clock = submit, clock
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._others: list[tuple[Callable[[], Awaitable[None]], int]] = []
        self._stopping = False

    def start(self) -> None:
        for what, seconds in EVERY.items():
            self._schedule(partial(self.tick, what), seconds, next_run_time=datetime.now(UTC))
        for work, seconds in self._others:
            self._schedule(work, seconds)
        self._scheduler.start()

    def also(self, work: Callable[[], Awaitable[None]], seconds: int) -> None:
        """Another job, begun with the ticks; it sees to its own failures."""
        self._others.append((work, seconds))

    def _schedule(self, work: Callable[[], Awaitable[None]], seconds: int, **more: datetime) -> None:
        self._scheduler.add_job(
            self._until_stopped, "interval", args=[work], seconds=seconds, jitter=2, max_instances=1,
            coalesce=True, **more,
        )  # fmt: skip

    async def _until_stopped(self, work: Callable[[], Awaitable[None]]) -> None:
        """The end cuts off what is under way, of which the scheduler would make a traceback; what the writer
        has of it already is finished."""
        try:
            await work()
        except asyncio.CancelledError:
            if not self._stopping:
                raise

    async def tick(self, what: str) -> None:
        """One tick now, slice by slice; a failure is logged and the next tick tries again."""
        at = self._clock()
        with metrics.TICK.labels(what).time():
            try:
                left: Place | None = NOWHERE
                while left is not None:
                    key = f"tick:{what}:{at.isoformat()}"
                    reply, _ = await self._submit(Tick(key=key, at=at, what=what, after=left))
                    left = reply.left
                await self._gauge()
            except Exception:
                log.exception("tick_failed", what=what)

    async def _gauge(self) -> None:
        counts = await outbox.counts()
        metrics.QUEUED.set(counts.get("queued", 0) + counts.get("sending", 0))
        metrics.DEAD.set(counts.get("dead", 0))

    async def stop(self) -> None:
        self._stopping = True
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
            await asyncio.sleep(0)
