"""Import tables as they lie on disk, an .xlsx or a folder of .csv, read into rows of text."""

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from bot import cell_text, reasons, workbook
from bot.workbook import Row, UnreadableError
from handlers.rules.import_cells import COLUMNS, TITLES, Line, Problem, Table, TableKind, tidy

KINDS = {kind.value: kind for kind in TableKind} | {title: kind for kind, title in TITLES.items()}
TITLE_ROWS = 10
"""Rows in which the headers are looked for: a title and a note may stand above them."""
LARGEST = 50_000_000
"""Bytes of a file; a university's tables are a hundredth of that."""

_SEPARATOR = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


@dataclass(slots=True)
class Sheets:
    """The tables that were found; problems are files that cannot be read (tables of the kinds `unread`) or
    rows that cannot; warnings those left out."""

    tables: list[Table] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    unread: set[TableKind] = field(default_factory=set)


def read(path: Path) -> Sheets:
    """Every table at `path`: a folder of .csv, one .csv, or an .xlsx; never raises."""
    found = Sheets()
    try:
        if path.is_dir():
            for file in sorted(path.iterdir()):
                if file.suffix.lower() == ".csv":
                    _read_csv(file, found)
        elif path.suffix.lower() == ".csv":
            _read_csv(path, found)
        else:
            _read_workbook(path, found)
    except FileNotFoundError:
        found.problems.append(Problem(path.name, 0, "", "找不到这个文件"))
    except OSError as error:
        found.problems.append(Problem(path.name, 0, "", f"打不开：{reasons.said(error)}"))
    return found


def _kind(name: str) -> TableKind | None:
    return KINDS.get(tidy(name).casefold())


def _read_csv(path: Path, found: Sheets) -> None:
    kind = _kind(path.stem)
    if kind is None:
        found.warnings.append(Problem(path.name, 0, "", "不是导入表，已忽略"))
        return
    try:
        content = content_of(path)
        _add(found, kind, path.name, csv_rows(content), content)
    except UnreadableError as why:
        found.problems.append(Problem(path.name, 0, "", str(why)))
        found.unread.add(kind)


def content_of(path: Path) -> bytes:
    """What a file holds. Raises UnreadableError where it is too large to be a table."""
    if path.stat().st_size > LARGEST:
        raise UnreadableError(f"文件超过 {LARGEST // 1_000_000} MB，不像是导入表")
    return path.read_bytes()


def csv_rows(content: bytes) -> Iterator[Row]:
    """The rows of a .csv; raises UnreadableError as it comes to what cannot be read."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableError("不是 UTF-8 编码，请在 Excel 中另存为“CSV UTF-8”") from None
    told = _SEPARATOR.match(text)  # Excel's own first line, which it does not count as a row
    text = text[told.end() :] if told else text
    lines = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=told[1] if told else ",")
    try:
        for row, record in enumerate(lines, 1):
            yield Row(row, [cell_text.plain(cell_text.formula(cell)) for cell in record])
    except csv.Error:
        reason = f"第 {lines.line_num} 行的引号不成对，或一格过长；内容里的引号要写成两个"
        raise UnreadableError(reason) from None


def _read_workbook(path: Path, found: Sheets) -> None:
    try:
        content = content_of(path)
        book = workbook.opened(content)
    except UnreadableError as why:
        found.problems.append(Problem(path.name, 0, "", str(why)))
        found.unread |= set(TableKind)
        return
    for title in book.titles:
        file = f"{path.name} {title}"
        if kind := _kind(title):
            try:
                _add(found, kind, file, book.rows(title), content)
            except UnreadableError as why:
                found.problems.append(Problem(file, 0, "", str(why)))
                found.unread.add(kind)
        else:
            found.warnings.append(Problem(file, 0, "", "不是导入表，已忽略"))


def _add(found: Sheets, kind: TableKind, file: str, records: Iterable[Row], content: bytes) -> None:
    rows = list(_filled(records))
    if not rows:
        raise UnreadableError("是空的，连表头也没有")
    top = _top(kind, rows)
    header_row, names = rows[top].number, rows[top].cells
    headers = [_header(name) or f"第 {i} 列" for i, name in enumerate(names, 1)]
    lines = []
    for row in rows[top + 1 :]:
        if len(row.cells) > len(headers):
            reason = f'比表头多 {len(row.cells) - len(headers)} 列；内容里的逗号要加引号，如 "甲,乙"'
            found.problems.append(Problem(file, row.number, "", reason))
        lines.append(_line(file, headers, row))
    sha256 = hashlib.sha256(content).hexdigest()
    found.tables.append(Table(kind, file, tuple(headers), tuple(lines), header_row, sha256))


def _line(file: str, headers: Sequence[str], row: Row) -> Line:
    padded = [*row.cells, *[""] * (len(headers) - len(row.cells))]
    faults: Mapping[str, str] = {headers[at]: why for at, why in row.faults.items() if at < len(headers)}
    return Line(file, row.number, dict(zip(headers, padded, strict=False)), faults)


def _top(kind: TableKind, rows: Sequence[Row]) -> int:
    """Which of the first rows has the headers: the one with the most columns that are known."""
    known = {column.name for column in COLUMNS[kind]}
    counts = [len(known & {_header(name) for name in row.cells}) for row in islice(rows, TITLE_ROWS)]
    if not any(counts):
        names = "、".join(column.name for column in COLUMNS[kind] if column.required)
        raise UnreadableError(f"没有找到表头，前几行中应有：{names}")
    return counts.index(max(counts))


def _filled(records: Iterable[Row]) -> Iterator[Row]:
    """Rows that are not blank, without blank cells at their ends."""
    for row in records:
        cells = [tidy(cell) for cell in row.cells]
        while cells and not cells[-1] and len(cells) - 1 not in row.faults:
            cells.pop()
        if cells:
            yield Row(row.number, cells, row.faults)


def _header(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split()).strip("*")
