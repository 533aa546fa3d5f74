"""A year's official days, read from the State Council's notice or from its JSON form.

> 一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
> 延长2020年春节假期至2月2日（农历正月初九，星期日），2月3日（星期一）起正常上班。
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from handlers.rules.notice_days import NoticeError, Reading
from handlers.rules.statutory import FESTIVALS
from handlers.rules.workdays import DAY, Calendar, DayRow, lacking, read_year

FIRST_YEAR, LAST_YEAR = 2004, 2200

_OPENING = re.compile(r"现将(\d{4})年")
_TITLE = re.compile(r"(\d{4})年(?:部分)?(?:节假日|放假)")
_NUMERAL = "[一二三四五六七八九十]+、"
_KNOWN = f"(?:{'|'.join(FESTIVALS)})"
_ITEM = re.compile(rf"(?:{_NUMERAL})?({_KNOWN}(?:[、和与]{_KNOWN})*):|{_NUMERAL}([^:。,;、]{{2,24}}):")
_BELOW = re.compile(
    r"节假日期间|国务院办公厅\d{4}年\d{1,2}月|相关(?:阅读|链接|新闻|稿件)|(?:延伸|推荐|扩展)阅读"
)
"""With what the arrangement is over: the closing sentence, the signature, or what a page puts below."""
_AMENDING = re.compile(rf"关于(?:调整|延长|变更)(\d{{4}})年((?:{_KNOWN}[、和与]?)+)(?:放假|假期|休假)")
_SINGLE = re.compile(r"关于([^:。]{2,40}?)(?:调休)?放假(?:安排)?的通知.*?(\d{4})年")
_PROLONGED = re.compile(r"延长.{0,24}?至(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日")
_NUMBER = re.compile(r"国(?:办|务院办公厅)?[发函明电]*[〔\[(](?:19|20)\d{2}[〕\])]\d{1,3}号")


@dataclass(frozen=True, slots=True)
class WorkYear:
    """One year's arrangement; its first days may lie in the December before.

    `whole` is false where it speaks of some days only: it is laid over what is known of the year then.
    An amending notice names the festivals that it is `about`; one that prolongs them gives the last day
    off as `until` and no days. `number` is the notice's own (国办发明电〔2025〕7号), where it was read.
    """

    year: int
    days: Mapping[date, DayRow]
    whole: bool = True
    number: str = ""
    about: tuple[str, ...] = ()
    until: date | None = None


def read(text: str) -> WorkYear:
    """The year in a notice or in its JSON form; raises NoticeError."""
    found = _from_json(text) if text.lstrip("\ufeff \t\r\n").startswith("{") else _from_notice(text)
    for day in found.days:
        if not date(found.year - 1, 12, 1) <= day <= date(found.year, 12, 31):
            raise NoticeError(f"{day} 不属于 {found.year} 年")
    if not found.days and not found.until:
        raise NoticeError("没有读到任何放假或上班的日期")
    return found


def laid_over(found: WorkYear, known: Calendar) -> WorkYear:
    """What an amending notice changes of the year as it is `known`, day by day; another stays as it is.

    Raises NoticeError where the year has no such festival yet.
    """
    if not found.about:
        return found
    before = {day: row for day, row in known.rows.items() if _is_of(day, row, found)}
    if not before:
        raise NoticeError(f"还没有 {found.year} 年{'、'.join(found.about)}的安排可以调整，请先导入全年的安排")
    if found.until:
        first = max(day for day, row in before.items() if not row.workday) + DAY
        more = ((found.until - first).days + 1) if first <= found.until else 0
        days = {first + DAY * i: DayRow(False, found.about[0]) for i in range(more)}
        return replace(found, days=days)
    over = {day: replace(row, workday=day.weekday() < 5) for day, row in before.items()}
    return replace(found, days={**over, **found.days})


def _is_of(day: date, row: DayRow, found: WorkYear) -> bool:
    return day.year == found.year and any(name.removesuffix("节") in row.name for name in found.about)


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
    return WorkYear(_plausible(year), days, whole=not lacking(year, days))


def _from_notice(text: str) -> WorkYear:
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    openings = list(_OPENING.finditer(plain)) or list(_TITLE.finditer(plain))[:1]
    amending = _AMENDING.search(plain)
    if amending and (not openings or amending.start() < openings[0].start()):
        return _amendment(plain, amending)
    if not openings and (single := _SINGLE.search(plain)):
        return _of_one(_plausible(int(single[2])), single[1], plain[single.end(1) :])
    if not openings:
        raise NoticeError("没有读到年份，请连同通知标题“关于××年部分节假日安排的通知”一起保存")
    number = found[0] if (found := _NUMBER.search(plain, 0, openings[0].end())) else ""
    return replace(_first_readable(plain, openings), number=number)


def _of_one(year: int, name: str, text: str) -> WorkYear:
    """A notice on a single occasion, such as the anniversary of 2015."""
    reading = Reading(year)
    reading.item(name, _above(text.split("年", 1)[1]))
    number = found[0] if (found := _NUMBER.search(text)) else ""
    return WorkYear(year, reading.days, whole=False, number=number)


def _first_readable(plain: str, openings: list[re.Match[str]]) -> WorkYear:
    """A page may hold a notice twice, the first time cut short: the first that is whole, or why none is."""
    refusals = []
    ends = [*(opening.start() for opening in openings[1:]), len(plain)]
    for opening, end in zip(openings, ends, strict=True):
        try:
            return _year(_plausible(int(opening[1])), plain[opening.start() : end])
        except NoticeError as refusal:
            refusals.append(refusal)
    raise refusals[0]


def _year(year: int, text: str) -> WorkYear:
    """All items of one notice, until an item stands there a second time."""
    reading = Reading(year)
    for name, item in _items(text):
        if name in reading.names:
            break
        reading.item(name, item)
    if missing := [name for name in FESTIVALS if name not in "、".join(reading.names)]:
        raise NoticeError(f"没有读到：{'、'.join(missing)}")
    return WorkYear(reading.year, reading.days)


def _items(text: str) -> Iterator[tuple[str, str]]:
    items = list(_ITEM.finditer(text))
    ends = [*(item.start() for item in items), len(text)][1:]
    for item, end in zip(items, ends, strict=True):
        yield item[1] or item[2], _above(text[item.end() : end])


def _amendment(plain: str, title: re.Match[str]) -> WorkYear:
    """A notice that changes a festival's days, or prolongs it."""
    year, about = _plausible(int(title[1])), tuple(re.findall(_KNOWN, title[2]))
    number = found[0] if (found := _NUMBER.search(plain)) else ""
    body = _above(plain[title.end() :].split("如下:", 1)[-1])
    if until := _PROLONGED.search(body):
        try:
            last = date(int(until[1] or year), int(until[2]), int(until[3]))
        except ValueError:
            raise NoticeError(f"没有 {until[2]} 月 {until[3]} 日这一天") from None
        return WorkYear(year, {}, whole=False, number=number, about=about, until=last)
    reading = Reading(year)
    for name, item in list(_items(body)) or [("、".join(about), body)]:
        reading.item(name, item)
    return WorkYear(year, reading.days, whole=False, number=number, about=about)


def _above(text: str) -> str:
    """A text up to where the arrangement is over."""
    below = _BELOW.search(text)
    return text[: below.start()] if below else text
