"""The year on the command line: marks, the words below, and eighty columns."""

from datetime import date
from unicodedata import east_asian_width

import pytest

from bot.year_page import year_page
from handlers.rules.workdays import Calendar, DayRow

SPRING = """\
1月                     2月                     3月
一 二 三 四 五 六 日    一 二 三 四 五 六 日    一 二 三 四 五 六 日
          1* 2* 3* 4+                      1                       1
 5  6  7  8  9 10 11     2  3  4  5  6  7  8     2  3  4  5  6  7  8
12 13 14 15 16 17 18     9 10 11 12 13 14+15*    9 10 11 12 13 14 15
19 20 21 22 23 24 25    16*17*18*19*20*21*22*   16 17 18 19 20 21 22
26 27 28 29 30 31       23*24 25 26 27 28+      23 24 25 26 27 28 29
                                                30 31
"""

BELOW = """\
* 放假（周末照常休息的不标）   + 调休上班
依据：国务院办公厅 2026 年安排（随程序附带）
元旦：1月1日–3日放假；1月4日上班
春节：2月15日–23日放假；2月14日、2月28日上班
清明：4月4日–6日放假
劳动节：5月1日–5日放假；5月9日上班
端午：6月19日–21日放假
国庆节：10月1日–7日放假；9月20日、10月10日上班
中秋：9月25日–27日放假"""


def test_an_official_year_shows_its_months_and_its_arrangement_in_words() -> None:
    page = year_page(2026, Calendar.default())

    assert page.startswith(f"2026 年\n\n{SPRING}\n4月")
    assert page.endswith(f"\n\n{BELOW}")


def test_a_year_that_is_not_official_says_so_and_marks_what_is_expected() -> None:
    page = year_page(2027, Calendar.default())

    assert page.startswith("2027 年（暂定：官方安排公布后请用 quanmei calendar import 导入）\n")
    assert page.splitlines()[4].startswith("             1* 2  3 ")


def test_a_day_of_the_universitys_own_and_a_span_over_two_months_are_shown() -> None:
    own = {date(2026, 6, 8): DayRow(workday=False, name="校庆", status="override")}
    off = DayRow(False, "停课", "override", "学校 2026 年安排")
    own |= dict.fromkeys((date(2026, 6, 29), date(2026, 6, 30), date(2026, 7, 1)), off)

    page = year_page(2026, Calendar(own))

    assert "校庆：6月8日放假" in page
    assert page.endswith("\n依据：学校 2026 年安排\n停课：6月29日–7月1日放假")


@pytest.mark.parametrize("year", [1900, 2004, 2026, 2031, 2200])
def test_no_line_is_wider_than_eighty_columns(year: int) -> None:
    widths = [
        sum(2 if east_asian_width(char) in "WF" else 1 for char in line)
        for line in year_page(year, Calendar.default()).splitlines()
    ]

    assert max(widths) <= 80
