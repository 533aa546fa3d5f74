"""Text to command: names, numbers, `字段：值` lines; whatever is typed, it never raises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.form import PUBLISH
from handlers import commands
from handlers.commands import Line
from handlers.table import NAMES

TITLES = PUBLISH.titles()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("/帮助", Line("帮助")),
        ("／待办 2", Line("待办", "2")),
        ("、查询　FB-2026-0001", Line("查询", "FB-2026-0001")),
        ("  /Publish  标题 \n\n媒体：机电之声\n", Line("publish", "标题", "媒体：机电之声")),
        ("\u200b/ 发布", Line("发布")),
        ("/ＨＥＬＰ", Line("help")),
        ("/发布\r\n标题：一\r\n正文：二", Line("发布", "", "标题：一\n正文：二")),
        ("/", Line("")),
        ("发布", None),
        ("", None),
        ("你好/发布", None),
    ],
)
def test_what_a_line_is(text: str, line: Line | None) -> None:
    assert commands.parse(text) == line


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("FB-2026-0001", ("FB-2026-0001", "")),
        ("fb20260001 同意", ("FB-2026-0001", "同意")),
        ("ＦＢ－２０２６－１，请补", ("FB-2026-0001", "请补")),
        ("BA 2026 12：理由", ("BA-2026-0012", "理由")),
        ("FB-2026-123456", ("FB-2026-123456", "")),
        ("请看 FB-2026-0001", ("", "请看 FB-2026-0001")),
        ("XX-2026-0001", ("", "XX-2026-0001")),
        ("", ("", "")),
    ],
)
def test_the_number_a_text_begins_with(words: str, found: tuple[str, str]) -> None:
    assert commands.number_in(words) == found


@pytest.mark.parametrize(
    ("text", "found", "before"),
    [
        ("标题：一\n正文：二", {"标题": "一", "正文": "二"}, ""),
        ("标题:一\n正文=二\n摘要＝三", {"标题": "一", "正文": "二", "摘要": "三"}, ""),
        ("正文：一\n二\n\n三\n", {"正文": "一\n二\n\n三"}, ""),
        ("正文：见链接：不是字段", {"正文": "见链接：不是字段"}, ""),
        ("先说一句\n标题：一", {"标题": "一"}, "先说一句"),
        ("标题：一\n标题：二", {"标题": "二"}, ""),
        ("  标题 ： 一 ", {"标题": "一"}, ""),
        ("转载来源：新华社\n来源：校外转载", {"转载来源": "新华社", "来源": "校外转载"}, ""),
        ("时间：明天", {}, "时间：明天"),
        ("标题：", {"标题": ""}, ""),
    ],
)
def test_the_fields_in_a_text(text: str, found: dict[str, str], before: str) -> None:
    assert commands.fields_in(text, TITLES) == (found, before)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("发步", "发布"), ("publsh", "发布"), ("查", "查询"), ("xyz", ""), ("", "")],
)
def test_the_nearest_command(typed: str, meant: str) -> None:
    assert commands.nearest(typed, NAMES) == meant


@given(st.text())
def test_any_text_is_parsed_without_an_error(text: str) -> None:
    line = commands.parse(text)
    commands.number_in(text)
    commands.fields_in(text, TITLES)
    commands.nearest(text, NAMES)

    assert (line is not None) == commands.tidy(text).startswith(tuple(commands.SLASHES))


@given(st.text(alphabet="标题正文：:=\n 甲乙"))
def test_no_word_of_a_text_is_lost_between_fields(text: str) -> None:
    found, before = commands.fields_in(text, TITLES)
    kept = "".join([*found.values(), before])

    assert set(kept) <= set(text)
    if not found:
        assert kept == text.strip()
