"""A small school as import tables, to be spoiled one cell at a time."""

from dataclasses import replace
from datetime import date

from handlers.rules.import_cells import Line, Table, TableKind
from handlers.rules.import_rows import Existing
from handlers.rules.imports import Plan, plan

TODAY = date(2026, 11, 22)

UNITS = """
单位代码,单位名称,单位类型,上级单位代码,第一责任人工号,副职工号
1,学校党委,学校党委,,,
2,机电学院,基层党委,1,100,
3,学院办公室,内设机构,2,,
"""

PEOPLE = """
工号,姓名,单位代码,身份,职务,角色,企业微信账号,飞书账号,手机,邮箱,离职日期
100,王书记,2,教职工,书记,,wang,,,,
101,李老师,2,教职工,,,LiLaoshi,ou_li,,,
102,陈同学,2,学生,,,,,,,
103,何老师,2,教职工,,,,,,,2020-01-01
"""

MEDIA = """
媒体名称,平台类型,账号,主办单位代码,运营负责人工号,管理员工号,备案号,备案日期,状态
机电之声,微信公众号,jd,2,101,101;102,QM-0001,2019-03-11,在用
机电视频,视频号,,2,101,,,,
"""


def table(kind: TableKind, text: str) -> Table:
    """A table from lines of cells with commas between."""
    header, *rows = [line.split(",") for line in text.strip().splitlines()]
    lines = [Line(kind, row, dict(zip(header, cells, strict=True))) for row, cells in enumerate(rows, 2)]
    return Table(kind, kind, tuple(header), tuple(lines))


def school() -> list[Table]:
    """The small school, without a fault."""
    return [
        table(TableKind.UNITS, UNITS),
        table(TableKind.PEOPLE, PEOPLE),
        table(TableKind.MEDIA, MEDIA),
    ]


def with_cell(tables: list[Table], kind: TableKind, row: int, column: str, value: str) -> list[Table]:
    """The same tables with one cell changed."""
    return [_with_cell(one, row, column, value) if one.kind is kind else one for one in tables]


def _with_cell(of: Table, row: int, column: str, value: str) -> Table:
    lines = [
        replace(line, cells={**line.cells, column: value}) if line.row == row else line for line in of.lines
    ]
    return replace(of, lines=tuple(lines))


def with_row(tables: list[Table], kind: TableKind, text: str) -> list[Table]:
    """The same tables with one row more."""
    found = next(one for one in tables if one.kind is kind)
    cells = dict(zip(found.headers, text.split(","), strict=True))
    more = replace(found, lines=(*found.lines, Line(kind, len(found.lines) + 2, cells)))
    return [more if one is found else one for one in tables]


def after(plan: Plan) -> Existing:
    """What the database has once the plan is carried out on an empty one."""
    return Existing(
        {unit.code: unit for unit in plan.units},
        {person.id: person for person in plan.people},
        {medium.no: medium for medium in plan.media},
        plan.last_number,
    )


def planned(tables: list[Table], existing: Existing = Existing()) -> Plan:  # noqa: B008
    """What an import of these would write today."""
    return plan(tables, existing, TODAY)
