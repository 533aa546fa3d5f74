"""The working days in force: the seeded years, and what the database adds to them."""

from functools import lru_cache
from typing import Literal

from handlers.rules.workdays import Calendar, DayRow
from storage import calendar
from storage.calendar import OFFICIAL, Day


async def current() -> Calendar:
    """The seeded years with what the database adds."""
    return calendar_of(await calendar.days())


@lru_cache(maxsize=2)
def calendar_of(days: tuple[Day, ...]) -> Calendar:
    return Calendar({day.day: _row(day) for day in days})


def _row(day: Day) -> DayRow:
    status: Literal["official", "override"] = "official" if day.status == OFFICIAL else "override"
    return DayRow(day.workday, day.name, status)
