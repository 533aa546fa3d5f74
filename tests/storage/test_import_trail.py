"""What an import leaves in the trail: who ran it, out of what, and each thing that carries authority."""

import getpass
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import groupby
from operator import itemgetter

import pytest
import pytest_asyncio

from bot import console
from bot.importing import bring_in
from handlers.rules.import_cells import Table, TableKind
from storage import audit, opening, trail
from tests.rules.import_tables import school, table, with_cell

U, P, M = TableKind.UNITS, TableKind.PEOPLE, TableKind.MEDIA
NOW = datetime(2026, 11, 22, 8, 0, 0, 123000, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


@pytest_asyncio.fixture(autouse=True)
async def _database(database_url: str) -> AsyncIterator[None]:
    async with opening.opened(database_url):
        yield


def read_from(files: Mapping[TableKind, str], tables: list[Table]) -> list[Table]:
    """The tables as files of those names, with a hash each."""
    return [replace(one, file=files[one.kind], sha256=f"hash of {files[one.kind]}") for one in tables]


FILES = {U: "units.csv", P: "人员.csv", M: "media.csv"}


FIRST = {
    "medium:QM-0001": [
        *(("name", "", "机电之声"), ("unit", "", "2"), ("operator", "", "101"), ("admins", "", "101;102")),
        ("state", "", "在用"),
    ],
    "medium:QM-0002": [
        *(("name", "", "机电视频"), ("unit", "", "2"), ("operator", "", "101"), ("state", "", "在用")),
    ],
    "person:100": [("unit", "", "2"), ("identity", "", "教职工"), ("wecom", "", "wang")],
    "person:101": [
        *(("unit", "", "2"), ("identity", "", "教职工"), ("wecom", "", "LiLaoshi"), ("feishu", "", "ou_li")),
    ],
    "person:102": [("unit", "", "2"), ("identity", "", "学生")],
    "person:103": [("unit", "", "2"), ("identity", "", "教职工"), ("left_on", "", "2020-01-01")],
    "unit:1": [("name", "", "学校党委"), ("kind", "", "学校党委")],
    "unit:2": [
        *(("name", "", "机电学院"), ("kind", "", "基层党委"), ("parent", "", "1")),
        ("first_responsible", "", "100"),
    ],
    "unit:3": [("name", "", "学院办公室"), ("kind", "", "内设机构"), ("parent", "", "2")],
}
"""Everything of the small school that carries authority: names and numbers of people are not in it."""


async def told(at: datetime) -> list[tuple[str, str, str, str]]:
    """What an import at that instant left of single things: matter, field, before, after."""
    found = [entry async for entry in trail.every() if entry.at == at and ":" in entry.matter]
    singles = [entry for entry in found if entry.act == "import" and not entry.matter.startswith("import:")]
    assert {entry.actor for entry in found} <= {console.operator()}
    return [(e.matter, e.note.partition("; ")[0], e.before, e.after) for e in singles]


async def test_an_import_leaves_one_trail_entry_with_counts_files_and_nobodys_name() -> None:
    await bring_in(read_from(FILES, school()), NOW)

    (entry,) = await trail.of("import:2026-11-22T08:00:00.123+00:00")
    assert (entry.act, entry.actor) == ("import", f"cli:{getpass.getuser()}")
    assert entry.note == (
        "units +3 ~0; people +4 ~0; media +2 ~0; units.csv sha256 hash of units.csv;"
        " 人员.csv sha256 hash of 人员.csv; media.csv sha256 hash of media.csv"
    )


async def test_of_a_first_import_the_trail_has_all_that_carries_authority_and_no_more() -> None:
    await bring_in(school(), NOW)

    found = groupby(await told(NOW), itemgetter(0))

    assert {matter: [row[1:] for row in rows] for matter, rows in found} == FIRST


@pytest.mark.parametrize(
    ("cells", "left"),
    [
        ([(U, 3, "第一责任人工号", "101")], [("unit:2", "first_responsible", "100", "101")]),
        ([(U, 3, "副职工号", "101;100")], [("unit:2", "deputies", "", "101;100")]),
        ([(U, 3, "单位名称", "机电")], [("unit:2", "name", "机电学院", "机电")]),
        ([(U, 4, "上级单位代码", "1")], [("unit:3", "parent", "2", "1")]),
        ([(U, 3, "单位类型", "党总支")], [("unit:2", "kind", "基层党委", "党总支")]),
        ([(P, 3, "角色", "系统管理员;中心审批人")], [("person:101", "roles", "", "中心审批人;系统管理员")]),
        ([(P, 3, "单位代码", "3")], [("person:101", "unit", "2", "3")]),
        ([(P, 3, "身份", "学生"), (M, 3, "运营负责人工号", "100"), (M, 2, "管理员工号", "100")], [
            ("medium:QM-0001", "admins", "101;102", "100"),
            ("medium:QM-0002", "operator", "101", "100"),
            ("person:101", "identity", "教职工", "学生"),
        ]),
        ([(P, 3, "离职日期", "2026-12-01")], [("person:101", "left_on", "", "2026-12-01")]),
        ([(P, 3, "企业微信账号", "li")], [("person:101", "wecom", "LiLaoshi", "li")]),
        ([(P, 3, "飞书账号", "")], [("person:101", "feishu", "ou_li", "")]),
        ([(M, 2, "状态", "停止运行")], [("medium:QM-0001", "state", "在用", "停止运行")]),
        ([(M, 2, "主办单位代码", "3")], [("medium:QM-0001", "unit", "2", "3")]),
        ([(M, 2, "媒体名称", "机电")], [("medium:QM-0001", "name", "机电之声", "机电")]),
        ([(P, 3, "职务", "秘书"), (P, 3, "手机", "139"), (M, 2, "账号", "x")], []),
    ],
)  # fmt: skip
async def test_each_thing_that_carries_authority_is_in_the_trail_before_and_after(
    cells: list[tuple[TableKind, int, str, str]], left: list[tuple[str, str, str, str]]
) -> None:
    await bring_in(school(), NOW)
    tables = school()
    for kind, row, column, value in cells:
        tables = with_cell(tables, kind, row, column, value)
    await bring_in(read_from(FILES, tables), LATER)

    assert await told(LATER) == left
    (entry,) = await trail.of("import:2026-11-23T08:00:00.123+00:00")
    assert entry.actor == console.operator()
    sources = {e.note for e in [e async for e in trail.every()] if e.at == LATER and e.act == "import"}
    assert all(any(f"{name} sha256 hash of {name}" in note for name in FILES.values()) for note in sources)
    assert await audit.verify() is None


async def test_whom_an_import_says_gone_is_recorded_as_its_doing() -> None:
    await bring_in(school(), NOW)
    await bring_in(with_cell(school(), P, 3, "离职日期", "2026-11-01"), LATER)

    (entry,) = [e for e in await trail.of("person:101") if e.act == "leave"]
    assert (entry.actor, entry.after, entry.note) == (console.operator(), "2026-11-01", "source: import")


async def test_a_list_that_is_longer_than_its_place_stands_whole_in_the_note() -> None:
    rows = "\n".join(f"9{n:02},副职{n},2,教职工" for n in range(30))
    more = table(P, f"工号,姓名,单位代码,身份\n{rows}")
    ids = ";".join(f"9{n:02}" for n in range(30))
    await bring_in([*with_cell(school(), U, 3, "副职工号", ids)[:1], _joined(more)], NOW)

    (entry,) = [e for e in await trail.of("unit:2") if e.note.startswith("deputies")]
    assert (len(entry.after), entry.after[-1]) == (60, "…")
    assert entry.note.endswith(f"; after {ids}")


def _joined(more: Table) -> Table:
    """The people of the small school, and more."""
    own = next(one for one in school() if one.kind is P)
    return replace(own, lines=(*own.lines, *(replace(line, row=line.row + 10) for line in more.lines)))
