"""The import tables: their columns, and the cells of a row as values or as problems."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from handlers.rules.text import label, plain

Option = TypeVar("Option", bound=StrEnum)


class TableKind(StrEnum):
    """The tables; the value is the sheet's or file's English name."""

    UNITS = "units"
    PEOPLE = "people"
    MEDIA = "media"


TITLES = {TableKind.UNITS: "单位", TableKind.PEOPLE: "人员", TableKind.MEDIA: "台账"}
"""The Chinese names, equally accepted."""


@dataclass(frozen=True, slots=True)
class Column:
    """`limit` is the greatest length in characters, of each value where a cell holds several."""

    name: str
    limit: int
    required: bool = False


COLUMNS: Mapping[TableKind, tuple[Column, ...]] = {
    TableKind.UNITS: (
        Column("单位代码", 40, required=True),
        Column("单位名称", 100, required=True),
        Column("单位类型", 20, required=True),
        Column("上级单位代码", 40),
        Column("第一责任人工号", 40),
        Column("副职工号", 40),
    ),
    TableKind.PEOPLE: (
        Column("工号", 40, required=True),
        Column("姓名", 60, required=True),
        Column("单位代码", 40, required=True),
        Column("身份", 10, required=True),
        Column("职务", 60),
        Column("角色", 20),
        Column("企业微信账号", 64),
        Column("飞书账号", 64),
        Column("手机", 30),
        Column("邮箱", 100),
        Column("离职日期", 30),
    ),
    TableKind.MEDIA: (
        Column("媒体名称", 60, required=True),
        Column("平台类型", 30, required=True),
        Column("账号", 100),
        Column("主办单位代码", 40, required=True),
        Column("运营负责人工号", 40, required=True),
        Column("管理员工号", 40),
        Column("备案号", 20),
        Column("备案日期", 30),
        Column("状态", 10),
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row as its spreadsheet numbers it; `cells` by header, an absent column has no key.

    `faults` say by header why a cell's text cannot be told.
    """

    file: str
    row: int
    cells: Mapping[str, str]
    faults: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet or file; `headers` stand in row `header_row`, without `*`.

    `sha256` is that of the whole file: a workbook's sheets share it.
    """

    kind: TableKind
    file: str
    headers: tuple[str, ...]
    lines: tuple[Line, ...] = ()
    header_row: int = 1
    sha256: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong where; row 0 means the whole file."""

    file: str
    row: int
    column: str
    reason: str


@dataclass(slots=True)
class Report:
    """Problems forbid the import, warnings only tell; what tables of the kinds `unread` hold is not known.

    `waiting` is what can be told once the rows in `roots`, whose keys cannot be read, are put right; `undo`
    says that recorded changes may be taken back.
    """

    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    waiting: list[Problem] = field(default_factory=list)
    unread: set[TableKind] = field(default_factory=set)
    roots: dict[TableKind, list[Line]] = field(default_factory=dict)
    undo: bool = False

    def wrong(self, line: Line, column: str, reason: str) -> None:
        self.problems.append(Problem(line.file, line.row, column, reason))

    def wait(self, of: Problem, reason: str) -> None:
        self.waiting.append(Problem(of.file, of.row, of.column, reason))

    def warn(self, line: Line, column: str, reason: str) -> None:
        self.warnings.append(Problem(line.file, line.row, column, reason))


SEPARATORS = re.compile(r"[;；、,，\s]+")
_EXCEL_FAULTS = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"}
_NUMBER = re.compile(r"QM-(?!0000)(?:[0-9]{4}|[1-9][0-9]{4,5})", re.ASCII)
_DAY = re.compile(
    r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|(\d{2})(\d{2})|年(\d{1,2})月(\d{1,2})日?)(?:[ T]0?0:00(?::00)?)?",
    re.ASCII,
)
_SAID = re.compile(r"QM[- ]{0,2}([0-9]{1,6})", re.ASCII | re.IGNORECASE)
_COUNTED = re.compile(r"\d(?:[.]\d+)?E\+\d{1,3}", re.ASCII | re.IGNORECASE)
"""A number as Excel saves a long one into .csv: 2.02301E+11."""
_DATED = re.compile(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}(?: 0?0:00(?::00)?)?", re.ASCII)
_SERIAL = re.compile(r"([2-7]\d{4})(?:[.]\d+)?", re.ASCII)
"""A day from 1954 to 2119 as Excel counts it: 46082 is 2026-03-01."""
_FIRST_SERIAL = date(1899, 12, 30)
_KEPT_AS_TEXT = re.compile(r"""['‘’＇](?P<quoted>\d+)|="(?P<formula>[^"]*)\"""")
"""How people keep Excel from counting a number: '0010001, ="0010001"."""
_AS_TEXT = "请把这一列设为文本，再重新填写"


def tidy(text: str) -> str:
    """A cell as `text.label` cleans it; blanks, also line ends, become single spaces."""
    return " ".join(label(text).split())


