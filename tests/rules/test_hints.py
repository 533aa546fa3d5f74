"""Hints: what is found and what is not, that their places are true, and that no odd text breaks one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.hints import dates, doubled, mixed, names, pairs, titles, words
from handlers.rules.hints.books import Books, Leader, Word
from handlers.rules.hints.found import MOST, in_text, kept
from handlers.rules.hints.hint import Hint
from tests.rules.clean_texts import CLEAN

TODAY = date(2026, 12, 1)
UNITS = (
    *("机电工程学院", "材料科学与工程学院", "能源科学与工程学院", "计算学部", "计算学部党委"),
    *("一校区食堂", "图书馆", "学生工作办公室"),
)
LEADERS = (
    Leader("高明远", "校党委书记"),
    Leader("周志刚", "机电工程学院副院长、教授"),
    Leader("吴凡", "党委副书记"),
    Leader("李岩", "校长"),
    Leader("李岩", "图书馆馆长"),
    Leader("郑教授", "教授"),
)
WORDS = (
    Word("哈工程", "哈尔滨工程大学", "简称易混"),
    Word("wechat", "微信"),
    Word("一二校区"),
    Word("校区", "", "请写全称"),
)
BOOKS = Books(UNITS, LEADERS, WORDS)


def said(text: str, found: list[Hint]) -> list[tuple[str, str]]:
    return [(text[one.at : one.end], one.why) for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12月3日（星期五）开会", [("12月3日（星期五）", "12月3日是星期四")]),
        ("12月3日(周五)和12月4日（周五）", [("12月3日(周五)", "12月3日是星期四")]),
        ("2026年11月31日截止", [("2026年11月31日", "没有2026年11月31日这一天")]),
        ("13月5日、2月30号", [("13月5日", "没有13月5日这一天"), ("2月30号", "没有2月30日这一天")]),
        ("2027年2月29日", [("2027年2月29日", "没有2027年2月29日这一天")]),
        ("2月29日", []),
        ("2026-12-03（周三）", [("2026-12-03（周三）", "2026年12月3日是星期四")]),
        ("版本 1.2026.12.33 和 2026.13.1", [("2026.13.1", "没有2026年13月1日这一天")]),
        ("1月8日（周五）开学", []),  # of the coming year, which is nearest
        ("1月8日（周四）已开学", []),  # of this year
        ("2025年的开学典礼在9月1日（星期一）举行", []),
        ("12月3日星期天", [("12月3日星期天", "12月3日是星期四")]),
        ("农历12月31日", []),
    ],
)  # fmt: skip
def test_days_that_are_not_and_weekdays_that_are_others(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(text, list(dates.hints(text, TODAY))) == expected


def test_a_day_without_a_year_is_of_the_coming_one_at_the_years_turn() -> None:
    text = "1月4日（周一）上班，12月31日（周四）放假"

    assert list(dates.hints(text, date(2026, 12, 31))) == []
    assert list(dates.hints(text, date(2027, 1, 2))) == []


@pytest.mark.parametrize(
    ("text", "twice"),
    [
        ("今天的的天气", ["的的"]),
        ("他了了，我们我们去", ["了了", "我们我们"]),
        ("好，，是是", ["是是", "，，"]),
        ("结束了。。。", ["。。。"]),
        ("谢谢，天天，刚刚，为了了解，目的的，不了了之，现在在，是是非非，学院院长，大学大学生", []),
        ("讨论讨论，研究研究，一个一个，哈哈哈", []),
    ],
)
def test_what_is_written_twice(text: str, twice: list[str]) -> None:
    assert [text[one.at : one.end] for one in doubled.hints(text)] == twice


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("《办法", [(0, "“《”不成对")]),
        ("办法》和（一", [(2, "“》”不成对"), (4, "“（”不成对")]),
        ("他说“好。", [(2, "引号 “ 不成对")]),
        ("《甲（乙》", [(2, "“（”不成对")]),
        ("（一)", [(2, "括号一半全角、一半半角")]),
        ("1）甲 a)乙\n二）丙 :) it’s", []),
        ("“甲\n“乙”", []),
        ("《甲》“乙‘丙’”（丁【戊】）", []),
    ],
)
def test_quotes_and_brackets_without_their_other_half(text: str, alone: list[tuple[int, str]]) -> None:
    assert sorted((one.at, one.why) for one in pairs.hints(text)) == alone


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("你好,世界,再见", [(",", "中文里用全角“，”（共 2 处）")]),
        ("结束了.\n走吧", [(".", "中文里用全角“。”")]),
        ("学院(机电)", [("(机电)", "中文里用全角括号（）")]),
        ("２０２６年", [("２０２６", "数字、字母用半角")]),
        ("网址:https://a.cn/?a=1,b 3:00 30,000 (HIT) v1.2.", []),
    ],
)
def test_marks_of_the_wrong_width(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(text, list(mixed.hints(text))) == expected


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("哈尔宾工业大学", {"哈尔宾工业大学": "哈尔滨工业大学"}),
        ("哈尔滨工大学的", {"哈尔滨工大学": "哈尔滨工业大学"}),
        ("哈尔滨工业业大学", {"哈尔滨工业业大学": "哈尔滨工业大学"}),
        ("哈尔滨业工大学", {"哈尔滨业工大学": "哈尔滨工业大学"}),
        (
            "机电工呈学院与材料科学工程学院",
            {"机电工呈学院": "机电工程学院", "材料科学工程学院": "材料科学与工程学院"},
        ),
        ("哈尔滨工程大学、哈尔滨工业大学学报、计算学院、图书室、二校区食堂、计算学部党组织", {}),
    ],
)
def test_names_that_differ_by_a_character(text: str, meant: dict[str, str]) -> None:
    assert said(text, list(names.hints(text, UNITS))) == [
        (at, f"是不是“{name}”？") for at, name in meant.items()
    ]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("校长高明远讲话", ["校长高明远"]),
        ("党委书记高明远、副院长周志刚出席", []),
        ("院长周志刚", ["院长周志刚"]),
        ("周志刚院长出席", ["周志刚院长"]),
        ("吴凡书记、吴凡副书记", ["吴凡书记"]),
        ("高明远、院长周志刚", ["院长周志刚"]),
        ("高明远校长周志刚", ["校长周志刚"]),
        ("馆长李岩、李岩校长、李岩主任", ["李岩主任"]),
        ("郑教授主任、不认识的院长王五、周志刚教授", []),
    ],
)
def test_titles_beside_the_names_of_leaders(text: str, places: list[str]) -> None:
    assert [text[one.at : one.end] for one in titles.hints(text, LEADERS)] == places


def test_what_the_books_have_of_a_leader_is_said_and_nothing_where_they_have_no_titles() -> None:
    assert [one.why for one in titles.hints("院长周志刚", LEADERS)] == [
        "名单里周志刚是“机电工程学院副院长、教授”"
    ]
    assert list(titles.hints("院长周志刚", (Leader("周志刚", ""),))) == []


def test_words_of_the_school_the_longest_where_they_overlap() -> None:
    text = "哈工程、WeChat、一二校区"

    assert said(text, list(words.hints(text, WORDS))) == [
        ("哈工程", "建议“哈尔滨工程大学”，简称易混"),
        ("WeChat", "建议“微信”"),
        ("一二校区", "在本校词表里"),
    ]


@pytest.mark.parametrize("text", CLEAN)
def test_nothing_is_said_of_clean_texts(text: str) -> None:
    assert said(text, in_text(text, Books(UNITS, LEADERS), TODAY)) == []


ODD = st.text(
    st.sampled_from(
        "的了是“”《》（）(),.:;。，12月3日星期五机电工呈程学院哈尔滨业大高明远校长\u200d👨👩\ufe0f\n ａ哈"
    )
)


@given(st.one_of(ODD, st.text()), st.sampled_from(CLEAN))
def test_places_lie_in_the_text_in_order_and_apart(odd: str, clean: str) -> None:
    text = f"{odd}{clean}{odd}"
    found = in_text(text, BOOKS, TODAY)
    ends = [0, *(one.end for one in found)]

    assert all(end <= one.at < one.end <= len(text) for end, one in zip(ends, found, strict=False))
    assert all(one.why and "\n" not in one.why for one in found)


@given(st.lists(st.sampled_from(CLEAN), max_size=4))
def test_clean_texts_stay_clean_together(texts: list[str]) -> None:
    assert in_text("\n".join(texts), Books(UNITS, LEADERS), TODAY) == []


def test_a_version_keeps_some_and_how_many_there_are() -> None:
    many = kept({"title": "今天的的天气", "body": "《\n" * 60}, BOOKS, TODAY)

    assert many is not None
    assert many["count"] == 61
    assert many["found"][0] == ["title", 2, 4, "“的”写重了？"]
    assert len(many["found"]) == MOST
    assert kept({"title": "学院更名"}, BOOKS, TODAY) is None
