"""The State Council's notices, as issued, against the days that were worked; and what is refused."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules import notice
from handlers.rules.notice import laid_over
from handlers.rules.notice_days import NoticeError
from handlers.rules.workdays import Calendar, DayRow, read_year

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


LINKS = "相关阅读：" + ITEMS[2025]


@pytest.mark.parametrize(
    "page",
    [
        whole(2026) + whole(2026),
        whole(2026)[:260] + "……［查看全文］" + whole(2026),
        whole(2026) + LINKS,
        whole(2026).split("\n　　节假日期间")[0] + LINKS,
        whole(2026).split("\n　　节假日期间")[0] + "2025年国庆节10月1日至8日放假。",
        whole(2026) + whole(2025),
        "2025年节假日安排 专题\n" + whole(2026),
    ],
)
def test_a_page_yields_the_days_of_its_notice_alone(page: str) -> None:
    assert notice.read(page) == notice.read(whole(2026))


LABOUR_DAY = """国务院办公厅关于调整2019年劳动节假期安排的通知
国办发明电〔2019〕3号
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将调整2019年劳动节放假安排事项通知如下：
一、2019年5月1日至4日放假调休，共4天。4月28日（星期日）、5月5日（星期日）上班。
二、各地区、各部门要按照有关规定妥善安排好值班和安全、保卫等工作。
国务院办公厅
2019年3月21日
相关阅读：国务院办公厅关于2019年部分节假日安排的通知
一、元旦：2018年12月30日至2019年1月1日放假调休，共3天。
"""
SPRING_FESTIVAL = """国务院办公厅关于延长2020年春节假期的通知
国办发明电〔2020〕1号
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，为有效减少人员聚集，更好调整2020年春节假期安排，现就有关事项通知如下：
一、延长2020年春节假期至2月2日（农历正月初九，星期日），2月3日（星期一）起正常上班。
二、各地大专院校、中小学、幼儿园推迟开学，具体时间由教育部门另行通知。
"""


def arranged(year: int, off: dict[str, str], worked: dict[str, str]) -> Calendar:
    return Calendar(read_year({"year": year, "holidays": off, "workdays": worked}))


def test_an_amending_notice_takes_the_place_of_the_festivals_days() -> None:
    before = arranged(2019, {"2019-05-01": "劳动节", "2019-05-03": "劳动节"}, {"2019-04-27": "劳动节"})

    found = notice.read(LABOUR_DAY)

    assert (found.year, found.whole, found.number, found.about) == (
        *(2019, False),
        *("国办发明电〔2019〕3号", ("劳动节",)),
    )
    assert {f"{day:%m-%d}": row.workday for day, row in sorted(laid_over(found, before).days.items())} == {
        "04-27": False,
        "04-28": True,
        "05-01": False,
        "05-02": False,
        "05-03": False,
        "05-04": False,
        "05-05": True,
    }


def test_a_notice_that_prolongs_a_festival_adds_the_days_behind_it() -> None:
    before = arranged(2020, {"2020-01-24": "春节", "2020-01-30": "春节"}, {"2020-02-01": "春节"})

    found = laid_over(notice.read(SPRING_FESTIVAL), before)

    off = DayRow(workday=False, name="春节")
    assert found.days == {date(2020, 1, 31): off, date(2020, 2, 1): off, date(2020, 2, 2): off}


ANNIVERSARY = """国务院关于中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日调休放假的通知
国发明电〔2015〕1号
2015年9月3日全国放假1天。为方便公众安排假日期间生产生活，特作如下调休：
9月3日至5日调休放假，共3天。其中9月3日（星期四）放假，9月4日（星期五）调休，9月6日（星期日）上班。
"""


def test_a_notice_on_a_single_occasion_is_some_days_of_its_year() -> None:
    found = notice.read(ANNIVERSARY)

    assert (found.year, found.whole, found.number) == (2015, False, "国发明电〔2015〕1号")
    assert [day.day for day in sorted(found.days) if not found.days[day].workday] == [3, 4, 5]
    assert found.days[date(2015, 9, 6)].workday


def test_what_nobody_arranged_cannot_be_amended() -> None:
    with pytest.raises(NoticeError, match="还没有 2029 年劳动节的安排可以调整，请先导入全年的安排"):
        laid_over(notice.read(LABOUR_DAY.replace("2019", "2029").replace("（星期日）", "")), Calendar())


def test_only_a_json_of_all_festivals_is_a_whole_year() -> None:
    assert not notice.read(FORM).whole
    for year in (2004, 2012, 2020, 2026):
        rows = {day: row for day, row in Calendar.default().rows.items() if day.year == year}
        parts = [
            {f"{day}": row.name for day, row in rows.items() if row.workday == worked}
            for worked in (False, True)
        ]
        assert notice.read(json.dumps({"year": year, "holidays": parts[0], "workdays": parts[1]})).whole


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
        ('{"year": 2027, "holidays": {}, "workdays": {}}', "没有读到任何放假或上班的日期"),
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
