"""A year's official days, read from the State Council's notice or from its JSON form.

> 一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from handlers.rules.workdays import DAY, DayRow, read_year

FESTIVALS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
WEEKDAYS = "一二三四五六日"
FIRST_YEAR, LAST_YEAR = 2004, 2200

_YEAR = re.compile(r"现将(\d{4})年|(\d{4})年(?:部分)?(?:节假日|放假)")
_NUMERAL = "[一二三四五六七八九十]+、"
_KNOWN = f"(?:{'|'.join(FESTIVALS)})"
_ITEM = re.compile(rf"(?:{_NUMERAL})?({_KNOWN}(?:[、和与]{_KNOWN})*):|{_NUMERAL}([^:。,;、]{{2,24}}):")
_ASIDE = re.compile(r"\(([^()]*)\)")
_WEEKDAY = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])")
_DATE = r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([一二三四五六日])\))?"
_SPAN = re.compile(rf"{_DATE}(?:[至到~—–-]{_DATE})?")
_PART = re.compile(r"(.*?)(放假|补休|调休|上班)")
_TOTAL = re.compile(r"(?:共|放假)(\d{1,2})天")


class NoticeError(ValueError):
    """Why a text cannot be read as a year's arrangement, in words for people."""


@dataclass(frozen=True, slots=True)
class WorkYear:
    """One year's arrangement; its first days may lie in the December before."""

    year: int
    days: Mapping[date, DayRow]


def read(text: str) -> WorkYear:
    """The year in a notice or in its JSON form; raises NoticeError."""
    found = _from_json(text) if text.lstrip("\ufeff \t\r\n").startswith("{") else _from_notice(text)
    for day in found.days:
        if not date(found.year - 1, 12, 1) <= day <= date(found.year, 12, 31):
            raise NoticeError(f"{day} 不属于 {found.year} 年")
    if not any(not row.workday and day.year == found.year for day, row in found.days.items()):
        raise NoticeError("没有读到任何放假日期")
    return found


def _plausible(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NoticeError(f"年份 {year} 不在 {FIRST_YEAR}–{LAST_YEAR} 之间")
    return year


def _from_json(text: str) -> WorkYear:
    try:
        document: Any = json.loads(text.lstrip("\ufeff"))
        year, parts = document["year"], (document["holidays"], document["workdays"])
        days = read_year(document)
    except json.JSONDecodeError as error:
        raise NoticeError(f"JSON 第 {error.lineno} 行有误") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise NoticeError("JSON 中应有 year、holidays、workdays 三项") from error
    except ValueError as error:
        raise NoticeError("JSON 中的日期应写成 2027-01-01 的样子") from error
    if not isinstance(year, int) or not all(isinstance(row.name, str) for row in days.values()):
        raise NoticeError("JSON 中 year 应为数字，节日名称应为文字")
    if len(days) < sum(map(len, parts)):
        raise NoticeError("JSON 中有日期既放假又上班")
    return WorkYear(_plausible(year), days)


def _from_notice(text: str) -> WorkYear:
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    if not (title := _YEAR.search(plain)):
        raise NoticeError("没有读到年份，请连同通知标题“关于××年部分节假日安排的通知”一起保存")
    reading = _Reading(_plausible(int(title[1] or title[2])))
    items = list(_ITEM.finditer(plain))
    ends = [*(item.start() for item in items), len(plain)][1:]
    for item, end in zip(items, ends, strict=True):
        reading.item(item[1] or item[2], plain[item.end() : end])
    if missing := [name for name in FESTIVALS if name not in "、".join(reading.names)]:
        raise NoticeError(f"没有读到：{'、'.join(missing)}")
    return WorkYear(reading.year, reading.days)


@dataclass(slots=True)
class _Reading:
    """What has been read of a notice so far."""

    year: int
    days: dict[date, DayRow] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)

    def item(self, name: str, text: str) -> None:
        """One festival's paragraph: sentences of days off and of days worked instead."""
        self.names.append(name)
        before = len(self.days)
        for sentence in re.split("[。;]", _ASIDE.sub(_weekday_alone, text)):
            self._sentence(name, sentence)
        if len(self.days) == before:
            raise NoticeError(f"{name}没有读到日期")

    def _sentence(self, name: str, sentence: str) -> None:
        off = 0
        for part in _PART.finditer(sentence):
            workday = part[2] == "上班"
            for day in self._days(part[1]):
                self._lay_down(day, DayRow(workday, name))
                off += not workday
        if off and (total := _TOTAL.search(sentence)) and int(total[1]) != off:
            raise NoticeError(f"{name}写明 {total[1]} 天，读到的却是 {off} 天")

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
