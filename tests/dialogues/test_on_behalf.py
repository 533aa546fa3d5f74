"""An applicant who left: who operates the medium, or is first responsible, acts for them, on the record."""

import pytest

from storage import db, trail
from storage.records import State
from tests.dialogues.posts import request, submit
from tests.world import World

HEIRS = pytest.mark.parametrize("heir", ["李老师", "王书记"])
"""The operator of the medium in WeCom, the first-responsible person in Feishu."""


async def leaves(who: str = "2105") -> None:
    await db.run("UPDATE people SET left_on = '2026-11-23' WHERE id = ?", who)


async def pass_post(world: World) -> None:
    await submit(world, "何老师")
    await world.click("孙老师", "审查通过")
    await world.click("王书记", "同意")


@HEIRS
async def test_they_file_the_receipt_and_the_record_says_for_whom(world: World, heir: str) -> None:
    await pass_post(world)
    await leaves()
    await world.say(heir, "/回执 FB-2026-0001 https://mp.weixin.qq.com/s/1")

    assert (await request()).state is State.PUBLISHED

    await world.say(heir, "/查询 FB-2026-0001")

    assert f"{heir} 代 何老师 登记发布" in world.last(heir)


@HEIRS
async def test_they_are_asked_before_they_take_a_passed_post_back(world: World, heir: str) -> None:
    await pass_post(world)
    await leaves()
    await world.say(heir, "/撤回 FB-2026-0001")
    await world.click(heir, "不撤回")

    assert (await request()).state is State.AWAITING_PUBLISH

    await world.say(heir, "/撤回 FB-2026-0001")
    await world.click(heir, "确认撤回")

    assert (await request()).state is State.WITHDRAWN


@HEIRS
async def test_whoever_revises_it_is_its_applicant_and_decides_none_of_it(world: World, heir: str) -> None:
    await submit(world, "何老师")
    await world.click("孙老师", "退回", reason="请补主语")
    await leaves()
    await world.say(heir, "/修改 FB-2026-0001\n标题：机电学院更名")
    await world.click(heir, "确认提交")
    await world.click("孙老师", "审查通过")
    revised = await request()

    assert (revised.applicant, revised.title) == ("2104" if heir == "李老师" else "2101", "机电学院更名")
    assert revised.step == ("responsible" if heir == "李老师" else "centre")
    entry = next(one for one in await trail.of("FB-2026-0001") if one.act == "revise")
    assert (entry.actor, entry.principal) == (revised.applicant, "2105")


async def test_what_may_be_secret_stops_in_their_hands_too(world: World) -> None:
    await submit(world, "何老师")
    await world.click("孙老师", "退回", reason="请补主语")
    await leaves()
    await world.say("李老师", "/修改 FB-2026-0001")
    await world.click("李老师", "有涉密情形")

    assert (await request()).state is State.STOPPED


async def test_nobody_else_acts_for_them_and_nobody_for_who_is_there(world: World) -> None:
    await pass_post(world)
    await world.say("王书记", "/撤回 FB-2026-0001")

    assert world.last("王书记").endswith("FB-2026-0001 不是您提交的，只有申请人能撤回。")

    await leaves()
    await world.say("周老师", "/撤回 FB-2026-0001")

    assert world.last("周老师").endswith(
        "FB-2026-0001 的申请人已离职，请由媒体的运营负责人或本单位第一责任人撤回（第五条（二））。"
    )


async def test_of_two_revisions_by_two_people_one_counts_and_the_other_is_told(world: World) -> None:
    await submit(world, "何老师")
    await world.click("孙老师", "退回", reason="请补主语")
    await leaves()
    await world.say("李老师", "/修改 FB-2026-0001 标题：机电学院更名")
    await world.say("王书记", "/修改 FB-2026-0001\n标题：更名公告")

    assert world.titles("王书记")[-2:] == ["已有人在修改", "请确认：更名公告"]

    await world.click("李老师", "确认提交")

    assert "李老师 已修改并重新提交 FB-2026-0001《机电学院更名》（第 2 版）。" in world.last("王书记")
    assert "您没有提交的那份修改不再需要，已放弃。" in world.last("王书记")

    await world.say("孙老师", "/退回 FB-2026-0001 再核一次标题")

    assert "请确认：更名公告" not in world.titles("王书记")
    assert ((await request()).version, (await request()).title) == (2, "机电学院更名")
