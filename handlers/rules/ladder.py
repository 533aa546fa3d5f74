"""The ladders of the duties: at which moments each is reminded of, and who hears which rung."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import chain

from handlers.rules.deadlines import CHANGE_DAYS, SHANGHAI, change_rungs, morning, mornings, permitted
from handlers.rules.inspection import OPENS_ON
from handlers.rules.rungs import Hears, Rung
from handlers.rules.workdays import DAY, Calendar

KEY = "morning"
"""One key for everybody, so one minute of the morning: what is due to a person comes as one message."""

BEFORE_FIRST = -1
"""The rung of a duty whose ladder begins with rung 0: none has gone."""


NOTICE_BEFORE = timedelta(days=3)
"""How long before something ends by itself its notice goes."""

LAPSED = 2
"""The rung at which it ends."""

REVISION_COPIED_FROM = 3
"""The reminder of a returned request from which its first-responsible person hears too."""


CHANGE_ENDS = 2 * CHANGE_DAYS - 3
"""The rung of an unfiled change at which it has been owed for twice its term, and everybody was told, the
centre five times: what follows only repeats."""


def change_ladder(changed_on: date, told_at: datetime, calendar: Calendar) -> Iterator[Rung]:
    """A change that is not filed: rung 0 as soon as it is known, then working days 3, 5 and each one after.

    > 各单位变更平台信息后，须在5个工作日内……发起……流程。（第六条（二））
    """
    yield Rung(0, permitted(told_at, calendar, KEY), copy_first_responsible=True)
    yield from change_rungs(changed_on, calendar, KEY)


def also_hear(rungs: Iterable[Rung]) -> frozenset[Hears]:
    """Who hears besides those who can act: whoever a rung of these is for, those that downtime skipped
    included."""
    hears = set[Hears]()
    for rung in rungs:
        hears |= {Hears.RESPONSIBLE} if rung.copy_first_responsible else set()
        hears |= {Hears.CENTRE} if rung.copy_center else set()
    return frozenset(hears)


def revision_ladder(returned_at: datetime, calendar: Calendar) -> Iterator[Rung]:
    """A request that was returned: the next working morning and each one after."""
    for index, at in enumerate(mornings(returned_at, calendar, KEY), start=1):
        yield Rung(index, at, copy_first_responsible=index >= REVISION_COPIED_FROM)


def daily(first: datetime, calendar: Calendar) -> Iterator[Rung]:
    """Once as soon as it may be from `first` on, then every working morning."""
    begin = permitted(first, calendar, KEY)
    for index, at in enumerate(chain([begin], mornings(begin, calendar, KEY)), start=1):
        yield Rung(index, at)


def weekly(first: date, calendar: Calendar) -> Iterator[Rung]:
    """The morning of each week's first working day from `first` on; a week without one is left out.

    The index counts the weeks, so it stays the same when a later arrangement moves working days.
    """
    index = 1
    while True:
        end = first + DAY * (7 - first.weekday())
        if day := next((d for d in _days(first, end) if calendar.is_workday(d)), None):
            yield Rung(index, morning(day, KEY))
        first, index = end, index + 1


def _days(first: date, end: date) -> Iterator[date]:
    return (first + DAY * i for i in range((end - first).days))


def lapse_ladder(ends: datetime, calendar: Calendar) -> Iterator[Rung]:
    """What ends by itself: a notice on the last working morning that is `NOTICE_BEFORE` or more ahead, then
    the end, as soon as people may be told of it."""
    day = _day(ends - NOTICE_BEFORE)
    while not calendar.is_workday(day) or morning(day, KEY) > ends - NOTICE_BEFORE:
        day -= DAY
    yield Rung(1, morning(day, KEY))
    yield Rung(LAPSED, permitted(ends, calendar, KEY))


TERM_BEFORE = 3
"""Working days before the end of a term on whose morning it is first reminded of (Article 15)."""


def term_ladder(ends: datetime, calendar: Calendar) -> Iterator[Rung]:
    """A term that a form sets: the morning three working days before its last day, that of the day itself,
    and every working morning after, of which the first-responsible person and the centre hear too."""
    last = _day(ends - timedelta.resolution)
    first, left = last, TERM_BEFORE
    while left:
        first -= DAY
        left -= calendar.is_workday(first)
    yield Rung(1, morning(first, KEY))
    yield Rung(2, permitted(morning(last, KEY), calendar, KEY))
    after = permitted(ends, calendar, KEY)
    for index, at in enumerate(mornings(after - DAY / 2, calendar, KEY), start=3):
        yield Rung(index, at, copy_center=True, copy_first_responsible=True)


def hearing_ladder(since: datetime, ends: datetime, calendar: Calendar) -> Iterator[Rung]:
    """Those who are to be heard: the morning of the last day, and the first morning on which the centre,
    which hears of that too, may decide without them."""
    last = morning(_day(ends - timedelta.resolution), KEY)
    if last > since:
        yield Rung(1, last)
    yield Rung(2, permitted(ends, calendar, KEY), copy_center=True)


def asking_ladder(since: datetime, due: datetime, calendar: Calendar) -> Iterator[Rung]:
    """What somebody is asked beside a step: every working morning; once it is late, the centre hears too."""
    for index, at in enumerate(mornings(since, calendar, KEY), start=1):
        yield Rung(index, at, copy_center=at > due)


def next_monday(at: datetime) -> date:
    """The Monday after the day of `at`."""
    day = _day(at)
    return day + DAY * (7 - day.weekday())


def last_working_day(starts: datetime, ends: datetime, calendar: Calendar) -> date | None:
    """The last working day that begins before `ends`, the day of `starts` included; None without one."""
    first, last = _day(starts), _day(ends - timedelta.resolution)
    days = [day for day in _days(first, last + DAY) if calendar.is_workday(day)]
    return days[-1] if days else None


LOOK_AGAIN_AFTER = 30 * DAY
"""How long after a rectification has passed it is looked at once more (form F10)."""


def look_ladder(passed_at: datetime, calendar: Calendar) -> Iterator[Rung]:
    """The first working morning 30 days or more after the day it passed, and every working morning after."""
    first = _day(passed_at) + LOOK_AGAIN_AFTER
    while not calendar.is_workday(first):
        first += DAY
    return daily(morning(first, KEY), calendar)


def absence_ladder(starts: datetime, ends: datetime, told_at: datetime, calendar: Calendar) -> Iterator[Rung]:
    """An absence that ends: once, on the morning of its last working day, unless it was set later."""
    day = last_working_day(starts, ends, calendar)
    if day and (at := morning(day, KEY)) > told_at:
        yield Rung(1, at)


EXPIRY_BEFORE = (30, 7)
"""Days before the last day of what is valid for a time on which it is reminded of (Articles 9, 11)."""


def expiry_ladder(ends: datetime, calendar: Calendar) -> Iterator[Rung]:
    """What ends on a day: the last working mornings that are 30 and 7 days or more before it; of the second
    its unit hears too."""
    last = _day(ends - timedelta.resolution)
    for index, days in enumerate(EXPIRY_BEFORE, start=1):
        day = last - DAY * days
        while not calendar.is_workday(day):
            day -= DAY
        yield Rung(index, morning(day, KEY), copy_first_responsible=index > 1)


def missing_years(today: date, calendar: Calendar) -> list[int]:
    """The years whose official days are missed: this one, and from 1 November the next."""
    years = [today.year] + ([today.year + 1] if today.month >= 11 else [])
    return [year for year in years if not calendar.is_official(year)]


def year_ladder(year: int, calendar: Calendar) -> Iterator[Rung]:
    """A year without official days: weekly from 1 November before it."""
    return weekly(date(year - 1, 11, 1), calendar)


SYSTEMS_ON = ((3, 15), (6, 15), (10, 15))
"""Days of a year on which a unit is reminded of the systems and trainings that it lacks; the Measures name
none, and on the last there is still time."""


def systems_ladder(year: int, calendar: Calendar) -> Iterator[Rung]:
    """The first working morning from each of those days on; then the year is over."""
    days = [date(year, month, day) for month, day in SYSTEMS_ON]
    for index, day in enumerate((*days, date(year + 1, 1, 1)), start=1):
        yield Rung(index, permitted(morning(day, KEY), calendar, KEY))


ROUND_MONTHS = (6, 12)
"""各单位要定期……进行摸底调查（第十一条）: the Measures name no time, ours is June and December."""


def round_month(today: date) -> str:
    """The month in which an inventory is to be opened, 2026-12, if `today` lies in one."""
    return f"{today:%Y-%m}" if today.month in ROUND_MONTHS else ""


def account_ladder(year: int, calendar: Calendar) -> Iterator[Rung]:
    """The account of a year is to be opened: the first working morning on or after the day from which it may
    be, then weekly."""
    first = date(year, *OPENS_ON)
    while not calendar.is_workday(first):
        first += DAY
    return weekly(first, calendar)


def put_off(at: datetime, calendar: Calendar) -> datetime:
    """Until when 明天再提醒 puts a reminder off: the morning of the next working day."""
    return morning(calendar.add(_day(at), 1), KEY)


def reached_of(rungs: Iterator[Rung], now: datetime) -> list[Rung]:
    """The rungs whose time has come, the highest last."""
    found = []
    for rung in rungs:
        if rung.at > now:
            break
        found.append(rung)
    return found


def ahead(rungs: Iterator[Rung], now: datetime, previous: int) -> datetime | None:
    """When the first rung above `previous` and after `now` is; None where the ladder has ended."""
    return next((rung.at for rung in rungs if rung.index > previous and rung.at > now), None)


def _day(at: datetime) -> date:
    return at.astimezone(SHANGHAI).date()
