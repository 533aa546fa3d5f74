"""The clock: APScheduler only says that time has passed; what is due stands in the database."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import metrics
from bot.platforms.base import Clock
from cards.card import Card
from handlers.events import Event, Reply, Tick
from storage import outbox

Submit = Callable[[Event], Awaitable[tuple[Reply, Card | None]]]
log = structlog.get_logger(__name__)

EVERY = {"remind": 20, "look_out": 3600, "depart": 3600, "forget": 86_400}
"""Seconds between two ticks of each kind; the first comes with the start, however often that is."""


class Ticks:
    """Turns the clock into Tick events."""

    def __init__(self, submit: Submit, clock: Clock) -> None:
        self._submit, self._clock = submit, clock
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._others: list[tuple[Callable[[], Awaitable[None]], int]] = []

    def start(self) -> None:
        for what, seconds in EVERY.items():
            self._scheduler.add_job(
                self.tick, "interval", args=[what], seconds=seconds, jitter=2, max_instances=1, coalesce=True,
                next_run_time=datetime.now(UTC),
            )  # fmt: skip
        for work, seconds in self._others:
            self._scheduler.add_job(
                work, "interval", seconds=seconds, jitter=2, max_instances=1, coalesce=True
            )
        self._scheduler.start()

    def also(self, work: Callable[[], Awaitable[None]], seconds: int) -> None:
        """Another job, begun with the ticks; it sees to its own failures."""
        self._others.append((work, seconds))

    async def tick(self, what: str) -> None:
        """One tick now; a failure is logged and the next tick tries again."""
        at = self._clock()
        with metrics.TICK.labels(what).time():
            try:
                await self._submit(Tick(key=f"tick:{what}:{at.isoformat()}", at=at, what=what))
                await self._gauge()
            except Exception:
                log.exception("tick_failed", what=what)

    async def _gauge(self) -> None:
        counts = await outbox.counts()
        metrics.QUEUED.set(counts.get("queued", 0) + counts.get("sending", 0))
        metrics.DEAD.set(counts.get("dead", 0))

    async def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
            await asyncio.sleep(0)
