"""A change is shown once it is filed; who may act on the medium follows what is recorded (Article 6(2))."""

import pytest

from storage import ledger, media
from storage.records import MediumState, State
from tests.dialogues.books import media_say
from tests.dialogues.filings import file_change, filing
from tests.dialogues.posts import post, request
from tests.world import World, title

BG, FB = "BG-2026-0001", "FB-2026-0001"
MOVE = {"管理员": "", "主办单位": "计算学部党委"}
"""机电之声 goes to another unit."""


async def record(world: World, number: str = BG) -> None:
    await world.say("王书记", f"/同意 {number}")
    await world.say("赵老师", f"/同意 {number}")
    assert (await request(number)).state is State.RECORDED


async def asked(world: World, name: str, on: str = "") -> list[str]:
    return [title(shown) for shown in world.screen(name, on) if title(shown).startswith("待审")]


async def test_a_move_that_is_not_recorded_gives_the_other_unit_nothing(world: World) -> None:
    await file_change(world, **MOVE)
    await world.say("唐老师", post())
    await world.say("唐老师", "/变更 机电之声")
    await world.say("唐老师", "/台账 QM-0001")

    refused, change, page = world.screen("唐老师")[-5], world.screen("唐老师")[-3], world.last("唐老师")
    assert "“机电之声”不是本单位的媒体，请由其主办单位发起" in "\n".join([refused.text, str(refused.native)])
    assert "“机电之声”不是本单位的媒体" in "\n".join([change.text, str(change.native)])
    assert "“机电之声”不是本单位的媒体" in page
    assert await asked(world, "林书记", "wecom") == []


async def test_until_then_the_medium_is_its_old_units(world: World) -> None:
    await file_change(world, **MOVE)
    await world.say("何老师", post())
    await world.click("何老师", "确认提交")
    await world.say("何老师", "/台账 QM-0001")

    assert (await request(FB)).chain[0].unit == "2100"
    assert await asked(world, "孙老师") == [f"待审查 {FB} 学院更名"]
    assert f"待确认：2026-11-20 主办单位：机电学院党委 → 计算学部党委（{BG}，待确认）" in world.last("何老师")


async def test_once_recorded_it_is_the_other_way_round(world: World) -> None:
    await file_change(world, **MOVE)
    await record(world)
    await world.say("李老师", post())

    assert "“机电之声”不是本单位的媒体" in world.last("李老师")

    await world.say("唐老师", post())
    await world.click("唐老师", "确认提交")
    await world.say("唐老师", "/台账 QM-0001")

    assert (await request(FB)).unit == "2200"
    assert "主办\n计算学部党委" in world.last("唐老师")
    assert "待确认" not in world.last("唐老师")


async def test_a_medium_at_rest_publishes_only_when_its_return_is_recorded(world: World) -> None:
    await file_change(world, 媒体="机电旧刊", 管理员="", 状态="在用")
    await world.say("何老师", "/台账 QM-0005")

    assert "待确认：2026-11-20 状态：停更 → 在用" in world.last("何老师")

    await world.say("何老师", post(媒体="机电旧刊"))

    assert "“机电旧刊”目前是“停更”状态，不能发布" in world.last("何老师")
    assert "已报的变更经全媒体中心备案后才生效（第六条（二））" in world.last("何老师")

    await record(world)
    await world.say("何老师", post(媒体="机电旧刊"))
    await world.click("何老师", "确认提交")

    assert (await request(FB)).form["media"] == ["QM-0005"]


async def test_a_medium_may_rest_only_when_that_is_recorded(world: World) -> None:
    await file_change(world, 管理员="", 状态="停更")
    await world.say("何老师", post())
    await world.click("何老师", "确认提交")

    assert (await request(FB)).state is State.IN_REVIEW

    await record(world)
    await world.say("李老师", post(标题="另一篇"))

    assert "“机电之声”目前是“停更”状态" in world.last("李老师")


async def test_whoever_is_to_run_it_owes_nothing_before(world: World) -> None:
    await file_change(world, 管理员="", 运营负责人="何老师")

    assert (await media.several(["QM-0001"]))[0].operator == "2104"

    await record(world)

    assert (await media.several(["QM-0001"]))[0].operator == "2105"


