"""When the media of a campaign are reminded: within its window, and who hears once that is over."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from handlers.rules.deadlines import mornings, permitted
from handlers.rules.ladder import KEY
from handlers.rules.rungs import Rung
from handlers.rules.workdays import Calendar

SHORT = timedelta(hours=24)
"""A window that is no longer runs at any hour: its reminders do not wait for a morning."""

HALF, LAST, OVER = 1, 2, 3
"""The rungs: who has not begun, who has not finished, and the head once the window has ended."""


def call_ladder(since: datetime, until: datetime, calendar: Calendar) -> Iterator[Rung]:
    """Half way for who has not said 收到, three quarters for who has not answered, and once it has ended the
    first-responsible person; what falls beyond the end is left out."""
    for index, part in ((HALF, 0.5), (LAST, 0.75)):
        at = since + (until - since) * part
        moved = at if until - since <= SHORT else permitted(at, calendar, KEY)
        if moved < until:
            yield Rung(index, moved)
    yield Rung(OVER, permitted(until, calendar, KEY), copy_first_responsible=True)


def list_ladder(until: datetime, calendar: Calendar) -> Iterator[Rung]:
    """The centre's list of what was not answered: the working morning after the heads were told."""
    told = permitted(until, calendar, KEY)
    yield Rung(1, next(mornings(told, calendar, KEY)))
