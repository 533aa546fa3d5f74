"""How the platforms are: which of them is left alone for a while because what was sent there failed."""

from collections import defaultdict
from datetime import datetime, timedelta

from bot.platforms.base import Clock
from storage.records import Platform

LONGEST_PAUSE = 30.0
"""Seconds that a failing platform is left alone at most, where it does not say how long itself."""

IN_A_ROW = 3
"""Failures after which a platform that still answers is left alone."""


class Health:
    """Failures in a row and pauses, by platform."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._held: dict[Platform, datetime] = {}
        self._failures: defaultdict[Platform, int] = defaultdict(int)
        self._holds: defaultdict[Platform, int] = defaultdict(int)

    def failures(self, name: Platform) -> int:
        """How many letters in a row failed there; none where it works."""
        return self._failures[name]

    def in_vain(self, name: Platform) -> int:
        """How often in a row it was left alone and tried again, and nothing got through."""
        return self._holds[name]

    def works(self, name: Platform) -> None:
        self._failures[name] = self._holds[name] = 0

    def pause(self, name: Platform, now: datetime) -> timedelta:
        """How long it is still left alone; nothing where it may be tried."""
        return max(self._held.get(name, now) - now, timedelta())

    def failed(self, name: Platform, *, unanswered: bool) -> None:
        """One more failure; it is left alone at once where it did not even answer."""
        if self.pause(name, self._clock()):
            return
        self._failures[name] += 1
        if unanswered or self._failures[name] >= IN_A_ROW:
            self.hold(name, min(2.0 ** (self._failures[name] - 1), LONGEST_PAUSE))

    def unsettled(self, name: Platform, seconds: float) -> None:
        """It refuses our settings."""
        self._failures[name] += 1
        self.hold(name, seconds)

    def hold(self, name: Platform, seconds: float) -> None:
        now = self._clock()
        self._holds[name] += not self.pause(name, now)
        until = now + timedelta(seconds=seconds)
        self._held[name] = max(until, self._held.get(name, until))
