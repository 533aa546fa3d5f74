"""Sentences of a notice of the State Council, read into days off and days worked instead.

> 1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from handlers.rules.workdays import DAY, DayRow

WEEKDAYS = "一二三四五六日"

_ASIDE = re.compile(r"\(([^()]*)\)")
_WEEKDAY = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])")
_DATE = r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([一二三四五六日])\))?"
_SPAN = re.compile(rf"{_DATE}(?:[至到~—–-]{_DATE})?")
_PART = re.compile(r"(.*?)(放假|补休|调休|上班)")
_OTHERWISE = re.compile(r"(\d{4})年(?!12月)")
_TOTAL = re.compile(r"(?:共|放假)(\d{1,2})天")


class NoticeError(ValueError):
    """Why a text cannot be read as a year's arrangement, in words for people."""


@dataclass(slots=True)
class Reading:
    """What has been read of a notice so far."""

    year: int
    days: dict[date, DayRow] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)

    def item(self, name: str, text: str) -> None:
        """One festival's paragraph: sentences of days off and of days worked instead.

        It ends before a sentence that lays down no day or speaks of another year: what a page has below the
        notice is not its own.
        """
        self.names.append(name)
        before = len(self.days)
        for sentence in re.split("[。;]", _ASIDE.sub(_weekday_alone, text)):
            is_begun = len(self.days) > before
            if is_begun and self._is_of_another_year(sentence):
                break
            if not self._sentence(name, sentence) and is_begun:
                break
        if len(self.days) == before:
            raise NoticeError(f"{name}没有读到日期")

    def _is_of_another_year(self, sentence: str) -> bool:
        return any(int(year) != self.year for year in _OTHERWISE.findall(sentence))

    def _sentence(self, name: str, sentence: str) -> bool:
        """Whether it laid down any day."""
        off = worked = 0
        for part in _PART.finditer(sentence):
            workday = part[2] == "上班"
            for day in self._days(part[1]):
                self._lay_down(day, DayRow(workday, name))
                off += not workday
                worked += workday
        if off and (total := _TOTAL.search(sentence)) and int(total[1]) != off:
            raise NoticeError(f"{name}写明 {total[1]} 天，读到的却是 {off} 天")
        return bool(off or worked)

    def _lay_down(self, day: date, row: DayRow) -> None:
        if row.workday and day.weekday() < 5:
            raise NoticeError(f"{row.name}调休上班的 {day} 不是周末")
        if self.days.get(day, row).workday != row.workday:
            raise NoticeError(f"{day} 既放假又上班")
        self.days.setdefault(day, row)

    def _days(self, text: str) -> Iterator[date]:
        """Every day of 9月29日、30日 or 10月1日（周四）至7日（周三）."""
        last = date(self.year, 1, 1)
        for span in _SPAN.finditer(text):
            first = self._day(span.group(1, 2, 3, 4), self.year if span[2] else last.year, last.month)
            last = self._day(span.group(5, 6, 7, 8), first.year, first.month) if span[7] else first
            if not 0 <= (last - first).days < 31:
                raise NoticeError(f"“{span[0]}”前后颠倒或过长")
            yield from (first + DAY * i for i in range((last - first).days + 1))

    def _day(self, parts: tuple[str | None, ...], year: int, month: int) -> date:
        years, months, days, weekday = parts
        try:
            day = date(int(years or year), int(months or month), int(days or 0))
        except ValueError:
            raise NoticeError(f"没有 {months or month} 月 {days} 日这一天") from None
        if weekday and WEEKDAYS[day.weekday()] != weekday:
            real = WEEKDAYS[day.weekday()]
            raise NoticeError(f"{day} 是周{real}，通知却写周{weekday}，请核对年份")
        return day


def _weekday_alone(aside: re.Match[str]) -> str:
    """Of （农历腊月二十八、周日） the weekday is kept, as (日)."""
    found = _WEEKDAY.search(aside[1])
    return f"({found[1].replace('天', '日')})" if found else ""
