"""The working days of the played years, as somebody would read them off the notices."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)


def at(text: str) -> datetime:
    """An instant written in Shanghai's time."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


def days(*spans: str) -> frozenset[date]:
    """2026-02-15/23 is nine days, 2026-02-14 one."""
    found = set[date]()
    for span in spans:
        first, _, last = span.partition("/")
        begin = date.fromisoformat(first)
        found |= {begin + DAY * i for i in range(int(last or begin.day) - begin.day + 1)}
    return frozenset(found)


@dataclass(frozen=True)
class Days:
    """Days off and made-up days, as somebody would read them off the notice."""

    off: frozenset[date]
    made_up: frozenset[date]

    def worked(self, day: date) -> bool:
        return day in self.made_up or (day.weekday() < 5 and day not in self.off)

    def after(self, day: date, n: int) -> date:
        """The n-th working day after `day`."""
        while n:
            day += DAY
            n -= self.worked(day)
        return day


_OFF_2026 = days(
    "2026-01-01/3", "2026-02-15/23", "2026-04-04/6", "2026-05-01/5", "2026-06-19/21", "2026-09-25/27",
    "2026-10-01/7",
)  # fmt: skip
_MADE_UP_2026 = days("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10")
GUESSED = Days(_OFF_2026 | days("2027-01-01", "2027-02-05/10"), _MADE_UP_2026)
"""Statutory days alone, as long as the arrangement of 2027 is not published."""
NOTICE = """{"year": 2027, "holidays": {"2027-01-01": "元旦", "2027-02-05": "春节", "2027-02-06": "春节",
"2027-02-07": "春节", "2027-02-08": "春节", "2027-02-09": "春节", "2027-02-10": "春节", "2027-02-11": "春节",
"2027-04-05": "清明节", "2027-05-01": "劳动节", "2027-06-09": "端午节", "2027-09-15": "中秋节",
"2027-10-01": "国庆节"},
"workdays": {"2027-01-30": "春节", "2027-02-20": "春节"}}"""
OFFICIAL = Days(
    _OFF_2026 | days("2027-01-01", "2027-02-05/11"), _MADE_UP_2026 | days("2027-01-30", "2027-02-20")
)
PUBLISHED = at("2027-01-27 11:11")
"""Late: the year had begun."""
