"""作者 as people write it: whom it means of those on the books, who is from outside, what must be asked."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.author_line import key
from handlers.rules.authors import Authors, Known, Unclear, match

SUN = Known("2103", "孙老师", ("机电学院党委", "保密秘书", "教职工"), own=True)
HE = Known("2105", "何老师", ("机电学院党委", "辅导员", "教职工"), own=True)
LI = Known("2104", "李老师", ("机电学院党委", "宣传秘书", "教职工"), own=True)
PING = Known("3001", "李和平", ("图书馆", "馆员", "教职工"))
LEI = Known("3002", "王 磊", ("图书馆", "馆长", "教职工"))
LEI_CS = Known("2202", "王磊", ("计算学部党委", "教学秘书", "教职工"))
FANG = Known("2110", "方明", ("机电学院党委", "教职工"), own=True)
FANG_CS = Known("2210", "方明", ("计算学部党委", "教职工"))
YAN = Known("2111", "严冬", ("机电学院党委", "教务秘书", "教职工"), own=True)
YAN_STUDENT = Known("2026110001", "严冬", ("机电学院党委", "学生"), own=True)
GONE = Known("1001", "周全", ("机电学院党委", "教职工"), serving=False)
STAYED = Known("1002", "周全", ("图书馆", "教职工"))
MAMAT = Known("3003", "买买提·艾力", ("图书馆", "教职工"))
LEE = Known("T-77", "Anna Lee", ("国际教育学院", "教职工"))
BOOKS = (SUN, HE, LI, PING, LEI, LEI_CS, FANG, FANG_CS, YAN, YAN_STUDENT, GONE, STAYED, MAMAT, LEE)


def mentioned(text: str, books: Sequence[Known] = BOOKS) -> list[Known]:
    """Those whose name or 工号 is in the line, as the database finds them."""
    line = key(text)
    return [one for one in books if key(one.name) in line or key(one.id) in line]


def read(text: str) -> Authors:
    return match(text, mentioned(text), applicant="2104")


def people(*ids: str, outside: tuple[str, ...] = ()) -> Authors:
    return Authors(ids, outside)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("孙老师", people("2103")),
        ("孙老师等", people("2103")),
        ("孙老师等人", people("2103")),
        ("孙老师和何老师", people("2103", "2105")),
        ("孙 老师（保密员）", people("2103")),
        ("2103", people("2103")),
        ("２１０３", people("2103")),
        ("孙老师2103", people("2103")),
        ("孙老师（2103）", people("2103")),
        ("孙老师，工号：2103", people("2103")),
        ("孙老师(保密员、2103)", people("2103")),
        ("李老师、孙老师", people("2104", "2103")),
        ("李老师，何老师;孙老师；李和平", people("2104", "2105", "2103", "3001")),
        ("李老师/孙老师", people("2104", "2103")),
        ("李老师 孙老师", people("2104", "2103")),
        ("李老师与孙老师及何老师", people("2104", "2103", "2105")),
        ("李老师&孙老师＆何老师", people("2104", "2103", "2105")),
        ("李老师·孙老师", people("2104", "2103")),
        ("李老师\n孙老师", people("2104", "2103")),
        ("李老师以及孙老师", people("2104", "2103")),
        ("孙老师何老师", people("2103", "2105")),
        ("文/孙老师 图/何老师", people("2103", "2105")),
        ("撰稿：孙老师　摄影：何老师", people("2103", "2105")),
        ("文：孙老师｜图：何老师", people("2103", "2105")),
        ("（文）孙老师（图）何老师", people("2103", "2105")),
        ("通讯员孙老师", people("2103")),
        ("保密秘书孙老师", people("2103")),
        ("机电学院党委孙老师", people("2103")),
        ("宣传部孙老师", people("2103")),
        ("机电学院 孙老师", people("2103")),
        ("编辑部（孙老师、何老师）", people("2103", "2105", outside=("编辑部",))),
        ("孙\u200b老\u200d师", people("2103")),
        ("孙老师（机电学院", people("2103")),
        ("“孙老师”", people("2103")),
        ("孙　老　师等、何·老师", people("2103", "2105")),
        ("李和平", people("3001")),
        ("李和平和孙老师", people("3001", "2103")),
        ("李老师老师", people("2104")),
        ("买买提·艾力", people("3003")),
        ("买买提 艾力和孙老师", people("3003", "2103")),
        ("anna lee, t-77", people("T-77")),
        ("Anna Lee", people("T-77")),
        ("王磊（馆长）", people("3002")),
        ("图书馆王磊", people("3002")),
        ("王　磊（计算学部）", people("2202")),
        ("王磊3002", people("3002")),
        ("2202 王磊", people("2202")),
        ("方明", people("2110")),
        ("方明（计算学部）", people("2210")),
        ("严冬（学生）", people("2026110001")),
        ("周全", people("1002")),
        ("2021级孙老师", people("2103")),
        ("张三", people(outside=("张三",))),
        ("张三和李四", people(outside=("张三", "李四"))),
        ("陈和平", people(outside=("陈和平",))),
        ("张 三", people(outside=("张三",))),
        ("John Smith", people(outside=("John Smith",))),
        ("外请 张三", people(outside=("张三",))),
        ("张三（清华大学）、孙老师", people("2103", outside=("张三",))),
        ("方明（校外）", people(outside=("方明",))),
        ("方明亮", people(outside=("方明亮",))),
        ("机电学院", people(outside=("机电学院",))),
        ("张三老师", people(outside=("张三老师",))),
        ("2103级张三", people(outside=("2103级张三",))),
        ("等", people()),
        ("", people()),
    ],
)
def test_whom_a_line_means(text: str, meant: Authors) -> None:
    assert read(text) == meant


@pytest.mark.parametrize(
    ("text", "unclear"),
    [
        ("王磊", Unclear("王磊", ("3002", "2202"))),
        ("王　磊老师", Unclear("王 磊", ("3002", "2202"))),
        ("严冬", Unclear("严冬", ("2111", "2026110001"))),
        ("严冬（机电学院）", Unclear("严冬", ("2111", "2026110001"))),
        ("9999", Unclear("9999", (), whole=False)),
        ("方明摄", Unclear("方明摄", ("2110", "2210"), whole=False)),
        ("优秀孙老师", Unclear("优秀孙老师", ("2103",), whole=False)),
        ("孙老师甲", Unclear("孙老师甲", ("2103",), whole=False)),
    ],
)
def test_what_does_not_say_who_is_meant_is_asked(text: str, unclear: Unclear) -> None:
    assert read(text) == Authors(unclear=(unclear,))
    assert read(text).all == unclear.may_be


def test_the_applicants_own_name_is_the_applicant() -> None:
    assert match("严冬", mentioned("严冬"), applicant="2111") == people("2111")


SURE = (SUN, HE, LI, PING, FANG, MAMAT, LEE, STAYED)
SEPARATORS = (
    "、",
    "，",
    ",",
    "；",
    ";",
    "/",
    " ",
    "　",
    "和",
    "与",
    "及",
    "以及",
    "&",
    "＆",
    "\n",
    " · ",
    "、 ",
    " 和 ",
)


@st.composite
def written(draw: st.DrawFn) -> tuple[str, str]:
    """Somebody on the books as a line may write them, and their 工号."""
    one = draw(st.sampled_from(SURE))
    padded = "　".join(one.name.replace(" ", ""))
    both = f"{one.name} {one.id}" if one.name.isascii() else f"{one.name}{one.id}"
    name = draw(st.sampled_from([one.name, one.id, padded, one.name.replace(" ", "  "), both]))
    full = {ord(c): ord(c) + 0xFEE0 for c in "0123456789"}
    name = name.translate(full) if draw(st.booleans()) else name
    before = draw(st.sampled_from(["", "", "文/", "图/ ", "撰稿：", "摄影:", "通讯员 ", "（文字）"]))
    after = draw(
        st.sampled_from(["", "", "等", "等人", "（保密员）", "(机电学院、保密员)", " 老师", f"（{one.id}）"])
    )
    return f"{before}{name}{after}", one.id


@given(st.lists(st.tuples(written(), st.sampled_from(SEPARATORS)), min_size=1, max_size=6))
def test_known_names_joined_and_adorned_in_any_way_are_found_and_nobody_else(
    line: list[tuple[tuple[str, str], str]],
) -> None:
    text = "".join(f"{name}{separator}" for (name, _), separator in line)

    found = read(text)

    assert (set(found.people), found.outside, found.unclear) == ({id_ for (_, id_), _ in line}, (), ())


@given(st.text(alphabet="孙老师何王磊李和平与等（）()/、 ·2103文图a", max_size=20))
def test_whatever_is_written_a_whole_name_is_never_overlooked(text: str) -> None:
    assert "2103" in read(f"{text}、孙老师，").all
