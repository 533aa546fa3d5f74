"""Units are renamed, merged and split with a date: whoever and whatever was theirs follows."""

from datetime import date

import pytest

from handlers.directory import units as handling
from handlers.rules.permits import Refusal
from storage import audit, db, imports, ledger, media, people, requests, trail
from storage.ledger_tables import UnitChange
from storage.records import Unit, UnitKind
from tests.dialogues.posts import pass_review, request
from tests.world import World

TODAY = date(2026, 11, 23)
BY = "cli:root"


async def changes(code: str) -> list[tuple[str, str, str, str]]:
    """Kind, before, after and day of each change of a unit, oldest first."""
    found = UnitChange.filter(unit=code).order_by("id")
    return await found.values_list("kind", "before", "after", "effective_on")


async def merged(world: World, code: str, into: str) -> Refusal | None:
    async with db.transaction():
        refusal = await handling.merge(code, into, TODAY, world.now, BY)
    await world.settle()
    return refusal


async def test_open_requests_media_and_people_follow_a_merger(world: World) -> None:
    await pass_review(world)
    assert await merged(world, "2100", "2200") is None

    assert await requests.holders((await request()).id) == {"2201": ""}
    assert "待审批 FB-2026-0001 学院更名" in world.titles("林书记")
    assert "已不需办理 FB-2026-0001 学院更名" in world.titles("王书记")
    assert [m.unit for m in await media.called("机电之声")] == ["2200"]
    assert [person.unit for person in await people.called("李老师")] == ["2200"]
    assert [unit.parent for unit in await people.all_units() if unit.code == "2110"] == ["2200"]
    assert (await request()).unit == "2200"
    await world.click("林书记", "同意", of="FB-2026-0001", on="feishu")
    assert (await request()).state == "awaiting_publish"
    assert world.titles("李老师")[-1] == "可发布 FB-2026-0001 学院更名"


async def test_a_stale_unit_leads_to_what_it_became_part_of(world: World) -> None:
    await merged(world, "2110", "2100")
    await merged(world, "2100", "2200")

    for code in ("2110", "2100", "2200"):
        assert [unit.code for unit in await people.units_upwards(code)] == ["2200", "1000"]


async def test_after_a_merger_the_people_work_on_together(world: World) -> None:
    await merged(world, "2100", "2200")
    await pass_review(world)

    assert await requests.holders((await request()).id) == {"2201": ""}


async def test_after_a_merger_both_heads_and_who_runs_its_media_are_told_once(world: World) -> None:
    await merged(world, "2200", "2100")
    await world.settle()

    assert world.titles("王书记").count("媒体已划归本单位") == 1
    assert world.titles("唐老师") == ["媒体已划归本单位"]
    assert world.titles("林书记") == ["媒体已划出本单位"]
    assert "（单位合并），不再由您负责" in world.last("林书记")


async def test_a_merger_is_kept_in_the_history_of_unit_media_and_trail(world: World) -> None:
    await merged(world, "2200", "2100")

    assert await changes("2200") == [("merged", "计算学部党委", "2100", "2026-11-23")]
    entry = (await ledger.history("QM-0006"))[-1]
    assert (entry.item, entry.before, entry.after, entry.source) == ("host_unit", "2200", "2100", "unit")
    assert [(e.act, e.after, e.actor) for e in await trail.of("unit:2200")][:1] == [("merged", "2100", BY)]


async def test_a_merger_leaves_who_made_it_and_each_thing_that_carries_authority(world: World) -> None:
    await pass_review(world)
    await merged(world, "2100", "2200")
    told = [e async for e in trail.every() if e.act == "unit" and e.matter != "FB-2026-0001"]

    assert {(e.actor, e.note.partition("; ")[2]) for e in told} == {
        (BY, "2100 merged into 2200 on 2026-11-23")
    }
    assert [(e.matter, e.note.partition(";")[0], e.before, e.after) for e in told] == [
        *((f"medium:QM-000{n}", "unit", "2100", "2200") for n in (1, 2, 4, 5)),
        *((f"person:210{n}", "unit", "2100", "2200") for n in (1, 2, 3, 4, 5, 7)),
        ("unit:2100", "kind", "基层党委", "内设机构"),
        ("unit:2100", "parent", "1000", "2200"),
        ("unit:2100", "first_responsible", "2101", ""),
        ("unit:2100", "deputies", "2102", ""),
        ("unit:2110", "parent", "2100", "2200"),
    ]
    moved = [e for e in await trail.of("FB-2026-0001") if e.act in ("unit", "reroute")]
    assert [(e.act, e.actor) for e in moved] == [("unit", BY), ("reroute", BY)]
    assert await audit.verify() is None


