"""When the head of the trail is signed and told: mornings with something new, and every so many entries."""

from datetime import datetime, time, timedelta

from handlers.rules.deadlines import SHANGHAI

MOST = 512
"""Entries that may stand uncovered before it is told at whatever hour."""

FROM = time(8, 40)
"""When a day's is made: before the mornings' reminders."""

UNTIL = time(20)
"""When a day's alarm is left for the next morning."""

WITHIN = timedelta(days=1)
"""What is older and still uncovered raises the alarm."""

READERS = 3
"""People who should have each, at least: one alone might lose it, or lend it to somebody who changed it."""


def due(uncovered: int, last: datetime | None, now: datetime) -> bool:
    """Whether one is to be made: `uncovered` entries are new since the last, which was made at `last`."""
    if uncovered == 0 or uncovered >= MOST or last is None:
        return uncovered > 0
    here = now.astimezone(SHANGHAI)
    return here.time() >= FROM and last.astimezone(SHANGHAI).date() < here.date()


def late(oldest: datetime | None, now: datetime) -> bool:
    """Whether something has stood uncovered by a posted one for too long."""
    return oldest is not None and now - oldest > WITHIN


def alarming(oldest: datetime | None, now: datetime) -> bool:
    """Whether the administrators are told so now: by day, since it has waited for a day already."""
    return late(oldest, now) and FROM <= now.astimezone(SHANGHAI).time() < UNTIL
