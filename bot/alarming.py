"""What waits for each platform, looked at: metrics and log tell of it, and the administrators are told."""

from collections.abc import Collection
from datetime import datetime
from functools import partial

import structlog

from bot import metrics
from bot.platforms.base import Clock
from bot.writer import Writer
from handlers.letters import alarms
from handlers.letters.alarms import State
from storage import db
from storage.records import Platform

log = structlog.get_logger(__name__)

EVERY = 30
"""Seconds between two looks."""


class Alarms:
    """What stands is in the database, so that a restart or a second replica says nothing twice."""

    def __init__(self, platforms: Collection[Platform], writer: Writer, clock: Clock) -> None:
        self._platforms, self._writer, self._clock = tuple(platforms), writer, clock

    async def look(self) -> None:
        """A failure is logged, and tried again at the next look."""
        try:
            now = self._clock()
            found = await alarms.states(self._platforms, now)
            self._measure(found)
            if any(state.news for state in found):
                await self._writer.do(partial(self._tell, now))
        except db.Unreachable as failure:
            log.warning("alarms_wait", why=str(failure))
        except Exception:
            log.exception("alarms_failed")

    async def _tell(self, now: datetime) -> None:
        """Looked at again inside the transaction: another replica may have told."""
        found = await alarms.states(self._platforms, now)
        await alarms.tell(found, now)
        for state in found:
            if state.news:
                tell = log.warning if state.alarm else log.info
                tell("platform_alarm", platform=state.platform, alarm=state.alarm or "over", why=state.why)

    def _measure(self, found: Collection[State]) -> None:
        now = self._clock()
        metrics.ALARM.clear()
        for state in found:
            waits = (now - state.oldest).total_seconds() if state.oldest else 0
            metrics.OLDEST.labels(state.platform).set(waits)
            if state.alarm:
                metrics.ALARM.labels(state.platform, state.alarm, state.why).set(1)
