"""When something is due and when people are reminded of it; instants are UTC, days are Shanghai's."""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import chain, count
from typing import Any
from zoneinfo import ZoneInfo

from handlers.rules.rungs import Rung
from handlers.rules.workdays import DAY, Calendar
from storage.records import Urgency

SHANGHAI = ZoneInfo("Asia/Shanghai")
OPENS, CLOSES = time(8, 30), time(17, 30)
WORKING_DAY = timedelta(hours=9)
CHANGE_DAYS = 5
"""> 各单位变更平台信息后，须在5个工作日内……发起……流程。（第六条（二））"""

TAKE_BACK_WITHIN = timedelta(minutes=30)

FIRST_REMINDER = timedelta(hours=4)
ALLOWED = {Urgency.URGENT: timedelta(hours=2), Urgency.CRITICAL: timedelta(minutes=30)}
RUSH = {
    Urgency.URGENT: (timedelta(minutes=30), timedelta(hours=2)),
    Urgency.CRITICAL: (timedelta(minutes=10), timedelta(minutes=30)),
}
KEPT = 1024
"""Reckonings that are kept: each step's is asked for again and again while it waits."""

CROWDED_MINUTES = (0, 30)  # WeCom asks apps not to push then (page 90236)


@dataclass(frozen=True, slots=True)
class Due:
    """The first instant that is too late; `provisional` where a day on the way is not yet official."""

    at: datetime
    provisional: bool

    @property
    def day(self) -> date:
        """The last day on which it is still in time."""
        return (self.at - timedelta.resolution).astimezone(SHANGHAI).date()


@lru_cache(maxsize=KEPT)
def working_time(start: datetime, delta: timedelta, calendar: Calendar) -> datetime:
    """When `delta` of working hours have passed; a start outside them counts from the next opening."""
    at = _opening(start, calendar)
    while delta > (left := _instant(_day(at), CLOSES) - at):
        delta -= left
        at = _instant(calendar.add(_day(at), 1), OPENS)
    return at + delta


def worked(start: datetime, end: datetime, calendar: Calendar) -> timedelta:
    """How much of the working hours lies between two instants."""
    total, at = timedelta(), _opening(start, calendar)
    while at < end:
        total += min(_instant(_day(at), CLOSES), end) - at
        at = _instant(calendar.add(_day(at), 1), OPENS)
    return total


def worked_since(at: datetime, delta: timedelta, calendar: Calendar) -> datetime:
    """From when on `delta` of working hours have passed by `at`: `at` itself where none have."""
    if not delta:
        return at
    at = _closing(at, calendar)
    while delta > (gone := at - _instant(_day(at), OPENS)):
        delta -= gone
        at = _closing(_instant(_day(at), OPENS), calendar)
    return at - delta


def resumed_since(
    since: datetime, paused: datetime, at: datetime, urgency: Urgency, calendar: Calendar
) -> datetime:
    """When a step would have begun whose clock stood still from `paused` until `at`: of its term, and of the
    way to its next reminder, is left what was."""
    if urgency in ALLOWED:
        return at - (paused - since)
    return worked_since(at, worked(since, paused, calendar), calendar)


def working_hours(at: datetime, calendar: Calendar) -> bool:
    """Whether it is a working day between 8:30 and 17:30."""
    local = at.astimezone(SHANGHAI)
    return calendar.is_workday(local.date()) and OPENS <= local.time() < CLOSES


def step_due(since: datetime, urgency: Urgency, calendar: Calendar, planned: datetime | None = None) -> Due:
    """By when the step that began at `since` should be decided: a working day, 2 hours or 30 minutes,
    and no later than the thing is planned for, where that is still to come."""
    due = _step_term(since, urgency, calendar)
    return Due(planned, provisional=False) if planned and since < planned < due.at else due


@lru_cache(maxsize=KEPT)
def _step_term(since: datetime, urgency: Urgency, calendar: Calendar) -> Due:
    if urgency in ALLOWED:
        return Due(since.astimezone(UTC) + ALLOWED[urgency], provisional=False)
    at = working_time(since, WORKING_DAY, calendar)
    return Due(at, calendar.provisional(_day(since), _day(at)))


def chain_due(since: datetime, steps: int, urgency: Urgency, calendar: Calendar) -> datetime:
    """By when so many steps are decided, one after the other from `since` on, if each is in time."""
    for _ in range(steps):
        since = _step_term(since, urgency, calendar).at
    return since


def hurry(
    out: datetime | None, since: datetime, steps: int, urgency: Urgency, calendar: Calendar
) -> Urgency | None:
    """None where so many steps are decided before the thing is planned for (`out`); else with which
    urgency they would be, the highest where with none."""
    if out is None or chain_due(since, steps, urgency, calendar) <= out:
        return None
    higher = list(Urgency)[list(Urgency).index(urgency) :]
    return next((one for one in higher if chain_due(since, steps, one, calendar) <= out), higher[-1])


def duty_due_change(changed_on: date, calendar: Calendar) -> Due:
    """By when a change must be filed: the whole fifth working day after it, which itself never counts.

    > 期间的最后一日的截止时间为二十四时。（民法典第二百零三条）
    """
    return days_after(changed_on, CHANGE_DAYS, calendar)


def days_after(day: date, count: int, calendar: Calendar) -> Due:
    """The end of a term of `count` working days that begins after `day`: the last day is whole."""
    last = calendar.add(day, count)
    return Due(ends(last), calendar.provisional(day + DAY, last))


