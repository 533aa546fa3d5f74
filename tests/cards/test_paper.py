"""Papers in the layout of GB/T 9704-2012: what the file says, element by element."""

import re
import shutil
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from cards.paper import Check, Heading, Paper, Table, Text, signature_ends
from cards.paper_docx import docx
from cards.paper_record import dated, without_commands

OFFICE = shutil.which("soffice") or ""

NOTICE = Paper(
    issuer="哈尔滨工业大学全媒体中心",
    number="全媒体改〔2026〕1号",
    title="整改通知书",
    mark="未办结",
    to="机电学院党委",
    parts=(
        Text("经核查，存在下列问题。\n现通知如下。"),
        Heading("一、问题"),
        Heading("（一）校名", 2),
        Table((("保密审查", "孙老师"), ("第一责任人", "王书记")), ("环节", "姓名"), (1, 2)),
    ),
    signed="全媒体中心",
    on=date(2026, 12, 1),
    check=Check("全媒 ZG-2026-0001", ("核对：/查询 ZG-2026-0001",)),
    cc=("李老师",),
    printed="全媒体中心",
)


@pytest.fixture(scope="module")
def opened() -> Any:
    return Document(BytesIO(docx(NOTICE)))


def lines(opened: Any) -> list[tuple[str, str]]:
    return [(one.style.name, one.text) for one in opened.paragraphs if one.text]


def test_head_text_and_signature_stand_in_their_order_and_style(opened: Any) -> None:
    assert lines(opened) == [
        ("发文机关标志", "哈尔滨工业大学全媒体中心"),
        ("发文字号", "全媒体改〔2026〕1号"),
        ("公文标题", "整改通知书"),
        ("公文题注", "（未办结）"),
        ("主送机关", "机电学院党委："),
        ("公文正文", "经核查，存在下列问题。"),
        ("公文正文", "现通知如下。"),
        ("公文一级标题", "一、问题"),
        ("公文二级标题", "（一）校名"),
        ("公文署名", "全媒体中心"),
        ("公文署名", "2026年12月1日"),
    ]


def test_the_page_is_a4_with_156_by_225_mm_of_text(opened: Any) -> None:
    page = opened.sections[0]

    assert (page.page_width.mm, page.page_height.mm) == pytest.approx((210, 297), abs=0.1)
    assert (page.top_margin.mm, page.left_margin.mm) == pytest.approx((37, 28), abs=0.1)
    assert page.page_width.mm - page.left_margin.mm - page.right_margin.mm == pytest.approx(156, abs=0.1)
    assert page.page_height.mm - page.top_margin.mm - page.bottom_margin.mm == pytest.approx(225, abs=0.1)


@pytest.mark.parametrize(
    ("style", "font", "points"),
    [
        ("公文标题", "方正小标宋简体", 22),
        ("公文正文", "仿宋_GB2312", 16),
        ("公文一级标题", "黑体", 16),
        ("公文二级标题", "楷体_GB2312", 16),
        ("公文版记", "仿宋_GB2312", 14),
    ],
)
def test_fonts_are_named_for_chinese_too(opened: Any, style: str, font: str, points: int) -> None:
    found = opened.styles[style]

    assert (found.font.name, found.font.size) == (font, Pt(points))
    assert found.element.rPr.rFonts.get(qn("w:eastAsia")) == font


def test_22_lines_of_28_points_fill_a_page_and_paragraphs_begin_two_characters_in(opened: Any) -> None:
    text = opened.styles["公文正文"]

    assert text.paragraph_format.line_spacing == Pt(28)
    assert Mm(225) // Pt(28) == 22
    assert text.element.pPr.ind.get(qn("w:firstLineChars")) == "200"


def test_the_rule_below_the_number_is_red(opened: Any) -> None:
    (rule,) = opened.paragraphs[1]._p.pPr.iter(qn("w:bottom"))

    assert rule.get(qn("w:color")) == "FF0000"


def test_tables_hold_the_record_the_code_and_the_issue(opened: Any) -> None:
    record, code, issue = opened.tables

    assert [cell.text for cell in record.rows[0].cells] == ["环节", "姓名"]
    assert len(opened.inline_shapes) == 1
    assert code.rows[0].cells[1].text == "核对：/查询 ZG-2026-0001"
    assert [row.cells[0].text for row in issue.rows] == ["抄送：李老师。", "全媒体中心\t2026年12月1日印发"]


def test_page_numbers_stand_outside_between_dashes(opened: Any) -> None:
    page = opened.sections[0]

    assert opened.settings.odd_and_even_pages_header_footer
    assert (page.footer.paragraphs[0].text, page.even_page_footer.paragraphs[0].text) == ("— 1 —", "— 1 —")


def test_the_same_paper_gives_the_same_bytes_and_tells_no_clock() -> None:
    first = docx(NOTICE)

    assert docx(NOTICE) == first
    assert {entry.date_time[0] for entry in ZipFile(BytesIO(first)).infolist()} == {1980}


def test_a_paper_of_a_title_alone_and_odd_text_can_be_made() -> None:
    odd = Paper("", "标题" * 100, parts=(Text("a\x00b\x0b\n\n😀" + "x" * 3000), Table(())))
    found = Document(BytesIO(docx(odd)))

    assert [one.text for one in found.paragraphs if one.text.startswith(("ab", "😀"))] == [
        "ab",
        "😀" + "x" * 3000,
    ]
    assert not found.tables


@pytest.mark.parametrize(
    ("signed", "ends"),
    [("哈尔滨工业大学全媒体中心", (2, 5.5)), ("全媒体中心", (5.5, 2)), ("", (10.5, 2))],
)
def test_the_day_begins_two_characters_after_the_signature(signed: str, ends: tuple[float, float]) -> None:
    assert signature_ends(signed, "2026年12月1日") == ends


@pytest.mark.skipif(not OFFICE, reason="no LibreOffice here: what the file says is held by the other tests")
def test_a_word_processor_draws_it_on_two_pages(tmp_path: Path) -> None:
    (tmp_path / "notice.docx").write_bytes(docx(NOTICE))
    own = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    to_pdf = ["--headless", own, "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run(
        [OFFICE, *to_pdf, str(tmp_path / "notice.docx")], check=True, capture_output=True, timeout=120
    )
    drawn = (tmp_path / "notice.pdf").read_bytes()

    assert len(re.findall(rb"/Type\s*/Page\b", drawn)) == 2


def test_on_paper_nobody_sends_a_command_and_days_are_written_out() -> None:
    told = (
        "“校园航拍图”已登记，有效至 2026-12-31（第九条）。看进度请发：/调动 进度；还可 /收回。微博/抖音可用。"
    )
    shown = dated(without_commands(told))

    assert shown == "“校园航拍图”已登记，有效至 2026年12月31日（第九条）。微博/抖音可用。"
    assert dated("BQ-2026-0001 电话 2026-12-3") == "BQ-2026-0001 电话 2026-12-3"


def test_the_day_keeps_the_last_rows_with_it() -> None:
    rows = tuple((f"第 {place} 步",) for place in range(9))
    made = Document(BytesIO(docx(Paper("全媒体中心", "记录", parts=(Table(rows),), on=date(2026, 12, 1)))))
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in made.tables[0].rows]

    assert kept == [None] * 6 + [True] * 3
