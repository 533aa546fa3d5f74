"""The State Council's notices, as issued, against the days that were worked; and what is refused."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules import notice
from handlers.rules.notice import NoticeError
from handlers.rules.workdays import Calendar, DayRow

OPENING = """国务院办公厅关于{year}年部分节假日安排的通知
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
　　经国务院批准，现将{year}年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
"""
CLOSING = """
　　节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作，确保人民群众祥和平安度过节日假期。
国务院办公厅
{before}年11月4日
"""
ITEMS = {
    2026: """
　　一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
　　二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
　　三、清明节：4月4日（周六）至6日（周一）放假，共3天。
　　四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
　　五、端午节：6月19日（周五）至21日（周日）放假，共3天。
　　六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
　　七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。""",
    2025: """
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。""",
    2024: """
一、元旦：1月1日放假，与周末连休。
二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。
三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
五、端午节：6月10日放假，与周末连休。
六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。""",
    2023: """
一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。
二、春节：1月21日至27日放假调休，共7天。1月28日（星期六）、1月29日（星期日）上班。
三、清明节：4月5日放假，共1天。
四、劳动节：4月29日至5月3日放假调休，共5天。4月23日（星期日）、5月6日（星期六）上班。
五、端午节：6月22日至24日放假调休，共3天。6月25日（星期日）上班。
六、中秋节、国庆节：9月29日至10月6日放假调休，共8天。10月7日（星期六）、10月8日（星期日）上班。""",
    2014: """
一、元旦：1月1日放假1天。
二、春节：1月31日至2月6日放假调休，共7天。1月26日（星期日）、2月8日（星期六）上班。
三、清明节：4月5日放假，4月7日（星期一）补休。
四、劳动节：5月1日至3日放假调休，共3天。5月4日（星期日）上班。
五、端午节：6月2日放假，与周末连休。
六、中秋节：9月8日放假，与周末连休。
七、国庆节：10月1日至7日放假调休，共7天。9月28日（星期日）、10月11日（星期六）上班。""",
}
FORM = '{"year": 2027, "holidays": {"2027-01-01": "元旦"}, "workdays": {"2027-01-03": "元旦"}}'


def whole(year: int) -> str:
    return OPENING.format(year=year) + ITEMS[year] + CLOSING.format(before=year - 1)


@pytest.mark.parametrize("year", ITEMS)
def test_a_notice_gives_the_days_that_were_worked_that_year(year: int) -> None:
    days = notice.read(whole(year)).days
    first, known = date(year, 1, 1), Calendar.default()

    for day in (first + timedelta(i) for i in range(365)):
        worked = days[day].workday if day in days else day.weekday() < 5
        assert worked == known.is_workday(day), day


def test_the_notice_for_2026_is_read_day_by_day() -> None:
    found = notice.read(whole(2026))

    assert found.year == 2026
    assert sorted(day for day, row in found.days.items() if row.workday) == [
        *(date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28)),
        *(date(2026, 5, 9), date(2026, 9, 20), date(2026, 10, 10)),
    ]
    assert len(found.days) == 3 + 9 + 3 + 5 + 3 + 3 + 7 + 6
    assert found.days[date(2026, 2, 28)] == DayRow(workday=True, name="春节")


def test_a_year_that_begins_in_december_keeps_that_day() -> None:
    assert notice.read(whole(2023)).days[date(2022, 12, 31)] == DayRow(workday=False, name="元旦")


@pytest.mark.parametrize(
    "written",
    [
        whole(2026).replace("\n", ""),
        whole(2026).replace("月", " 月 ").replace("日", " 日 "),
        whole(2026).translate(str.maketrans("0123456789：（）", "０１２３４５６７８９:()")),
        "2026年节假日安排\n" + ITEMS[2026].replace("　　", ""),
        whole(2026).replace("一、元旦", "元旦").replace("二、春节", "春节"),
    ],
)
def test_spaces_line_ends_and_widths_do_not_matter(written: str) -> None:
    assert notice.read(written) == notice.read(whole(2026))


def test_the_json_form_says_the_same() -> None:
    found = notice.read("\ufeff" + FORM)

    assert (found.year, found.days) == (
        2027,
        {date(2027, 1, 1): DayRow(workday=False, name="元旦"), date(2027, 1, 3): DayRow(True, "元旦")},
    )


def spoiled(old: str, new: str) -> str:
    assert old in whole(2026)
    return whole(2026).replace(old, new)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "没有读到年份，请连同通知标题“关于××年部分节假日安排的通知”一起保存"),
        (OPENING.format(year=2026), "没有读到：元旦、春节、清明节、劳动节、端午节、中秋节、国庆节"),
        (spoiled("三、清明节：", "三、"), "没有读到：清明节"),
        (whole(2026).replace("2026年", "2027年"), "2027-01-01 是周五，通知却写周四，请核对年份"),
        (spoiled("至3日（周六）放假", "至4日（周日）放假"), "元旦写明 3 天，读到的却是 4 天"),
        (spoiled("1月4日（周日）上班", "1月3日（周六）上班"), "2026-01-03 既放假又上班"),
        (spoiled("1月4日（周日）上班", "1月5日上班"), "元旦调休上班的 2026-01-05 不是周末"),
        (spoiled("5月9日（周六）", "5月32日"), "没有 5 月 32 日这一天"),
        (spoiled("1月1日（周四）至3日（周六）", "1月3日至1日"), "“1月3日至1日”前后颠倒或过长"),
        (spoiled("4月4日（周六）至6日（周一）放假，共3天", "另行通知"), "清明节没有读到日期"),
        (whole(2026).replace("2026年", "1026年"), "年份 1026 不在 2004–2200 之间"),
        ("{", "JSON 第 1 行有误"),
        ('{"year": 2027}', "JSON 中应有 year、holidays、workdays 三项"),
        ('{"year": 2027, "holidays": [], "workdays": {}}', "JSON 中应有 year、holidays、workdays 三项"),
        (FORM.replace("2027-01-01", "1月1日"), "JSON 中的日期应写成 2027-01-01 的样子"),
        (FORM.replace("2027,", '"2027",'), "JSON 中 year 应为数字，节日名称应为文字"),
        (FORM.replace('"元旦"}}', "1}}"), "JSON 中 year 应为数字，节日名称应为文字"),
        (FORM.replace("01-03", "01-01"), "JSON 中有日期既放假又上班"),
        (FORM.replace("2027-01-03", "2028-01-02"), "2028-01-02 不属于 2027 年"),
        (FORM.replace("2027,", "1999,"), "年份 1999 不在 2004–2200 之间"),
        ('{"year": 2027, "holidays": {}, "workdays": {}}', "没有读到任何放假日期"),
    ],
)
def test_what_cannot_be_right_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(NoticeError) as refused:
        notice.read(text)

    assert str(refused.value) == reason


PIECES = st.sampled_from(
    [
        *(
            "关于2027年部分节假日安排",
            "一、元旦：",
            "春节:",
            "1月1日",
            "（周五）",
            "至3日",
            "2月30日",
            "9999年",
            "0000年",
        ),
        *(
            "放假",
            "共3天",
            "上班",
            "。",
            "，",
            "、",
            "\n",
            "{",
            "}",
            '"year": 2027,',
            '"holidays": {',
            "[]",
            "null",
        ),
    ]
)


@given(st.lists(PIECES | st.text(max_size=3), max_size=25).map("".join))
def test_any_text_is_a_year_or_is_refused(text: str) -> None:
    try:
        found = notice.read(text)
    except NoticeError:
        return
    assert found.days
