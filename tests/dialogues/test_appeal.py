"""/申诉: whoever is concerned by a decision has it looked at again by somebody else, within five days."""

from datetime import timedelta

from handlers.rules.import_cells import TableKind
from storage import duties, media
from storage.duty_records import DutyKind
from storage.records import State
from tests.dialogues.books import bring_back
from tests.dialogues.cases import NUMBER, decides, heard, reviews
from tests.dialogues.posts import request
from tests.world import World, words

TITLE = f"{NUMBER} 关于“机电之声”、何老师的情况"


async def appealed(world: World) -> None:
    await heard(world)
    await decides(world)
    await world.click("何老师", "申诉")
    await world.say("何老师", "日期当天已更正")


async def state_of(name: str) -> str:
    return str((await media.called(name))[0].state)


async def test_another_person_of_the_centre_looks_at_it_again(world: World) -> None:
    await appealed(world)

    assert world.titles("赵老师")[-1] == f"待复核 {TITLE}"
    assert "申诉：日期当天已更正" in world.last("赵老师")
    assert f"待复核 {TITLE}" not in world.titles("钱主任")
    assert await state_of("机电之声") == "停止运行"

    await world.say("钱主任", f"/复核 {NUMBER}\n结论：维持\n理由：无误")
    assert "不由您办理" in world.last("钱主任")
    await reviews(world, "撤销")

    assert (await request(NUMBER)).state is State.RECORDED
    assert await state_of("机电之声") == "在用"
    assert (await request("ZG-2026-0001")).state is State.VOIDED
    assert world.titles("何老师")[-1] == f"复核结果 {TITLE}"
    assert not (await request(NUMBER)).outcome["upheld"]

    await world.say("王书记", f"/申诉 {NUMBER} 再看一次")
    assert f"{NUMBER} 已有申诉，已经复核过，不能再申诉" in world.last("王书记")
    assert any("责令停止运行同时解除" in words(shown) for shown in world.screen("李老师"))


async def test_what_is_changed_takes_the_place_of_what_was_ordered(world: World) -> None:
    await appealed(world)
    await reviews(world, "变更", 情节="轻微", 措施="限期整改", 问题="日期有误", 要求="更正")

    assert await state_of("机电之声") == "在用"
    assert (await request("ZG-2026-0001")).state is State.VOIDED
    assert (await request("ZG-2026-0002")).form["measure"] == "限期整改"


async def test_what_is_upheld_stays(world: World) -> None:
    await appealed(world)
    await reviews(world, "维持")

    assert await state_of("机电之声") == "停止运行"
    assert (await request("ZG-2026-0001")).state is State.IN_REVIEW


async def test_an_appeal_has_its_time_and_is_of_those_concerned(world: World) -> None:
    await heard(world)
    await decides(world)
    await world.say("唐老师", f"/申诉 {NUMBER} 太轻了")
    assert "只有处理决定涉及的人能" in world.last("唐老师")

    world.now += timedelta(days=8)
    await world.say("何老师", f"/申诉 {NUMBER} 不服")
    assert "申诉期已于" in world.last("何老师")
    assert (await request(NUMBER)).state is State.RECORDED


async def test_where_the_centre_has_nobody_else_it_waits_and_alarms(world: World) -> None:
    await bring_back(world, TableKind.PEOPLE, {"1101": {"角色": "系统管理员"}})
    await appealed(world)

    case = await request(NUMBER)
    assert (case.state, case.step) == (State.IN_REVIEW, "appeal")
    assert world.titles("赵老师")[-1] == f"暂缺办理人 {TITLE}"
    assert "唐老师" not in world.last("赵老师")
    assert await duties.open_for(case.id, DutyKind.VACANCY)


async def test_a_medium_that_ends_by_order_is_left_as_it_is_once_the_order_is_revoked(world: World) -> None:
    await heard(world)
    await decides(world, 措施="责令注销", 问题="", 要求="")
    assert (await request("ZX-2026-0001")).form["reason"] == "责令注销"
    await world.say("何老师", f"/申诉 {NUMBER} 不服")
    await reviews(world, "撤销")

    assert (await request("ZX-2026-0001")).state is State.VOIDED
    assert await state_of("机电之声") == "在用"
