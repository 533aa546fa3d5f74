"""Import tables as people keep them: what is read, and what each unreadable file is told."""

import hashlib
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from bot import sheets
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
    ],
)
def test_a_cell_becomes_the_text_that_people_mean(tmp_path: Path, value: object, text: str) -> None:
    book = a_workbook(tmp_path / "a.xlsx", [("people", [["工号", "姓名"], [value, "末"]])])

    assert sheets.read(book).tables[0].lines[0].cells == {"工号": text, "姓名": "末"}


def test_a_number_shown_with_leading_zeros_keeps_them(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "people"
    sheet.append(["工号"])
    sheet.append([8001])
    sheet["A2"].number_format = "0000000"
    book.save(tmp_path / "a.xlsx")

    assert sheets.read(tmp_path / "a.xlsx").tables[0].lines[0].cells == {"工号": "0008001"}


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
        ("units.csv", b'"a"b\n', "CSV 格式有误：',' expected after '\"'"),
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
