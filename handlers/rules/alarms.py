"""When what waits for a platform is worth an alarm, and when that is over: pure functions."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from storage.records import Platform

DOWN_AFTER = timedelta(minutes=5)
"""A platform that has taken nothing for so long, though something waits, is down."""

WAITS_AFTER = timedelta(minutes=15)
"""A letter that waits for so long though others go out waits too long."""


class Alarm(StrEnum):
    """What is told: nothing goes out there; or letters go out too slowly."""

    DOWN = "down"
    SLOW = "slow"


@dataclass(frozen=True, slots=True)
class Line:
    """How a platform's letters stand: since when the oldest waits (None: none does), and when one last
    went out."""

    platform: Platform
    since: datetime | None = None
    sent_at: datetime | None = None


def quiet_since(line: Line) -> datetime | None:
    """Since when the platform has taken nothing though something waits; None where nothing does."""
    return max(line.since, line.sent_at or line.since) if line.since else None


def sounds(line: Line, now: datetime, down: tuple[datetime, bool] | None = None) -> Alarm | None:
    """The alarm that holds now; `down` says since when the last outage was told of, or is over, and
    whether it is on.

    What an outage has left is given its time: a queue is too slow only once it has had that long since.
    """
    at, on = down or (now, False)
    if on and not (line.sent_at and line.sent_at >= at):
        return Alarm.DOWN
    quiet = quiet_since(line)
    if quiet and now - quiet >= DOWN_AFTER:
        return Alarm.DOWN
    if on or line.since is None:
        return None
    begun = max(line.since, at) if down else line.since
    return Alarm.SLOW if now - begun >= WAITS_AFTER else None
