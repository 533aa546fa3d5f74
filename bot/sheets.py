"""Import tables as they lie on disk, an .xlsx or a folder of .csv, read into rows of text."""

import csv
import hashlib
import io
import re
import unicodedata
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from handlers.rules.import_cells import TITLES, Line, Problem, Table, TableKind, tidy

KINDS = {kind.value: kind for kind in TableKind} | {title: kind for kind, title in TITLES.items()}
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZEROS = re.compile(r"0+")


@dataclass(slots=True)
class Sheets:
    """The tables that were found; problems are files that cannot be read, warnings those left out."""

    tables: list[Table] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


class _Unreadable(Exception):
    """Why a file cannot be read, in words for people."""


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
        found.problems.append(Problem(path.name, 0, "", f"打不开：{error.strerror}"))
    return found


def _kind(name: str) -> TableKind | None:
    return KINDS.get(tidy(name).casefold())


def _read_csv(path: Path, found: Sheets) -> None:
    kind = _kind(path.stem)
    if kind is None:
        found.warnings.append(Problem(path.name, 0, "", "不是导入表，已忽略"))
        return
    try:
        content = path.read_bytes()
        _add(found, kind, path.name, _records(content), content)
    except _Unreadable as why:
        found.problems.append(Problem(path.name, 0, "", str(why)))


def _records(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _Unreadable("不是 UTF-8 编码，请在 Excel 中另存为“CSV UTF-8”") from None
    try:
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise _Unreadable(f"CSV 格式有误：{error}") from None


def _read_workbook(path: Path, found: Sheets) -> None:
    content = path.read_bytes()
    try:
        sheets = _workbook(content)
    except _Unreadable as why:
        found.problems.append(Problem(path.name, 0, "", str(why)))
        return
    for title, rows in sheets:
        file = f"{path.name} {title}"
        if kind := _kind(title):
            try:
                _add(found, kind, file, rows, content)
            except _Unreadable as why:
                found.problems.append(Problem(file, 0, "", str(why)))
        else:
            found.warnings.append(Problem(file, 0, "", "不是导入表，已忽略"))


def _workbook(content: bytes) -> list[tuple[str, list[list[str]]]]:
    """Sheet titles with their rows; of sheets that are no import table, the title alone."""
    import openpyxl  # 0.15 s, and only .xlsx needs it

    if content.startswith(_OLE):
        locked = _ENCRYPTED in content
        raise _Unreadable("文件有密码，请去掉密码再导入" if locked else "是旧的 .xls 格式，请另存为 .xlsx")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of every style it does not know
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            return [(sheet.title, _rows(sheet) if _kind(sheet.title) else []) for sheet in book.worksheets]
    except Exception as error:  # whatever openpyxl's parsers stumbled on
        raise _Unreadable("不是完好的 .xlsx 文件") from error


def _rows(sheet: Any) -> list[list[str]]:
    sheet.reset_dimensions()  # some programs write a wrong one, which would cut the sheet
    return [[_shown(cell.value, cell.number_format) for cell in row] for row in sheet.iter_rows()]


def _shown(value: object, number_format: str) -> str:
    """A cell's value as the person who filled it sees it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and _ZEROS.fullmatch(number_format):
        return str(value).zfill(len(number_format))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _add(found: Sheets, kind: TableKind, file: str, records: Sequence[Sequence[str]], content: bytes) -> None:
    rows = _filled(records)
    header_row, names = next(rows, (0, []))
    if not header_row:
        raise _Unreadable("是空的，连表头也没有")
    headers = [_header(name) or f"第 {i} 列" for i, name in enumerate(names, 1)]
    lines = []
    for row, cells in rows:
        if len(cells) > len(headers):
            reason = f'比表头多 {len(cells) - len(headers)} 列；内容里的逗号要加引号，如 "甲,乙"'
            found.problems.append(Problem(file, row, "", reason))
        padded = [*cells, *[""] * (len(headers) - len(cells))]
        lines.append(Line(file, row, dict(zip(headers, padded, strict=False))))
    sha256 = hashlib.sha256(content).hexdigest()
    found.tables.append(Table(kind, file, tuple(headers), tuple(lines), header_row, sha256))


def _filled(records: Iterable[Sequence[str]]) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank, numbered from 1 as spreadsheets do, without blank cells at their ends."""
    for row, record in enumerate(records, 1):
        cells = [tidy(cell) for cell in record]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield row, cells


def _header(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split()).strip("*")
