"""`quanmei export`: units, people and media as a workbook that an import takes back without any change."""

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from bot import console, reasons
from handlers.rules.import_cells import COLUMNS, TITLES, TableKind
from handlers.rules.text import without_controls
from storage import db, media, people
from storage.records import Medium, Person, Role, Unit

Rows = Mapping[TableKind, Sequence[Sequence[str]]]
PRIVATE = 0o600
"""The file holds telephone numbers: its owner alone reads it."""
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""What a spreadsheet would take for a character that is written by its number."""


def command(file: Path) -> None:
    """The file appears once it is whole."""
    if file.suffix.lower() != ".xlsx":
        console.fail(
            f"导出的是 .xlsx 表格，请把文件名改成 {file.with_suffix('.xlsx').name}。", code=console.WRONG_USE
        )
    config = console.configured()
    unfinished = file.with_name(f".{file.name}.part")

    async def work() -> Rows:
        async with console.database(config), db.reading():
            return tables(await people.all_units(), await people.everybody(), await media.ledger())

    try:
        with console.working("正在导出…"):
            rows = console.run(work())
            unfinished.touch(mode=PRIVATE)
            write(rows, unfinished)
        unfinished.replace(file)
    except OSError as why:
        console.fail(f"没有导出，不能写入 {file}：{reasons.said(why)}。")
    finally:
        with suppress(OSError):
            unfinished.unlink()
    counted = "，".join(f"{TITLES[kind]} {len(rows[kind])} 行" for kind in TableKind)
    console.say(f"已导出到 {file}：{counted}。", "green")


def tables(units: Iterable[Unit], people: Iterable[Person], media: Iterable[Medium]) -> Rows:
    """The rows of each table, in the order of its columns."""
    return {
        TableKind.UNITS: [_unit(unit) for unit in units],
        TableKind.PEOPLE: [_person(person) for person in people],
        TableKind.MEDIA: [_medium(medium) for medium in media],
    }


def _unit(unit: Unit) -> tuple[str, ...]:
    deputies = ";".join(unit.deputies)
    return unit.code, unit.name, unit.kind, unit.parent, unit.first_responsible, deputies


def _person(person: Person) -> tuple[str, ...]:
    roles = ";".join(role for role in Role if role in person.roles)
    accounts = person.wecom, person.feishu
    reached = person.mobile, person.email
    return (
        *(person.id, person.name, person.unit, person.identity, person.title, roles),
        *accounts,
        *reached,
        _day(person.left_on),
    )


def _medium(medium: Medium) -> tuple[str, ...]:
    people = medium.operator, ";".join(medium.admins)
    filed = medium.no, _day(medium.filed_on), medium.state
    return (medium.name, medium.platform_type, medium.account, medium.unit, *people, *filed)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def write(rows: Rows, file: Path) -> None:
    """One sheet a table, the headers first; every cell is text, also one that begins with `=`."""
    book = Workbook(write_only=True)
    for kind, lines in rows.items():
        sheet = book.create_sheet(kind)
        for line in ([column.name for column in COLUMNS[kind]], *lines):
            sheet.append([_cell(sheet, text) for text in line])
    book.save(file)


def _cell(sheet: object, text: str) -> WriteOnlyCell:
    kept = without_controls(str(text))  # some of it since before text was cleaned
    cell = WriteOnlyCell(sheet, _ESCAPE.sub("_x005F_", kept))
    cell.data_type = "s"
    return cell
