"""/注销: head, centre, and then the proof of whoever asked close it (Article 15)."""

import pytest

from storage import media
from storage.records import State
from tests.dialogues.posts import request
from tests.world import World, buttons

NUMBER = "ZX-2026-0001"
ASKED = "\n".join(
    [
        "/注销",
        "媒体：机电之声",
        "方式：注销",
        "原因：不再使用",
        "已归档：是",
        "计划日期：2026-12-10",
    ]
)


async def state_of(name: str) -> str:
    return str((await media.called(name))[0].state)


async def approved(world: World) -> None:
    await world.say("李老师", ASKED)
    await world.click("李老师", "确认提交")
    await world.click("王书记", "同意")
    await world.click("钱主任", "同意")


async def test_proof_closes_it_and_nothing_else_does(world: World) -> None:
    await approved(world)

    assert (await request(NUMBER)).state is State.IN_REVIEW
    assert world.titles("李老师")[-1] == f"待证明 {NUMBER} 机电之声注销"
    assert buttons(world.card("李老师"))[0] == "上传证明"
    assert await state_of("机电之声") == "在用"

    await world.say("李老师", f"/上传证明 {NUMBER}\n办结日期：2026-11-20\n证明：平台页面已显示账号不存在")
    await world.click("李老师", "确认提交")

    assert (await request(NUMBER)).state is State.RECORDED
    assert await state_of("机电之声") == "注销"
    assert "“机电之声”已注销，台账保留记录。" in world.last("李老师")


async def test_the_proof_is_the_applicants_alone(world: World) -> None:
    await approved(world)
    await world.say("王书记", f"/上传证明 {NUMBER}\n办结日期：2026-11-20\n证明：已办")

    assert "不由您办理" in world.last("王书记")


@pytest.mark.parametrize("who", ["李老师", "何老师"])
async def test_the_dialogue_asks_for_what_is_missing(world: World, who: str) -> None:
    await world.say(who, "/注销\n媒体：机电之声\n方式：停更公告")

    assert await state_of("机电之声") == "在用"


async def test_what_was_said_once_is_on_the_record(world: World) -> None:
    await approved(world)
    await world.say("李老师", f"/上传证明 {NUMBER}\n办结日期：2026-11-20\n证明：平台页面已显示账号不存在")
    await world.click("李老师", "确认提交")
    await world.say("王书记", f"/查询 {NUMBER}")

    shown = world.last("王书记")
    assert "李老师 上传证明" in shown
    assert "王书记 同意" in shown
    assert "第 1 版" not in shown
