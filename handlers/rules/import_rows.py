"""The rows of the import tables as the records they will be; a column that is absent keeps what is known.

An empty cell empties, but for these: 离职日期 (only a date says that somebody left; `在职` takes it
back), 备案号, 备案日期 and 状态, which an empty cell leaves as they are.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from handlers.rules.import_cells import Cells, Line, Report, Table, TableKind
from handlers.rules.import_undoes import FiledFields, former_names
from handlers.rules.platform_types import usual
from storage.records import Identity, Medium, MediumState, Person, Role, Unit, UnitKind

Record = TypeVar("Record", Unit, Person, Medium)
Value = TypeVar("Value")
IN_SERVICE = "在职"


@dataclass(frozen=True, slots=True)
class Existing:
    """What the database has, by 单位代码, 工号 and 备案号; `last_number` is the last one given, `ordered` the
    media that a notice has stopped, with its name, `filed` what recorded changes have made of fields."""

    units: Mapping[str, Unit] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    media: Mapping[str, Medium] = field(default_factory=dict)
    last_number: int = 0
    ordered: Mapping[str, str] = field(default_factory=dict)
    filed: FiledFields = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry(Generic[Record]):
    """A row, its key (empty where it has none), and its record, blank where a cell cannot stand."""

    line: Line
    key: str
    record: Record


@dataclass(frozen=True, slots=True)
class Rows:
    """Everything the tables say."""

    units: Sequence[Entry[Unit]] = ()
    people: Sequence[Entry[Person]] = ()
    media: Sequence[Entry[Medium]] = ()


def read(tables: Sequence[Table], existing: Existing, report: Report) -> Rows:
    """All rows; a problem of a single row goes to the report."""
    lines = {table.kind: [Cells(line, table.kind, report) for line in table.lines] for table in tables}
    names = former_names(existing.filed, existing.media) | {
        (usual(medium.platform_type), medium.name): no for no, medium in existing.media.items()
    }
    return Rows(
        [_unit(cells, existing.units) for cells in lines.get(TableKind.UNITS, ())],
        [_person(cells, existing.people) for cells in lines.get(TableKind.PEOPLE, ())],
        [_medium(cells, existing.media, names) for cells in lines.get(TableKind.MEDIA, ())],
    )


def _kept(cells: Cells, column: str, read: Callable[[str], Value], before: Value) -> Value:
    return read(column) if cells.has(column) else before


def _unit(cells: Cells, known: Mapping[str, Unit]) -> Entry[Unit]:
    code, kind = cells.code("单位代码"), cells.choice("单位类型", UnitKind)
    old = known.get(code) or Unit(code, "", UnitKind.INNER)
    new = replace(
        old,
        name=cells.text("单位名称"),
        kind=kind or old.kind,
        parent=_kept(cells, "上级单位代码", cells.code, old.parent),
        first_responsible=_kept(cells, "第一责任人工号", cells.code, old.first_responsible),
        deputies=_kept(cells, "副职工号", cells.codes, old.deputies),
    )
    if kind is UnitKind.INNER:
        _check_inner(cells, new)
    return Entry(cells.line, code, new)


def _check_inner(cells: Cells, unit: Unit) -> None:
    if unit.first_responsible:
        cells.wrong("第一责任人工号", "内设机构由上级单位的第一责任人负责，此处应留空")
    if not cells.raw("上级单位代码") and not unit.parent:
        cells.wrong("上级单位代码", "内设机构须填写上级单位")


def _person(cells: Cells, known: Mapping[str, Person]) -> Entry[Person]:
    key, identity = cells.code("工号"), cells.choice("身份", Identity)
    old = known.get(key) or Person(key, "", "")
    new = replace(
        old,
        name=cells.name("姓名"),
        unit=cells.code("单位代码"),
        identity=identity or old.identity,
        title=_kept(cells, "职务", cells.text, old.title),
        roles=_kept(cells, "角色", lambda column: cells.choices(column, Role), old.roles),
        wecom=_kept(cells, "企业微信账号", cells.account, old.wecom),
        feishu=_kept(cells, "飞书账号", cells.account, old.feishu),
        mobile=_kept(cells, "手机", cells.digits, old.mobile),
        email=_kept(cells, "邮箱", cells.text, old.email),
    )
    if cells.raw("离职日期") == IN_SERVICE:
        new = replace(new, left_on=None)
    elif left_on := cells.day("离职日期"):
        new = replace(new, left_on=left_on)
    return Entry(cells.line, key, new)


def _medium(cells: Cells, known: Mapping[str, Medium], names: Mapping[tuple[str, str], str]) -> Entry[Medium]:
    """Keyed by the 备案号 of the cell, else by that of the medium on the books with this name."""
    named = names.get((usual(cells.raw("平台类型")), cells.raw("媒体名称")), "")
    key = cells.number("备案号") or named
    old = known.get(key) or Medium(key, "", "", "", "")
    new = replace(
        old,
        name=cells.text("媒体名称"),
        platform_type=usual(cells.text("平台类型")),
        unit=cells.code("主办单位代码"),
        operator=cells.code("运营负责人工号"),
        admins=_kept(cells, "管理员工号", cells.codes, old.admins),
        account=_kept(cells, "账号", cells.text, old.account),
        filed_on=cells.day("备案日期") or old.filed_on,
        state=cells.choice("状态", MediumState) or old.state,
    )
    return Entry(cells.line, key, new)
