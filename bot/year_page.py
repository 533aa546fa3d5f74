"""A year's calendar as text: twelve months in 69 columns, rest and make-up days marked."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from handlers.rules.workdays import DAY, Calendar, DayRow

WEEK = "一二三四五六日"
ACROSS, GAP = 3, "   "
REST, MAKE_UP = "*", "+"
WIDTH = 3 * 7
LEGEND = f"{REST} 放假（周末照常休息的不标）   {MAKE_UP} 调休上班"


def year_page(year: int, calendar: Calendar) -> str:
    """The whole page; says so where the year is not official yet."""
    official = calendar.is_official(year)
    lines = [f"{year} 年" if official else f"{year} 年（{_unofficial(year, calendar)}）", ""]
    for first in range(1, 13, ACROSS):
        blocks = [_month(year, month, calendar) for month in range(first, first + ACROSS)]
        rows = [GAP.join(parts).rstrip() for parts in zip(*blocks, strict=True)]
        lines += [*filter(None, rows), ""]
    return "\n".join([*lines, LEGEND, *_arrangements(year, calendar)])


def _unofficial(year: int, calendar: Calendar) -> str:
    """Why a year is only reckoned: its days are still to come, or lie before all that are known."""
    if calendar.rows and year < min(calendar.rows).year:
        return "没有这一年的官方放假安排，按周末和法定节日推算"
    return "暂定：官方安排公布后请用 quanmei calendar import 导入"


def _month(year: int, month: int, calendar: Calendar) -> list[str]:
    """Eight lines of equal width: name, weekdays, six weeks. A Chinese character is two columns."""
    name = f"{month}月"
    lines = [name.ljust(WIDTH - 1), "".join(f"{day} " for day in WEEK)]
    first = date(year, month, 1)
    cells = [" " * 3] * first.weekday() + [_cell(day, calendar) for day in _days_of(first)]
    cells += [" " * 3] * (42 - len(cells))
    return lines + ["".join(cells[i : i + 7]) for i in range(0, 42, 7)]


def _days_of(first: date) -> Iterator[date]:
    day = first
    while day.month == first.month:
        yield day
        day += DAY


def _cell(day: date, calendar: Calendar) -> str:
    worked, weekend = calendar.is_workday(day), day.weekday() >= 5
    named = bool((row := calendar.rows.get(day)) and row.name)
    mark = MAKE_UP if worked and weekend else REST if not worked and (named or not weekend) else " "
    return f"{day.day:>2}{mark}"


def _arrangements(year: int, calendar: Calendar) -> Iterator[str]:
    """By the notice that laid them down: 春节：2月15日–23日放假；2月14日、2月28日上班."""
    laid_down = [(day, row) for day, row in sorted(calendar.rows.items()) if day.year == year and row.name]
    for source in dict.fromkeys(row.source for _, row in laid_down):
        yield f"依据：{source or f'国务院办公厅 {year} 年安排（随程序附带）'}"
        yield from _by_name([(day, row) for day, row in laid_down if row.source == source])


def _by_name(laid_down: list[tuple[date, DayRow]]) -> Iterator[str]:
    for name in dict.fromkeys(row.name for _, row in laid_down):
        off = [day for day, row in laid_down if row.name == name and not row.workday]
        worked = [day for day, row in laid_down if row.name == name and row.workday]
        parts = [f"{'、'.join(_spans(off))}放假"] if off else []
        parts += [f"{'、'.join(map(_short, worked))}上班"] if worked else []
        yield f"{name}：{'；'.join(parts)}"


def _spans(days: list[date]) -> Iterator[str]:
    for _, run in groupby(enumerate(days), key=lambda pair: pair[1] - DAY * pair[0]):
        first, *rest = [day for _, day in run]
        if not rest:
            yield _short(first)
        elif (last := rest[-1]).month == first.month:
            yield f"{_short(first)}–{last.day}日"
        else:
            yield f"{_short(first)}–{_short(last)}"


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"
