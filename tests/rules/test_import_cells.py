"""Cells of import tables that are not what somebody filled in."""

from dataclasses import replace

import pytest

from handlers.rules.import_cells import Problem, TableKind
from tests.rules.import_tables import MEDIA, PEOPLE, planned, school, table, with_cell

U, P, M = TableKind.UNITS, TableKind.PEOPLE, TableKind.MEDIA


@pytest.mark.parametrize(
    ("kind", "column", "value", "reason"),
    [
        (P, "工号", "2.02301E+11", "“2.02301E+11”是 Excel 的科学计数，原来的数字已经丢失；"),
        (P, "手机", "1.38E+10", "“1.38E+10”是 Excel 的科学计数，原来的数字已经丢失；"),
        (M, "管理员工号", "2.02301E+11", "“2.02301E+11”是 Excel 的科学计数，原来的数字已经丢失；"),
        (P, "单位代码", "2026-10-01", "“2026-10-01”像是被 Excel 改成了日期；"),
        (M, "备案日期", "46082", "“46082”是没有设成日期格式的日期，多半是 2026-03-01；"),
    ],
)
def test_what_excel_has_made_of_a_cell_is_told(kind: TableKind, column: str, value: str, reason: str) -> None:
    tables = with_cell(school(), kind, 2, column, value)

    told = [problem.reason for problem in planned(tables).problems if problem.column == column]

    assert told[0].startswith(reason)


@pytest.mark.parametrize("written", ["'0010001", "’0010001", '="0010001"'])
def test_what_keeps_excel_from_counting_a_number_is_no_part_of_it(written: str) -> None:
    tables = with_cell(with_cell(school(), P, 4, "工号", written), M, 2, "管理员工号", f"101;{written}")

    assert planned(tables).problems == ()
    assert planned(tables).media[0].admins == ("101", "0010001")


def test_a_cell_that_cannot_be_told_says_why_and_nothing_else() -> None:
    tables = school()
    line = replace(tables[1].lines[0], faults={"姓名": "公式还没有算出结果"})
    tables[1] = replace(tables[1], lines=(line, *tables[1].lines[1:]))

    assert planned(tables).problems == (Problem(P, 2, "姓名", "公式还没有算出结果"),)


@pytest.mark.parametrize(("written", "kept"), [("王　磊", "王磊"), ("王 磊", "王磊"), ("Li Lei", "Li Lei")])
def test_the_blanks_that_pad_a_name_are_left_out(written: str, kept: str) -> None:
    assert planned(with_cell(school(), P, 2, "姓名", written)).people[0].name == kept


def test_the_other_tables_are_checked_without_the_one_that_cannot_be_read() -> None:
    tables = [table(U, "单位代码,单位名称\n9,学校党委"), table(P, PEOPLE), table(M, MEDIA)]
    tables = with_cell(tables, P, 3, "身份", "工人")

    assert planned(tables).problems == (
        Problem(P, 3, "身份", "身份“工人”不在可选范围：教职工、学生"),
        Problem(U, 1, "单位类型", "缺少这一列"),
    )
