"""Days that do not exist, and days whose weekday is another: 12月3日（星期五）."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from handlers.rules.hints.hint import Hint

WEEKDAYS = "一二三四五六日"
HALF_A_YEAR = timedelta(days=183)

_WEEKDAY = r"(?:\s?[（(]?\s?(?:周|星期|礼拜)([一二三四五六日天])\s?[）)]?)?"
_SPOKEN = re.compile(rf"(?<!\d)(?:(\d{{4}})\s?年\s?)?(\d{{1,2}})\s?月\s?(\d{{1,2}})\s?[日号]{_WEEKDAY}")
_WRITTEN = re.compile(rf"(?<![\d.])(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}})(?![\d./-]){_WEEKDAY}")
_LUNAR = re.compile(r"(?:农历|阴历|旧历).{0,6}$")


def hints(text: str, today: date) -> Iterator[Hint]:
    """Where no year is written, the day nearest to `today` is meant, or that of this year or of the year
    named last before it."""
    for said in _SPOKEN.finditer(text):
        year, month, day, weekday = said.groups()
        if _LUNAR.search(text, max(0, said.start() - 10), said.start()):
            continue
        years = [int(year)] if year else _years(text, said.start(), int(month), int(day), today)
        if why := _why(years, int(month), int(day), weekday, named=bool(year)):
            yield Hint(*said.span(), why)
    for said in _WRITTEN.finditer(text):
        if why := _why([int(said[1])], int(said[3]), int(said[4]), said[5], named=True):
            yield Hint(*said.span(), why)


def _years(text: str, at: int, month: int, day: int, today: date) -> list[int]:
    """The years that may be meant, the likeliest first."""
    around = (today.year, today.year + 1, today.year - 1)
    found = [one for year in around if (one := _day(year, month, day))]
    near = [one.year for one in found if abs(one - today) <= HALF_A_YEAR]
    named = re.findall(r"(?<!\d)([12]\d{3})\s?年", text[max(0, at - 400) : at])
    told = [int(named[-1]), int(named[-1]) + 1] if named else []
    return list(dict.fromkeys([*near, today.year, *told]))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _why(years: list[int], month: int, day: int, weekday: str | None, *, named: bool) -> str:
    said = f"{years[0]}年{month}月{day}日" if named else f"{month}月{day}日"
    days = [one for year in years if (one := _day(year, month, day))]
    if not days:
        # whether a 29 February without a year was is nobody's question
        return "" if (month, day) == (2, 29) and not named else f"没有{said}这一天"
    if not weekday or weekday.replace("天", "日") in {WEEKDAYS[one.weekday()] for one in days}:
        return ""
    return f"{said}是星期{WEEKDAYS[days[0].weekday()]}"
