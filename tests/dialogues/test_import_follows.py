"""What follows from an import in the middle of the year: history, clocks, and differences said first."""

import getpass
from datetime import timedelta

import pytest

from bot.console import operator
from bot.importing import bring_in
from handlers.rules.import_cells import Table, TableKind
from storage import db, duties, ledger, trail
from storage.records import MediumChange
from storage.rows import dump, load
from tests.dialogues.posts import pass_review
from tests.rules.import_tables import table
from tests.world import World

MEDIA = "媒体名称,平台类型,主办单位代码,运营负责人工号,管理员工号,备案号,状态"
PEOPLE = "工号,姓名,单位代码,身份,离职日期"


def media(*rows: str) -> Table:
    return table(TableKind.MEDIA, "\n".join([MEDIA, *rows]))


def people(*rows: str) -> Table:
    return table(TableKind.PEOPLE, "\n".join([PEOPLE, *rows]))


async def owed() -> list[tuple[str, str, str, str]]:
    sql = 'SELECT medium, detail FROM duties WHERE kind = ? AND "open" = ? ORDER BY id'
    details = [(row["medium"], load(row["detail"])) for row in await db.rows(sql, "change", True)]
    return [(no, d["item"], d["person"], d["changed_on"]) for no, d in details]


def entry(world: World, item: str, before: str, after: str) -> MediumChange:
    """What an import enters on the world's day."""
    today = world.now.date()
    return MediumChange("QM-0001", item, before, after, today, world.now, world.now, source="import")


CHANGED = "机电新声,微信公众号,2100,2105,2104;2105,QM-0001,停更"


async def test_differences_are_said_before_anything_is_written(world: World) -> None:
    decided = await bring_in([media(CHANGED)], world.now, dry_run=True)

    assert decided.changes == (
        "机电新声 媒体名称：机电之声→机电新声",
        "机电新声 运营负责人：李老师→何老师",
        "机电新声 管理员：李老师→李老师、何老师",
        "机电新声 状态：在用→停更",
    )
    assert await ledger.history("QM-0001") == []


async def test_what_an_import_changes_of_a_medium_is_in_its_history_recorded_at_once(world: World) -> None:
    await bring_in([media(CHANGED)], world.now)

    assert await ledger.history("QM-0001") == [
        entry(world, "name", "机电之声", "机电新声"),
        entry(world, "operator", "2104", "2105"),
        entry(world, "admins", dump(["2104"]), dump(["2104", "2105"])),
        entry(world, "state", "在用", "停更"),
    ]
    assert await owed() == []

    await world.say("何老师", "/台账 QM-0001 2026-11-22")

    assert "机电之声" in world.last("何老师")


async def test_the_same_import_again_enters_nothing(world: World) -> None:
    await bring_in([media(CHANGED)], world.now)
    await bring_in([media(CHANGED)], world.now + timedelta(days=1))

    assert len(await ledger.history("QM-0001")) == 4


async def test_a_leaving_date_begins_the_clock_of_every_medium_its_bearer_held(world: World) -> None:
    await bring_in([people("2104,李老师,2100,教职工,2026-11-20")], world.now)

    assert await owed() == [
        (no, item, "2104", "2026-11-20") for item in ("operator", "admins") for no in ("QM-0001", "QM-0002")
    ]
    assert [(c.item, c.before, c.effective_on.isoformat()) for c in await ledger.history("QM-0001")] == [
        ("left", "2104", "2026-11-20")
    ]

    await world.say("何老师", "/台账 QM-0001 历史")

    assert "2026-11-20 李老师 离职（导入）" in world.last("何老师")
    assert "运营\n李老师（已离职）" in world.last("何老师")


LEAVES, RETURNS = "2104,李老师,2100,教职工,2026-11-20", "2104,李老师,2100,教职工,在职"


async def test_who_comes_back_owes_nothing_and_a_second_departure_starts_its_clocks_anew(
    world: World,
) -> None:
    await bring_in([people(LEAVES)], world.now)
    await world.tick(days=1, minutes=1)
    first = {duty.id for duty in await duties.changes_by("2104")}
    await bring_in([people(RETURNS)], world.now)
    await world.tick(minutes=1)

    assert (len(first), await owed()) == (4, [])
    assert world.titles("赵老师") == ["恢复在职"]

    await world.click("王书记", "办 QM-0001")

    assert "这些事项都已不需要办理。" in world.last("王书记")

    world.now += timedelta(days=7)
    await bring_in([people(LEAVES)], world.now)

    again = await duties.changes_by("2104")
    assert not first & {duty.id for duty in again}
    assert {duty.since for duty in again} == {world.now}
    assert [e.act for e in await trail.of("person:2104")] == [
        *("import", "leave", "import", "return", "import", "leave"),
    ]


async def test_a_leaving_date_still_to_come_begins_nothing_yet(world: World) -> None:
    await bring_in([people("2104,李老师,2100,教职工,2026-12-01")], world.now)

    assert await owed() == []
    assert await ledger.history("QM-0001") == []


async def test_whoever_is_replaced_by_the_same_import_leaves_nothing_to_file(world: World) -> None:
    tables = [
        people("2202,唐老师,2200,教职工,2026-11-20"),
        media("计算人,微信公众号,2200,2201,2201,QM-0006,"),
    ]
    await bring_in(tables, world.now)

    assert await owed() == []
    assert [c.item for c in await ledger.history("QM-0006")] == ["operator", "admins"]


@pytest.mark.parametrize(("unit", "media"), [("2200", ["QM-0001", "QM-0002"]), ("2110", [])])
async def test_moving_out_of_the_managing_unit_begins_the_clock(
    world: World, unit: str, media: list[str]
) -> None:
    await bring_in([people(f"2104,李老师,{unit},教职工,")], world.now)

    assert sorted({no for no, *_ in await owed()}) == media


async def test_whom_an_import_puts_at_the_head_of_a_unit_is_asked_what_waits(world: World) -> None:
    await pass_review(world)
    head = "单位代码,单位名称,单位类型,上级单位代码,第一责任人工号\n2100,机电学院党委,基层党委,1000,2105"
    await bring_in([table(TableKind.UNITS, head)], world.now)
    await world.settle()

    assert world.titles("何老师")[-1] == "待审批 FB-2026-0001 学院更名"
    assert world.titles("王书记")[-1] == "已不需办理 FB-2026-0001 学院更名"
    assert [entry.act for entry in await trail.of("FB-2026-0001")][-1] == "reroute"


async def test_what_was_handed_to_a_deputy_whom_an_import_ends_goes_back_to_the_head(world: World) -> None:
    await pass_review(world)
    await world.say("王书记", "/转办 FB-2026-0001 吴副书记 出差")
    head = "单位代码,单位名称,单位类型,上级单位代码,第一责任人工号,副职工号"
    alone = f"{head}\n2100,机电学院党委,基层党委,1000,2101,"
    await bring_in([table(TableKind.UNITS, alone)], world.now)
    await world.settle()

    assert world.titles("王书记")[-1] == "待审批 FB-2026-0001 学院更名"
    assert world.titles("吴副书记")[-1] == "已不需办理 FB-2026-0001 学院更名"
    put_back = (await trail.of("FB-2026-0001"))[-1]
    assert (put_back.act, put_back.actor) == ("reroute", operator())

    await world.say("李老师", "/查询 FB-2026-0001")

    assert f"系统管理员（{getpass.getuser()}） 改请 王书记 办理" in world.last("李老师")
