"""Instants and spans in the words people use, in Shanghai's time.

Never 今天 or 明天: a card is read long after it was painted.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEKDAYS = "一二三四五六日"
UNITS = (("天", timedelta(days=1)), ("小时", timedelta(hours=1)), ("分钟", timedelta(minutes=1)))


def when(at: datetime, now: datetime) -> str:
    """11月24日（周二）16:00, and 2027年1月4日（周一）16:00 where the year is not the present one."""
    local = at.astimezone(SHANGHAI)
    return _at(local.date(), f"{local:%H:%M}", now)


def deadline(at: datetime, now: datetime, *, provisional: bool = False) -> str:
    """As `when`, but midnight belongs to the day that ends with it: 11月27日（周五）24:00.

    `provisional` says so: 1月5日（周二）24:00（暂定）.
    """
    return _at(*_ended(at), now) + ("（暂定）" if provisional else "")


def brief(at: datetime, now: datetime) -> str:
    """As `deadline`, without the weekday, where there is little room: 11月27日 24:00."""
    of, clock = _ended(at)
    return f"{short_day(of, now)} {clock}"


def _ended(at: datetime) -> tuple[date, str]:
    local = at.astimezone(SHANGHAI)
    if local.time() == time():
        return local.date() - timedelta(days=1), "24:00"
    return local.date(), f"{local:%H:%M}"


def day(of: date, now: datetime) -> str:
    """11月24日（周二）, 2027年1月4日（周一）."""
    return f"{short_day(of, now)}（周{WEEKDAYS[of.weekday()]}）"


def short_day(of: date, now: datetime) -> str:
    """11月24日, 2027年1月4日."""
    year = "" if of.year == now.astimezone(SHANGHAI).year else f"{of.year}年"
    return f"{year}{of.month}月{of.day}日"


def span(delta: timedelta) -> str:
    """The two largest units, rounded down: 1 天 3 小时, 2 小时 15 分钟, 不到 1 分钟."""
    parts = []
    for unit, length in UNITS:
        n, delta = divmod(delta, length)
        parts.append(f"{n} {unit}" if n else "")
    start = next((i for i, part in enumerate(parts) if part), len(parts))
    return " ".join(filter(None, parts[start : start + 2])) or "不到 1 分钟"


def _at(of: date, clock: str, now: datetime) -> str:
    return f"{day(of, now)}{clock}"
