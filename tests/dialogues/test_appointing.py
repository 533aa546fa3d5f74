"""第一责任人 in a /变更: the unit's appointment, from its day, once the centre has recorded it."""

from datetime import UTC, date, datetime

from handlers.duties.begin import change_happened
from storage import db, media, people, tables, trail
from storage.records import State
from storage.rows import load
from tests.dialogues.books import units_say
from tests.dialogues.filings import change, file_change
from tests.dialogues.posts import pass_review, request
from tests.world import World, words

BG, FB = "BG-2026-0001", "FB-2026-0001"
NEW = {"管理员": "", "第一责任人": "何老师"}


async def appointed(code: str, since: datetime, person: str) -> None:
    await tables.Appointment.create(
        unit=code, post="第一责任人", person=person, since_at=db.to_ms(since), until_at=None
    )


async def posts(code: str = "2100") -> list[tuple[str, int, int | None]]:
    """Who was first responsible of a unit from and until which instant."""
    sql = "SELECT person, since_at, until_at FROM appointments WHERE unit = ? AND post = ? ORDER BY since_at"
    return [tuple(row.values()) for row in await db.rows(sql, code, "第一责任人")]


async def responsible(code: str = "2100") -> str:
    unit = await people.unit(code)
    return unit.first_responsible if unit else ""


async def record(world: World, number: str = BG) -> None:
    await world.say("王书记", f"/同意 {number}")
    await world.say("赵老师", f"/同意 {number}")
    assert (await request(number)).state is State.RECORDED


async def test_the_card_says_who_it_is_now(world: World) -> None:
    await world.say("李老师", change(**NEW))

    assert "第一责任人：王书记 → 何老师" in words(world.card("李老师", "确认提交"))


async def test_it_takes_effect_on_the_unit_from_its_day(world: World) -> None:
    await appointed("2100", datetime(2020, 1, 1, tzinfo=UTC), "2101")
    await file_change(world, **NEW)

    assert await responsible() == "2101"

    await record(world)
    start = db.to_ms(datetime(2026, 11, 19, 16, tzinfo=UTC))

    assert await responsible() == "2105"
    assert await posts() == [
        ("2101", db.to_ms(datetime(2020, 1, 1, tzinfo=UTC)), start),
        ("2105", start, None),
    ]
    assert "台账已确认" in world.last("李老师")

    [entry] = await trail.of("unit:2100")
    assert (entry.act, entry.before, entry.after) == ("appoint", "2101", "2105")
    assert entry.note == f"{BG}: 2105 from 2026-11-20"

    await world.say("李老师", "/台账 QM-0001 2026-11-19")
    assert "第一责任人：王书记" in world.last("李老师")
    await world.say("李老师", "/台账 QM-0002 2026-11-20")
    assert "第一责任人：何老师" in world.last("李老师")


async def test_open_steps_of_the_unit_are_put_to_the_new_person(world: World) -> None:
    await pass_review(world)
    await file_change(world, **NEW)

    assert not [title for title in world.titles("何老师") if title.startswith("待审批")]

    await record(world)

    assert world.titles("何老师")[-1] == f"待审批 {FB} 学院更名"
    assert (await trail.of(FB))[-1].note == f"2101 → 2105；{BG}: 2100 first responsible 2101 → 2105"

    await world.say("王书记", f"/同意 {FB}")

    assert f"{FB} 不由您办理，现在等 何老师（第一责任人）。" in world.last("王书记")

    await world.click("何老师", "同意", of=FB)

    assert (await request(FB)).state is State.AWAITING_PUBLISH


async def test_a_later_filing_begins_with_what_the_earlier_one_said(world: World) -> None:
    await file_change(world, **NEW)
    await world.say("李老师", change(管理员="", 第一责任人="孙老师", 变更日期="2026-11-23"))

    assert "第一责任人：何老师 → 孙老师" in words(world.card("李老师", "确认提交"))


async def test_the_same_person_is_no_change(world: World) -> None:
    await world.say("李老师", change(管理员="", 第一责任人="王书记"))
    await world.click("李老师", "确认提交")

    assert "第一责任人与台账记载的一样，没有变更" in world.last("李老师")