async def test_a_change_filed_late_does_not_overwrite_a_newer_one_that_is_recorded(world: World) -> None:
    await file_change(world, 管理员="", 运营负责人="何老师", 变更日期="2026-11-18")
    await file_change(world, 管理员="", 运营负责人="孙老师")
    await record(world, "BG-2026-0002")

    assert (await media.several(["QM-0001"]))[0].operator == "2103"

    await record(world)

    assert (await media.several(["QM-0001"]))[0].operator == "2103"
    assert [(c.after, bool(c.recorded_at)) for c in await ledger.history("QM-0001")] == [
        ("2105", True),
        ("2103", True),
    ]


@pytest.mark.parametrize("name", ["机电之声", "机电新声"])
async def test_it_is_found_under_both_names(world: World, name: str) -> None:
    await file_change(world, 管理员="", 名称="机电新声")
    await world.say("赵老师", f"/台账 {name}")
    await world.say("赵老师", f"/台账 {name[2:]}")

    assert world.titles("赵老师") == ["QM-0001 机电新声"] * 2

    await world.say("何老师", post(媒体=name))
    await world.click("何老师", "确认提交")

    assert (await request(FB)).form["media"] == ["QM-0001"]


async def test_the_list_shows_what_was_filed_and_that_it_waits(world: World) -> None:
    await file_change(world, 管理员="", 名称="机电新声", 状态="停更")
    await world.say("赵老师", "/台账 停更")

    assert "机电新声 微信公众号 停更（有待确认）" in world.last("赵老师")
    assert "机电旧刊 期刊 停更" in world.last("赵老师")
    assert "机电旧刊 期刊 停更（" not in world.last("赵老师")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("机电之声", "台账里已有同名的微信公众号（QM-0001，在用），名称在同一平台不能重复"),
        ("机电新声", "QM-0001 已申请变更为同名的微信公众号，正在审批，名称在同一平台不能重复"),
    ],
)
async def test_the_old_name_and_the_new_one_are_both_taken(world: World, name: str, why: str) -> None:
    await file_change(world, 管理员="", 名称="机电新声")
    await world.say("何老师", filing(媒体名称=name, 平台类型="微信公众号", 同平台理由="面向校友"))

    assert why in await world.click("何老师", "确认提交")


async def test_after_the_record_the_old_name_is_free(world: World) -> None:
    await file_change(world, 管理员="", 名称="机电新声")
    await record(world)
    await world.say("何老师", filing(媒体名称="机电之声", 平台类型="微信公众号", 同平台理由="面向校友"))
    await world.click("何老师", "确认提交")

    assert (await request("BA-2026-0001")).state is State.IN_REVIEW


async def test_a_name_taken_meanwhile_stands_in_the_way_of_the_record(world: World) -> None:
    await file_change(world, 管理员="", 名称="机电新声")
    await media_say(world, QM_0006={"媒体名称": "机电新声"})

    assert "台账里已有同名的微信公众号（QM-0006，在用）" in await world.click("王书记", "同意")
    assert (await request(BG)).state is State.IN_REVIEW


async def test_an_export_taken_back_confirms_nothing(world: World) -> None:
    await file_change(world, 管理员="", 名称="机电新声", 主办单位="计算学部党委")
    before, history = await media.ledger(), await ledger.history("QM-0001")
    await media_say(world)

    assert (await media.ledger(), await ledger.history("QM-0001")) == (before, history)


async def test_an_import_over_a_waiting_change_is_the_later_word(world: World) -> None:
    await file_change(world, 管理员="", 运营负责人="何老师")
    await media_say(world, QM_0001={"运营负责人工号": "2103"})
    await record(world)

    assert (await media.several(["QM-0001"]))[0].operator == "2103"
    assert [(c.before, c.after, c.source) for c in await ledger.history("QM-0001")] == [
        ("2104", "2105", "change"),
        ("2105", "2103", "import"),
    ]


async def test_an_order_to_stop_is_not_lifted_by_a_change_that_was_waiting(world: World) -> None:
    await file_change(world, 媒体="机电旧刊", 管理员="", 状态="在用")
    await media_say(world, QM_0005={"状态": "停止运行"})
    await record(world)

    assert (await media.several(["QM-0005"]))[0].state is MediumState.SUSPENDED
