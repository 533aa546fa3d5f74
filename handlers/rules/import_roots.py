"""Rows that cannot be told before the one they name is put right: they wait, and are no further fault."""

from collections.abc import Iterable, Mapping

from handlers.rules.import_cells import Line, Problem, Report, TableKind, tidy
from handlers.rules.import_rows import Rows

_KEYS = {TableKind.UNITS: "单位代码", TableKind.PEOPLE: "工号"}
_NAMING = {
    TableKind.UNITS: {
        "上级单位代码": TableKind.UNITS,
        "第一责任人工号": TableKind.PEOPLE,
        "副职工号": TableKind.PEOPLE,
    },
    TableKind.PEOPLE: {"单位代码": TableKind.UNITS},
    TableKind.MEDIA: {
        "主办单位代码": TableKind.UNITS,
        "运营负责人工号": TableKind.PEOPLE,
        "管理员工号": TableKind.PEOPLE,
    },
}
"""By table and column, of which table a row is named there."""

_NAMED = 3
"""Rows that a sentence names."""


def roots(rows: Rows) -> dict[TableKind, list[Line]]:
    """The rows that do not tell who or what they are: each may be whom another row names."""
    units = [entry.line for entry in rows.units if not entry.key]
    persons = [entry.line for entry in rows.people if not entry.key]
    found = {TableKind.UNITS: units, TableKind.PEOPLE: persons}
    return {kind: lines for kind, lines in found.items() if lines}


def awaited(kind: TableKind, lines: Iterable[Line]) -> str:
    """Which cells are put right first: people.csv 第 3、7 行“工号”."""
    rows: dict[str, list[str]] = {}
    for line in lines:
        rows.setdefault(line.file, []).append(str(line.row))
    said = (
        f"{file} 第 {'、'.join(some[:_NAMED])}{' 等' if len(some) > _NAMED else ''} 行"
        for file, some in rows.items()
    )
    return f"{'，'.join(said)}“{_KEYS[kind]}”"


def set_apart(rows: Rows, report: Report) -> None:
    """A cell with the very text for which the row it names cannot be read is no fault of its own."""
    broken = {
        (kind, _text(line, _KEYS[kind])): line
        for kind, lines in reversed(report.roots.items())
        for line in reversed(lines)
    }
    kinds = {
        (entry.line.file, entry.line.row): (kind, entry.line)
        for kind, entries in (
            (TableKind.UNITS, rows.units), (TableKind.PEOPLE, rows.people), (TableKind.MEDIA, rows.media),
        )
        for entry in entries
    }  # fmt: skip
    kept = []
    for problem in report.problems:
        if root := _root(problem, kinds, broken):
            kind, line = root
            report.wait(problem, f"与 {awaited(kind, [line])}是同一个值，那里改好后，这里照样改")
        else:
            kept.append(problem)
    report.problems[:] = kept


def _root(
    problem: Problem,
    kinds: Mapping[tuple[str, int], tuple[TableKind, Line]],
    broken: Mapping[tuple[TableKind, str], Line],
) -> tuple[TableKind, Line] | None:
    """The row whose key is the same text that cannot be read, where the problem's cell names one."""
    kind, line = kinds.get((problem.file, problem.row), (None, None))
    if kind is None or line is None or (named := _NAMING[kind].get(problem.column)) is None:
        return None
    text = _text(line, problem.column)
    found = broken.get((named, text)) if text else None
    return (named, found) if found else None


def _text(line: Line, column: str) -> str:
    return tidy(line.cells.get(column, ""))
