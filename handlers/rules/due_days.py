"""By which day something is due that the centre asks for: a working day (Article 15)."""

from collections.abc import Sequence
from datetime import date, timedelta

from handlers.rules.workdays import Calendar

USUAL_DAYS = 5
"""Working days where nothing else is said (form F10)."""

FURTHEST = 366
"""Days ahead: what is further off is no term."""


def usual(today: date, calendar: Calendar) -> date:
    """The fifth working day after today."""
    return calendar.add(today, USUAL_DAYS)


def working(day: date, calendar: Calendar) -> date:
    """The day itself, or the first working day after a day off.

    > 期间的最后一日是法定休假日的，以法定休假日结束的次日为期间的最后一日。（民法典第二百零三条）
    """
    return day if calendar.is_workday(day) else calendar.add(day, 1)


def next_due(named: Sequence[date], today: date, calendar: Calendar) -> date:
    """The last of the days that were named which is still to come, else the usual one."""
    coming = [day for day in named if 0 < (day - today).days <= FURTHEST]
    return working(coming[-1], calendar) if coming else usual(today, calendar)


def near(day: date, today: date, calendar: Calendar) -> date:
    """The day nearest to one that can be no last day, of those that can."""
    if day < today:
        return usual(today, calendar)
    furthest = today + timedelta(days=FURTHEST)
    if (later := working(day, calendar)) <= furthest:
        return later
    while not calendar.is_workday(furthest):
        furthest -= timedelta(days=1)
    return furthest


def unfit(day: date, today: date, calendar: Calendar) -> str:
    """Why a day can be no last day, or empty."""
    if day < today:
        return "这一天已经过去"
    if (day - today).days > FURTHEST:
        return "最长一年"
    return "" if calendar.is_workday(day) else "这一天是休息日，限期应是工作日"
