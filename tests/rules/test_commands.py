"""Text to command: names, numbers, `字段：值` lines; whatever is typed, it never raises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.form import PUBLISH
from handlers import commands
from handlers.commands import Line
from handlers.rules.text import clean
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
        ("／／发布", Line("发布")),
        ("、、待办", Line("待办")),
        ("/待办。", Line("待办")),
        ("/help.", Line("help")),
        ("/发布：标题：一", Line("发布", "标题：一")),
        ("/同意，FB-2026-0001", Line("同意", "FB-2026-0001")),
        ("\u200e\u202a/\u200f待办\u202c", Line("待办")),
        ("/查询\xa0FB-2026-0001", Line("查询", "FB-2026-0001")),
        ("/发布\u2028标题：一", Line("发布", "", "标题：一")),
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
        ("FB–2026–0001", ("FB-2026-0001", "")),
        ("FB—2026−0001 可以。", ("FB-2026-0001", "可以。")),
        ("ＦＢ－２０２６－０００１", ("FB-2026-0001", "")),
        ("FB-2026-0001 e\u0301①", ("FB-2026-0001", "e\u0301①")),
        ("FB-2026-123456", ("FB-2026-123456", "")),
        ("【FB-2026-1】 请补", ("FB-2026-0001", "请补")),
        ("（FB-2026-1）（附件）说明", ("FB-2026-0001", "（附件）说明")),
        ("FB-2026-1（附件）", ("FB-2026-0001", "（附件）")),
        ("【请看】", ("", "【请看】")),
        ("请看 FB-2026-0001", ("", "请看 FB-2026-0001")),
        ("XX-2026-0001", ("", "XX-2026-0001")),
        ("", ("", "")),
    ],
)
def test_the_number_a_text_begins_with(words: str, found: tuple[str, str]) -> None:
    assert commands.number_in(words) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("FB-2026-0001", (["FB-2026-0001"], "")),
        ("FB-2026-0001 可以", (["FB-2026-0001"], "可以")),
        ("FB-2026-0001、FB-2026-0002", (["FB-2026-0001", "FB-2026-0002"], "")),
        (
            "FB–2026–1,FB20260002\nBA-2026-0001 可以",
            (["FB-2026-0001", "FB-2026-0002", "BA-2026-0001"], "可以"),
        ),
        ("FB-2026-0001和FB-2026-0002", (["FB-2026-0001", "FB-2026-0002"], "")),
        ("FB-2026-0001 和 FB-2026-0002 重复", (["FB-2026-0001"], "和 FB-2026-0002 重复")),
        ("FB-2026-0001 参照 FB-2026-0002 办", (["FB-2026-0001"], "参照 FB-2026-0002 办")),
        ("FB-2026-0001 FB-2026-0001", (["FB-2026-0001"], "")),
        ("可以", ([], "可以")),
    ],
)
def test_the_numbers_a_text_begins_with(words: str, found: tuple[list[str], str]) -> None:
    assert commands.numbers_in(words) == found


@pytest.mark.parametrize(
    ("text", "first", "further"),
    [
        ("/同意 FB-2026-0001 可以", Line("同意", "FB-2026-0001 可以"), ""),
        ("/同意 FB-2026-0001\n／同意 FB-2026-0002", Line("同意", "FB-2026-0001"), "／同意 FB-2026-0002"),
        ("/同意 FB-2026-0001 /同意FB-2026-0002", Line("同意", "FB-2026-0001"), "/同意FB-2026-0002"),
        ("/同意 FB-2026-0001\n可以\n、待办", Line("同意", "FB-2026-0001", "可以"), "、待办"),
        ("/回执 FB-2026-0001 https://a.cn/同意 x", Line("回执", "FB-2026-0001 https://a.cn/同意 x"), ""),
        ("/同意 FB-2026-0001 是/否都行", Line("同意", "FB-2026-0001 是/否都行"), ""),
    ],
)
def test_a_command_is_never_part_of_another(text: str, first: Line, further: str) -> None:
    line = commands.parse(text)
    assert line is not None
    assert commands.one_of_several(line, NAMES) == (first, further)


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
        ("\xa0标题\xa0∶ 一\n媒体﹕二\n\u200b摘要︰三", {"标题": "一", "媒体": "二", "摘要": "三"}, ""),
        ("- 标题：一\n• 媒体：二\n* 正文：三", {"标题": "一", "媒体": "二", "正文": "三"}, ""),
        (
            "1、标题：一\n2. 媒体：二\n（三）正文：三\n④摘要：四",
            {"标题": "一", "媒体": "二", "正文": "三", "摘要": "四"},
            "",
        ),
        (
            "【标题】一\n【媒体】：二\n[正文：]三\n**摘要**：四",
            {"标题": "一", "媒体": "二", "正文": "三", "摘要": "四"},
            "",
        ),
        ("标　题：一\n链 接：https://a.cn", {"标题": "一", "链接": "https://a.cn"}, ""),
        (
            "正文：议程\n1、来源：新华社\n【摘要】略\n摘要：四",
            {"正文": "议程\n1、来源：新华社\n【摘要】略", "摘要": "四"},
            "",
        ),
        ("《标题》：一", {}, "《标题》：一"),
        ("媒体：二\n标题 一\n正文：三", {"媒体": "二", "标题": "一", "正文": "三"}, ""),
        ("正文：三\n标题 一", {"正文": "三\n标题 一"}, ""),
        ("标题：一\n标题 二", {"标题": "一\n标题 二"}, ""),
        ("标题 一\n媒体：二", {"标题": "一", "媒体": "二"}, ""),
        ("标题 一\n媒体 二\n正文 三", {"标题": "一", "媒体": "二", "正文": "三"}, ""),
        ("标题 一", {}, "标题 一"),
        ("先说一句\n标题 一\n媒体：二", {"媒体": "二"}, "先说一句\n标题 一"),
    ],
)
def test_the_fields_in_a_text(text: str, found: dict[str, str], before: str) -> None:
    assert commands.fields_in(text, TITLES) == (found, before)


@pytest.mark.parametrize(
    ("words", "found", "before"),
    [
        ("标题：一 正文：二", {"标题": "一", "正文": "二"}, ""),
        (
            "标题：一，链接：https://a.cn/b?c=d；摘要=三",
            {"标题": "一", "链接": "https://a.cn/b?c=d", "摘要": "三"},
            "",
        ),
        (
            "标题：开放：欢迎来 正文：时间：今天。摘要：四",
            {"标题": "开放：欢迎来", "正文": "时间：今天。", "摘要": "四"},
            "",
        ),
        ("标题：小标题：一 二", {"标题": "小标题：一 二"}, ""),
        ("标题：一 正文：标题：还是正文", {"标题": "一", "正文": "标题：还是正文"}, ""),
        ("标题：一 正文：说明 标题：二", {"标题": "一", "正文": "说明 标题：二"}, ""),
        ("正文：一 内容：二", {"正文": "一 内容：二"}, ""),
        ("转载来源：新华社　来源：校外转载", {"转载来源": "新华社", "来源": "校外转载"}, ""),
        ("机电之声 标题：一", {"标题": "一"}, "机电之声"),
        ("机电之声 时间：明天", {}, "机电之声 时间：明天"),
    ],
)
def test_several_fields_on_the_line_of_the_command(words: str, found: dict[str, str], before: str) -> None:
    assert commands.fields_of(Line("发布", words), TITLES) == (found, before)


def test_on_further_lines_each_field_has_its_own() -> None:
    line = Line("发布", "标题：一 来源：原创", "正文：二 标题：三\n摘要：四")

    assert commands.fields_of(line, TITLES)[0] == {
        "标题": "一", "来源": "原创", "正文": "二 标题：三", "摘要": "四",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("发步", "发布"), ("publsh", "发布"), ("查", "查询"), ("xyz", ""), ("", "")],
)
def test_the_nearest_command(typed: str, meant: str) -> None:
    assert commands.nearest(typed, NAMES) == meant


@given(st.text())
def test_any_text_is_parsed_without_an_error(text: str) -> None:
    line = commands.parse(text)
    commands.numbers_in(text)
    commands.one_of_several(Line("同意", text), NAMES)
    commands.fields_in(text, TITLES)
    commands.fields_of(Line("发布", text), TITLES)
    commands.nearest(text, NAMES)

    assert (line is not None) == clean(text).startswith(tuple(commands.SLASHES))


@given(st.text(alphabet="标题正文：:=\n 甲乙"))
def test_no_word_of_a_text_is_lost_between_fields(text: str) -> None:
    found, before = commands.fields_in(text, TITLES)
    kept = "".join([*found.values(), before])

    assert set(kept) <= set(text)
    if not found:
        assert kept == text.strip()
