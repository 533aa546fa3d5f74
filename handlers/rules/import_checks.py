"""What the rows of the import tables must be to each other, and to what the database has."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date

from handlers.rules.import_cells import COLUMNS, TITLES, Column, Line, Problem, Report, Table, TableKind
from handlers.rules.import_roots import awaited
from handlers.rules.import_rows import Entry, Existing, Record, Rows
from handlers.rules.import_undoes import FiledFields, undone
from handlers.rules.permits import FOR_STAFF
from handlers.rules.text import skeleton
from storage.records import Identity, Medium, Person, Role, Unit, UnitKind
from storage.vocabulary import PLATFORM_TYPES

LED = (UnitKind.PARTY_UNIT, UnitKind.PARTY_BRANCH, UnitKind.DEPARTMENT, UnitKind.DIRECT_UNIT)
"""> 基层党委（党总支）书记、党政职能部门和直属单位负责人为……第一责任人。（第五条（二））"""

UNDO = "--undo-recorded"
"""The switch of `quanmei import` that lets an older table take recorded changes back."""


def merged(entries: Sequence[Entry[Record]], before: Mapping[str, Record]) -> dict[str, Record]:
    """Records by key as they will be."""
    return {**before, **{entry.key: entry.record for entry in entries if entry.key}}


def check_headers(tables: Sequence[Table], report: Report) -> list[Table]:
    """Required columns are there, nothing stands twice; unknown columns are told and left out.

    Returns the tables of which all that is so; the others are `unread`.
    """
    if not tables and not report.unread:
        names = "、".join(f"{kind}（{title}）" for kind, title in TITLES.items())
        report.problems.append(Problem("", 0, "", f"没有可导入的表，表名应为：{names}"))
    kinds = [table.kind for table in tables]
    sound = []
    for table in tables:
        before = len(report.problems)
        if kinds.count(table.kind) > 1:
            report.problems.append(Problem(table.file, 0, "", f"“{TITLES[table.kind]}”表不止一份"))
        columns = COLUMNS[table.kind]
        for column in columns:
            _check_column(table, column, report)
        for header in table.headers:
            if header not in {column.name for column in columns}:
                report.warnings.append(Problem(table.file, table.header_row, header, "不认识这一列，已忽略"))
        if len(report.problems) == before:
            sound.append(table)
        else:
            report.unread.add(table.kind)
    return sound


def _check_column(table: Table, column: Column, report: Report) -> None:
    times = table.headers.count(column.name)
    if times > 1:
        report.problems.append(Problem(table.file, table.header_row, column.name, "这一列出现了不止一次"))
    if column.required and not times:
        report.problems.append(Problem(table.file, table.header_row, column.name, "缺少这一列"))


def check(rows: Rows, existing: Existing, today: date, report: Report) -> None:
    """Everything that takes more than one row to see."""
    units = merged(rows.units, existing.units)
    people = merged(rows.people, existing.people)
    _check_unique(rows, existing, report)
    for unit in rows.units:
        stood = existing.units.get(unit.key) == unit.record
        gone = {key for key in people if stood and _had_left(key, existing, today)}
        _check_unit(unit.line, unit.record, units, people, today, report, gone)
    told = {unit.key for unit in rows.units}
    led = [unit for code, unit in existing.units.items() if code not in told]
    for person in rows.people:
        _check_known(person.line, "单位代码", TableKind.UNITS, [person.record.unit], units, report)
        if person.record.identity is not Identity.STAFF:
            _check_not_staff(person, led, report)
    for medium in rows.media:
        stood = existing.media.get(medium.key) == medium.record
        _check_medium(medium.line, medium.record, units, people, report, stood=stood)
        _check_order(medium, existing, report)
    _check_undone(rows.units, existing.units, existing.filed, report)
    _check_undone(rows.media, existing.media, existing.filed, report)
    _tell_departures(rows, existing, today, report)


def _check_unique(rows: Rows, existing: Existing, report: Report) -> None:
    people, media = existing.people, existing.media
    _check_keys(rows.units, "单位代码", report)
    _check_keys(rows.people, "工号", report)
    _check_values(rows.people, people, "企业微信账号", lambda person: person.wecom.lower(), report)
    _check_values(rows.people, people, "飞书账号", lambda person: person.feishu, report)
    same = _check_values(rows.media, media, "媒体名称", _full_name, report)
    _check_keys([entry for entry in rows.media if entry.line not in same], "备案号", report)
    _check_alike([entry for entry in rows.media if entry.line not in same], media, report)


def _full_name(medium: Medium) -> str:
    return f"{medium.name}（{medium.platform_type}）" if medium.name and medium.platform_type else ""


def _check_alike(entries: Sequence[Entry[Medium]], before: Mapping[str, Medium], report: Report) -> None:
    """No medium looks like another on its platform; where the ledger has it so already, that is told."""
    told = {entry.key for entry in entries}
    taken = {_look(old): f"{old.name}（{key}）" for key, old in before.items() if key not in told}
    for entry in entries:
        medium = entry.record
        if not (medium.name and medium.platform_type):
            continue
        if other := taken.get(_look(medium)):
            tell = report.warn if before.get(entry.key) == medium else report.wrong
            tell(entry.line, "媒体名称", f"“{medium.name}”与{other}看起来同名，同一平台不能重名")
        taken.setdefault(_look(medium), f"第 {entry.line.row} 行")


def _look(medium: Medium) -> tuple[str, str]:
    return skeleton(medium.name), medium.platform_type


def _check_keys(entries: Iterable[Entry[Record]], column: str, report: Report) -> None:
    first: dict[str, int] = {}
    for entry in entries:
        if entry.key and (row := first.setdefault(entry.key, entry.line.row)) != entry.line.row:
            report.wrong(entry.line, column, f"“{entry.key}”与第 {row} 行重复")


def _check_values(
    entries: Sequence[Entry[Record]],
    before: Mapping[str, Record],
    column: str,
    value: Callable[[Record], str],
    report: Report,
) -> list[Line]:
    """Nobody else has the same; returns the rows where somebody has."""
    told = {entry.key for entry in entries}
    taken = {value(old): f"{old.name}（{key}）" for key, old in before.items() if key not in told}
    found = []
    for entry in entries:
        if not (wanted := value(entry.record)):
            continue
        if wanted in taken:
            report.wrong(entry.line, column, f"“{wanted}”已属于{taken[wanted]}")
            found.append(entry.line)
        taken.setdefault(wanted, f"第 {entry.line.row} 行")
    return found


def _check_known(
    line: Line, column: str, kind: TableKind, keys: Iterable[str], known: Collection[str], report: Report
) -> None:
    noun = "单位" if kind is TableKind.UNITS else "工号"
    for key in keys:
        if not key or key in known or kind in report.unread:
            continue
        missing = Problem(line.file, line.row, column, f"{noun}“{key}”不在表中，系统里也没有")
        if lines := report.roots.get(kind):
            report.wait(missing, f"{noun}“{key}”还没有找到，等 {awaited(kind, lines)}改好后再核对")
        else:
            report.problems.append(missing)


def _check_unit(
    line: Line,
    unit: Unit,
    units: Mapping[str, Unit],
    people: Mapping[str, Person],
    today: date,
    report: Report,
    gone: Collection[str],
) -> None:
    """`gone` are those who had left before: that a unit still names them is told, and no fault of the row."""
    _check_known(line, "上级单位代码", TableKind.UNITS, [unit.parent], units, report)
    if loop := _loop(unit, units):
        report.wrong(line, "上级单位代码", f"上级单位成环：{'→'.join(loop)}")
    for column, ids in (("第一责任人工号", (unit.first_responsible,)), ("副职工号", unit.deputies)):
        _check_known(line, column, TableKind.PEOPLE, ids, people, report)
        for person in _those(ids, people):
            if person.identity is not Identity.STAFF:
                report.wrong(line, column, f"{person.name}（{person.id}）不是教职工")
            elif has_left(person, today):
                tell = report.warn if person.id in gone else report.wrong
                tell(line, column, f"{person.name}（{person.id}）已于 {person.left_on} 离职")
    if unit.kind in LED and not (unit.first_responsible or line.cells.get("第一责任人工号", "").strip()):
        report.warn(line, "第一责任人工号", "没有第一责任人，该单位的审批将一直等待")


def _check_not_staff(entry: Entry[Person], led: Iterable[Unit], report: Report) -> None:
    """Who decides or is in charge is 教职工; `led` are the units that the import leaves alone."""
    line, person = entry.line, entry.record
    if roles := [role for role in Role if role in person.roles & FOR_STAFF]:
        column = "角色" if "角色" in line.cells else "身份"
        report.wrong(line, column, f"“{'、'.join(roles)}”须由教职工担任，此人不是教职工")
    for unit in led:
        if entry.key in (unit.first_responsible, *unit.deputies):
            post = "第一责任人" if entry.key == unit.first_responsible else "副职"
            report.wrong(line, "身份", f"是{unit.name}的{post}，须为教职工")


def _loop(unit: Unit, units: Mapping[str, Unit]) -> list[str]:
    """The way from a unit up to itself, or nothing."""
    path = [unit.code]
    while (above := units.get(path[-1])) and above.parent and above.parent not in path:
        path.append(above.parent)
    return [*path, unit.code] if above and above.parent == unit.code else []


def _check_medium(
    line: Line,
    medium: Medium,
    units: Mapping[str, Unit],
    people: Mapping[str, Person],
    report: Report,
    *,
    stood: bool,
) -> None:
    """`stood` says that the ledger has the very same line: then who runs it is told, and no fault."""
    ids = (medium.operator, *medium.admins)
    _check_known(line, "主办单位代码", TableKind.UNITS, [medium.unit], units, report)
    _check_known(line, "运营负责人工号", TableKind.PEOPLE, [medium.operator], people, report)
    _check_known(line, "管理员工号", TableKind.PEOPLE, medium.admins, people, report)
    found = _those(ids, people)
    if len(found) == len(ids) and all(person.identity is not Identity.STAFF for person in found):
        tell = report.warn if stood else report.wrong
        tell(line, "运营负责人工号", "运营负责人和管理员中至少一人须为教职工")
    if medium.platform_type not in PLATFORM_TYPES:
        report.warn(line, "平台类型", f"“{medium.platform_type}”不是常用名称，将按原样保存")


def _check_order(entry: Entry[Medium], existing: Existing, report: Report) -> None:
    """What was ordered to stand still is not set going by a table.

    > 学校有权责令其停止运行……（第十五条）
    """
    by, before = existing.ordered.get(entry.key), existing.media.get(entry.key)
    if by and before and entry.record.state is not before.state:
        lifted = "整改经全媒体中心通过后恢复，导入不能改（第十五条）；请填“停止运行”或留空"
        report.wrong(entry.line, "状态", f"已被{by}责令停止运行，{lifted}")


def _check_undone(
    entries: Sequence[Entry[Unit]] | Sequence[Entry[Medium]],
    before: Mapping[str, Unit] | Mapping[str, Medium],
    filed: FiledFields,
    report: Report,
) -> None:
    """A table of before takes back what was filed and recorded since only where that is asked for."""
    for entry in entries:
        if not (old := before.get(entry.key)):
            continue
        for column, changes in undone(entry.key, old, entry.record, filed):
            if report.undo:
                report.warn(entry.line, column, f"按要求改回，撤销已记录的变更 {changes}")
            else:
                said = f"会撤销已记录的变更 {changes}；请改用现在的值，确要按表改回请加 {UNDO}"
                report.wrong(entry.line, column, said)


def _those(ids: Iterable[str], people: Mapping[str, Person]) -> list[Person]:
    return [people[key] for key in ids if key in people]


def has_left(person: Person, today: date) -> bool:
    return person.left_on is not None and person.left_on <= today


def _tell_departures(rows: Rows, existing: Existing, today: date, report: Report) -> None:
    """Who leaves with this import and still holds something: the duties that follow."""
    leaving = {
        entry.key: entry.line
        for entry in rows.people
        if has_left(entry.record, today) and not _had_left(entry.key, existing, today)
    }
    for unit in merged(rows.units, existing.units).values():
        if line := leaving.get(unit.first_responsible):
            report.warn(line, "离职日期", f"离职者是{unit.name}的第一责任人，请写明继任者")
    for medium in merged(rows.media, existing.media).values():
        for person in dict.fromkeys((medium.operator, *medium.admins)):
            if line := leaving.get(person):
                report.warn(line, "离职日期", f"离职者还在运营“{medium.name}”，须在 5 个工作日内办理变更备案")


def _had_left(person: str, existing: Existing, today: date) -> bool:
    return person in existing.people and has_left(existing.people[person], today)