async def test_whoever_an_import_put_in_meanwhile_stays_and_it_is_said(world: World) -> None:
    await file_change(world, **NEW)
    await units_say(world, "2100", 第一责任人工号="2103")
    await world.say("孙老师", f"/同意 {BG}")
    await world.say("赵老师", f"/同意 {BG}")

    assert await responsible() == "2103"
    assert [entry.act for entry in await trail.of("unit:2100")] == ["import", "appoint_kept"]
    said = "机电学院党委 的第一责任人变更为 何老师；但单位表现在登记的是 孙老师"
    assert any(said in words(shown) for shown in world.screen("赵老师"))
    assert any(said in words(shown) for shown in world.screen("钱主任"))
    assert "第一责任人之后另有改动，没有覆盖，已请系统管理员核对。" in world.last("李老师")


async def test_an_import_that_said_the_same_is_enough(world: World) -> None:
    await file_change(world, **NEW)
    await units_say(world, "2100", 第一责任人工号="2105")
    await world.say("何老师", f"/同意 {BG}")
    await world.say("赵老师", f"/同意 {BG}")

    assert await responsible() == "2105"
    assert "台账已确认" in world.last("李老师")


async def test_an_older_filing_leaves_a_newer_one_that_is_recorded(world: World) -> None:
    await file_change(world, **NEW, 变更日期="2026-11-18")
    await file_change(world, 管理员="", 第一责任人="孙老师")
    await record(world, "BG-2026-0002")

    assert await responsible() == "2103"

    await world.say("孙老师", f"/同意 {BG}")
    await world.say("赵老师", f"/同意 {BG}")

    assert await responsible() == "2103"


async def test_the_unit_above_keeps_its_own(world: World) -> None:
    """全媒体中心 has no appointment of its own: one is made, the university's stays."""
    await world.say("钱主任", change(媒体="今日哈工大", 管理员="", 第一责任人="赵老师"))

    assert "第一责任人：— → 赵老师" in words(world.card("钱主任", "确认提交"))

    await world.click("钱主任", "确认提交")
    await world.say("高书记", f"/同意 {BG}")
    await world.say("赵老师", f"/同意 {BG}")

    assert (await responsible("1100"), await responsible("1000")) == ("1101", "1001")


async def test_who_left_meanwhile_is_not_appointed(world: World) -> None:
    await file_change(world, **NEW)
    await db.run("UPDATE people SET left_on = '2026-11-23' WHERE id = '2105'")
    toast = await world.click("王书记", "同意")

    assert toast == "何老师 已离职，不能任第一责任人（第五条（二）），请退回申请人改正。"


async def owed(world: World, *numbers: str) -> None:
    for medium in await media.several(numbers):
        await change_happened(medium, "first_responsible", "2101", date(2026, 11, 20), world.now, "date")


async def open_duties() -> list[tuple[str, str]]:
    """Those that are reminded of: what is being filed rests."""
    sql = 'SELECT medium, detail FROM duties WHERE kind = ? AND "open" = ? AND next_at > 0 ORDER BY id'
    found = await db.rows(sql, "change", True)
    return [(row["medium"], load(row["detail"])["item"]) for row in found]


async def test_one_filing_answers_for_all_media_of_the_unit(world: World) -> None:
    await owed(world, "QM-0001", "QM-0002", "QM-0006")
    await file_change(world, **NEW)

    assert await open_duties() == [("QM-0006", "first_responsible")]

    await world.click("李老师", "撤回")

    assert [no for no, _ in await open_duties()] == ["QM-0001", "QM-0002", "QM-0006"]


async def test_what_is_on_its_way_is_not_owed_once_more(world: World) -> None:
    await file_change(world, 管理员="", 运营负责人="何老师")
    [medium] = await media.several(["QM-0001"])
    await change_happened(medium, "operator", "2104", date(2026, 11, 20), world.now, "date")

    assert await open_duties() == []

    await world.click("李老师", "撤回")

    assert await open_duties() == [("QM-0001", "operator")]