def step_rungs(since: datetime, urgency: Urgency, calendar: Calendar, key: str) -> Iterator[Rung]:
    """The endless ladder of a waiting step.

    Normal: 4 working hours, then each working day's morning. Urgent: 30 minutes and 2 hours, most
    urgent: 10 and 30 minutes, whatever the hour, then each working day's morning. The centre and the
    first-responsible person are copied from the third rung on, of urgent ones from the second. `key`
    settles the minute.
    """
    rush = RUSH.get(urgency, ())
    early = [since.astimezone(UTC) + wait for wait in rush] or [_first_reminder(since, calendar, key)]
    copied_from = 2 if rush else 3
    for index, at in enumerate(chain(early, mornings(early[-1], calendar, key)), start=1):
        copied = index >= copied_from
        yield Rung(index, at, copy_center=copied, copy_first_responsible=copied)


def change_rungs(changed_on: date, calendar: Calendar, key: str) -> Iterator[Rung]:
    """The endless ladder of a change that is not filed: working days 3 and 5 after it, then each one.

    The first-responsible person is copied from day 5, the centre from the first day overdue.
    """
    for index in count(1):
        days = 3 if index == 1 else index + 3
        day = calendar.add(changed_on, days)
        yield Rung(
            index,
            morning(day, key),
            copy_first_responsible=days >= CHANGE_DAYS,
            copy_center=days > CHANGE_DAYS,
        )


def next_rung(
    previous: int, since: datetime, urgency: Urgency, now: datetime, calendar: Calendar, key: str
) -> Rung:
    """The first rung above `previous` that is still to come: what downtime missed is not made up."""
    return upcoming(step_rungs(since, urgency, calendar, key), now, previous)


def upcoming(rungs: Iterator[Rung], now: datetime, previous: int = 0) -> Rung:
    """The first of `rungs` above `previous` and after `now`."""
    return next(rung for rung in rungs if rung.index > previous and rung.at > now)


def reached(rungs: Iterator[Rung], now: datetime) -> Rung | None:
    """The highest of `rungs` whose time has come: the one to send after downtime, if any."""
    highest = None
    for rung in rungs:
        if rung.at > now:
            return highest
        highest = rung
    return highest


def at_work(at: datetime, calendar: Calendar) -> bool:
    """Whether `at` is within working hours."""
    local = at.astimezone(SHANGHAI)
    return calendar.is_workday(local.date()) and OPENS <= local.time() <= CLOSES


def may_remind(at: datetime, calendar: Calendar) -> bool:
    """Whether reminders that are not urgent may be sent at `at`."""
    return at_work(at, calendar) and at.minute not in CROWDED_MINUTES


def permitted(at: datetime, calendar: Calendar, key: str) -> datetime:
    """The first moment from `at` on for a reminder that is not urgent; outside working hours it waits
    for the next morning."""
    if may_remind(at, calendar):
        return at
    local = at.astimezone(SHANGHAI)
    if calendar.is_workday(local.date()) and OPENS <= local.time() < CLOSES:
        return at.replace(second=0, microsecond=0) + timedelta(minutes=1)
    return _morning_after(at, calendar, key)


def mornings(at: datetime, calendar: Calendar, key: str) -> Iterator[datetime]:
    """The reminders of every working morning after `at`."""
    while True:
        yield (at := _morning_after(at, calendar, key))


def morning(day: date, key: str) -> datetime:
    """A minute between 8:30 and 9:30, always the same for a key."""
    minutes = [minute for minute in range(1, 60) if minute != 30]
    return _instant(day, OPENS) + timedelta(minutes=minutes[_spread(key, len(minutes))])


@lru_cache(maxsize=KEPT)
def _first_reminder(since: datetime, calendar: Calendar, key: str) -> datetime:
    at = working_time(since, FIRST_REMINDER, calendar)
    local = at.astimezone(SHANGHAI)
    if local.minute not in CROWDED_MINUTES:
        return at
    if local.time() >= CLOSES:
        return _morning_after(at, calendar, key)
    return at + timedelta(minutes=1 + _spread(key, 14))


def _morning_after(at: datetime, calendar: Calendar, key: str) -> datetime:
    """The reminder of the next working morning; of the same one where `at` is before its opening."""
    day, before_opening = _day(at), at.astimezone(SHANGHAI).time() < OPENS
    today = before_opening and calendar.is_workday(day)
    return morning(day if today else calendar.add(day, 1), key)


def _spread(key: str, n: int) -> int:
    return zlib.crc32(key.encode()) % n


def _opening(at: datetime, calendar: Calendar) -> datetime:
    """`at` itself within working hours, else when they begin next."""
    local = at.astimezone(SHANGHAI)
    if calendar.is_workday(local.date()) and local.time() < CLOSES:
        return max(at.astimezone(UTC), _instant(local.date(), OPENS))
    return _instant(calendar.add(local.date(), 1), OPENS)


def _closing(at: datetime, calendar: Calendar) -> datetime:
    """`at` itself within working hours, else when they ended last."""
    local = at.astimezone(SHANGHAI)
    day = local.date() if local.time() > OPENS else local.date() - DAY
    while not calendar.is_workday(day):
        day -= DAY
    return min(at.astimezone(UTC), _instant(day, CLOSES))


def _day(at: datetime) -> date:
    return at.astimezone(SHANGHAI).date()


def _instant(day: date, at: time) -> datetime:
    return datetime.combine(day, at, SHANGHAI).astimezone(UTC)


def ends(day: date) -> datetime:
    """When a day is over: 24:00 in Shanghai."""
    return _instant(day + DAY, time())


def planned(form: Mapping[str, Any]) -> datetime | None:
    """When a post should go out (UTC), None for as soon as it is passed."""
    text = form.get("planned_at")
    return datetime.fromisoformat(text).astimezone(UTC) if text else None


def still_planned(form: Mapping[str, Any], now: datetime) -> datetime | None:
    """When a post should go out, where that is still to come."""
    out = planned(form)
    return out if out and now < out else None
