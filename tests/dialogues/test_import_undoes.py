"""A table of before brought in again: what was filed and recorded in the meantime is not undone unsaid."""

from bot.importing import bring_in
from handlers.rules.import_cells import Problem, TableKind
from storage import media
from tests.dialogues.books import exported
from tests.dialogues.filings import file_change
from tests.dialogues.test_appointing import record, responsible
from tests.world import World

SAID = "已记录的变更 BG-2026-0001（2026-11-23 记录）"
REFUSED = f"会撤销{SAID}；请改用现在的值，确要按表改回请加 --undo-recorded"


async def test_an_old_table_names_each_recorded_change_that_it_would_undo_and_needs_a_switch(
    world: World,
) -> None:
    old = [await exported(TableKind.UNITS, {}), await exported(TableKind.MEDIA, {})]
    await file_change(world, 管理员="何老师", 第一责任人="何老师", 新名称="机电新声")
    await record(world)
    decided = await bring_in(old, world.now)

    assert decided.problems == (
        Problem("media", 2, "媒体名称", REFUSED),
        Problem("media", 2, "管理员工号", REFUSED),
        Problem("units", 5, "第一责任人工号", REFUSED),
    )

    decided = await bring_in(old, world.now, undo=True)

    assert [one.reason for one in decided.warnings] == [f"按要求改回，撤销{SAID}"] * 3
    assert await responsible() == "2101"
    assert [(one.name, one.admins) for one in await media.ledger() if one.no == "QM-0001"] == [
        ("机电之声", ("2104",))
    ]


async def test_a_value_that_never_stood_there_is_no_undoing(world: World) -> None:
    await file_change(world, 管理员="何老师")
    await record(world)
    new = await exported(TableKind.MEDIA, {"QM-0001": {"管理员工号": "2103"}})

    assert (await bring_in([new], world.now)).problems == ()


async def test_a_renamed_medium_is_found_by_its_former_name_and_not_made_twice(world: World) -> None:
    old = await exported(TableKind.MEDIA, {"QM-0001": {"备案号": ""}})
    await file_change(world, 管理员="", 新名称="机电新声")
    await record(world)

    assert (await bring_in([old], world.now)).problems == (Problem("media", 2, "媒体名称", REFUSED),)
