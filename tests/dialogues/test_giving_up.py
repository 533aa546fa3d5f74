"""A draft that is open: how it is left, and that it is spoken of where a line fits nowhere."""

import pytest

from tests.dialogues.posts import request, submit
from tests.world import World

BEGUN = "/发布\n媒体：机电之声\n标题：校庆"
LEFT = "草稿已放弃，没有提交任何内容。24 小时内发“恢复”可以取回。"
GO_ON = "要改请发“字段：值”，例如：标题：学院更名公告\n继续填写请发 /发布，不要了请发 /放弃。"


@pytest.mark.parametrize("typed", ["/放弃", "/取消", "放弃", "算了。"])
async def test_a_draft_is_given_up_by_command_or_word(world: World, typed: str) -> None:
    await world.say("李老师", BEGUN)
    await world.say("李老师", typed)

    assert world.last("李老师").endswith(LEFT)

    await world.say("李老师", "正文：校庆定于六月举行。")

    assert "请发 /帮助" in world.last("李老师")


async def test_with_several_the_one_touched_last_is_given_up(world: World) -> None:
    await world.say("李老师", "/发布\n媒体：机电之声\n标题：校庆\n正文：校庆定于六月举行。")
    await world.say("李老师", "/发布\n媒体：机电之声\n标题：开学")
    await world.say("李老师", "/放弃")

    assert world.last("李老师").endswith(f"{LEFT}另有 1 份草稿，见 /我的。")


@pytest.mark.parametrize("who", ["李老师", "何老师"])
async def test_a_draft_that_was_left_is_there_again_within_a_day(world: World, who: str) -> None:
    await world.say(who, f"{BEGUN}\n正文：{'校庆。' * 2000}")
    await world.say(who, "取消")
    await world.tick(hours=23)
    await world.say(who, "恢复")

    assert world.titles(who)[-1] == "请确认：校庆"

    await world.click(who, "放弃")
    await world.tick(hours=25)
    await world.say(who, "恢复")

    assert world.last(who).endswith("24 小时内没有放弃过草稿，没有可恢复的。")


async def test_without_a_draft_there_is_nothing_to_give_up(world: World) -> None:
    await world.say("李老师", "/放弃")

    assert world.last("李老师").endswith("您没有正在填写的草稿。要撤回已提交的申请，请发：/撤回 编号")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("配图：三张", f"稿件没有“配图”这一项。您有一份没提交的稿件《校庆》。\n{GO_ON}"),
        ("您好", f"您有一份没提交的稿件《校庆》。\n{GO_ON}"),
    ],
    ids=["unknown field", "plain line"],
)
async def test_a_line_that_fits_nowhere_speaks_of_the_open_draft(
    world: World, typed: str, answer: str
) -> None:
    await world.say("李老师", f"{BEGUN}\n正文：校庆定于六月举行。")
    await world.say("李老师", typed)

    assert world.last("李老师") == f"【没看懂】\n{answer}"


async def test_of_one_returned_request_only_one_revision_is_open(world: World) -> None:
    await submit(world)
    await world.say("孙老师", "/退回 FB-2026-0001 请补主语")
    await world.say("李老师", "/修改 FB-2026-0001 标题：甲")
    await world.say("李老师", "放弃")
    await world.say("李老师", "/修改 FB-2026-0001 标题：乙")
    await world.say("李老师", "恢复")

    assert world.titles("李老师")[-1] == "请确认：甲"

    assert "请确认：乙" not in world.titles("李老师")

    await world.click("李老师", "确认提交", of="请确认：甲")
    await world.say("李老师", "恢复")

    assert "上次放弃的是 FB-2026-0001 的修改，它已不能修改，不能恢复。" in world.last("李老师")
    assert ((await request()).version, (await request()).title) == (2, "甲")
