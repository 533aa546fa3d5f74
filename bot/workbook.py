"""An .xlsx opened with care: what it unpacks to is bounded, and what its cells cannot tell is told."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot import cell_text
from bot.cell_text import UnclearError, shown

LAST_ROW, COLUMNS = 1_048_576, 100
"""Excel's last row; and the columns that are looked at, several times those of any table."""
SMALL, DENSEST = 500_000, 100
"""Bytes that any file may unpack to; beyond, so many times its size: Excel's own are below 30."""

UNCALCULATED = "公式还没有算出结果；请用 Excel 打开、保存一次，或“选择性粘贴”为数值"
MERGED = "这一格与旁边的列合并了；请取消合并，分别填写"

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']")


class UnreadableError(Exception):
    """Why a file or a sheet cannot be read, in words for people."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as its spreadsheet numbers it; `faults` say by position (from 0) why a cell cannot be told."""

    number: int
    cells: list[str]
    faults: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Book:
    """An open workbook; `parts` are its sheets' files within the archive."""

    content: bytes
    reader: Any
    parts: Mapping[str, str]

    @property
    def titles(self) -> list[str]:
        return list(self.parts)

    def rows(self, title: str) -> Iterator[Row]:
        """The rows of a sheet; raises UnreadableError."""
        try:
            yield from _rows(self, title)
        except UnreadableError:
            raise
        except Exception as error:  # whatever openpyxl's parsers stumbled on
            raise UnreadableError("这张表已损坏，请在 Excel 中打开并另存一份") from error


def opened(content: bytes) -> Book:
    """The workbook in these bytes; raises UnreadableError."""
    if content.startswith(_OLE):
        locked = _ENCRYPTED in content
        raise UnreadableError(
            "文件有密码，请去掉密码再导入" if locked else "是旧的 .xls 格式，请另存为 .xlsx"
        )
    try:
        _check_size(content)
        reader = _reader(content, data_only=True)
        return Book(content, reader, {sheet.name: part.target for sheet, part in reader.parser.find_sheets()})
    except UnreadableError:
        raise
    except Exception as error:  # whatever openpyxl's parsers stumbled on
        raise UnreadableError("不是完好的 .xlsx 文件") from error


def _check_size(content: bytes) -> None:
    """Refuse an archive that unpacks to far more than it is, and the dialect that openpyxl cannot read."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > SMALL and unpacked > DENSEST * len(content):
            raise UnreadableError("解压后大得不合常理，没有读取；请把内容复制到新的工作簿，再另存为 .xlsx")
        books = [archive.read(name) for name in archive.namelist() if name.endswith("/workbook.xml")]
        if any(_STRICT in book for book in books):
            raise UnreadableError("是“Strict Open XML 电子表格”，请另存为“Excel 工作簿（.xlsx）”")


def _reader(content: bytes, *, data_only: bool) -> Any:
    from openpyxl.reader.excel import ExcelReader  # 0.15 s, and only .xlsx needs it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells of every style it does not know
        reader = ExcelReader(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)
        reader.read()
    return reader


def _rows(book: Book, title: str) -> Iterator[Row]:
    xml = book.reader.archive.read(book.parts[title])
    formulas = dict(_formulas(book.content, title)) if _FORMULA.search(xml) else {}
    merges = _Merges(xml)
    for number, cells in _filled(book.reader.wb[title]):
        texts, faults = [""] * (max(cells, default=-1) + 1), {}
        for at, cell in cells.items():
            try:
                texts[at] = _text(cell, formulas.get((number, at)))
            except UnclearError as why:
                faults[at] = str(why)
        yield merges.into(Row(number, texts, faults))


def _filled(sheet: Any) -> Iterator[tuple[int, dict[int, Any]]]:
    """Rows that are not empty, with the cells that are there by position."""
    from openpyxl.cell.read_only import EMPTY_CELL

    gap = None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # The dimensions that a file states may be wrong, and a row may be its only one in a million.
        for number, row in enumerate(sheet.iter_rows(1, LAST_ROW, 1, COLUMNS), 1):
            if row is gap:
                continue
            cells = {at: cell for at, cell in enumerate(row) if cell is not EMPTY_CELL}
            if cells:
                yield number, cells
            else:
                gap = row


def _formulas(content: bytes, title: str) -> Iterator[tuple[tuple[int, int], object]]:
    for number, cells in _filled(_reader(content, data_only=False).wb[title]):
        for at, cell in cells.items():
            if cell.data_type == "f":
                yield (number, at), cell.value


def _text(cell: Any, formula: object) -> str:
    if cell.value is not None or formula is None:
        return shown(cell.value, cell.number_format)
    text = cell_text.formula(formula) if isinstance(formula, str) else ""
    if not text or text.startswith("="):
        raise UnclearError(UNCALCULATED)
    return text


class _Merges:
    """The merged cells of a sheet, as far as its rows have been read.

    Of cells merged downwards each row has the value; merged across, only the first has, and whose value it
    is nobody can tell.
    """

    def __init__(self, xml: bytes) -> None:
        from openpyxl.utils import column_index_from_string

        self.beginning: dict[int, list[tuple[int, int, int]]] = {}
        self.under_way: dict[int, tuple[int, int, str]] = {}
        for first, top, last, bottom in _MERGE.findall(xml):
            left, right = (column_index_from_string(name.decode()) - 1 for name in (first, last))
            self.beginning.setdefault(int(top), []).append((left, min(right, COLUMNS - 1), int(bottom)))

    def into(self, row: Row) -> Row:
        """The row with what it shares with others."""
        for left, right, bottom in self.beginning.get(row.number, ()):
            text = row.cells[left] if left < len(row.cells) else ""
            for at in range(left, right + 1):
                self.under_way[at] = (bottom, right - left, text)
        if not self.under_way or not any(row.cells):
            return row
        cells, faults = [*row.cells], dict(row.faults)
        for at, (bottom, across, text) in self.under_way.items():
            if row.number > bottom or not text:
                continue
            cells += [""] * (at + 1 - len(cells))
            if across:
                faults[at] = MERGED
            elif not cells[at]:
                cells[at] = text
        return Row(row.number, cells, faults)
