"""Import tables as people keep them: what is read, and what each unreadable file is told."""

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from bot import sheets, workbook
from handlers.rules.import_cells import Line, Problem, Table, TableKind
from handlers.rules.import_rows import Existing
from handlers.rules.imports import plan

HEADERS = "单位代码*,单位名称*,单位类型*"
DEMO = Path(sheets.__file__).parent / "sandbox" / "data"
NO_TABLES: list[Table] = []


def hash_of(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_every_sheet_of_a_workbook_has_the_hash_of_the_whole_file(tmp_path: Path) -> None:
    rows = [HEADERS.split(",")]
    book = a_workbook(tmp_path / "school.xlsx", [("单位", rows), ("人员", rows)])

    found = sheets.read(book)

    assert [(table.file, table.sha256) for table in found.tables] == [
        ("school.xlsx 单位", hash_of(book)),
        ("school.xlsx 人员", hash_of(book)),
    ]


def a_workbook(path: Path, tables: Iterable[tuple[str, Sequence[Sequence[object]]]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in tables:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_a_folder_of_csv_is_read_with_the_rows_as_a_spreadsheet_numbers_them(tmp_path: Path) -> None:
    text = f'\n{HEADERS}\n1,"学校\n党委",学校党委\n\n,,\n2,机电学院\n'
    (tmp_path / "units.csv").write_text(text, encoding="utf-8")

    found = sheets.read(tmp_path)

    headers = ("单位代码", "单位名称", "单位类型")
    lines = (
        Line("units.csv", 3, dict(zip(headers, ("1", "学校 党委", "学校党委"), strict=True))),
        Line("units.csv", 6, dict(zip(headers, ("2", "机电学院", ""), strict=True))),
    )
    assert found.tables == [
        Table(TableKind.UNITS, "units.csv", headers, lines, 2, hash_of(tmp_path / "units.csv"))
    ]
    assert (found.problems, found.warnings) == ([], [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("name", ["people.csv", "人员.csv", "People.CSV"])
def test_both_names_of_a_table_are_read_with_and_without_bom(
    tmp_path: Path, name: str, encoding: str
) -> None:
    (tmp_path / name).write_text("工号*,姓名 *\r\n101,李老师\r\n", encoding=encoding)

    found = sheets.read(tmp_path)

    line = Line(name, 2, {"工号": "101", "姓名": "李老师"})
    assert found.tables == [
        Table(TableKind.PEOPLE, name, ("工号", "姓名"), (line,), 1, hash_of(tmp_path / name))
    ]


def test_one_csv_may_be_given_by_itself(tmp_path: Path) -> None:
    (tmp_path / "台账.csv").write_text("媒体名称\n机电之声\n", encoding="utf-8")

    (table,) = sheets.read(tmp_path / "台账.csv").tables

    assert (table.kind, table.lines[0].cells) == (TableKind.MEDIA, {"媒体名称": "机电之声"})


def test_a_workbook_gives_the_same_rows_as_csv(tmp_path: Path) -> None:
    (tmp_path / "单位.csv").write_text(f"{HEADERS}\n1,学校党委,学校党委\n", encoding="utf-8")
    rows: Sequence[Sequence[object]] = [["单位代码*", "单位名称*", "单位类型*"], [1, "学校党委", "学校党委"]]
    book = a_workbook(tmp_path / "导入.xlsx", [("单位", rows), ("说明", [["怎样填"]])])

    (from_csv,), found = sheets.read(tmp_path).tables, sheets.read(book)

    assert [line.cells for line in found.tables[0].lines] == [line.cells for line in from_csv.lines]
    assert found.tables[0].file == "导入.xlsx 单位"
    assert found.warnings == [Problem("导入.xlsx 说明", 0, "", "不是导入表，已忽略")]


def test_the_demo_school_gives_the_same_plan_from_csv_and_from_a_workbook(tmp_path: Path) -> None:
    from_csv = sheets.read(DEMO)
    rows = [
        (table.kind.value, [table.headers, *[list(line.cells.values()) for line in table.lines]])
        for table in from_csv.tables
    ]

    from_workbook = sheets.read(a_workbook(tmp_path / "school.xlsx", rows))

    today = date(2026, 11, 22)
    expected = plan(from_csv.tables, Existing(), today)
    assert (len(expected.people), expected.problems) == (20, ())
    assert plan(from_workbook.tables, Existing(), today) == expected


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2008001, "2008001"),
        (2008001.0, "2008001"),
        (13800000000.0, "13800000000"),
        (1.5, "1.5"),
        (True, "是"),
        (None, ""),
        (date(2026, 3, 1), "2026-03-01"),
        (datetime(2026, 3, 1), "2026-03-01"),  # noqa: DTZ001
        (datetime(2026, 3, 1, 8, 30), "2026-03-01 08:30:00"),  # noqa: DTZ001
        (time(8, 30), "08:30:00"),
        ("  李老师\u200b ", "李老师"),
        ("李老师_x000D_", "李老师"),
        ("a_x005F_x000D_", "a_x000D_"),
    ],
)
def test_a_cell_becomes_the_text_that_people_mean(tmp_path: Path, value: object, text: str) -> None:
    book = a_workbook(tmp_path / "a.xlsx", [("people", [["工号", "姓名"], [value, "末"]])])

    assert sheets.read(book).tables[0].lines[0].cells == {"工号": text, "姓名": "末"}


@pytest.mark.parametrize(
    ("number_format", "text"),
    [
        ("General", "8001"),
        ("0000000", "0008001"),
        ("0000000;@", "0008001"),
        ("[Red]0000000_ ", "0008001"),
        ("[$-804]0000000_);(0000000)", "0008001"),
        ('"00"0', "008001"),
        ('"G"0000000', "G0008001"),
        ("000-0000", "000-8001"),
        ("00000\\ 00", "00080 01"),
        ("#,##0.00", "8001"),
        ("0.00E+00", "8001"),
        ('_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "8001"),
    ],
)
def test_a_number_is_what_its_format_shows(tmp_path: Path, number_format: str, text: str) -> None:
    line = a_number(tmp_path, 8001, number_format)

    assert (line.cells, line.faults) == ({"工号": text}, {})


@pytest.mark.parametrize(
    ("value", "number_format", "fault"),
    [
        (8001, "[>999]0000000;0", "看不懂数字格式“[>999]0000000;0”；请把这一列设为文本，再重新填写"),
        (8001, "*00", "看不懂数字格式“*00”；请把这一列设为文本，再重新填写"),
        (
            *(1234567890123456, "0"),
            "数字超过 15 位，Excel 只保留前 15 位；请把这一列设为文本，再重新填写",
        ),
    ],
)
def test_what_a_number_shows_is_told_where_it_cannot_be_known(
    tmp_path: Path, value: int, number_format: str, fault: str
) -> None:
    assert a_number(tmp_path, value, number_format).faults == {"工号": fault}


def a_number(tmp_path: Path, value: int, number_format: str) -> Line:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "people"
    sheet.append(["工号"])
    sheet.append([value])
    sheet["A2"].number_format = number_format
    book.save(tmp_path / "a.xlsx")
    return sheets.read(tmp_path / "a.xlsx").tables[0].lines[0]


def test_a_formula_without_a_result_is_told_and_one_that_is_only_a_text_is_taken(tmp_path: Path) -> None:
    rows = [["工号", "姓名"], ['="0010001"', "=A1&B1"]]

    (line,) = sheets.read(a_workbook(tmp_path / "a.xlsx", [("people", rows)])).tables[0].lines

    assert (line.cells, line.faults) == ({"工号": "0010001", "姓名": ""}, {"姓名": workbook.UNCALCULATED})


def test_cells_merged_downwards_share_their_value_and_across_are_told(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "people"
    for row in (["学院人员名单"], ["工号", "姓名", "单位代码"], ["1", "甲", "2"], ["2", "乙"], ["3", "丙"]):
        sheet.append(row)
    for cells in ("A1:C1", "C3:C4", "B5:C5"):
        sheet.merge_cells(cells)
    book.save(tmp_path / "a.xlsx")

    (table,) = sheets.read(tmp_path / "a.xlsx").tables

    assert table.header_row == 2
    assert [line.cells["单位代码"] for line in table.lines] == ["2", "2", ""]
    assert [dict(line.faults) for line in table.lines] == [
        *({}, {}),
        {"姓名": workbook.MERGED, "单位代码": workbook.MERGED},
    ]


def test_a_csv_as_excel_writes_it_is_read(tmp_path: Path) -> None:
    text = 'sep=;\n二〇二六年名单\n工号;姓名\n"=""0010001""";王　磊\n'
    (tmp_path / "people.csv").write_text(text, encoding="utf-8-sig")

    (table,) = sheets.read(tmp_path / "people.csv").tables

    assert table.lines == (Line("people.csv", 3, {"工号": "0010001", "姓名": "王 磊"}),)


def repacked(book: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """A workbook with its parts changed."""
    with zipfile.ZipFile(book) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, change(name, content))
    return book


def with_rows(book: Path, rows: bytes) -> Path:
    """People whose second row and all below are `rows`, in XML."""
    a_workbook(book, [("people", [["工号"]])])
    return repacked(book, lambda _, xml: xml.replace(b"</sheetData>", rows + b"</sheetData>"))


@pytest.mark.parametrize(
    "rows",
    [
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b'<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>',
        b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (n, n) for n in range(2, 9000)),
        b"<row>" + b"<c/>" * 100_000 + b"</row>",
        b"<row>" + b"<c/>" * 4_000_000 + b"</row>",
    ],
)
def test_a_small_file_takes_no_seconds_whatever_it_unpacks_to(tmp_path: Path, rows: bytes) -> None:
    book = with_rows(tmp_path / "a.xlsx", rows)
    began = process_time()

    found = sheets.read(book)

    assert found.tables or found.problems
    assert process_time() - began < 2


def test_an_archive_that_unpacks_beyond_reason_and_strict_open_xml_are_told(tmp_path: Path) -> None:
    bomb = with_rows(tmp_path / "a.xlsx", b" " * 2_000_000)
    strict = repacked(a_workbook(tmp_path / "b.xlsx", [("people", [["工号"]])]), as_strict)

    assert [sheets.read(book).problems[0].reason for book in (bomb, strict)] == [
        "解压后大得不合常理，没有读取；请把内容复制到新的工作簿，再另存为 .xlsx",
        "是“Strict Open XML 电子表格”，请另存为“Excel 工作簿（.xlsx）”",
    ]


def as_strict(_: str, xml: bytes) -> bytes:
    ours = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return xml.replace(ours, b"http://purl.oclc.org/ooxml/spreadsheetml/main")


def test_a_broken_sheet_leaves_the_others_to_be_read(tmp_path: Path) -> None:
    book = a_workbook(tmp_path / "a.xlsx", [("单位", [["单位代码"]]), ("人员", [["工号"]])])
    repacked(book, lambda name, xml: xml[:-30] if name.endswith("sheet1.xml") else xml)

    found = sheets.read(book)

    assert found.problems == [Problem("a.xlsx 单位", 0, "", "这张表已损坏，请在 Excel 中打开并另存一份")]
    assert ([table.kind for table in found.tables], found.unread) == (
        [TableKind.PEOPLE],
        {TableKind.UNITS},
    )


def test_a_row_longer_than_the_header_is_told_and_an_unnamed_column_has_a_name(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("工号,,姓名\n101,甲,李老师,宣传,秘书\n", encoding="utf-8")

    found = sheets.read(tmp_path)

    assert found.tables[0].headers == ("工号", "第 2 列", "姓名")
    reason = '比表头多 2 列；内容里的逗号要加引号，如 "甲,乙"'
    assert found.problems == [Problem("people.csv", 2, "", reason)]


def encrypted() -> bytes:
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512) + "EncryptedPackage".encode("utf-16-le")


def broken() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("units.csv", "单位代码\n机电".encode("gbk"), "不是 UTF-8 编码，请在 Excel 中另存为“CSV UTF-8”"),
        ("units.csv", b"", "是空的，连表头也没有"),
        ("units.csv", b'"a"b\n', "第 1 行的引号不成对，或一格过长；内容里的引号要写成两个"),
        ("a.xlsx", encrypted(), "文件有密码，请去掉密码再导入"),
        ("a.xlsx", bytes.fromhex("d0cf11e0a1b11ae1"), "是旧的 .xls 格式，请另存为 .xlsx"),
        ("a.xlsx", b"", "不是完好的 .xlsx 文件"),
        ("a.xlsx", broken(), "不是完好的 .xlsx 文件"),
        ("a.xlsx", b"PK\x03\x04 cut off", "不是完好的 .xlsx 文件"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_one_sentence(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)

    found = sheets.read(tmp_path / name)

    assert (found.tables, found.problems) == (NO_TABLES, [Problem(name, 0, "", reason)])


@given(st.binary(max_size=60) | st.text('工号,"\n;1 ', max_size=30).map(str.encode))
def test_whatever_bytes_a_file_holds_it_is_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    folder = tmp_path_factory.mktemp("any")
    for name in ("people.csv", "a.xlsx"):
        (folder / name).write_bytes(content)
        found = sheets.read(folder / name)
        assert found.tables or found.problems


def test_an_empty_sheet_and_a_missing_path_are_told(tmp_path: Path) -> None:
    book = a_workbook(tmp_path / "a.xlsx", [("media", [])])

    assert sheets.read(book).problems == [Problem("a.xlsx media", 0, "", "是空的，连表头也没有")]
    assert sheets.read(tmp_path / "none.xlsx").problems == [Problem("none.xlsx", 0, "", "找不到这个文件")]


def test_other_files_of_a_folder_are_told_and_left_out(tmp_path: Path) -> None:
    (tmp_path / "经费.csv").write_text("a\n1\n", encoding="utf-8")
    (tmp_path / "readme.txt").write_text("", encoding="utf-8")

    found = sheets.read(tmp_path)

    assert found.tables == NO_TABLES
    assert found.warnings == [Problem("经费.csv", 0, "", "不是导入表，已忽略")]
