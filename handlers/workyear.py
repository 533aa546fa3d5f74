"""The working days in force: the seeded years, and what the database adds to them."""

from functools import lru_cache

from handlers.rules.workdays import Calendar, DayRow, Layer
from storage import calendar, db
from storage.calendar import OFFICIAL, OVERRIDE, PART, Day

_LAYERS: dict[str, Layer] = {OFFICIAL: "official", PART: "part", OVERRIDE: "override"}


@db.kept
async def current() -> Calendar:
    """The seeded years with what the database adds."""
    return calendar_of(await calendar.days())


@lru_cache(maxsize=2)
def calendar_of(days: tuple[Day, ...]) -> Calendar:
    return Calendar({day.day: _row(day) for day in days})


def _row(day: Day) -> DayRow:
    return DayRow(day.workday, day.name, _LAYERS[day.status], day.source)
