"""The ledger as it is exported, a few cells changed, and brought in again."""

from collections.abc import Mapping

from bot.export import tables
from bot.importing import bring_in
from handlers.rules.import_cells import COLUMNS, Line, Table, TableKind
from storage import media, people
from tests.world import World

Cells = Mapping[str, Mapping[str, str]]
"""Header -> text, by the first cell that names the row."""

_KEYS = {TableKind.UNITS: "单位代码", TableKind.PEOPLE: "工号", TableKind.MEDIA: "备案号"}


async def exported(kind: TableKind, changes: Cells) -> Table:
    """One table of the export, with these cells changed."""
    rows = tables(await people.all_units(), await people.everybody(), await media.ledger())[kind]
    names = tuple(column.name for column in COLUMNS[kind])
    lines = []
    for number, texts in enumerate(rows, 2):
        cells = dict(zip(names, map(str, texts), strict=True))
        lines.append(Line(kind, number, cells | dict(changes.get(cells[_KEYS[kind]], {}))))
    return Table(kind, kind, names, tuple(lines))


async def bring_back(world: World, kind: TableKind, changes: Cells) -> None:
    """Import the export with these cells changed, and deliver what follows."""
    decided = await bring_in([await exported(kind, changes)], world.now)
    assert decided.problems == ()
    await world.settle()


async def media_say(world: World, **changes: Mapping[str, str]) -> None:
    """The ledger of an import says otherwise, by 备案号 with `_`: QM_0001={"状态": "停更"}."""
    await bring_back(world, TableKind.MEDIA, {no.replace("_", "-"): cells for no, cells in changes.items()})


async def units_say(world: World, code: str, **cells: str) -> None:
    """The units of an import say otherwise of one."""
    await bring_back(world, TableKind.UNITS, {code: cells})