async def test_a_long_name_stands_whole_in_the_trail(world: World) -> None:
    name = "机" * 100
    async with db.transaction():
        await handling.rename("2100", name, TODAY, world.now, BY)

    (entry,) = await trail.of("unit:2100")
    assert (entry.actor, entry.before, entry.after) == (BY, "机电学院党委", f"{'机' * 59}…")
    assert entry.note == f"2026-11-23; after {name}"


async def test_a_merged_unit_is_an_inner_office_without_a_first_responsible_person(world: World) -> None:
    await merged(world, "2100", "2200")

    assert await people.unit("2100") == Unit("2100", "机电学院党委", UnitKind.INNER, "2200")


async def test_the_parent_of_a_merged_unit_takes_its_place_above_the_successor(world: World) -> None:
    assert await merged(world, "2100", "2110") is None

    assert [unit.code for unit in await people.units_upwards("2100")] == ["2110", "1000"]


@pytest.mark.parametrize(
    ("code", "into", "why"),
    [
        ("2100", "2100", "不能并入自己"),
        ("9999", "2100", "没有代码为 9999 的单位"),
        ("2100", "9999", "没有代码为 9999 的单位"),
        ("2200", "2110", "2200 已并入 2100"),
        ("2110", "2200", "2200 已并入 2100"),
    ],
)
async def test_a_merger_that_cannot_be_is_refused_and_changes_nothing(
    world: World, code: str, into: str, why: str
) -> None:
    await merged(world, "2200", "2100")
    before = (await people.all_units(), await media.ledger(), await people.everybody())

    assert str(await merged(world, code, into)) == why
    assert (await people.all_units(), await media.ledger(), await people.everybody()) == before


async def test_a_day_to_come_is_entered_when_it_comes(world: World) -> None:
    refusal = await handling.merge("2100", "2200", date(2026, 11, 24), world.now, BY)

    assert str(refusal) == "2026-11-24 还没有到，请在当天或之后登记"


async def test_a_unit_renamed_by_command_or_import_keeps_its_old_names(world: World) -> None:
    async with db.transaction():
        await handling.rename("2100", "机电与智能工程学院党委", TODAY, world.now, BY)
    renamed = Unit("2100", "智能工程学院党委", UnitKind.PARTY_UNIT, "1100", "2101", ("2102",))
    await imports.write_units([renamed], world.now)

    assert await changes("2100") == [
        ("renamed", "机电学院党委", "机电与智能工程学院党委", "2026-11-23"),
        ("renamed", "机电与智能工程学院党委", "智能工程学院党委", "2026-11-23"),
        ("moved", "1000", "1100", "2026-11-23"),
    ]
    async with db.transaction():
        refusal = await handling.rename("2200", "智能工程学院党委", TODAY, world.now, BY)
    assert str(refusal) == "“智能工程学院党委”已是单位 2100 的名称"


async def test_a_split_is_noted_part_by_part(world: World) -> None:
    async with db.transaction():
        assert await handling.split("2100", ["2110", "2200"], TODAY, world.now, BY) is None

    assert [after for _, _, after, _ in await changes("2100")] == ["2110", "2200"]
    async with db.transaction():
        assert str(await handling.split("2100", ["9999"], TODAY, world.now, BY)) == "没有代码为 9999 的单位"


async def test_a_merged_unit_still_answers_for_what_was_closed_before(world: World) -> None:
    await pass_review(world)
    await world.say("李老师", "/撤回 FB-2026-0001")
    await merged(world, "2100", "2200")

    closed = await request()
    assert (closed.kind, closed.unit, closed.state) == ("FB", "2100", "withdrawn")