def _code(text: str) -> str:
    """Full-width letters and digits as plain ones, and nothing invisible."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")


def medium_number(value: int) -> str:
    """备案号 number `value` (from 1): QM-0001."""
    return f"QM-{value:04}"


def number_value(no: str) -> int:
    """Which number a 备案号 is; 0 where it is none."""
    return int(no.removeprefix("QM-")) if _NUMBER.fullmatch(no) else 0


def said_number(words: str) -> str:
    """A 备案号 in full, whatever dash or width it was typed in; other words as they are."""
    found = _SAID.fullmatch(plain(words).strip())
    return medium_number(int(found[1])) if found else words


def read_day(text: str) -> date | None:
    """The date that a text is, if any."""
    if not (found := _DAY.fullmatch(text)):
        return None
    year, month, day = (int(part) for part in found.groups() if part and part.isdigit())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _meant(text: str) -> str:
    """A number without what keeps Excel from counting it."""
    kept = _KEPT_AS_TEXT.fullmatch(text)
    return kept["quoted"] or kept["formula"] if kept else text


class Cells:
    """The cells of one row; what cannot stand is reported once and read as empty."""

    def __init__(self, line: Line, kind: TableKind, report: Report) -> None:
        self.line, self._report = line, report
        self._columns = {column.name: column for column in COLUMNS[kind]}

    def has(self, column: str) -> bool:
        """Whether the table has that column at all."""
        return column in self.line.cells

    def raw(self, column: str) -> str:
        """The cell's text, unchecked."""
        return tidy(self.line.cells.get(column, ""))

    def wrong(self, column: str, reason: str) -> None:
        self._report.wrong(self.line, column, reason)

    def _told(self, column: str) -> str | None:
        """The cell's text; None where it is not what was filled in, which is reported."""
        value = self.raw(column)
        fault = self.line.faults.get(column)
        if not fault and value in _EXCEL_FAULTS:
            fault = f"单元格是公式错误 {value}"
        if not fault and _COUNTED.fullmatch(value):
            fault = f"“{value}”是 Excel 的科学计数，原来的数字已经丢失；{_AS_TEXT}"
        if fault:
            self.wrong(column, fault)
        return None if fault else value

    def text(self, column: str) -> str:
        """Words for people."""
        value = self._told(column)
        if value is None:
            return ""
        if not value and self._columns[column].required:
            self.wrong(column, "不能为空")
        return self._fitting(column, value)

    def digits(self, column: str) -> str:
        """A number that is not counted with, such as that of a telephone."""
        return _meant(self.text(column))

    def name(self, column: str) -> str:
        """Somebody's name, without the blanks that fill two characters up to three: 王　磊."""
        value = self.text(column)
        return value if any(char.isascii() and char != " " for char in value) else value.replace(" ", "")

    def code(self, column: str) -> str:
        """A 工号, 单位代码 or the like: full-width letters and digits become plain ones."""
        value = _code(self.digits(column))
        if self._is_dated(column, value):
            return ""
        if SEPARATORS.search(value):
            self.wrong(column, f"“{value}”中不能有空格、分号、顿号或逗号")
            return ""
        return self._fitting(column, value)

    def account(self, column: str) -> str:
        """A chat account."""
        value = self.code(column)
        if not value.isascii():
            self.wrong(column, f"账号“{value}”只能由字母、数字和符号组成")
            return ""
        return value

    def codes(self, column: str) -> tuple[str, ...]:
        """Several codes, each once, in the order of the cell."""
        text = _code(self._told(column) or "")
        if self._is_dated(column, text):
            return ()
        parts = dict.fromkeys(_meant(part) for part in SEPARATORS.split(text) if part)
        return tuple(part for part in parts if self._fitting(column, part))

    def _is_dated(self, column: str, text: str) -> bool:
        """Whether Excel has made a date of a code such as 10-1, which is reported."""
        found = bool(_DATED.fullmatch(text))
        if found:
            self.wrong(column, f"“{text}”像是被 Excel 改成了日期；{_AS_TEXT}")
        return found

    def choice(self, column: str, options: type[Option]) -> Option | None:
        """One of `options`; None where the cell is empty or wrong."""
        text = self.text(column)
        return self._option(column, text, options) if text else None

    def choices(self, column: str, options: type[Option]) -> frozenset[Option]:
        """Several of `options`."""
        found = [self._option(column, part, options) for part in self.codes(column)]
        return frozenset(option for option in found if option is not None)

    def day(self, column: str) -> date | None:
        """A date: 2026-03-01, 2026/3/1, 2026.3.1, 20260301 or 2026年3月1日."""
        text = unicodedata.normalize("NFKC", self.text(column))
        found = read_day(text)
        if not found and (serial := _SERIAL.fullmatch(text)):
            meant = _FIRST_SERIAL + timedelta(days=int(serial[1]))
            self.wrong(column, f"“{text}”是没有设成日期格式的日期，多半是 {meant}；请写成 {meant} 的样子")
        elif text and not found:
            self.wrong(column, f"日期“{text}”无法识别，请写成 2026-03-01 的样子")
        return found

    def number(self, column: str) -> str:
        """A 备案号."""
        value = plain(self.code(column)).upper()
        if value and not _NUMBER.fullmatch(value):
            self.wrong(column, f"备案号“{value}”应为 QM-0001 的样子；留空则自动编号")
            return ""
        return value

    def _option(self, column: str, text: str, options: type[Option]) -> Option | None:
        try:
            return options(text)
        except ValueError:
            self.wrong(column, f"{column}“{text}”不在可选范围：{'、'.join(options)}")
            return None

    def _fitting(self, column: str, value: str) -> str:
        limit = self._columns[column].limit
        if len(value) <= limit:
            return value
        self.wrong(column, f"最多 {limit} 字，现有 {len(value)} 字")
        return ""
