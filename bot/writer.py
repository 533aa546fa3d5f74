"""Group commit: whoever waits goes with the next transaction, each job under its own savepoint.

With every commit on disk, one commit for all that wait is several times faster than one each; there
is no timer. One job's failure undoes that job alone. A job that fails in company is run once more by
itself: what went wrong may have been the others' doing (on PostgreSQL, two replicas' batches in each
other's way).
"""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog

from bot import metrics
from storage import db

T = TypeVar("T")
Job = Callable[[], Awaitable[T]]
log = structlog.get_logger(__name__)

LARGEST_BATCH = 64
TRIES = 4
"""Times a job is run that meets another transaction in its way, or a key that one has just taken."""


class Overloaded(Exception):
    """The queue is longer than can be worked off in time; nothing was done."""


@dataclass(slots=True)
class _Item:
    job: Job[Any]
    future: "asyncio.Future[Any]"
    result: Any = None
    error: Exception | None = None


class Writer:
    """Runs jobs one after another, several to a transaction; `do` returns after the commit."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[_Item] = asyncio.Queue()
        self._pace = 0.005
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="writer")

    async def stop(self) -> None:
        """Finish what was accepted, then stop."""
        if self._task:
            await self._queue.join()
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def do(self, job: Job[T], *, within: float = math.inf) -> T:
        """Run a job in the next transaction; raises what it raised, or why the commit failed.

        Raises `Overloaded` at once where its turn is not expected `within` so many seconds.
        """
        if self._queue.qsize() * self._pace > within:
            raise Overloaded
        item = _Item(job, asyncio.get_running_loop().create_future())
        self._queue.put_nowait(item)
        return await item.future  # type: ignore[no-any-return]

    async def _run(self) -> None:
        while True:
            batch = [await self._queue.get()]
            while len(batch) < LARGEST_BATCH and not self._queue.empty():
                batch.append(self._queue.get_nowait())
            started = time.perf_counter()
            await self._carry_out(batch)
            spent = (time.perf_counter() - started) / len(batch)
            # A batch says as much about the next as it is long: one job's bears a whole commit.
            self._pace += (spent - self._pace) * len(batch) / (len(batch) + LARGEST_BATCH)
            metrics.BATCH.observe(len(batch))
            for item in batch:
                _answer(item)
                self._queue.task_done()

    async def _carry_out(self, batch: list[_Item]) -> None:
        again = batch
        if len(batch) > 1:
            await self._together(batch)
            again = [item for item in batch if item.error]
        for item in again:
            if not isinstance(item.error, db.Unreachable):
                await self._alone(item)

    async def _together(self, batch: list[_Item]) -> None:
        try:
            async with db.transaction():
                for item in batch:
                    await self._within_savepoint(item)
        except Exception as failure:
            log.warning("batch_failed", jobs=len(batch), why=type(failure).__name__)
            for item in batch:
                item.error = failure

    async def _within_savepoint(self, item: _Item) -> None:
        try:
            async with db.savepoint():
                item.result = await item.job()
        except Exception as failure:
            item.error = failure

    async def _alone(self, item: _Item) -> None:
        for _ in range(TRIES):
            item.error = None
            try:
                async with db.transaction():
                    item.result = await item.job()
            except (db.Conflict, db.Taken) as conflict:
                item.error = conflict
                continue
            except Exception as failure:
                item.error = failure
            return


def _answer(item: _Item) -> None:
    if item.future.done():
        return
    if item.error is not None:
        item.future.set_exception(item.error)
    else:
        item.future.set_result(item.result)
