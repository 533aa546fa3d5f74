"""/帮助, and commands that are misspelt, unknown or called by another word."""

import pytest

from tests.dialogues.posts import pass_review, submit
from tests.world import World, words


def commands(world: World, who: str) -> list[str]:
    """Those that the answer to their last line lists; in WeCom it may be more than one text."""
    screen = world.screen(who)
    asked = max(place for place, shown in enumerate(screen) if shown.mine)
    told = "\n".join(map(words, screen[asked + 1 :]))
    return [line.split("  ")[0] for line in told.split("\n") if line.startswith("/")]


APPROVER = ["/同意 编号 [意见]", "/退回 编号 [到 步骤] 理由", "/不同意 编号 理由", "/报中心 编号 [理由]"]


async def test_help_lists_what_each_may_use(world: World) -> None:
    for who in ("李老师", "王书记", "陈同学", "沈老师", "赵老师"):
        await world.say(who, "/帮助")

    assert "（1/2）" not in world.last("赵老师")  # one text, though WeCom's hold 2048 bytes
    assert "/发布" in commands(world, "李老师")
    assert "/待办 本单位" in commands(world, "王书记")
    assert "/同意 编号 [意见]" not in commands(world, "李老师")
    assert [line for line in APPROVER if line in commands(world, "王书记")] == APPROVER
    assert commands(world, "陈同学") == [
        "/帮助 [命令]",
        "/个人账号",
        "/违规",
        "/冒用",
        "/待办",
        "/我的",
        "/查询 编号",
        "/为什么 编号",
        "/官方吗 名称或链接",
        "/条款 6",
        "/解释 条款 问题",
        "/签到 码",
        "/帮助 更多",
    ]
    assert "/发布" not in commands(world, "沈老师")


async def test_help_names_the_centre_and_stand_ins_only_where_they_can_be_used(world: World) -> None:
    await world.say("孙老师", "/帮助")
    await world.say("王书记", "/帮助")
    only = ("/报中心 编号 [理由]", "/代理 姓名 起 止 [范围] [原因]")

    assert [line for line in only if line in commands(world, "孙老师")] == [only[1]]
    assert [line for line in only if line in commands(world, "王书记")] == list(only)


async def test_whoever_a_step_was_handed_to_is_shown_how_to_decide_it(world: World) -> None:
    await pass_review(world)
    await world.say("王书记", "/转办 FB-2026-0001 吴副书记")
    await world.say("吴副书记", "/帮助")

    assert [line for line in APPROVER if line in commands(world, "吴副书记")] == APPROVER


async def test_somebody_who_stands_in_is_shown_the_approvers_commands(world: World) -> None:
    await world.say("王书记", "/代理 吴副书记 11-23 11-25 出差")
    await world.say("吴副书记", "/help")

    assert [line for line in APPROVER if line in commands(world, "吴副书记")] == APPROVER
    assert "/代理 姓名 起 止 [范围] [原因]" not in commands(world, "吴副书记")


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [("/发步", "发布"), ("/待辦", "待办"), ("/publsh", "发布"), ("/撤", "撤回")],
)
async def test_an_unknown_command_is_answered_with_the_nearest(
    world: World, typed: str, nearest: str
) -> None:
    await world.say("李老师", typed)

    assert f"您要的是不是 /{nearest}？" in world.last("李老师")


async def test_the_word_on_a_button_decides_at_the_step_that_calls_it_so(world: World) -> None:
    await submit(world)
    await world.say("孙老师", "/不立案 FB-2026-0001 无关")
    assert "FB-2026-0001 的这一步请审查通过或退回或不宜公开，不能“不立案”。" in world.last("孙老师")

    await world.say("王书记", "/立案 FB-2026-0001、FB-2026-0001")
    assert "没有“立案”要您办，现在等 孙老师（保密审查）" in world.last("王书记")

    await world.say("孙老师", "/审查通过FB-2026-0001 无涉密")
    assert world.last("孙老师").endswith("已审查通过 FB-2026-0001，意见：无涉密。")

    await world.say("王书记", "/批准 FB-2026-0001")
    assert "您要的是不是 /同意？" in world.last("王书记")


async def test_the_help_of_one_command_is_its_own(world: World) -> None:
    for typed, told in {
        "/帮助 发布": "例：\n/发布\n媒体：机电之声\n标题：学院更名公告\n正文：",
        "/帮助 /审查通过": "您现在没有用得到它的事项。\n写法：/同意 编号 [意见]\n例：/同意 FB-2026-0012",
        "/帮助 发步": "您要的是不是 /帮助 发布？",
    }.items():
        await world.say("李老师", typed)

        assert told in world.last("李老师")


async def test_a_command_like_no_other_is_pointed_to_the_help(world: World) -> None:
    await world.say("李老师", "/xyz")

    assert world.last("李老师") == "【没有这个命令】\n没有“/xyz”。发 /帮助 看全部命令。"


async def test_a_plain_line_gets_a_short_help(world: World) -> None:
    await world.say("李老师", "在吗")

    assert world.last("李老师") == (
        "【没看懂】\n请发 /帮助 看能用的命令；要发布稿件请发 /发布，看待办请发 /待办。"
    )


async def test_the_greetings_buttons_answer_like_the_commands(world: World) -> None:
    await submit(world)
    await world.feishu.enter("ou_sun")
    await world.settle()
    await world.click("孙老师", "待办")
    await world.click("孙老师", "帮助", of="审批助手")

    assert world.titles("孙老师") == [
        "待审查 FB-2026-0001 学院更名",
        "全媒 · 审批助手",
        "待办 1 件",
        "可用的命令",
    ]
