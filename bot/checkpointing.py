"""The head of the trail signed and sent, again and again; whether one is due stands in the database."""

from functools import partial

import structlog

from bot import metrics
from bot.platforms.base import Clock
from bot.writer import Writer
from handlers.letters import checkpoints, unposted
from handlers.rules.checkpoints import alarming
from storage import db
from storage.notes import Signer

log = structlog.get_logger(__name__)

EVERY = 60
"""Seconds between two looks."""


class Checkpoints:
    """Makes what is due; without a key nothing is ever due. What is not posted for a day is told."""

    def __init__(self, signer: Signer | None, writer: Writer, clock: Clock) -> None:
        self._signer, self._writer, self._clock = signer, writer, clock

    async def look(self) -> None:
        """A failure is logged, and tried again at the next look."""
        try:
            if self._signer:
                await self._writer.do(partial(checkpoints.make, self._signer, self._clock()))
            now, since = self._clock(), await checkpoints.oldest_uncovered()
            metrics.UNPUBLISHED.set((now - since).total_seconds() if since else 0)
            if alarming(since, now):
                await self._writer.do(partial(unposted.tell, now))
        except db.Unreachable as failure:
            log.warning("checkpoint_waits", why=str(failure))
        except Exception:
            log.exception("checkpoint_failed")
