"""One cell that cannot be read is one fault: who names that row waits for it (import)."""

from handlers.rules.import_cells import Problem, TableKind
from handlers.rules.import_rows import Existing
from handlers.rules.imports import plan
from tests.rules.import_tables import TODAY, school, with_cell

COUNTED = "2.02301E+11"
LOST = f"“{COUNTED}”是 Excel 的科学计数，原来的数字已经丢失；请把这一列设为文本，再重新填写"


def test_who_is_named_by_a_number_that_another_row_lost_waits_for_that_row() -> None:
    tables = with_cell(school(), TableKind.PEOPLE, 3, "工号", COUNTED)
    decided = plan(tables, Existing(), TODAY)
    waits = "工号“101”还没有找到，等 people 第 3 行“工号”改好后再核对"

    assert decided.problems == (Problem("people", 3, "工号", LOST),)
    assert decided.waiting == (
        Problem("media", 2, "运营负责人工号", waits),
        Problem("media", 2, "管理员工号", waits),
        Problem("media", 3, "运营负责人工号", waits),
    )


def test_the_same_text_lost_in_each_row_is_said_once() -> None:
    tables = with_cell(school(), TableKind.PEOPLE, 2, "工号", COUNTED)
    tables = with_cell(tables, TableKind.UNITS, 3, "第一责任人工号", COUNTED)
    decided = plan(tables, Existing(), TODAY)
    same = "与 people 第 2 行“工号”是同一个值，那里改好后，这里照样改"

    assert decided.problems == (Problem("people", 2, "工号", LOST),)
    assert decided.waiting == (Problem("units", 3, "第一责任人工号", same),)
    assert decided.warnings == ()


def test_a_text_lost_where_no_row_has_it_for_its_own_stays_a_fault() -> None:
    tables = with_cell(school(), TableKind.MEDIA, 3, "运营负责人工号", COUNTED)

    assert plan(tables, Existing(), TODAY).problems == (Problem("media", 3, "运营负责人工号", LOST),)


def test_a_unit_whose_code_cannot_be_read_is_one_fault_too() -> None:
    decided = plan(with_cell(school(), TableKind.UNITS, 3, "单位代码", "2 2"), Existing(), TODAY)

    assert [(one.file, one.row) for one in decided.problems] == [("units", 3)]
    assert {one.column for one in decided.waiting} == {"主办单位代码", "单位代码", "上级单位代码"}
